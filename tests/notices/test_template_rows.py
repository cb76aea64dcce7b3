"""Rows that a template holds beforehand are read back as they were stored."""

import io
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

import openpyxl
import pytest

from tally.contracts import contracts
from tally.intake import Brief, read
from tally.notices.template import FIRST_ROW, template
from tally.packs import packs
from tests.notices.campaigns import MONTHS, XIANGSHAN
from tests.notices.sheets import head_letters, with_structure

FILLED: Mapping[str, Mapping[str, Any]] = {
    "problems": {
        "item_no": "003",
        "title": "管网错接",
        "unit": "招商部",
        "due_on": date(2022, 9, 30),
        "state": "open",
    },
    "tasks": {
        "title": "储备项目",
        "unit": "招商部",
        "partners": "产业发展部、各社区",
        "target_value": 60.0,
        "progress_share": 0.6512,
        "state": "escalated",
    },
    "tickets": {"title": "路灯不亮", "received_on": date(2022, 9, 3), "unit": "招商部"},
    "checks": {
        "title": "管网错接",
        "unit": "招商部",
        "checked_on": date(2022, 9, 20),
        "is_verified": False,
    },
    "indicators": {"indicator": "财政收入", "value": 3.5, "unit": "招商部"},
    "steps": {
        "item_no": "003",
        "unit": "招商部",
        "step": "延期",
        "step_on": date(2022, 9, 20),
        "new_value": "2022-10-31",
    },
    "activities": {
        "activity": "双月一讨论",
        "held_on": date(2022, 10, 9),
        "unit": "招商部",
        "covers": date(2022, 9, 1),
    },
    "visits": {
        "object": "示例企业A01",
        "visited_on": date(2022, 9, 6),
        "visit": "调度",
        "unit": "招商部",
        "problem_count": 2.0,
    },
    "enterprises": {"name": "示例企业A02", "object_kind": "规上工业企业", "unit": "招商部"},
    "clues": {
        "item_no": "003",
        "title": "流转超时",
        "unit": "招商部",
        "received_on": date(2022, 9, 6),
        "is_complex": True,
    },
    "refusals": {
        "title": "办证",
        "received_on": date(2022, 9, 6),
        "unit": "招商部",
        "is_upheld": False,
        "state": "open",
    },
    "failures": {
        "title": "办证",
        "received_on": date(2022, 9, 6),
        "unit": "招商部",
        "is_satisfied": False,
        "state": "open",
    },
    "petitions": {
        "title": "欠薪",
        "received_on": date(2022, 9, 6),
        "unit": "招商部",
        "form": "来访",
        "level": "中央",
        "persons_count": 5.0,
        "is_backlog": True,
    },
    "approvals": {
        "title": "规划许可",
        "unit": "招商部",
        "accepted_on": date(2022, 8, 1),
        "decided_on": date(2022, 8, 8),
    },
    "institutions": {"title": "招商机制", "unit": "招商部", "issued_on": date(2022, 9, 6)},
    "returns": {
        "unit": "招商部",
        "clue_count": 3.0,
        "case_count": 1.0,
        "persons_count": 1.0,
        "rectified_count": 2.0,
        "reform_count": 0.0,
    },
    "milestones": {
        "item_no": "003",
        "title": "立项",
        "unit": "招商部",
        "due_on": date(2022, 12, 30),
    },
    "projects": {
        "title": "示例产业项目01",
        "unit": "招商部",
        "stage": "前期",
        "kind": "产业",
        "invested_total": 1.25,
        "land_mu": 40.0,
        "tax_wan": 480.0,
        "supply": "租赁厂房",
        "check_energy": "不通过",
    },
    "satisfaction": {
        "action": "老年助餐服务行动",
        "community": "河北社区",
        "surveyed_on": date(2022, 9, 6),
        "asked_count": 60.0,
        "aware_count": 41.0,
    },
    "ranks": {
        "work": "环境整治",
        "scope": "全市",
        "unit": "招商部",
        "rank": 3.0,
        "ranked_on": date(2022, 9, 30),
        "is_confirmed": False,
    },
    "appraisals": {
        "list": "评重点科室",
        "subject": "企业服务科",
        "unit": "招商部",
        "score": 74.5,
        "appraised_on": date(2022, 9, 30),
        "is_vertical": True,
    },
    "points": {
        "unit": "招商部",
        "points": -2.0,
        "reason": "材料迟报",
        "given_on": date(2022, 9, 20),
    },
    "contests": {
        "contest": "业绩大比武",
        "unit": "招商部",
        "criterion": "走访",
        "score": 18.0,
        "scored_on": date(2022, 9, 28),
    },
    "reviews": {
        "item_no": "003",
        "kind": "书面检讨",
        "unit": "招商部",
        "title": "任务未完成",
        "due_on": date(2022, 9, 30),
        "is_filed": False,
    },
    "instructions": {
        "item_no": "003",
        "title": "断头路打通",
        "given_by": "主要负责人",
        "given_on": date(2022, 9, 5),
        "unit": "招商部",
        "tracked_on": date(2022, 9, 12),
    },
    "incidents": {
        "kind": "企业外迁",
        "unit": "招商部",
        "title": "企业迁往外地",
        "happened_on": date(2022, 9, 16),
        "is_attributed": True,
        "cause": "包保责任",
    },
    "commitments": {
        "item_no": "003",
        "kind": "公开道歉",
        "unit": "招商部",
        "title": "窗口拥堵",
        "published_on": date(2022, 9, 12),
        "due_on": date(2022, 10, 12),
        "is_confirmed": False,
    },
    "questionings": {
        "unit": "招商部",
        "asked_on": date(2022, 9, 15),
        "situation": "基本清楚",
        "measures": "一般",
        "effect": "不好",
    },
    "cases": {
        "kind": "反面",
        "unit": "招商部",
        "title": "一件事来回跑",
        "published_on": date(2022, 9, 28),
    },
    "units": {"name": "新设部门", "league": "部门、中心"},
    "communities": {"name": "新社区", "code": "340603400009"},
}


