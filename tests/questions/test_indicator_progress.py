"""indicator_progress: cumulative values against the annual target (C5)."""

from tests.office import Office, assert_answer


def test_indicator_is_measured_against_its_own_target_else_the_packs(office: Office) -> None:
    office.send("2022-08", "indicator | value\n税收 | 30", kind="indicators")
    upload = office.send(
        "2022-09",
        """
        indicator | value | target_value | unit_of_measure
        税收      | 45    | —            | —
        签约      | 90    | 300          | 个
        库容      | 7     | —            | —
        """,
        kind="indicators",
    )
    rows = office.ask("indicator_progress", "09-30")
    assert_answer(
        rows,
        """
        indicator | task | month   | value | unit_of_measure | target | achieved_share
        税收      | T1   | 2022-08 | 30    | 亿元            | 60     | 30/60
        税收      | T1   | 2022-09 | 45    | 亿元            | 60     | 45/60
        库容      | —    | 2022-09 | 7     | —               | —      | —
        签约      | —    | 2022-09 | 90    | 个              | 300    | 90/300
        """,
    )
    # By the end of August 243 of 365 days have passed, by the end of September 273.
    assert_answer(rows, "schedule_share\n243/365\n273/365\n273/365\n273/365")
    assert [(row["upload"], row["row"]) for row in rows[1:]] == [
        (upload, 2),
        (upload, 4),
        (upload, 3),
    ]


def test_growth_is_against_the_same_month_of_the_year_before(office: Office) -> None:
    office.send("2021-09", "indicator | value\n税收 | 40\n签约 | 0", kind="indicators")
    office.send("2022-09", "indicator | value\n税收 | 45\n签约 | 5", kind="indicators")
    # 45/40 - 1; from nothing there is no growth to state.
    rows = office.ask("indicator_progress", "09-30", indicator="税收")
    assert_answer(rows, "month | growth_share\n2021-09 | —\n2022-09 | 5/40")
    rows = office.ask("indicator_progress", "09-30", indicator="签约")
    assert_answer(rows, "month | growth_share\n2021-09 | —\n2022-09 | —")


def test_months_after_the_day_are_not_shown(office: Office) -> None:
    office.send("2022-08", "indicator | value\n税收 | 30", kind="indicators")
    office.send("2022-09", "indicator | value\n税收 | 45", kind="indicators")
    assert_answer(office.ask("indicator_progress", "08-31"), "month\n2022-08")
    assert office.ask("indicator_progress") == []
