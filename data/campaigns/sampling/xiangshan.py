"""The workbooks of 相山经开区: a problem ledger a unit and month, tickets and checks a month."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from data.campaigns.sampling import (
    events,
    xiangshan_appeals,
    xiangshan_cases,
    xiangshan_figures,
    xiangshan_warmth,
)
from data.campaigns.sampling.files import write
from data.campaigns.sampling.items import Item, Row, rows
from data.campaigns.sampling.pages import FORMS, Head, Page
from data.campaigns.sampling.places import point, rings
from data.campaigns.sampling.xiangshan_items import COMMUNITIES, items

CAMPAIGN = "相山经济开发区“找差距、改作风、强担当、争先进”专项行动"
MONTH_ENDS = (date(2022, 7, 31), date(2022, 8, 31), date(2022, 9, 30), date(2022, 10, 31))
NOTES = (
    "注：1. 本表由各单位于次月3日前报专项行动办公室；2. 已销号事项须附佐证材料。",
    "填表说明：责任单位有多家的，第一家为牵头单位。",
)
CLOSED_WORDS = {"A": ("已销号", "已完成"), "B": ("已办结", "已整改到位"), "C": ("已完成整改",)}
EXTENDED = ("招商部", "规划建设部")
POINTED = ("规划建设部", "应急环保部", *COMMUNITIES)
PLACED = (*POINTED, "社会事务服务中心")
MATTERS = (
    ("路灯不亮", "规划建设部"), ("下水道堵塞", "规划建设部"), ("路面破损积水", "规划建设部"),
    ("施工扰民", "应急环保部"), ("异味扰民", "应急环保部"), ("油烟污染", "应急环保部"),
    ("医保缴费咨询", "社会事务服务中心"), ("养老补贴咨询", "社会事务服务中心"),
    ("社保转移咨询", "社会事务服务中心"), ("企业用工咨询", "社会事务服务中心"),
    ("惠企补贴兑付咨询", "财政金融部"), ("厂房租赁咨询", "招商部"),
    ("入规政策咨询", "产业发展部"), ("小区停车难", ""), ("楼道堆物", ""), ("垃圾清运不及时", ""),
    ("飞线充电", ""), ("邻里纠纷", ""),
)  # fmt: skip
SATISFIED = {"河北社区": 0.78, "王店社区": 0.93, "小集社区": 0.86, "凤凰山社区": 0.9}


@dataclass(frozen=True)
class Style:
    """How one unit writes its ledger."""

    suffix: str
    layout: str
    written_as: str
    due_forms: tuple[str, ...]
    closed_forms: tuple[str, ...]


STYLES = {
    "招商部": Style(".xlsx", "A", "招商部（牵头）", ("excel", "chinese"), ("excel",)),
    "规划建设部": Style(".xlsx", "B", "规建部", ("chinese",), ("dotted",)),
    "产业发展部": Style(".xlsx", "A", "产发部", ("dotted", "excel"), ("excel", "chinese")),
    "应急环保部": Style(".xls", "A", "应急环保部", ("excel", "month_end"), ("excel",)),
    "财政金融部": Style(".xlsx", "B", "财金部", ("dotted",), ("dotted", "iso")),
    "党建综合部": Style(".csv", "B", "综合部", ("slashed",), ("slashed",)),
    "社会事务服务中心": Style(".xlsx", "A", "社会事务\n服务中心", ("month_end",), ("chinese",)),
    "河北社区": Style(".xlsx", "C", "河北社区", ("short",), ("short",)),
    "王店社区": Style(".xls", "C", "王店社区", ("chinese",), ("excel",)),
    "小集社区": Style(".csv", "C", "小 集 社 区", ("iso",), ("iso",)),
    "凤凰山社区": Style(".xlsx", "C", "凤凰山社区", ("serial",), ("excel",)),
}


def _heads(unit: str, style: Style) -> tuple[Head, ...]:
    is_grouped, due, closed = style.layout == "A", style.due_forms, style.closed_forms
    gap, goal, duty, limit = (
        ("差距问题清单", "目标措施清单", "责任分工清单", "完成时限清单") if is_grouped else [""] * 4
    )
    heads = [Head("row_number", "序号")]
    heads += [] if unit == "党建综合部" else [Head("item_no", "问题编号")]
    heads += [] if is_grouped else [Head("dimension", "所属维度")]
    heads += [Head("title", "存在差距（问题）" if is_grouped else "存在问题", gap)]
    heads += [Head("community", "所属社区", gap)] if unit in PLACED else []
    heads += [Head("found_on", "查摆时间", gap)]
    heads += [Head("goal", "工作目标", goal), Head("measure", "整改措施", goal)]
    heads += [Head("unit", "责任单位", duty)]
    heads += [Head("partners", "配合单位", duty)] if style.layout != "C" else []
    heads += [Head("due_on", "完成时限", limit, due), Head("state", "销号情况", limit)]
    heads += [Head("closed_on", "销号日期", limit, closed)]
    if unit in EXTENDED:
        heads += [Head("extended_to", "延期至"), Head("extended_on", "延期批准日期")]
        heads += [Head("extension_reason", "延期理由")]
    if unit in POINTED:
        heads += list(events.POINT_HEADS)
    return tuple(heads)


def _as_written(row: Row, style: Style, position: int) -> Row:
    """Return the row in the unit's own words: aliases, shared duty, an empty state."""
    written = {**row, "unit": style.written_as}
    if style.layout == "A" and position % 5 == 0 and row["partners"]:
        written["unit"], written["partners"] = f"{style.written_as}、{row['partners']}", ""
    if row["title"] == "电动车火灾隐患" and row["state"] != "已完成整改":
        written["state"] = ""
    return written


