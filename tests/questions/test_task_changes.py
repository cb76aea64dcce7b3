"""task_changes: what is other for a task than at the end of the month before (A7)."""

from tests.office import Office, assert_answer


def test_change_has_the_old_and_the_new_value_and_where_it_stands(office: Office) -> None:
    rows = "item_no | due_on | progress_share | milestone | state\nT1 | 12-31 | {} | {} | {}"
    office.send("2022-08", rows.format(0.2, "前期", "open"), kind="tasks", unit="甲部")
    september = office.send("2022-09", rows.format(1, "完工", "closed"), kind="tasks", unit="甲部")
    # At the end of August 62 of 184 days have begun: 0.2 is far behind.
    assert_answer(
        office.ask("task_changes", "09-30"),
        f"""
        item_key | column         | old_value | new_value | upload      | row
        T1       | achieved_share | 0.2       | 1.0       | {september} | 2
        T1       | light          | red       | green     | {september} | 2
        T1       | milestone      | 前期      | 完工      | {september} | 2
        T1       | state          | open      | closed    | {september} | 2
        """,
    )


def test_light_changes_because_time_passes_without_a_new_list(office: Office) -> None:
    office.send("2022-08", "item_no | due_on | progress_share\nT1 | 09-10 | 0.9", kind="tasks")
    # 62 of 72 days at the end of August: 0.9 is at the pace; from 11 September it is overdue.
    assert_answer(
        office.ask("task_changes", "09-11"),
        "column | old_value | new_value\nlight | green | red",
    )
    assert office.ask("task_changes", "09-10", item_key="T2") == []


def test_task_that_is_new_is_one_change(office: Office) -> None:
    office.send("2022-08", "item_no | progress_share\nT1 | 0.5", kind="tasks", unit="甲部")
    office.send(
        "2022-09",
        "item_no | progress_share\nT1 | 0.5\nT2 | 0.5",
        kind="tasks",
        unit="甲部",
    )
    assert_answer(
        office.ask("task_changes", "09-30"),
        "item_key | column | old_value | new_value\nT2 | item_key | — | T2",
    )
