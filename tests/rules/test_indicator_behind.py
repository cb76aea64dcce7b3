"""indicator_behind (D7): indicators that fill their target more slowly than the year passes."""

from tests.office import Office, assert_answer
from tests.rules.trying import found


def told(office: Office, *figures: str) -> None:
    """Hand in totals of 税收, to be 60 in the year: `09-30 40`."""
    lines = ["税收 | 累计 | " + " | ".join(figure.split()) for figure in figures]
    table = "\n".join(["indicator | measure | period_end_on | value", *lines])
    office.send("2022-12", table, kind="indicators", unit="甲部")


def test_less_than_the_share_of_the_pace_is_behind_and_the_share_itself_is_not(
    office: Office,
) -> None:
    told(office, "09-30 40")
    ideal = 60 * 273 / 365
    assert found(office, "indicator_behind", "09-30", pace=40 / ideal) == []
    [row] = found(office, "indicator_behind", "09-30", pace=40 / ideal + 0.01)
    assert (row["subject"], row["unit"], str(row["since_on"])) == ("税收", "甲部", "2022-09-30")
    assert abs(row["measured_value"] - 40 / ideal) < 1e-9


def test_one_finding_goes_on_until_the_pace_is_made_up(office: Office) -> None:
    told(office, "03-31 10", "06-30 20", "09-30 50", "10-31 30")
    assert_answer(
        found(office, "indicator_behind", "10-31", pace=0.9),
        """
        subject | since_on | until_on | row
        税收    | 03-31    | 09-30    | 2
        税收    | 03-31    | 09-30    | 3
        税收    | 10-31    | —        | 5
        """,
    )
    assert {
        str(row["until_on"]) for row in found(office, "indicator_behind", "08-31", pace=0.9)
    } == {"None"}


def test_an_indicator_without_a_figure_or_a_target_says_nothing(office: Office) -> None:
    office.send(
        "2022-12",
        "indicator | measure | period_end_on | value\n产值 | 累计 | 09-30 | 1",
        kind="indicators",
        unit="甲部",
    )
    assert found(office, "indicator_behind", "09-30", pace=0.9) == []
