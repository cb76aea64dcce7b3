"""rule_findings, finding_counts, finding_evidence: what was found, and its life (family D)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import duckdb
import pytest

from tally.store import UnknownQuestion
from tally.submissions.findings import CannotStep, Step, Subject, take_step, take_step_back
from tests.office import SLUG, Office, assert_answer
from tests.questions.ruled_pack import OVERDUE
from tests.tables import day

OPEN_LIST = """
    item_no | title | unit | due_on | state  | closed_on
    P1      | 路灯  | 甲部 | 08-01  | open   | —
    P2      | 管网  | 甲部 | 08-31  | open   | —
    P3      | 绿化  | 乙部 | 07-15  | closed | 10-05
    P4      | 围挡  | 乙部 | 10-01  | open   | —
    """
PATH_LIGHT = Subject(SLUG, "严重超期", "P1", day("09-01"))


@pytest.fixture
def listed(ruled: Office) -> Office:
    """An office under rules with a list of October."""
    ruled.send("2022-10", OPEN_LIST)
    return ruled


def test_a_finding_says_what_since_when_and_by_which_clause(listed: Office) -> None:
    assert_answer(
        listed.ask("rule_findings", "10-31"),
        """
        subject | unit | since_on | until_on | status | is_holding | is_new | open_days | sentence
        P1      | 甲部 | 09-01    | —        | raised | yes        | no     | 60        | 路灯已超期91天，超过30天
        P2      | 甲部 | 10-01    | —        | raised | yes        | yes    | 30        | 管网已超期61天，超过30天
        P3      | 乙部 | 08-15    | 10-05    | ended  | no         | no     | —         | 绿化已超期82天，超过30天
        """,
    )
    [first, *_] = listed.ask("rule_findings", "10-31")
    assert (first["level"], first["consequence"]) == ("red", "必访")
    assert first["threshold_source"] == "本级自定"
    assert first["clause"] == OVERDUE.source


def test_findings_are_those_of_the_day_asked(listed: Office) -> None:
    assert_answer(
        listed.ask("rule_findings", "10-31", unit=["甲部"], is_open=True),
        "subject\nP1\nP2",
    )
    assert listed.ask("rule_findings", "07-31") == []


def test_findings_stay_whole_while_other_threads_ask_after_writes(listed: Office) -> None:
    def ask_after_a_write(_: int) -> int:
        with listed.database.write(lambda: None):
            pass
        return len(listed.ask("rule_findings", "10-31"))

    with ThreadPoolExecutor(4) as threads:
        assert set(threads.map(ask_after_a_write, range(12))) == {3}


def test_findings_that_could_not_be_made_are_made_once_by_the_next_question(
    listed: Office,
) -> None:
    listed.database.rows("ALTER TABLE memory.main.finding_tally RENAME TO elsewhere")
    with pytest.raises(duckdb.CatalogException):
        listed.ask("rule_findings", "10-31")
    listed.database.rows("ALTER TABLE memory.main.elsewhere RENAME TO finding_tally")
    rows = listed.ask("rule_findings", "10-31")
    assert [(row["subject"], row["evidence_count"]) for row in rows] == [
        ("P1", 1),
        ("P2", 1),
        ("P3", 1),
    ]


def test_new_data_is_judged_anew_and_what_was_known_stays(listed: Office) -> None:
    before = listed.now()
    listed.send(
        "2022-10",
        """
        item_no | title | unit | due_on | state  | closed_on
        P1      | 路灯  | 甲部 | 08-01  | closed | 08-01
        P2      | 管网  | 甲部 | 08-31  | open   | —
        P3      | 绿化  | 乙部 | 07-15  | closed | 10-05
        P4      | 围挡  | 乙部 | 10-01  | open   | —
        """,
    )
    assert_answer(listed.ask("rule_findings", "10-31", is_open=True), "subject\nP2")
    assert_answer(
        listed.ask("rule_findings", "10-31", is_open=True, known_at=before), "subject\nP1\nP2"
    )


def test_counts_tell_new_from_old(listed: Office) -> None:
    assert_answer(
        listed.ask("finding_counts", "10-31", by="unit"),
        """
        name | open_count | red_count | new_count | untaken_count | ended_count | oldest_days
        甲部 | 2          | 2         | 1         | 2             | 0           | 60
        乙部 | 0          | 0         | 0         | 0             | 1           | —
        """,
    )
    assert_answer(
        listed.ask("finding_counts", "10-31", by="consequence"),
        "name | open_count | new_count | ended_count\n必访 | 2 | 1 | 1",
    )


def test_evidence_leads_to_the_row(listed: Office) -> None:
    assert_answer(
        listed.ask("finding_evidence", "10-31", rule="严重超期", subject="P2"),
        "rule | subject | since_on | sheet | row\n严重超期 | P2 | 10-01 | 台账 | 3",
    )


def test_a_finding_goes_from_raised_to_closed_step_by_step(listed: Office) -> None:
    steps = (
        (Step("acknowledged", day("10-08"), "督查室"), "acknowledged"),
        (
            Step(
                *("acted", day("10-10"), "纪检组"),
                measure="约谈",
                report_due_on=day("10-20"),
                rectify_by_on=day("10-31"),
            ),
            "acted",
        ),
        (Step("reply", day("10-12"), "甲部", content="等管线迁移"), "acted"),
        (Step("closed", day("10-25"), "督查室", reference="督〔2022〕3号"), "closed"),
    )
    for step, status in steps:
        take_step(listed.database, PATH_LIGHT, step)
        [found] = [r for r in listed.ask("rule_findings", "10-31") if r["subject"] == "P1"]
        assert found["status"] == status
    assert found["reference"] == "督〔2022〕3号"
    assert found["has_reply"]
    assert not found["is_open"]
    assert_answer(
        listed.ask("finding_steps", subject="P1"),
        """
        step         | step_on | post   | measure | report_due_on
        acknowledged | 10-08   | 督查室 | —       | —
        acted        | 10-10   | 纪检组 | 约谈    | 10-20
        reply        | 10-12   | 甲部   | —       | —
        closed       | 10-25   | 督查室 | —       | —
        """,
    )
    [earlier] = [r for r in listed.ask("rule_findings", "10-09") if r["subject"] == "P1"]
    assert earlier["status"] == "acknowledged"


def test_of_the_newest_month_what_was_done_since_counts_too(listed: Office) -> None:
    """Its lists come in the month after: what is entered then is to be seen at once."""
    listed.send("2022-09", "item_no | unit | due_on | state\nP1 | 甲部 | 08-01 | open")
    take_step(listed.database, PATH_LIGHT, Step("acknowledged", day("11-05"), "督查室"))
    for as_of, status in (("10-31", "acknowledged"), ("09-30", "raised")):
        [found] = [row for row in listed.ask("rule_findings", as_of) if row["subject"] == "P1"]
        assert found["status"] == status
    listed.send("2022-11", OPEN_LIST)
    assert listed.ask("rule_findings", "10-31")[0]["status"] == "raised"


def test_a_step_taken_back_leaves_the_one_before(listed: Office) -> None:
    take_step(listed.database, PATH_LIGHT, Step("acknowledged", day("10-08"), "督查室"))
    withdrawn = Step("withdrawn", day("10-09"), "督查室", content="记错了单位")
    number = take_step(listed.database, PATH_LIGHT, withdrawn)
    known = listed.now()
    take_step_back(listed.database, number)
    status = [r["status"] for r in listed.ask("rule_findings", "10-31") if r["subject"] == "P1"]
    before = listed.ask("rule_findings", "10-31", known_at=known)
    assert status == ["acknowledged"]
    assert [r["status"] for r in before if r["subject"] == "P1"] == ["withdrawn"]


def test_a_finding_that_revised_data_deny_is_gone_and_keeps_its_steps(listed: Office) -> None:
    take_step(listed.database, PATH_LIGHT, Step("acknowledged", day("10-08"), "督查室"))
    listed.send(
        "2022-10",
        """
        item_no | title | unit | due_on | state  | closed_on
        P1      | 路灯  | 甲部 | 08-01  | closed | 07-30
        """,
    )
    [gone] = [r for r in listed.ask("rule_findings", "10-31") if r["subject"] == "P1"]
    assert (gone["status"], gone["is_open"], gone["is_holding"]) == ("gone", False, False)


def test_the_next_slip_waits_until_the_one_before_is_over(listed: Office) -> None:
    slip = Step("slip", day("10-10"), "督查室", slip_level="blue")
    take_step(listed.database, PATH_LIGHT, slip)
    [found] = [r for r in listed.ask("rule_findings", "10-31") if r["subject"] == "P1"]
    assert (found["status"], found["slip_level"]) == ("raised", "blue")
    assert found["slip_due_on"] == day("10-13")
    with pytest.raises(CannotStep, match="2022-10-13 才到期"):
        take_step(
            listed.database, PATH_LIGHT, replace(slip, step_on=day("10-13"), slip_level="amber")
        )
    take_step(listed.database, PATH_LIGHT, replace(slip, step_on=day("10-14"), slip_level="amber"))
    [found] = [r for r in listed.ask("rule_findings", "10-31") if r["subject"] == "P1"]
    assert (found["slip_level"], found["slip_due_on"]) == ("amber", day("10-19"))
    with pytest.raises(CannotStep, match="只能往上升级"):
        take_step(listed.database, PATH_LIGHT, replace(slip, step_on=day("10-31")))


@pytest.mark.parametrize(
    ("step", "remedy"),
    [
        (Step("closed", day("10-10"), "督查室"), "依据"),
        (Step("withdrawn", day("10-10"), "督查室"), "理由"),
        (Step("acted", day("10-10"), "督查室"), "方式"),
        (Step("acknowledged", day("10-10"), " "), "岗位"),
        (Step("acknowledged", day("08-31"), "督查室"), "早于发现之日"),
        (
            Step("acted", day("10-10"), "督查室", measure="约谈", rectify_by_on=day("10-09")),
            "早于办理日期",
        ),
    ],
)
def test_a_step_says_what_it_lacks(listed: Office, step: Step, remedy: str) -> None:
    with pytest.raises(CannotStep, match=remedy):
        take_step(listed.database, PATH_LIGHT, step)
    assert listed.ask("finding_steps") == []


def test_a_rule_is_tried_with_other_limits_and_nothing_is_kept(listed: Office) -> None:
    asked = {"rule": "严重超期", "limits": '{"days": 60}'}
    assert_answer(
        listed.ask("rule_trial", "10-31", by="month", **asked),
        """
        name    | finding_count | holding_count | all_finding_count | all_unit_count
        2022-09 | 1             | 0             | 3                 | 2
        2022-10 | 2             | 2             | 3                 | 2
        """,
    )
    assert_answer(
        listed.ask("rule_trial", "10-31", by="unit", **asked),
        "name | finding_count | all_holding_count\n甲部 | 2 | 2\n乙部 | 1 | 2",
    )
    fewer = asked | {"limits": '{"days": 80}'}
    assert_answer(listed.ask("rule_trial", "10-31", by="unit", **fewer), "name\n乙部\n甲部")
    assert_answer(listed.ask("rule_findings", "10-31", is_open=True), "subject\nP1\nP2")


@pytest.mark.parametrize(
    ("limits", "remedy"), [("{days: 3}", "JSON"), ('{"weeks": 3}', "weeks 不认识")]
)
def test_limits_that_no_rule_takes_are_refused(listed: Office, limits: str, remedy: str) -> None:
    with pytest.raises(UnknownQuestion, match=remedy):
        listed.ask("rule_trial", "10-31", rule="严重超期", limits=limits)


def test_a_rule_that_is_off_finds_nothing_and_can_be_tried(
    office_of: Callable[..., Office],
) -> None:
    office = office_of(rules=(replace(OVERDUE, is_on=False),))
    office.send("2022-10", OPEN_LIST)
    assert office.ask("rule_findings", "10-31") == []
    assert len(office.ask("rule_trial", "10-31", rule="严重超期")) == 3
    [rule] = office.ask("rules_in_force")
    assert (rule["is_on"], rule["limits"]) == (False, '{"days": 30}')


def test_findings_alike_are_one_row_and_none_is_lost(ruled: Office) -> None:
    lines = "".join(f"P{number} | 路灯{number} | 甲部 | 08-01\n" for number in range(40))
    ruled.send("2022-10", f"item_no | title | unit | due_on\n{lines}Q | 管网 | 甲部 | 08-02")
    assert len(ruled.ask("rule_findings", "10-31")) == 41
    tally = ruled.database.rows("FROM memory.main.finding_tally").to_pylist()
    assert sorted(row["alike_count"] for row in tally) == [1, 40]
    [forty] = [row for row in tally if row["alike_count"] == 40]
    assert (forty["rule"], forty["since_on"]) == (OVERDUE.name, day("09-01"))
    assert forty["first_sentence"] == "路灯0已超期91天，超过30天"
    assert forty["last_subject"] == "P9"
