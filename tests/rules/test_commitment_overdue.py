"""commitment_overdue (D17): what was promised in public and not kept by its day."""

import pytest

from tests.office import Office, assert_answer
from tests.rules.trying import found

HEAD = "item_no | kind | unit | title | published_on | due_on | fulfilled_on | is_confirmed"
ROWS = (
    "C1 | 公开承诺 | 甲部 | 缩短等候 | 08-01 | 08-31 | 08-31 | —",
    "C2 | 公开承诺 | 乙部 | 补齐资料 | 08-01 | 08-31 | 09-01 | yes",
    "C3 | 公开承诺 | 丙部 | 修好路灯 | 08-01 | 08-31 | 08-20 | no",
    "C4 | 公开承诺 | 丁部 | 清理积案 | 08-01 | —     | —     | —",
    "C5 | 曝光     | 丁部 | 排名落后 | 08-01 | 08-31 | —     | —",
)


@pytest.fixture
def promised(office: Office) -> Office:
    """An office whose units committed themselves on 1 August."""
    office.send("2022-08", "\n".join([HEAD, *ROWS]), kind="commitments")
    return office


def test_commitment_is_late_from_the_day_after_its_day(promised: Office) -> None:
    asked = {"kinds": ["公开承诺"], "days": 30}
    assert found(promised, "commitment_overdue", "08-30", **asked) == []
    assert_answer(
        found(promised, "commitment_overdue", "09-30", **asked),
        """
        subject | unit | since_on | until_on | measured_value | threshold | remark           | row
        C2      | 乙部 | 09-01    | 09-01    | 1              | 0         | —                | 3
        C3      | 丙部 | 09-01    | —        | 30             | 0         | 核查不属实       | 4
        C4      | 丁部 | 09-01    | —        | 30             | 30        | 没有写明时限     | 5
        """,
    )


def test_days_are_only_for_what_has_no_day_of_its_own(promised: Office) -> None:
    rows = found(promised, "commitment_overdue", "09-30", kinds=["公开承诺"], days=60)
    assert [row["subject"] for row in rows] == ["C2", "C3"]


def test_kinds_not_asked_about_are_none(promised: Office) -> None:
    rows = found(promised, "commitment_overdue", "09-30", kinds=["曝光"], days=30)
    assert_answer(rows, "subject | detail\nC5 | 曝光：排名落后")
