"""incident (D4, D7, D10): entered events of some kinds, with what was found of them."""

from typing import Any

from tests.office import Office, assert_answer
from tests.rules.trying import found


def happened(office: Office) -> Office:
    """Return the office with incidents of two kinds, attributed, not, and not yet."""
    office.send(
        "2022-12",
        """
        kind     | unit | title | happened_on | level | is_attributed | cause
        重大舆情 | 甲部 | 视频  | 07-10       | 重大  | yes           | 行业部门
        重大舆情 | 乙部 | 报道  | 07-11       | —     | —             | —
        重大舆情 | 丙部 | 传言  | 07-12       | —     | no            | —
        安全事故 | 丁部 | 坍塌  | 07-13       | 一般  | —             | —
        """,
        kind="incidents",
    )
    return office


def incidents(office: Office, as_of: str = "07-31", **limits: Any) -> list[dict]:
    """Return the incidents of 舆情, whoever answers for them, unless limits say else."""
    given = {"kinds": ["重大舆情"], "levels": [], "is_attributed": False}
    return found(office, "incident", as_of, **{**given, **limits})


def test_incidents_of_the_kinds_asked_about_are_found_from_their_day_on(office: Office) -> None:
    happened(office)
    assert_answer(
        incidents(office),
        """
        subject   | detail | since_on | until_on | measured_value | threshold | remark
        甲部·视频 | 视频   | 07-10    | —        | 21             | —         | 重大；原因：行业部门
        乙部·报道 | 报道   | 07-11    | —        | 20             | —         | 尚未认定责任
        """,
    )
    assert [row["unit"] for row in incidents(office, "07-10")] == ["甲部"]


def test_where_a_finding_is_asked_for_only_what_was_attributed_counts(office: Office) -> None:
    assert [row["unit"] for row in incidents(happened(office), is_attributed=True)] == ["甲部"]


def test_a_grade_that_is_not_written_is_found_and_said(office: Office) -> None:
    happened(office)
    answer = incidents(office, levels=["特大", "特别重大"])
    assert_answer(answer, "unit | remark\n乙部 | 等级没有写；尚未认定责任")
    assert incidents(office, kinds=["安全事故"], levels=["特大"]) == []
    assert [row["unit"] for row in incidents(office, kinds=["安全事故"], levels=["一般"])] == [
        "丁部"
    ]
