"""questioning_poor (D20): three marks, and who was at a loss."""

import pytest

from tests.office import Office, assert_answer
from tests.rules.trying import found

HEAD = "unit | post | asked_on | situation | measures | effect"
ROWS = (
    "甲部 | 甲部负责人 | 08-15 | 不清楚   | 不力 | 不好",
    "乙部 | —          | 08-15 | 基本清楚 | 一般 | 一般",
    "丙部 | 丙部负责人 | 08-15 | 不清楚   | —    | 一般",
    "甲部 | 甲部负责人 | 09-20 | 清楚     | 具体 | 不好",
)


@pytest.fixture
def asked(office: Office) -> Office:
    """An office whose units were questioned in August and September."""
    office.send("", "\n".join([HEAD, *ROWS]), kind="questionings")
    return office


def test_worst_marks_are_counted_and_the_next_questioning_ends_it(asked: Office) -> None:
    rows = found(asked, "questioning_poor", "09-30", marks=1)
    assert_answer(
        rows,
        """
        subject    | unit | since_on | until_on | measured_value | remark
        丙部负责人 | 丙部 | 08-15    | —        | 1              | 措施没有评定
        甲部负责人 | 甲部 | 08-15    | 09-20    | 3              | —
        甲部负责人 | 甲部 | 09-20    | —        | 1              | —
        """,
    )
    assert [row["detail"] for row in rows] == [
        *("情况不清楚", "情况不清楚、措施不力、成效不好", "成效不好"),
    ]


@pytest.mark.parametrize(("marks", "count"), [(1, 2), (2, 1), (3, 1), (4, 0)])
def test_limit_is_how_many_marks_are_the_worst(asked: Office, marks: int, count: int) -> None:
    assert len(found(asked, "questioning_poor", "08-31", marks=marks)) == count


def test_questioning_after_the_day_asked_is_not_known_of(asked: Office) -> None:
    rows = found(asked, "questioning_poor", "08-31", marks=3)
    assert_answer(rows, "subject | until_on\n甲部负责人 | —")
