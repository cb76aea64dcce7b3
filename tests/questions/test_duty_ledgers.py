"""duty_compliance: what proves a duty, ledger by ledger: lists, tasks, checks, problems (E1, E10)."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tally.store import Database
from tally.submissions import NilReturn, remove_campaign, send_nil
from tests.office import SLUG, Office, assert_answer
from tests.questions.duty_pack import PLAYED, asked, held, send_on, statuses
from tests.tables import day


@pytest.fixture
def office(duty_office: Office) -> Office:
    """An office with duties."""
    return duty_office


def test_list_that_came_in_is_the_monthly_report(office: Office) -> None:
    """E1: September's list is due on 8 October; a nil return is a report, a correction no delay."""
    send_on(office, "10-08", "2022-09", "item_no\nP1", unit="甲部")
    send_on(office, "10-20", "2022-09", "item_no\nP1\nP2", unit="甲部")
    send_on(office, "10-09", "2022-09", "item_no\nP3", unit="乙部")
    send_on(office, "09-05", "2022-08", "item_no\nP3", unit="乙部")
    rows = asked(office, "月报", "11-05", first_on=day("09-05"), last_on=day("10-01"))
    assert_answer(
        rows,
        """
        subject | window_start_on | window_end_on | status      | met_on | sheet
        甲部    | 08-01           | 09-05         | missing     | —      | —
        甲部    | 09-01           | 10-08         | done        | 10-08  | —
        甲部    | 10-01           | 11-07         | not yet due | —      | —
        乙部    | 08-01           | 09-05         | done        | 09-05  | —
        乙部    | 09-01           | 10-08         | late        | 10-09  | —
        乙部    | 10-01           | 11-07         | not yet due | —      | —
        """,
    )


def test_nil_return_is_a_report(office: Office) -> None:
    send_nil(office.database, NilReturn(SLUG, "problems", date(2022, 9, 1), "甲部"))
    rows = asked(office, "月报", "2026-12-31", first_on=day("10-01"), last_on=day("09-30"))
    # It came today, four years late.
    assert [(row["subject"], row["status"]) for row in rows] == [
        ("甲部", "late"),
        ("乙部", "missing"),
    ]


def test_list_of_all_units_reports_for_each_of_them_and_says_so(office: Office) -> None:
    send_on(office, "10-08", "2022-09", "item_no | unit\nP1 | 甲部\nP2 | 丙部")
    rows = asked(office, "月报", "10-31", first_on=day("10-01"), last_on=day("09-30"))
    assert_answer(
        rows,
        """
        subject | status  | proof_topic
        甲部    | done    | 合并报送
        乙部    | done    | 合并报送
        """,
    )


SENDERS = st.lists(
    st.tuples(st.sampled_from(["甲部", "乙部", "丙部", ""]), st.sampled_from(["09-30", "10-20"])),
    max_size=4,
)


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(sent=SENDERS, named=st.sets(st.sampled_from(["甲部", "乙部", "丙部"]), min_size=1))
def test_calendar_and_roster_agree_on_who_reported(
    duty_database: Database, sent: list[tuple[str, str]], named: set[str]
) -> None:
    """E1: whoever sent whatever when, done is sent or nil in time, and late is late."""
    office = Office(duty_database)
    remove_campaign(duty_database, SLUG)
    for place, (unit, came_on) in enumerate(sent):
        units = [unit] if unit else sorted(named)
        rows = "\n".join(["item_no | unit", *(f"{name}{place} | {name}" for name in units)])
        reading = office.reading("2022-09", rows, unit=unit)
        office.hand_in(replace(reading, reported_on=day(came_on)), PLAYED)
    due = {
        row["unit"]: "late" if row["is_late"] else row["status"]
        for row in office.ask("submissions_due", "10-31", month="2022-09")
        if row["ledger"] == "problems"
    }
    rows = asked(office, "月报", "10-31", first_on=day("10-01"), last_on=day("09-30"))
    words = {"sent": "done", "nil": "done"}
    assert {row["subject"]: row["status"] for row in rows} == {
        unit: words.get(due[unit], due[unit]) for unit in ("甲部", "乙部")
    }


TASKS = "item_no | unit | dimension | state | closed_on"