def test_every_ledger_can_be_filled_in_beforehand() -> None:
    assert FILLED.keys() == contracts().keys()


@pytest.mark.parametrize("kind", sorted(FILLED))
def test_rows_filled_in_are_read_back_as_they_were_stored(kind: str) -> None:
    content = template(contracts()[kind], XIANGSHAN, "招商部", [FILLED[kind]], MONTHS["xiangshan"])
    reading = read(content, "模板.xlsx", Brief(packs=packs(), isolated=False))
    assert (reading.errors, reading.questions) == ((), ())
    (row,) = reading.ledgers[0].rows
    assert {name: row[name] for name in FILLED[kind]} == FILLED[kind]


def test_class_that_a_row_has_is_filled_in_though_the_campaign_does_not_know_it() -> None:
    row = {"title": "错接", "unit": "招商部", "state": "open", "difficulty": "疑难"}
    content = template(contracts()["problems"], with_structure(), "", [row], MONTHS["xiangshan"])
    reading = read(content, "模板.xlsx", Brief(packs=packs(), isolated=False))
    assert reading.ledgers[0].rows[0]["difficulty"] == "疑难"


def test_deadline_without_a_day_keeps_its_words() -> None:
    row = {"title": "长效机制", "unit": "招商部", "state": "open", "due_text": "长期坚持"}
    content = template(contracts()["problems"], XIANGSHAN, "招商部", [row], MONTHS["xiangshan"])
    reading = read(content, "模板.xlsx", Brief(packs=packs(), isolated=False))
    assert reading.ledgers[0].rows[0]["due_text"] == "长期坚持"


def test_derived_deadline_is_derived_again_and_not_written_down() -> None:
    pack = packs()["huaihua"]
    row = {
        "title": "排水不畅",
        "unit": pack.units[0].name,
        "state": "open",
        "found_on": date(2022, 9, 5),
        "due_on": date(2022, 9, 9),
        "is_due_derived": True,
    }
    content = template(contracts()["problems"], pack, "", [row], date(2022, 9, 1))
    (read_row,) = read(content, "模板.xlsx", Brief(packs=packs(), isolated=False)).ledgers[0].rows
    assert read_row["is_due_derived"] is True
    assert read_row["due_on"] > row["found_on"]


def test_filled_days_are_real_days_for_the_spreadsheet() -> None:
    content = template(contracts()["problems"], XIANGSHAN, "招商部", [FILLED["problems"]])
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    due = sheet[f"{head_letters(sheet)['完成时限']}{FIRST_ROW + 1}"]
    assert due.value == datetime.combine(date(2022, 9, 30), time())
