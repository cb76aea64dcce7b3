"""review_missing and review_false (D11, D12, D15): reports that are owed, and sampled."""

import pytest

from tests.office import Office, assert_answer
from tests.rules.trying import found

HEAD = "item_no | kind | unit | title | due_on | handed_in_on | sampled_by | is_confirmed"
ROWS = (
    "S1 | 述职报告 | 甲部 | 全年工作 | 12-10 | 12-10 | 第一组 | yes",
    "S2 | 述职报告 | 乙部 | 全年工作 | 12-10 | 12-11 | 第一组 | no",
    "S3 | 述职报告 | 丙部 | 全年工作 | 12-10 | —     | —      | —",
    "S4 | 述职报告 | 丁部 | 全年工作 | —     | —     | —      | —",
    "J1 | 书面检讨 | 甲部 | 税收     | 12-10 | —     | —      | —",
)


@pytest.fixture
def handed(office: Office) -> Office:
    """An office whose units owed reports by 10 December."""
    office.send("2022-12", "\n".join([HEAD, *ROWS]), kind="reviews")
    return office


def test_report_is_missing_from_the_day_after_its_day(handed: Office) -> None:
    asked = {"kinds": ["述职报告"], "days": 0}
    assert found(handed, "review_missing", "12-10", **asked) == []
    assert_answer(
        found(handed, "review_missing", "12-20", **asked),
        """
        subject | detail             | unit | since_on | until_on | measured_value | row
        S2      | 述职报告：全年工作 | 乙部 | 12-11    | 12-11    | 1              | 3
        S3      | 述职报告：全年工作 | 丙部 | 12-11    | —        | 10             | 4
        """,
    )


def test_days_let_pass_and_kinds_asked_about(handed: Office) -> None:
    rows = found(handed, "review_missing", "12-20", kinds=["述职报告", "书面检讨"], days=9)
    assert_answer(rows, "subject | since_on | threshold\nJ1 | 12-20 | 9\nS3 | 12-20 | 9")
    assert found(handed, "review_missing", "12-20", kinds=["大会检讨"], days=0) == []


def test_handed_in_later_than_the_day_asked_is_not_in_yet(handed: Office) -> None:
    rows = found(handed, "review_missing", "12-20", kinds=["述职报告"], days=0)
    handed.send(
        "2022-12", f"{HEAD}\nS3 | 述职报告 | 丙部 | 全年 | 12-10 | 12-25 | — | —", kind="reviews"
    )
    later = found(handed, "review_missing", "12-20", kinds=["述职报告"], days=0)
    assert rows[-1]["until_on"] is later[-1]["until_on"] is None


def test_only_what_a_group_found_untrue_is_false(handed: Office) -> None:
    """D12: sampled and true, and not sampled, are none."""
    assert_answer(
        found(handed, "review_false", "12-20", kinds=["述职报告"]),
        """
        subject | unit | since_on | until_on | remark         | row
        S2      | 乙部 | 12-11    | —        | 抽查：第一组 | 3
        """,
    )
    assert found(handed, "review_false", "12-10", kinds=["述职报告"]) == []


def test_research_report_of_a_theme_is_missing_when_its_day_is_over(office: Office) -> None:
    """D15: its lead unit owes it; handed in it is found no more."""
    row = "DY-1 | 调研报告 | 甲部 | 三个一批 | 12-10 | {} | — | —"
    asked = {"kinds": ["调研报告"], "days": 0}
    office.send("2022-12", f"{HEAD}\n{row.format('—')}", kind="reviews")
    rows = found(office, "review_missing", "12-20", **asked)
    assert_answer(rows, "subject | detail | unit | until_on\nDY-1 | 调研报告：三个一批 | 甲部 | —")
    office.send("2022-12", f"{HEAD}\n{row.format('12-09')}", kind="reviews")
    assert found(office, "review_missing", "12-20", **asked) == []


def test_report_without_a_number_is_named_by_unit_and_title(office: Office) -> None:
    row = "— | 述职报告 | 甲部 | 全年工作 | 12-10 | — | — | —"
    office.send("2022-12", f"{HEAD}\n{row}", kind="reviews")
    rows = found(office, "review_missing", "12-20", kinds=["述职报告"], days=0)
    assert_answer(rows, "subject\n甲部：全年工作")
