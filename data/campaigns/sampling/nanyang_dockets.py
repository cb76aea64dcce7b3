"""Invented clues, refusals, failures, returns and institutions of 南阳职教园区, month by month."""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from data.campaigns.sampling.items import Row, between, titles
from data.campaigns.sampling.nanyang_items import Problem

FIRST, LAST = date(2023, 3, 13), date(2023, 6, 27)
# Units that sent no return for a month.
WITHOUT_RETURN = {
    3: ("新闻中心", "审计部门"), 4: ("统计部门",), 5: ("审计部门", "信访部门", "电视台"), 6: (),
}  # fmt: skip
# What was issued, or is to be: title, owner, kind, due, issued.
INSTITUTIONS: Sequence[tuple[str, str, str, date | None, date | None]] = (
    ("年度暗访工作计划", "专项暗访组", "计划", None, date(2023, 3, 22)),
    ("活动评价体系", "查破建快工作组", "制度", None, date(2023, 4, 18)),
    ("容错事项事前备案办法", "纪工委监察工委", "制度", date(2023, 3, 31), date(2023, 3, 29)),
    ("问责精准典型案件通报", "纪工委监察工委", "通报", date(2023, 3, 31), date(2023, 4, 6)),
    ("纠错前置机制", "纪工委监察工委", "制度", date(2023, 6, 30), None),
    ("问责案件调研评查", "纪工委监察工委", "评查", date(2023, 9, 30), None),
    ("纪检监察机关容错纠错办法", "纪工委监察工委", "制度", None, date(2023, 5, 19)),
    ("深化运用“三评”结果的具体办法", "大转作风工作组", "制度", None, date(2023, 5, 26)),
    ("亲身办工作推进和考评方案", "党政办公室", "方案", None, date(2023, 3, 27)),
    ("进企业工作推进和考评方案", "招商发展局", "方案", None, date(2023, 3, 24)),
    ("进农村工作推进和考评方案", "乡村振兴服务中心", "方案", None, date(2023, 4, 3)),
    ("督执法工作推进和考评方案", "司法分局", "方案", None, None),
    ("项目联合验收工作机制", "行政审批部门", "机制", date(2023, 5, 31), date(2023, 5, 25)),
    ("涉企检查备案制度", "营商环境办", "制度", date(2023, 5, 31), date(2023, 6, 12)),
    ("热线工单分派规则", "政数部门", "制度", date(2023, 6, 30), date(2023, 6, 20)),
    ("衔接资金项目管护办法", "乡村振兴服务中心", "制度", date(2023, 6, 20), None),
)  # fmt: skip


def _received(chance: random.Random, count: int) -> list[date]:
    return sorted(between(chance, FIRST, LAST) for _ in range(count))


def _later(chance: random.Random, day: date, first: int, last: int) -> date | None:
    """Return a day so many days later; None where the samples end before it."""
    then = day + timedelta(days=chance.randint(first, last))
    return then if then <= LAST else None


def clues() -> list[Row]:
    """Return the clues (B8, B13): complex ones take months, and two endings come apart."""
    chance = random.Random(18)
    records = [record for record in titles("nanyang_matters") if record["ledger"] == "clue"]
    rows: list[Row] = []
    # More came early in the year, so that some have run for their three months.
    days = sorted(FIRST + timedelta(days=int(chance.random() ** 1.6 * 92)) for _ in records)
    for position, (record, day) in enumerate(zip(records, days, strict=True), start=1):
        is_complex = record["reason"] == "complex"
        settled = _later(chance, day, 50, 115) if is_complex else _later(chance, day, 8, 40)
        people = _later(chance, settled, 3, 25) if settled else None
        rows.append({
            "item_no": f"XS-2023-{position:03d}", "title": record["title"],
            "unit": record["unit"], "source_unit": record["source"], "received_on": day,
            "is_complex": "是" if is_complex else "否",
            "handling": "挂牌督办" if is_complex or position % 4 == 0 else "直接查办",
            "matter_settled_on": settled, "people_settled_on": people,
        })  # fmt: skip
    return rows


