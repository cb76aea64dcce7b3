"""instruction_progress and instruction_totals (D22): 布置, 跟踪, 督查, 见效."""

import pytest

from tally.submissions.instructions import instruct
from tests.office import SLUG, Office, assert_answer
from tests.tables import day

HEAD = (
    "item_no | title | given_by | given_on | unit | due_on"
    " | tracked_on | inspected_on | effective_on"
)
ROWS = (
    "J1 | 通路 | 主任 | 09-01 | 甲部 | 09-15 | 09-05 | 09-07 | 09-16",
    "J2 | 通水 | 主任 | 09-01 | 乙部 | 09-15 | 09-05 | —     | —",
    "J3 | 通电 | 主任 | 09-02 | 丙部 | —     | —     | —     | —",
)


@pytest.fixture
def told(office: Office) -> Office:
    """An office that was given three instructions, the first on Thursday 1 September."""
    office.send("2022-09", "\n".join([HEAD, *ROWS]), kind="instructions")
    return office


def test_each_stage_counts_working_days_from_its_first_day(told: Office) -> None:
    rows = told.ask("instruction_progress", "09-08")
    assert [(row["item_no"], row["stage"], row["stage_working_days"]) for row in rows] == [
        ("J3", "布置", 4),
        ("J2", "跟踪", 3),
        ("J1", "督查", 1),
    ]


def test_overdue_and_late_are_told_apart(told: Office) -> None:
    assert_answer(
        told.ask("instruction_progress", "09-20"),
        """
        item_no | stage | is_overdue | overdue_days | is_late | stage_working_days | row
        J2      | 跟踪  | yes        | 5            | no      | 10                 | 3
        J3      | 布置  | no         | —            | no      | 11                 | 4
        J1      | 见效  | no         | —            | yes     | 10                 | 2
        """,
    )


def test_what_was_entered_in_a_meeting_stands_beside_the_list(told: Office) -> None:
    instruct(
        *(told.database, SLUG, "通网", "丁部", day("09-09"), "管委会主任"),
        given_on=day("09-05"),
    )
    [row] = told.ask("instruction_progress", "09-10", unit=["丁部"])
    assert (row["title"], row["stage"], row["is_from_meeting"], row["upload"]) == (
        *("通网", "布置"),
        True,
        None,
    )
    assert row["overdue_days"] == 1


def test_totals_count_who_stands_where_and_how_long_it_took(told: Office) -> None:
    assert_answer(
        told.ask("instruction_totals", "09-20"),
        """
        stage | standing_count | overdue_count | passed_count | working_days_median
        布置  | 1              | 0             | 2            | 2
        跟踪  | 1              | 1             | 1            | 2
        督查  | 0              | 0             | 1            | 6
        见效  | 1              | 1             | 1            | 10
        """,
    )


def test_totals_of_some_units_only(told: Office) -> None:
    rows = told.ask("instruction_totals", "09-20", post="第一副主任")
    assert [row["standing_count"] for row in rows] == [0, 1, 0, 1]
