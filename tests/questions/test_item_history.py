"""item_history: who said what of an item, list by list."""

from tests.office import Office, assert_answer


def test_history_names_each_changed_column_with_old_and_new(office: Office) -> None:
    august = office.send("2022-08", "item_no | title | due_on\nP1 | 积水 | 09-15", unit="甲部")
    september = office.send(
        "2022-09",
        "item_no | title | due_on | state | closed_on\nP1 | 积水 | 09-30 | closed | 09-28",
        unit="甲部",
    )
    assert_answer(
        office.ask("item_history", item_key="P1"),
        f"""
        month   | column    | old_value  | new_value  | upload      | sheet | row
        2022-08 | item_key  | —          | P1         | {august}    | 台账  | 2
        2022-09 | closed_on | —          | 2022-09-28 | {september} | 台账  | 2
        2022-09 | due_on    | 2022-09-15 | 2022-09-30 | {september} | 台账  | 2
        2022-09 | state     | open       | closed     | {september} | 台账  | 2
        """,
    )


def test_list_that_changes_nothing_leaves_no_trace(office: Office) -> None:
    for month in ("2022-08", "2022-09", "2022-10"):
        office.send(month, "item_no | due_on\nP1 | 09-15", unit="甲部")
    assert_answer(office.ask("item_history", item_key="P1"), "month | column\n2022-08 | item_key")


def test_history_of_another_item_is_empty(office: Office) -> None:
    office.send("2022-08", "item_no\nP1", unit="甲部")
    assert office.ask("item_history", item_key="P2") == []
    assert office.ask("item_history", item_key=None) == []


def test_history_as_known_before_a_correction_names_the_list_of_then(office: Office) -> None:
    first = office.send("2022-08", "item_no | title\nP1 | 积水", unit="甲部")
    before = office.now()
    second = office.send("2022-08", "item_no | title\nP1 | 内涝", unit="甲部")

    def uploads(known_at: object) -> list[int]:
        rows = office.ask("item_history", item_key="P1", known_at=known_at)
        return [row["upload"] for row in rows]

    assert uploads(before) == [first]
    assert uploads(None) == [second]


def test_problem_and_task_of_one_number_do_not_mix(office: Office) -> None:
    office.send("2022-08", "item_no | title\nP1 | 积水", unit="甲部")
    office.send("2022-09", "item_no | title\nP1 | 招商", kind="tasks", unit="甲部")
    columns = [row["column"] for row in office.ask("item_history", item_key="P1")]
    assert columns == ["item_key", "item_key"]
