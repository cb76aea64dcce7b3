"""instruction_stuck and instruction_overdue (D22): from 布置 to 见效, and where it stops."""

import pytest

from tests.office import Office, assert_answer
from tests.rules.trying import found

HEAD = (
    "item_no | title | given_by | given_on | unit | due_on"
    " | tracked_on | inspected_on | effective_on"
)
ROWS = (
    "J1 | 通路 | 主任 | 09-01 | 甲部 | 09-15 | 09-05 | 09-07 | 09-15",
    "J2 | 通水 | 主任 | 09-01 | 乙部 | 09-15 | 09-09 | —     | 09-20",
    "J3 | 通电 | 主任 | 09-01 | 丙部 | 09-15 | —     | —     | —",
    "J4 | 通气 | 主任 | 09-01 | 丁部 | —     | —     | 09-05 | —",
)


@pytest.fixture
def told(office: Office) -> Office:
    """An office that was given four instructions on Thursday 1 September."""
    office.send("2022-09", "\n".join([HEAD, *ROWS]), kind="instructions")
    return office


def test_stage_is_too_long_from_the_working_day_after_the_limit(told: Office) -> None:
    """The fifth working day after 1 September is the 8th; 12 September is a holiday."""
    assert found(told, "instruction_stuck", "09-08", working_days=5) == []
    assert_answer(
        found(told, "instruction_stuck", "09-20", working_days=5),
        """
        subject | detail       | unit | since_on | until_on | measured_value | threshold
        J2      | 通水（布置） | 乙部 | 09-09    | 09-09    | 6              | 5
        J3      | 通电（布置） | 丙部 | 09-09    | —        | 12             | 5
        J4      | 通气（督查） | 丁部 | 09-14    | —        | 10             | 5
        J2      | 通水（跟踪） | 乙部 | 09-20    | 09-20    | 6              | 5
        """,
    )


def test_overdue_is_from_the_day_after_its_day_until_it_is_in_effect(told: Office) -> None:
    assert found(told, "instruction_overdue", "09-15", days=0) == []
    assert_answer(
        found(told, "instruction_overdue", "09-30", days=0),
        """
        subject | detail | unit | since_on | until_on | measured_value | remark | row
        J2      | 通水   | 乙部 | 09-16    | 09-20    | 5              | —      | 3
        J3      | 通电   | 丙部 | 09-16    | —        | 15             | —      | 4
        """,
    )


@pytest.mark.parametrize(("days", "subjects"), [(4, ["J2", "J3"]), (5, ["J3"]), (15, [])])
def test_limit_of_overdue_is_days_let_pass(told: Office, days: int, subjects: list[str]) -> None:
    rows = found(told, "instruction_overdue", "09-30", days=days)
    assert [row["subject"] for row in rows] == subjects


def test_what_came_into_effect_later_than_the_day_asked_is_not_yet(told: Office) -> None:
    rows = found(told, "instruction_overdue", "09-18", days=0)
    assert [row["until_on"] for row in rows] == [None, None]
