"""honour_rolls (D2): the red list and the black one, by rules that are published."""

from collections.abc import Callable
from typing import Any

import pytest

from tally.packs import DEMO, Rule
from tally.submissions.findings import Step, Subject, take_step
from tests.office import SLUG, Office, assert_answer
from tests.tables import day


def rule(name: str, kind: str, level: str, **limits: Any) -> Rule:
    """Return a rule of the pack."""
    return Rule(name, kind, "D2", level, "公布", "{subject}：{detail}", DEMO, limits)


RULES = (
    rule("严重超期", "overdue_long", "red", days=10),
    rule("略有超期", "overdue_long", "amber", days=1),
    rule("排名靠前", "ranked_first", "good", scope="全区", count=1, works=["窗口服务"], leagues=[]),
)
LATE = "item_no | unit | due_on\nP1 | 甲部 | 08-01\nP2 | 甲部 | 08-05\nP3 | 乙部 | 08-29"
RANKS = """
work     | scope | unit | rank | of_count | ranked_on
窗口服务 | 全区  | 丙部 | 1    | 3        | 08-20
窗口服务 | 全区  | 丁部 | 2    | 3        | 08-20
窗口服务 | 全区  | 甲部 | 3    | 3        | 08-20
"""


@pytest.fixture
def office(office_of: Callable[..., Office]) -> Office:
    """An office with a red, an amber and a good rule, and something found by each."""
    office = office_of(rules=RULES)
    office.send("2022-08", LATE)
    office.send("", RANKS, kind="ranks")
    return office


def test_red_list_is_of_good_rules_and_the_black_one_of_red_ones(office: Office) -> None:
    assert_answer(
        office.ask("honour_rolls", "08-31"),
        """
        roll | arena    | unit | rule     | finding_count | since_on | subject       | is_holding
        红榜 | 窗口服务 | 丙部 | 排名靠前 | 1             | 08-20    | 丙部·窗口服务 | yes
        黑榜 | —        | 甲部 | 严重超期 | 2             | 08-16    | P2            | yes
        """,
    )


def test_each_entry_prints_its_evidence_and_its_clause(office: Office) -> None:
    rows = office.ask("honour_rolls", "08-31")
    assert [(row["sentence"], row["clause"]) for row in rows] == [
        ("丙部·窗口服务：窗口服务", DEMO),
        ("P2：P2", DEMO),
    ]


def test_only_what_began_in_the_time_is_listed(office: Office) -> None:
    rows = office.ask("honour_rolls", "08-31", first_on=day("08-14"))
    assert [(row["unit"], row["finding_count"]) for row in rows] == [("丙部", 1), ("甲部", 1)]
    assert office.ask("honour_rolls", "08-31", first_on=day("08-21")) == []


def test_finding_withdrawn_puts_nobody_on_a_list(office: Office) -> None:
    about = Subject(SLUG, "排名靠前", "丙部·窗口服务", day("08-20"))
    take_step(
        office.database, about, Step("withdrawn", day("08-25"), "督查室负责人", content="误报")
    )
    assert [row["roll"] for row in office.ask("honour_rolls", "08-31")] == ["黑榜"]


def test_tie_is_printed_beside_the_entry(office: Office) -> None:
    office.send("", RANKS.replace("丁部 | 2", "丁部 | 1"), kind="ranks")
    entries = [row for row in office.ask("honour_rolls", "08-31") if row["roll"] == "红榜"]
    assert [row["unit"] for row in entries] == ["丙部", "丁部"]
    assert all("并列" in row["remark"] for row in entries)