def test_task_owes_reports_from_its_first_list_until_it_is_closed(office: Office) -> None:
    """E1: every task at least once a month; who has not reported."""
    send_on(
        office,
        *("09-08", "2022-08"),
        f"{TASKS}\nT1 | 甲部 | 经济 | open | —\nT2 | 乙部 | 民生 | open | —",
        kind="tasks",
    )
    send_on(
        office,
        *("10-09", "2022-09"),
        f"{TASKS}\nT1 | 甲部 | 经济 | closed | 09-20",
        kind="tasks",
    )
    rows = asked(office, "任务月报", "10-31", last_on=day("10-31"))
    assert_answer(
        rows,
        """
        subject | unit | window_start_on | status
        T1      | 甲部 | 08-01           | done
        T1      | 甲部 | 09-01           | late
        T2      | 乙部 | 08-01           | done
        T2      | 乙部 | 09-01           | missing
        T2      | 乙部 | 10-01           | not yet due
        """,
    )
    steps = "item_no | unit | step | step_on\nT1 | 甲部 | 调度 | 08-15\nT1 | 甲部 | 督办 | 09-15"
    office.send("2022-09", steps, kind="steps")
    assert statuses(office, "任务调度", "10-31", "T1") == ["done", "missing"]
    assert {row["subject"] for row in asked(office, "任务调度", "10-31")} == {"T1"}


def test_so_many_proofs_are_needed_as_the_pack_says(office: Office) -> None:
    """E10: two articles in two weeks; fortnights run from the Monday of the campaign's week."""
    rows = ["06-28", "07-01", "07-12", "07-26", "07-27", "08-08"]
    held(office, *(f"上稿 | {on} | 办公室" for on in rows))
    found = asked(office, "上稿", "08-20", last_on=day("08-10"))
    assert_answer(
        found,
        """
        window_start_on | window_end_on | needed_count | met_count | status
        06-27           | 07-10         | 2            | 2         | done
        07-11           | 07-24         | 2            | 1         | missing
        07-25           | 08-07         | 2            | 2         | done
        08-08           | 08-21         | 2            | 1         | not yet due
        """,
    )


def test_check_counts_for_the_organ_it_names_else_for_each_that_owes_it(office: Office) -> None:
    columns = "item_no | unit | checked_on | is_verified | checker_post"
    office.send("2022-08", f"{columns}\nP1 | 甲部 | 08-10 | yes | 督查组", kind="checks")
    office.send("2022-11", f"{columns}\nP1 | 甲部 | 11-10 | yes | 某科员", kind="checks")
    assert statuses(office, "督导", "12-31", "督查组") == ["done", "done"]
    assert statuses(office, "督导", "12-31", "办公室") == ["missing", "done"]


def test_field_is_heard_by_the_leader_in_charge_of_it(office: Office) -> None:
    """E12: fields are the leaders in charge; the row names the field as its object or post."""
    columns = "activity | held_on | unit | object | post"
    held(
        office,
        "听取汇报 | 08-10 | 办公室 | 第一副主任 | —",
        "听取汇报 | 09-10 | 办公室 | — | 第二副主任",
        columns=columns,
    )
    rows = asked(office, "听取", "09-30", last_on=day("09-30"))
    found = {(row["subject"], row["window_number"]): row["status"] for row in rows}
    assert found == {
        ("第一副主任", 1): "missing",
        ("第一副主任", 2): "done",
        ("第一副主任", 3): "not yet due",
        ("第二副主任", 1): "missing",
        ("第二副主任", 2): "missing",
        ("第二副主任", 3): "done",
    }
    narrowed = asked(office, "听取", "09-30", unit=["甲部"])
    assert {row["subject"] for row in narrowed} == {"第一副主任"}


def test_problem_proves_by_the_day_it_was_found_and_how(office: Office) -> None:
    """B12, E13: what a unit found by itself; repeated in the next list it is found once."""
    columns = "item_no | unit | found_on | found_by"
    office.send("2022-08", f"{columns}\nP1 | 甲部 | 08-20 | 自己找\nP2 | 乙部 | 08-20 | 群众提")
    office.send("2022-10", f"{columns}\nP1 | 甲部 | 08-20 | 自己找")
    assert statuses(office, "自查", "12-31", "甲部") == ["done", "not yet due"]
    assert statuses(office, "自查", "12-31", "乙部") == ["missing", "not yet due"]


def test_institution_proves_by_the_day_it_was_issued(office: Office) -> None:
    columns = "title | unit | kind | issued_on"
    office.send("2022-09", f"{columns}\n办法 | 甲部 | 制度 | —", kind="institutions")
    assert statuses(office, "建制度", "2023-01-01", "甲部") == ["missing"]
    office.send("2022-10", f"{columns}\n办法 | 甲部 | 制度 | 10-15", kind="institutions")
    assert statuses(office, "建制度", "2023-01-01", "甲部") == ["done"]
