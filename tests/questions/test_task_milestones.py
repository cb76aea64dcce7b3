"""task_milestones: the road map of a task, planned and reached (A7, D8)."""

from tests.office import Office, assert_answer

PLAN = """
    item_no | milestone_no | title | start_on | due_on
    T1      | 1            | 立项  | 07-01    | 07-20
    T1      | 2            | 开工  | 07-20    | 08-10
    T1      | 3            | 完工  | 08-10    | 09-30
"""


def office_with_plan(office: Office) -> Office:
    """Return the office with a task and its road map of July."""
    office.send("2022-07", "item_no\nT1", kind="tasks", unit="甲部")
    office.send("2022-07", PLAN, kind="milestones", unit="甲部")
    return office


def test_milestone_is_done_late_missed_or_not_yet_due(office: Office) -> None:
    office_with_plan(office)
    office.send(
        "2022-08",
        """
        item_no | milestone_no | title | start_on | due_on | done_on
        T1      | 1            | 立项  | 07-01    | 07-20  | 07-20
        T1      | 2            | 开工  | 07-20    | 08-10  | 08-22
        T1      | 3            | 完工  | 08-10    | 09-30  | —
        """,
        kind="milestones",
        unit="甲部",
    )
    assert_answer(
        office.ask("task_milestones", "08-31"),
        """
        item_key | milestone | due_on | done_on | status      | late_days
        T1       | 立项      | 07-20  | 07-20   | done        | —
        T1       | 开工      | 08-10  | 08-22   | late        | 12
        T1       | 完工      | 09-30  | —       | not yet due | —
        """,
    )
    # Due on its day, missed the day after; what was reached later was not yet reached then.
    for as_of, status, late_days in (
        ("08-10", "not yet due", None),
        ("08-11", "missed", 1),
        ("08-21", "missed", 11),
        ("08-22", "late", 12),
    ):
        row = office.ask("task_milestones", as_of)[1]
        assert (row["status"], row["late_days"]) == (status, late_days), as_of


def test_moving_a_milestone_does_not_make_it_met(office: Office) -> None:
    office_with_plan(office)
    office.send(
        "2022-08",
        "item_no | title | due_on | done_on\nT1 | 立项 | 07-31 | 07-30\nT1 | 开工 | 08-05 | 08-04",
        kind="milestones",
        unit="甲部",
    )
    # The newest list is the road map: 完工 is no longer on it.
    assert_answer(
        office.ask("task_milestones", "08-31", item_key="T1"),
        """
        milestone | due_on | moved_to | done_on | status | late_days
        立项      | 07-20  | 07-31    | 07-30   | late   | 10
        开工      | 08-10  | 08-05    | 08-04   | done   | —
        """,
    )
    assert office.ask("task_milestones", "08-31", item_key="T2") == []
