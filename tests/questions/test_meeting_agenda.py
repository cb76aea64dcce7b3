"""meeting_agenda (issue 7.3): what needs a decision first, worst first, one entry a unit."""

import pytest

from tally.submissions.findings import Step, Subject, take_step
from tally.submissions.instructions import instruct
from tests.office import SLUG, Office, assert_answer
from tests.tables import day

OCTOBER = """
    item_no | title | unit | due_on | state     | extended_to | extension_reason
    P1      | 路灯  | 甲部 | 08-01  | open      | —           | —
    P2      | 管网  | 甲部 | 08-31  | open      | —           | —
    P3      | 围挡  | 乙部 | 10-11  | open      | —           | —
    P4      | 用地  | 乙部 | 12-31  | escalated | —           | —
    P5      | 审批  | 丙部 | 12-31  | tolerated | —           | —
    P6      | 征地  | 丁部 | 11-05  | open      | 12-05       | 上级未批
    """
EVERYBODY = """
    position | is_decision | level | kind        | unit | entry_count | since_on | sentence
    1        | yes         | red   | escalated   | 乙部 | 1           | 10-01    | 提级：用地
    2        | yes         | red   | finding     | 甲部 | 2           | 09-01    | 路灯已超期91天，超过30天
    3        | yes         | red   | instruction | 丙部 | 1           | 10-21    | 通水，交办已逾期11天
    4        | yes         | amber | extension   | 丁部 | 1           | 10-01    | 征地，申请延至12月5日
    5        | yes         | amber | tolerated   | 丙部 | 1           | 10-01    | 容错备案：审批
    6        | no          | amber | overdue     | 乙部 | 1           | 10-12    | 逾期20天：围挡
    """


@pytest.fixture
def listed(ruled: Office) -> Office:
    """An office with a list of October, and an instruction that is past its day."""
    ruled.send("2022-10", OCTOBER)
    given = (SLUG, "通水", "丙部", day("10-20"), "主任")
    instruct(ruled.database, *given, given_on=day("10-10"))
    return ruled


def test_decisions_go_first_and_the_worst_of_them_before_all(listed: Office) -> None:
    assert_answer(listed.ask("meeting_agenda", "10-31"), EVERYBODY)


def test_an_entry_says_why_it_needs_a_decision_and_by_which_clause(listed: Office) -> None:
    rows = {row["kind"]: row for row in listed.ask("meeting_agenda", "10-31")}
    assert {kind: row["need"] for kind, row in rows.items()} == {
        "escalated": "提级事项",
        "finding": "红色预警未处置",
        "instruction": "交办逾期",
        "tolerated": "容错待定",
        "extension": "申请延期待批",
        "overdue": None,
    }
    found = rows["finding"]
    assert (found["rule"], found["subject"], found["consequence"]) == ("严重超期", "P1", "必访")
    assert found["clause"] and found["leader_post"] == "第一副主任"
    assert (rows["instruction"]["clause"], rows["overdue"]["item_key"]) == ("主任 会议", "P3")


def test_what_was_acted_on_is_for_information_until_its_day_passes(listed: Office) -> None:
    for subject, since in (("P1", "09-01"), ("P2", "10-01")):
        acted = Step("acted", day("10-05"), "督查岗", "限期整改", rectify_by_on=day("10-25"))
        take_step(listed.database, Subject(SLUG, "严重超期", subject, day(since)), acted)

    def needs(as_of: str) -> dict[str, str]:
        return {row["kind"]: row["need"] for row in listed.ask("meeting_agenda", as_of)}

    assert needs("10-25")["finding"] is None
    assert needs("10-26")["finding"] == "整改期限已过"


def test_filters_keep_to_whose_it_is(listed: Office) -> None:
    kinds = [row["kind"] for row in listed.ask("meeting_agenda", "10-31", post="第一副主任")]
    assert kinds == ["escalated", "finding", "overdue"]
    assert [row["unit"] for row in listed.ask("meeting_agenda", "10-31", unit=["丁部"])] == ["丁部"]
    assert listed.ask("meeting_agenda", "10-31", league="社区") == []


def test_units_that_have_not_reported_close_the_agenda(ruled: Office) -> None:
    ruled.send("2022-10", "item_no | unit | due_on\nP1 | 甲部 | 12-31", unit="甲部")
    [row] = ruled.ask("meeting_agenda", "10-31", league="部门")
    assert (row["kind"], row["entry_count"], row["is_decision"]) == ("unreported", 3, False)
    assert row["sentence"] == "乙部、丙部、丁部未报10月台账"


def test_overdue_item_without_a_unit_is_told_beside_a_finding_of_another(ruled: Office) -> None:
    ruled.send(
        "2022-10",
        """
        item_no | title | unit | due_on
        P1      | 路灯  | 甲部 | 08-01
        P2      | 围挡  | —    | 10-11
        """,
    )
    rows = {row["kind"]: row for row in ruled.ask("meeting_agenda", "10-31")}
    assert rows["finding"]["subject"] == "P1"
    assert (rows["overdue"]["unit"], rows["overdue"]["item_key"]) == (None, "P2")
