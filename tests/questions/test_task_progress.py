"""task_progress: each task against its target and its time, with a light."""

from tests.office import Office, assert_answer


def test_achieved_comes_from_value_then_stated_share_then_closing(office: Office) -> None:
    office.send(
        "2022-09",
        """
        item_no | dimension | target_value | value | unit_of_measure | progress_share | state  | partners
        T1      | 民生      | 60           | 45    | 亿元            | 0.9            | open   | 乙部
        T2      | 经济      | —            | —     | —               | 0.4            | open   | —
        T3      | 经济      | —            | —     | —               | —              | closed | —
        T4      | 经济      | —            | —     | —               | —              | open   | —
        T5      | 经济      | 0            | 3     | 个              | —              | open   | —
        """,
        kind="tasks",
        unit="甲部",
    )
    # 45/60 although the list states 0.9; a target of 0 gives no share.
    assert_answer(
        office.ask("task_progress", "09-30"),
        """
        item_key | class | task | unit | partners | target | value | unit_of_measure | achieved_share | is_closed
        T2       | 经济  | T2   | 甲部 | —        | —      | —     | —               | 0.4            | no
        T3       | 经济  | T3   | 甲部 | —        | —      | —     | —               | 1              | yes
        T4       | 经济  | T4   | 甲部 | —        | —      | —     | —               | —              | no
        T5       | 经济  | T5   | 甲部 | —        | 0      | 3     | 个              | —              | no
        T1       | 民生  | T1   | 甲部 | 乙部     | 60     | 45    | 亿元            | 45/60          | no
        """,
    )


def test_schedule_is_the_part_of_the_time_to_the_deadline_that_has_passed(office: Office) -> None:
    office.send(
        "2022-07",
        """
        item_no | due_on
        T1      | 07-20
        T2      | 07-31
        T3      | 08-29
        T4      | —
        T5      | 06-15
        """,
        kind="tasks",
        unit="甲部",
    )
    # From 1 July, the campaign's first day: on the 30th 30 days have begun. T3 has 60 days;
    # T5 was due before the campaign began.
    assert_answer(
        office.ask("task_progress", "07-30"),
        "item_key | schedule_share\nT1 | 1\nT2 | 30/31\nT3 | 30/60\nT4 | —\nT5 | 1",
    )


def test_light_compares_achieved_with_the_pace(office: Office) -> None:
    # Due 28 September: 90 days from 1 July. On 14 August 45 have begun: half of the time.
    office.send(
        "2022-08",
        """
        item_no | due_on | progress_share | state
        T1      | 09-28  | 0.475          | open
        T2      | 09-28  | 0.474          | open
        T3      | 09-28  | 0.375          | open
        T4      | 09-28  | 0.374          | open
        T5      | 09-28  | —              | open
        T6      | 08-13  | 1              | open
        T7      | 07-31  | 0.1            | closed
        T8      | —      | 0.5            | open
        """,
        kind="tasks",
        unit="甲部",
    )
    # 0.95 of the pace is 0.475, 0.75 of it 0.375; overdue is red, closed is green.
    assert_answer(
        office.ask("task_progress", "08-14"),
        """
        item_key | light
        T1       | green
        T2       | yellow
        T3       | yellow
        T4       | red
        T5       | —
        T6       | red
        T7       | green
        T8       | —
        """,
    )


def test_problems_are_not_tasks_and_filters_hold(office: Office) -> None:
    office.send("2022-09", "item_no\nP1", unit="甲部")
    office.send(
        "2022-09",
        "item_no | unit | dimension\nT1 | 甲部 | 经济\nT2 | 丙部 | 民生",
        kind="tasks",
    )
    for filters, found in (
        ({}, ["T1", "T2"]),
        ({"unit": ["丙部"]}, ["T2"]),
        ({"dimension": ["经济"]}, ["T1"]),
        ({"post": "第一副主任"}, ["T1"]),
    ):
        rows = office.ask("task_progress", "09-30", **filters)
        assert [row["item_key"] for row in rows] == found, filters