def _page(unit: str, listed: list[Item], on: date, sent_on: date, word: str = "") -> Page:
    style = STYLES[unit]
    written = [
        _as_written(row, style, position)
        for position, row in enumerate(rows(listed, on, CLOSED_WORDS[style.layout]))
    ]
    closed_count = sum(item.is_closed(on) for item in listed if item.is_listed(on))
    return Page(
        sheet="问题台账",
        title=f"{CAMPAIGN}问题台账（{on.year}年{on.month}月）{word}（演示数据）",
        line=f"填报单位：{unit}　　　　{_filled_on(sent_on)}",
        heads=_heads(unit, style),
        rows=written,
        section="dimension" if style.layout == "A" else "",
        section_form="{numeral}、{name}方面的差距",
        total=f"共{len(written)}项，已销号{closed_count}项",
        notes=NOTES,
    )


def _filled_on(day: date) -> str:
    return f"填报日期：{FORMS['chinese'](day)}"


def _sent_on(unit: str, on: date) -> date:
    late = {("规划建设部", 9): 18, ("王店社区", 8): 12}
    following = on + timedelta(days=1)
    return following.replace(day=late.get((unit, on.month), 3))


def _as_first_sent(listed: list[Item]) -> list[Item]:
    """Return August's list as 产业发展部 first sent it: one row short, two closings missing."""
    closings = [i for i, x in enumerate(listed) if x.closed_on and x.closed_on.month == 8][-2:]
    changed = [replace(x, closed_on=None) if i in closings else x for i, x in enumerate(listed)]
    august = [i for i, item in enumerate(listed) if item.found_on.month == 8]
    return [item for i, item in enumerate(changed) if i != august[0]]


def _problems(folder: Path, by_unit: dict[str, list[Item]]) -> Iterator[tuple[Path, Page]]:
    for on in MONTH_ENDS:
        for unit, listed in by_unit.items():
            if (unit, on.month) == ("凤凰山社区", 10):
                continue
            sent_on = _sent_on(unit, on)
            name = f"{unit} {on.year}年{on.month}月问题台账"
            suffix = STYLES[unit].suffix
            if (unit, on.month) == ("产业发展部", 8):
                yield (
                    folder / f"{sent_on:%Y%m%d} {name}{suffix}",
                    _page(unit, _as_first_sent(listed), on, sent_on),
                )
                sent_on, name = date(2022, 9, 8), f"{name}（更正）"
            word = "（更正）" if name.endswith("（更正）") else ""
            yield (
                folder / f"{sent_on:%Y%m%d} {name}{suffix}",
                _page(unit, listed, on, sent_on, word),
            )


def _point(chance: random.Random, place: str) -> tuple[float, float]:
    return point(chance, rings("xiangshan.geojson")[place])


def _tickets(chance: random.Random, on: date) -> list[Row]:
    channels = ("12345热线", "12345热线", "政风行风热线", "网上信访", "来信来访")
    hotline = events.Hotline("XS", channels, COMMUNITIES, MATTERS, SATISFIED, 5, _point)
    return events.tickets(chance, hotline, on.replace(day=1), on)


def _events(folder: Path, by_unit: dict[str, list[Item]]) -> Iterator[tuple[Path, Page]]:
    listed = [item for unit_items in by_unit.values() for item in unit_items]
    for on, share in zip(MONTH_ENDS, (0.8, 0.85, 0.9, 0.9), strict=True):
        chance = random.Random(on.toordinal())
        name, sent_on = f"{on.year}年{on.month}月", on + timedelta(days=2)
        tickets = _tickets(chance, on)
        heads = (*events.TICKET_HEADS, *events.POINT_HEADS)
        title = f"{CAMPAIGN}热线/信访工单台账（{name}）（演示数据）"
        page = events.ticket_page(title, _filled_on(sent_on), tickets, heads)
        yield folder / f"{sent_on:%Y%m%d} {name}热线信访工单.xlsx", page
        sent_on += timedelta(days=2)
        found = events.checks(chance, listed, share, on.replace(day=1), on, "督导检查组")
        title = f"{CAMPAIGN}销号核查台账（{name}）（演示数据）"
        page = Page("核查台账", title, _filled_on(sent_on), events.CHECK_HEADS, found)
        yield folder / f"{sent_on:%Y%m%d} {name}销号核查台账.xlsx", page


def write_samples(folder: Path) -> None:
    """Write every sample workbook of the pack into `folder`."""
    by_unit = items()
    for path, page in (*_problems(folder, by_unit), *_events(folder, by_unit)):
        write(path, [page])
    listed = [item for unit_items in by_unit.values() for item in unit_items]
    tickets = {on: _tickets(random.Random(on.toordinal()), on) for on in MONTH_ENDS}
    for path, pages in xiangshan_appeals.files(folder, CAMPAIGN, listed, tickets):
        write(path, pages)
    for path, pages in xiangshan_figures.files(folder, CAMPAIGN):
        write(path, pages)
    for path, pages in xiangshan_warmth.files(folder, CAMPAIGN):
        write(path, pages)
    for path, pages in xiangshan_cases.files(folder, CAMPAIGN):
        write(path, pages)
