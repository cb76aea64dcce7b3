"""milestone_missed (D8): milestones past their first planned day."""

from tests.office import Office, assert_answer
from tests.rules.trying import found

PLAN = """
    item_no | title | due_on
    T1      | 立项  | 07-20
    T1      | 开工  | 08-10
    T1      | 完工  | 09-30
"""


def planned(office: Office) -> Office:
    """Return the office with a task and its road map of July."""
    office.send("2022-07", "item_no\nT1", kind="tasks", unit="甲部")
    office.send("2022-07", PLAN, kind="milestones", unit="甲部")
    return office


def test_a_milestone_is_missed_from_the_day_after_and_until_it_is_reached(office: Office) -> None:
    planned(office).send(
        "2022-08",
        """
        item_no | title | due_on | done_on
        T1      | 立项  | 07-20  | 07-20
        T1      | 开工  | 08-10  | 08-22
        T1      | 完工  | 09-30  | —
        """,
        kind="milestones",
        unit="甲部",
    )
    for as_of, until_on, days in (("08-11", None, 1), ("08-31", "2022-08-22", 12)):
        [row] = found(office, "milestone_missed", as_of, grace_days=0)
        assert (row["subject"], row["detail"], row["unit"]) == ("T1·开工", "开工", "甲部")
        assert str(row["since_on"]) == "2022-08-11"
        assert (str(row["until_on"]) if row["until_on"] else None) == until_on
        assert (row["measured_value"], row["threshold"], row["row"]) == (days, 0, 3)
    assert found(office, "milestone_missed", "08-10", grace_days=0) == []


def test_days_of_grace_are_in_time(office: Office) -> None:
    planned(office)
    assert found(office, "milestone_missed", "07-25", grace_days=5) == []
    assert_answer(
        found(office, "milestone_missed", "07-26", grace_days=5),
        "subject | since_on | measured_value | threshold\nT1·立项 | 07-26 | 6 | 5",
    )


def test_a_milestone_that_was_moved_is_judged_by_its_first_day_and_said(office: Office) -> None:
    moved = "T1 | 立项 | 10-31 | —\nT1 | 开工 | 08-10 | 08-10"
    planned(office).send(
        "2022-08", f"item_no | title | due_on | done_on\n{moved}", kind="milestones", unit="甲部"
    )
    assert_answer(
        found(office, "milestone_missed", "08-31", grace_days=0),
        "since_on | remark\n07-21 | 计划日改为2022年10月31日，仍按首次计划日判断",
    )


def test_a_milestone_left_out_of_the_next_road_map_stays_missed(office: Office) -> None:
    """D8: a red light is not put out by leaving its milestone out, or by renaming it."""
    planned(office).send(
        "2022-08",
        """
        item_no | title    | due_on | done_on
        T1      | 立项     | 07-20  | 07-19
        T1      | 开工建设 | 12-10  | —
        """,
        kind="milestones",
        unit="甲部",
    )
    assert_answer(
        found(office, "milestone_missed", "08-31", grace_days=0),
        """
        subject | since_on | until_on | remark
        T1·开工 | 08-11    | —        | 新的路线图里没有这个节点
        """,
    )
