"""duty_totals, duty_windows, duty_calendar, duty_proofs: the judgement of duty_compliance, counted."""

from collections import Counter

import pytest

from tests.office import Office, assert_answer
from tests.questions.duty_pack import send_on
from tests.tables import day


@pytest.fixture
def office(duty_office: Office) -> Office:
    """An office in which meetings were held, enterprises visited, and articles placed."""
    held = """
        activity | held_on | unit   | partners | topic
        月会     | 08-03   | 甲部   | 乙部     | 自定
        月会     | 09-09   | 甲部   | —        | —
        上稿     | 07-12   | 办公室 | —        | —
    """
    duty_office.send("2022-12", held, kind="activities")
    objects = """
        name | object_kind | unit
        一厂 | 企业        | 甲部
        二厂 | 规上企业    | 甲部
        三厂 | 企业        | 乙部
    """
    duty_office.send("", objects, kind="enterprises")
    visits = (
        "object | visited_on | visit | unit\n一厂 | 08-30 | 走访 | 甲部\n三厂 | 09-06 | 走访 | 乙部"
    )
    duty_office.send("2022-09", visits, kind="visits")
    return duty_office


def totals(office: Office, as_of: str, **more: object) -> dict[str, dict]:
    return {row["duty"]: row for row in office.ask("duty_totals", as_of, **more)}


def test_totals_count_subjects_times_windows_and_name_the_current_window(office: Office) -> None:
    assert_answer(
        [totals(office, "09-30")["月会"], totals(office, "09-03")["月会"]],
        """
        subject_count | done_count | late_count | missing_count | waiting_count | done_share | current_start_on | current_end_on | current_waiting_count
        2             | 2          | 1          | 3             | 6             | 1/3        | 10-08            | 10-12          | 2
        2             | 2          | 0          | 2             | 8             | 1/2        | 09-01            | 09-05          | 2
        """,
    )


def test_totals_are_those_of_the_cells_they_count(office: Office) -> None:
    cells = Counter((row["duty"], row["status"]) for row in office.ask("duty_compliance", "10-15"))
    for duty, row in totals(office, "10-15").items():
        counted = (
            row["done_count"], row["late_count"], row["missing_count"], row["waiting_count"]
        )  # fmt: skip
        statuses = ("done", "late", "missing", "not yet due")
        assert counted == tuple(cells[duty, status] for status in statuses), duty


def test_duty_without_anybody_who_owes_it_is_still_named(office: Office) -> None:
    tasks = totals(office, "09-30")["任务月报"]
    assert (tasks["subject_count"], tasks["waiting_count"], tasks["done_share"]) == (0, 0, None)


def test_ledgers_of_which_nothing_came_are_named(office: Office) -> None:
    """Not reported is not the same as not done."""
    found = totals(office, "09-30")
    assert found["月会"]["unsent"] is None
    assert found["督导"]["unsent"] == "checks"
    assert found["月报"]["unsent"] == "problems"
    # Among the visits there are dispatches, too.
    assert found["调度"]["unsent"] is None


def test_windows_count_all_who_owe_them_and_name_who_is_left(office: Office) -> None:
    rows = office.ask("duty_windows", "09-30", duty=["月会"], last_on=day("10-31"))
    assert_answer(
        rows,
        """
        window_start_on | period_start_on | subject_count | done_count | late_count | missing_count | waiting_count | topic_count | waiting
        07-01           | 07-01           | 2             | 0          | 0          | 2             | 0             | 0           | 甲部、乙部
        08-01           | 08-01           | 2             | 2          | 0          | 0             | 0             | 2           | —
        09-01           | 09-01           | 2             | 0          | 1          | 1             | 0             | 0           | 乙部
        10-08           | 10-01           | 2             | 0          | 0          | 0             | 2             | 0           | 甲部、乙部
        """,
    )


def test_calendar_has_a_line_a_subject_or_a_line_a_unit(office: Office) -> None:
    """E6: enterprises are gathered by the unit that answers for them."""
    span = {"duty": ["走访"], "last_on": day("09-05")}
    by_subject = office.ask("duty_calendar", "09-11", **span)
    assert [row["line"] for row in by_subject] == ["一厂"] * 2 + ["二厂"] * 2 + ["三厂"] * 2
    by_unit = office.ask("duty_calendar", "09-12", is_by_unit=True, **span)
    assert_answer(
        by_unit,
        """
        line | window_start_on | subject_count | done_count | missing_count | met_on
        甲部 | 08-29           | 2             | 1          | 1             | 08-30
        甲部 | 09-05           | 2             | 0          | 2             | —
        乙部 | 08-29           | 1             | 0          | 1             | —
        乙部 | 09-05           | 1             | 1          | 0             | 09-06
        """,
    )


def test_proofs_of_a_subject_lead_to_their_rows(office: Office) -> None:
    rows = office.ask("duty_proofs", "12-31", duty=["月会"], subject="甲部")
    assert_answer(
        rows,
        """
        happened_on | ledger     | sheet | row | topic
        09-09       | activities | 台账  | 3   | —
        08-03       | activities | 台账  | 2   | 自定
        """,
    )
    [joint] = office.ask("duty_proofs", "12-31", duty=["月会"], subject="乙部")
    assert joint["row"] == 2
    narrowed = office.ask("duty_proofs", "12-31", duty=["月会"], first_on=day("09-01"))
    assert [row["happened_on"] for row in narrowed] == [day("09-09")]


def test_list_as_a_proof_has_no_row(office: Office) -> None:
    upload = send_on(office, "10-08", "2022-09", "item_no\nP1", unit="甲部")
    [proof] = office.ask("duty_proofs", "12-31", duty=["月报"], subject="甲部")
    assert (proof["upload"], proof["covers"], proof["row"]) == (upload, day("09-01"), None)


def test_quarter_sets_units_side_by_side_with_their_move(office: Office) -> None:
    """A9: who advanced and who fell behind in the quarter."""
    columns = "item_no | unit | due_on | state | closed_on"
    third = f"{columns}\nA | 甲部 | 09-15 | closed | 09-10\nB | 甲部 | 09-20 | open | —\nC | 乙部 | 09-15 | closed | 09-10"
    office.send("2022-09", third)
    fourth = f"{columns}\nA | 甲部 | 09-15 | closed | 09-10\nB | 甲部 | 09-20 | closed | 10-20\nC | 乙部 | 09-15 | open | —"
    office.send("2022-10", fourth)
    rows = office.ask("quarter_ranking", "10-31", league="部门", unit=["甲部", "乙部"])
    assert_answer(
        rows,
        """
        unit | closed_share | previous_share | share_change | closed_change | overdue_count | rank | rank_change
        甲部 | 1            | 1/2            | 1/2          | 1             | 0             | 1    | 1
        乙部 | 0            | 1              | -1           | -1            | 1             | 2    | -1
        """,
    )
