"""task_months: what each month's list said of a task, and the months that said nothing (A7, E1)."""

from tests.office import Office, assert_answer


def test_month_without_a_row_is_not_reported_and_has_no_figures(office: Office) -> None:
    july = office.send(
        "2022-07",
        "item_no | target_value | value | due_on\nT1 | 60 | 12 | 12-27",
        kind="tasks",
        unit="甲部",
    )
    september = office.send(
        "2022-09",
        """
        item_no | target_value | value | due_on | milestone | progress_note
        T1      | 60           | 20    | 12-27  | 开工      | 已进场
        """,
        kind="tasks",
        unit="甲部",
    )
    # From 1 July, the campaign's first day, to 27 December are 180 days: 31, 62 and 92 have
    # begun at the months' ends. 12/60 is past the pace, 20/60 behind it by more than a quarter.
    assert_answer(
        office.ask("task_months", "09-30", item_key="T1"),
        f"""
        month   | is_reported | value | achieved_share | schedule_share | light | milestone | upload
        2022-07 | yes         | 12    | 12/60          | 31/180         | green | —         | {july}
        2022-08 | no          | —     | —              | 62/180         | —     | —         | —
        2022-09 | yes         | 20    | 20/60          | 92/180         | red   | 开工      | {september}
        """,
    )


def test_months_go_no_further_than_the_day_and_know_no_unknown_task(office: Office) -> None:
    for month in ("2022-08", "2022-09"):
        office.send(month, "item_no | progress_share\nT1 | 0.5", kind="tasks", unit="甲部")
    months = office.ask("task_months", "08-31", item_key="T1")
    assert [(row["month"], row["is_reported"]) for row in months] == [
        ("2022-07", False),
        ("2022-08", True),
    ]
    assert office.ask("task_months", "08-31", item_key="T2") == []
    assert office.ask("task_months", "08-31", item_key=None) == []


def test_month_as_known_before_a_correction_has_the_figure_of_then(office: Office) -> None:
    office.send("2022-07", "item_no | progress_share\nT1 | 0.9", kind="tasks", unit="甲部")
    before = office.now()
    office.send("2022-07", "item_no | progress_share\nT1 | 0.2", kind="tasks", unit="甲部")
    for known_at, share in ((before, 0.9), (None, 0.2)):
        [month] = office.ask("task_months", "07-31", item_key="T1", known_at=known_at)
        assert month["achieved_share"] == share
