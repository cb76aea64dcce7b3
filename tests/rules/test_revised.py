"""Every kind of rule: a month that is sent again is judged by the new list, the old is kept.

Each list of the office is sent twice; the second denies what the first one proved. So each
finding is there by the first list, not there (or over) by the second, and there still as known
between the two.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import pytest

from tally.packs import DEMO, Duty, Indicator, Proof, Theme
from tally.store import Database, rule_kinds
from tests.office import SLUG, Office, trial_pack
from tests.rules.trying import found, found_then
from tests.tables import day

# Ledger, its month, its head, and each row as it was first told and as it is revised.
LISTS: tuple[tuple[str, str, str, tuple[tuple[str, str], ...]], ...] = (
    (
        "problems",
        "2022-09",
        "item_no | unit | due_on | state | closed_on | enterprise | found_on",
        (
            ("P1 | 甲部 | 08-01 | open | — | — | —", "P1 | 甲部 | 08-01 | closed | 08-20 | — | —"),
            *((f"B{n} | 乙部 | 09-20 | open | — | — | —",
               f"B{n} | 乙部 | 09-20 | closed | 09-19 | — | —") for n in (1, 2)),
            *((f"D{n} | 丙部 | 09-20 | closed | 09-19 | — | —",
               f"D{n} | 丙部 | 09-20 | open | — | — | —") for n in (1, 2)),
            ("F1 | 丁部 | 12-31 | closed | 09-10 | — | —",) * 2,
            ("E1 | 丁部 | 12-31 | open | — | 甲厂 | 09-20",
             "E1 | 丁部 | 12-31 | open | — | 甲厂 | 09-05"),
        ),
    ),
    ("checks", "", "item_no | unit | checked_on | is_verified",
     (("F1 | 丁部 | 09-20 | no", "F1 | 丁部 | 09-20 | yes"),)),
    ("visits", "2022-09", "object | visited_on | unit | problem_count",
     (("甲厂 | 09-01 | 丁部 | 2",) * 2,)),
    ("tasks", "2022-09", "item_no | unit | due_on | target_value | value | state",
     (("T1 | 甲部 | 12-31 | 100 | 10 | open", "T1 | 甲部 | 12-31 | 100 | 90 | open"),)),
    ("milestones", "2022-09", "item_no | unit | title | due_on | done_on",
     (("T1 | 甲部 | 开工 | 08-10 | —", "T1 | 甲部 | 开工 | 08-10 | 08-09"),)),
    ("ranks", "", "work | scope | unit | rank | of_count | ranked_on | published_by | is_confirmed",
     (
         ("末位 | 全市 | 甲部 | 15 | 15 | 09-30 | — | —",
          "末位 | 全市 | 甲部 | 5 | 15 | 09-30 | — | —"),
         ("首位 | 全市 | 甲部 | 1 | 15 | 09-30 | — | —",
          "首位 | 全市 | 甲部 | 9 | 15 | 09-30 | — | —"),
         ("进位 | 全市 | 甲部 | 9 | 15 | 06-30 | — | —",) * 2,
         ("进位 | 全市 | 甲部 | 3 | 15 | 09-30 | — | —",
          "进位 | 全市 | 甲部 | 8 | 15 | 09-30 | — | —"),
         ("连续 | 全市 | 甲部 | 15 | 15 | 06-30 | — | —",) * 2,
         ("连续 | 全市 | 甲部 | 14 | 15 | 09-30 | — | —",
          "连续 | 全市 | 甲部 | 4 | 15 | 09-30 | — | —"),
         ("抽查 | 工作形式 | 甲部 | 1 | 3 | 09-20 | 丙部 | no",
          "抽查 | 工作形式 | 甲部 | 1 | 3 | 09-20 | 丙部 | yes"),
         ("进企业 | 工作形式 | 甲部 | 1 | 3 | 06-30 | 丙部 | —",
          "进企业 | 工作形式 | 甲部 | 1 | 3 | 09-30 | 丙部 | —"),
         ("别的 | 主题活动 | 甲部 | 1 | 3 | 09-10 | 丙部 | —",
          "三个一批 | 主题活动 | 甲部 | 1 | 3 | 09-10 | 丙部 | —"),
     )),
    ("appraisals", "", "list | subject | unit | score | appraised_on",
     (("评部门 | 甲部 | 甲部 | 74 | 09-30", "评部门 | 甲部 | 甲部 | 90 | 09-30"),
      ("评部门 | 乙部 | 乙部 | 80 | 09-30",) * 2)),
    ("indicators", "2022-12", "indicator | measure | frequency | period_end_on | value",
     (("税收 | 累计 | 月 | 09-30 | 20", "税收 | 累计 | 月 | 09-30 | 50"),
      ("招商 | 累计 | 月 | 12-31 | 30", "招商 | 累计 | 月 | 12-31 | 40"),
      ("县域经济 | 位次 | 年 | 2021-12-31 | 3", "县域经济 | 位次 | 年 | 2021-12-31 | 12"))),
    ("activities", "2022-07", "activity | held_on | unit",
     (("自评 | 07-20 | 乙部", "自评 | 07-20 | 甲部"),)),
    ("incidents", "", "kind | unit | object | title | happened_on | is_attributed | cause",
     (("重大舆情 | 乙部 | — | 视频 | 07-10 | — | —", "重大舆情 | 乙部 | — | 视频 | 07-10 | no | —"),
      ("企业外迁 | 甲部 | 乙厂 | 迁走 | 07-11 | yes | 包保责任",
       "企业外迁 | 甲部 | 乙厂 | 迁走 | 07-11 | yes | 外部原因"))),
    ("instructions", "2022-09",
     "item_no | title | given_by | given_on | unit | due_on | tracked_on | effective_on",
     (("J1 | 通路 | 党工委 | 09-01 | 甲部 | — | — | —",
       "J1 | 通路 | 党工委 | 09-01 | 甲部 | — | — | 09-08"),
      ("J2 | 通水 | 主任 | 09-01 | 甲部 | 09-15 | — | —",
       "J2 | 通水 | 主任 | 09-01 | 甲部 | 09-15 | — | 09-14"),
      ("J3 | 通电 | 主任 | 09-01 | 甲部 | — | — | —",
       "J3 | 通电 | 主任 | 09-01 | 甲部 | — | 09-09 | —"))),
    ("questionings", "", "unit | asked_on | situation | measures | effect",
     (("甲部 | 09-15 | 不清楚 | 一般 | 一般", "甲部 | 09-15 | 清楚 | 一般 | 一般"),)),
    ("reviews", "2022-09", "item_no | kind | unit | title | due_on | handed_in_on | is_confirmed",
     (("S1 | 述职报告 | 甲部 | 上半年 | 08-10 | — | —",
       "S1 | 述职报告 | 甲部 | 上半年 | 08-10 | 08-09 | —"),
      ("S2 | 述职报告 | 乙部 | 上半年 | 08-10 | 08-09 | no",
       "S2 | 述职报告 | 乙部 | 上半年 | 08-10 | 08-09 | yes"))),
    ("commitments", "2022-09",
     "item_no | kind | unit | title | published_on | due_on | fulfilled_on",
     (("N1 | 公开承诺 | 甲部 | 修路 | 08-01 | 08-31 | —",
       "N1 | 公开承诺 | 甲部 | 修路 | 08-01 | 08-31 | 08-30"),)),
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """What a kind of rule finds by the first lists: its subject, on a day, with these limits."""

    subject: str
    as_of: str
    limits: dict[str, Any]


WIDE: dict[str, list[str]] = {"works": [], "leagues": []}
CASES = {
    "overdue_long": Case("P1", "09-30", {"days": 30}),
    "unit_ranked_last": Case("乙部", "09-30", {"count": 1}),
    "false_closing": Case("F1", "09-30", {"is_enterprises_only": False}),
    "problem_unreported": Case("甲厂", "09-15", {"days": 7}),
    "progress_behind": Case("T1", "09-30", {"pace": 0.75}),
    "milestone_missed": Case("T1·开工", "09-30", {"grace_days": 0}),
    "ranked_last": Case("甲部·末位", "10-31", {"scope": "全市", "count": 5, **WIDE}),
    "ranked_first": Case("甲部·首位", "10-31", {"scope": "全市", "count": 3, **WIDE}),
    "rank_gained": Case("甲部·进位", "10-31", {"scope": "全市", "places": 3, "leading": 5}),
    "behind_periods": Case("甲部·连续", "10-31", {"scope": "全市", "count": 5, "periods": 2}),
    "ranking_false": Case("丙部·抽查·2022年9月20日", "10-31", {"scopes": ["工作形式"]}),
    # What is missing until the day its list came ends on the day of the test.
    "ranking_missing": Case(
        "进企业·2022年三季度",
        "2099-12-31",
        {"scope": "工作形式", "works": ["进企业"], "days": 10},
    ),
    "theme_ranking_missing": Case("三个一批", "10-31", {"kinds": ["专项整治"], "days": 15}),
    "appraisal_last": Case("甲部（评部门）", "10-31", {"score": 75.0, "few_raters": 0}),
    "indicator_behind": Case("税收", "09-30", {"pace": 0.9}),
    "goal_missed": Case(
        "招商", "2023-01-20", {"groups": ["比拼"], "indicators": [], "review": "书面检讨"}
    ),
    "published_rank": Case(
        "县域经济·2021年", "10-31", {"group": "考评", "from_rank": 1, "to_rank": 3}
    ),
    "duty_missing": Case("甲部", "08-10", {"duties": ["自评"], "windows": 1}),
    "incident": Case(
        "乙部·视频", "07-31", {"kinds": ["重大舆情"], "levels": [], "is_attributed": False}
    ),
    "incident_caused": Case("乙厂", "07-31", {"kinds": ["企业外迁"], "causes": ["包保责任"]}),
    "instruction_open": Case("J1", "09-16", {"given_by": ["党工委"]}),
    "instruction_overdue": Case("J2", "09-16", {"days": 0}),
    "instruction_stuck": Case("J3", "09-16", {"working_days": 8}),
    "questioning_poor": Case("甲部", "09-30", {"marks": 1}),
    "review_missing": Case("S1", "09-30", {"kinds": ["述职报告"], "days": 0}),
    "review_false": Case("S2", "09-30", {"kinds": ["述职报告"]}),
    "commitment_overdue": Case("N1", "09-30", {"kinds": ["公开承诺"], "days": 30}),
}
INDICATORS = (
    Indicator("税收", "亿元", "up", DEMO, target=60),
    Indicator("招商", "亿元", "up", DEMO, target=40, group="比拼", owner="甲部"),
    Indicator("县域经济", "位", "down", DEMO, measure="位次", frequency="年", group="考评"),
)
SELF_REVIEW = {"subjects": "units", "every": "month", "source": DEMO, "who": ("甲部",)}
DUTY = Duty("自评", met_by=(Proof("activities", "自评"),), **SELF_REVIEW)  # type: ignore[arg-type]
THEME = Theme("三个一批", "专项整治", DEMO, "甲部", day("07-01"), day("08-31"))


def send_all(office: Office, version: int) -> None:
    """Send every list as it was first told (0), or those that are revised (1)."""
    for ledger, month, head, rows in LISTS:
        if version and all(first == second for first, second in rows):
            continue
        office.send(month, "\n".join([head, *(row[version] for row in rows)]), kind=ledger)


@pytest.fixture(scope="module")
def revised(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, datetime]]:
    """An office that sent all its lists twice, and a moment between the two."""
    pack = replace(trial_pack(), indicators=INDICATORS, duties=(DUTY,), themes=(THEME,))
    database = Database(tmp_path_factory.mktemp("revised"), {SLUG: pack})
    office = Office(database)
    send_all(office, 0)
    between = office.now()
    send_all(office, 1)
    yield office, between
    database.close()


def holding(rows: list[dict], case: Case) -> bool:
    """Say whether a finding on the case's subject holds on its day."""
    return any(
        row["subject"] == case.subject
        and (row["until_on"] is None or row["until_on"] > day(case.as_of))
        for row in rows
    )


def test_every_kind_of_rule_has_its_case() -> None:
    assert set(CASES) == rule_kinds()


@pytest.mark.parametrize("kind", CASES)
def test_revised_list_is_judged_anew_and_the_first_as_it_was_known(
    revised: tuple[Office, datetime], kind: str
) -> None:
    office, between = revised
    case = CASES[kind]
    assert holding(found_then(office, kind, case.as_of, between, **case.limits), case)
    assert not holding(found(office, kind, case.as_of, **case.limits), case)