def clues_at(found: Sequence[Row], on: date) -> list[Row]:
    """Return the clues as known on a day."""
    endings = ("matter_settled_on", "people_settled_on")
    return [
        row | {name: row[name] if row[name] and row[name] <= on else None for name in endings}
        for row in found
        if row["received_on"] <= on
    ]


def refusals() -> list[Row]:
    """Return the matters somebody said no to (B7), most of them looked at a level above."""
    chance = random.Random(77)
    records = [record for record in titles("nanyang_matters") if record["ledger"] == "refusal"]
    rows: list[Row] = []
    for position, (record, day) in enumerate(
        zip(records, _received(chance, len(records)), strict=True), start=1
    ):
        raised = None if position % 5 == 4 else _later(chance, day, 2, 6)
        closed = _later(chance, raised, 3, 20) if raised else None
        is_upheld = position % 3 != 1
        rows.append({
            "item_no": f"SB-{position:03d}", "title": record["title"], "unit": record["unit"],
            "received_on": day, "reason": record["reason"], "raised_on": raised,
            "raised_to": "分管领导" if position % 2 else "查破建快工作组", "closed_on": closed,
            "is_upheld": "是" if is_upheld else "否",
            "result": "维持，已书面告知" if is_upheld else "应办，已限期办理",
        })  # fmt: skip
    return rows


def failures() -> list[Row]:
    """Return what people could not get done (B7), and how it ended."""
    chance = random.Random(78)
    records = [record for record in titles("nanyang_matters") if record["ledger"] == "failure"]
    rows: list[Row] = []
    for position, (record, day) in enumerate(
        zip(records, _received(chance, len(records)), strict=True), start=1
    ):
        rows.append({
            "item_no": f"BC-{position:03d}", "title": record["title"], "unit": record["unit"],
            "received_on": day, "channel": record["source"], "reason": record["reason"],
            "closed_on": _later(chance, day, 4, 45), "result": "已帮办办结",
            "is_satisfied": "不满意" if position % 6 == 5 else "满意",
        })  # fmt: skip
    return rows


def matters_at(found: Sequence[Row], on: date) -> list[Row]:
    """Return refusals or failures as known on a day; what is open says nothing of its end."""
    listed = []
    for row in found:
        if row["received_on"] > on:
            continue
        if row["closed_on"] and row["closed_on"] <= on:
            listed.append(row | {"state": "已办结"})
            continue
        known = {k: v for k, v in row.items() if k not in ("result", "is_upheld", "is_satisfied")}
        raised = row.get("raised_on")
        if raised and raised > on:
            known |= {"raised_on": None, "raised_to": ""}
        listed.append(known | {"closed_on": None, "state": "办理中"})
    return listed


def returns(
    units: Sequence[str], found: Sequence[Row], listed: Sequence[Problem], month: date, last: date
) -> list[Row]:
    """Return the month's return of each unit that sent one (B18): counts only."""
    came = Counter(row["unit"] for row in found if month <= row["received_on"] <= last)
    ended = Counter(row["unit"] for row in found if _is_in(row["people_settled_on"], month, last))
    closed = Counter(
        problem.item.text["unit"]
        for problem in listed
        if _is_in(problem.item.closed_on, month, last)
    )
    return [
        {
            "unit": unit, "clue_count": came[unit], "case_count": min(came[unit], 1),
            "persons_count": ended[unit], "rectified_count": closed[unit],
            "reform_count": 1 if ended[unit] and closed[unit] else 0,
        }
        for unit in units
        if unit not in WITHOUT_RETURN[month.month]
    ]  # fmt: skip


def _is_in(day: date | None, first: date, last: date) -> bool:
    return day is not None and first <= day <= last


def institutions(on: date) -> list[Row]:
    """Return the list of institutions as of a day (B19, E11); what is issued has a number."""
    listed: list[Row] = []
    for position, (title, unit, kind, due, issued) in enumerate(INSTITUTIONS, start=1):
        row: Mapping[str, object] = {"title": title, "unit": unit, "kind": kind, "due_on": due}
        if issued and issued <= on:
            row = {**row, "issued_on": issued, "document_no": f"演示〔2023〕{position}号"}
        listed.append(dict(row))
    return listed
