"""Invented ranks, questionings, instructions, work reports and reviews of 宁国, month by month."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from data.campaigns.sampling.items import Row
from data.campaigns.sampling.pages import FORMS, Head, Page

SEPTEMBER, OCTOBER = date(2021, 9, 30), date(2021, 10, 31)
UNITS = (
    "经开区", "经信局", "国投公司", "农业农村局", "“一区一园”指挥部", "营商环境投诉办公室",
    "用工保障指挥部",
)  # fmt: skip
NUMBER = Head("row_number", "序号")
RANK_HEADS = (
    NUMBER,
    Head("work", "排名事项"),
    Head("scope", "排名范围"),
    Head("unit", "单位名称"),
    Head("rank", "位次"),
    Head("of_count", "参排总数"),
    Head("ranked_on", "排名时间", forms=("quarter",)),
    Head("published_by", "公布单位"),
)
QUESTIONING_HEADS = (
    NUMBER,
    Head("asked_on", "抽问时间", forms=("chinese", "dotted")),
    Head("unit", "被抽问单位"),
    Head("post", "被抽问人职务"),
    Head("situation", "情况掌握", "抽问结果"),
    Head("measures", "工作措施", "抽问结果"),
    Head("effect", "工作成效", "抽问结果"),
    Head("asked_by", "抽问人职务"),
)
INSTRUCTION_HEADS = (
    NUMBER,
    Head("item_no", "批示编号"),
    Head("title", "批示内容"),
    Head("given_by", "批示领导"),
    Head("given_on", "布置日期", "落地有声", ("chinese",)),
    Head("unit", "落实单位"),
    Head("due_on", "要求时限", forms=("excel", "month_end")),
    Head("tracked_on", "跟踪日期", "落地跟踪"),
    Head("inspected_on", "督查日期", "落地督查"),
    Head("effective_on", "见效日期", "落地见效"),
    Head("effect", "见效情况"),
)
REVIEW_HEADS = (
    NUMBER,
    Head("item_no", "材料编号"),
    Head("kind", "材料类别"),
    Head("unit", "报送单位"),
    Head("post", "职务"),
    Head("title", "事由"),
    Head("due_on", "应报日期", forms=("chinese",)),
    Head("handed_in_on", "收到日期", forms=("chinese",)),
    Head("is_filed", "归档情况"),
    Head("sampled_by", "抽查小组"),
    Head("is_confirmed", "抽查核实"),
)
# Work, day, units in their order; those in one group share a place.
COMPARED: Sequence[tuple[str, date, tuple[tuple[str, ...], ...]]] = (
    ("招商引资", date(2020, 12, 31),
     (("经开区",), ("经信局",), ("“一区一园”指挥部",), ("农业农村局",), ("用工保障指挥部",),
      ("国投公司",), ("营商环境投诉办公室",))),
    ("招商引资", SEPTEMBER,
     (("“一区一园”指挥部",), ("经开区",), ("经信局", "用工保障指挥部"), ("农业农村局",),
      ("营商环境投诉办公室",), ("国投公司",))),
    ("财税工作", SEPTEMBER,
     (("经信局",), ("国投公司",), ("经开区",), ("用工保障指挥部",), ("“一区一园”指挥部",),
      ("营商环境投诉办公室",))),
)  # fmt: skip
# Day, unit, and the three marks: all good, middling, one bad, all bad, one not given.
ASKED: Sequence[tuple[date, str, str, str, str]] = (
    (date(2021, 7, 20), "经开区", "清楚", "具体", "明显"),
    (date(2021, 7, 20), "国投公司", "不清楚", "不力", "不好"),
    (date(2021, 7, 20), "经信局", "基本清楚", "具体", "一般"),
    (date(2021, 8, 18), "农业农村局", "清楚", "一般", "不明显"),
    (date(2021, 8, 18), "国投公司", "基本清楚", "不具体", "不明显"),
    (date(2021, 9, 16), "用工保障指挥部", "清楚", "具体", "明显"),
    (date(2021, 9, 16), "营商环境投诉办公室", "说不清", "一般", ""),
    (date(2021, 10, 22), "国投公司", "清楚", "具体", "一般"),
    (date(2021, 10, 22), "“一区一园”指挥部", "清楚", "具体", "明显"),
)
# Title, by whom, given, to whom, due; followed, inspected, in effect, with what effect.
INSTRUCTIONS: Sequence[
    tuple[str, str, date, str, date, tuple[date | None, date | None, date | None], str]
] = (
    ("标准化厂房闲置面积盘活", "市政府主要负责人", date(2021, 7, 12), "经开区", date(2021, 9, 30),
     (date(2021, 8, 2), date(2021, 8, 30), date(2021, 9, 24)), "盘活1.2万平方米"),
    ("企业用工缺口月清单", "市委主要负责人", date(2021, 8, 4), "用工保障指挥部",
     date(2021, 8, 31), (date(2021, 8, 16), date(2021, 9, 3), date(2021, 9, 18)), "清单按月推送"),
    ("意向项目洽谈专班", "市委主要负责人", date(2021, 8, 23), "“一区一园”指挥部",
     date(2021, 10, 15), (date(2021, 9, 6), date(2021, 10, 9), None), ""),
    ("农产品加工园前期手续", "市政府主要负责人", date(2021, 9, 8), "农业农村局",
     date(2021, 10, 20), (date(2021, 9, 27), None, None), ""),
    ("国有闲置资产清查", "市政府主要负责人", date(2021, 9, 13), "国投公司", date(2021, 10, 10),
     (None, None, None), ""),
    ("投诉件首办负责", "市委主要负责人", date(2021, 10, 11), "营商环境投诉办公室",
     date(2021, 11, 30), (date(2021, 10, 25), None, None), ""),
)  # fmt: skip
TRIPS, YEAR = "前三季度招商引资工作述职", "2021年度工作述职"
# Kind, unit, matter, due; handed in, filed, sampled by, found.
REVIEWS: Sequence[tuple[str, str, str, date, date | None, str, str, str]] = (
    ("述职报告", "经开区", TRIPS, date(2021, 10, 15), date(2021, 10, 12), "已归档", "抽查一组",
     "属实"),
    ("述职报告", "经信局", TRIPS, date(2021, 10, 15), date(2021, 10, 15), "已归档", "", ""),
    ("述职报告", "国投公司", TRIPS, date(2021, 10, 15), date(2021, 10, 20), "已归档", "抽查二组",
     "不属实"),
    ("述职报告", "农业农村局", TRIPS, date(2021, 10, 15), date(2021, 10, 14), "已归档", "", ""),
    ("述职报告", "“一区一园”指挥部", TRIPS, date(2021, 10, 15), date(2021, 10, 13), "已归档",
     "抽查一组", "属实"),
    ("述职报告", "营商环境投诉办公室", TRIPS, date(2021, 10, 15), None, "", "", ""),
    ("述职报告", "用工保障指挥部", TRIPS, date(2021, 10, 15), date(2021, 10, 15), "未归档", "",
     ""),
    ("书面检讨", "国投公司", "前三季度招商引资没有达到序时进度", date(2021, 10, 20), None, "", "",
     ""),
    ("书面检讨", "农业农村局", "前三季度财税工作没有达到序时进度", date(2021, 10, 20),
     date(2021, 10, 18), "已归档", "", ""),
    ("书面检讨", "营商环境投诉办公室", "营商环境投诉件超期办理", date(2021, 10, 20),
     date(2021, 10, 26), "未归档", "", ""),
    ("大会检讨", "经信局", "民营经济考核位次下降", date(2021, 12, 28), None, "", "", ""),
    *(("述职报告", unit, YEAR, date(2021, 12, 31), None, "", "", "") for unit in UNITS),
)  # fmt: skip
LETTERS = {"述职报告": "SZ", "书面检讨": "JT", "大会检讨": "DH"}


def _known_by(day: date | None, on: date) -> date | None:
    return day if day and day <= on else None


def _ranks() -> list[Row]:
    rows: list[Row] = []
    for work, day, groups in COMPARED:
        for position, group in enumerate(groups):
            rank = 1 + sum(len(before) for before in groups[:position])
            for unit in group:
                row: Row = {"work": work, "scope": "市内", "unit": unit, "rank": rank}
                row |= {"of_count": len(UNITS), "ranked_on": day}
                rows.append({**row, "published_by": "四大班子办公室"})
    return rows


def _questionings(first: date, last: date) -> list[Row]:
    return [
        {
            "asked_on": day, "unit": unit, "post": f"{unit}主要负责人", "situation": situation,
            "measures": measures, "effect": effect, "asked_by": "市委主要负责人",
        }
        for day, unit, situation, measures, effect in ASKED
        if first <= day <= last
    ]  # fmt: skip


def _instructions(on: date) -> list[Row]:
    rows: list[Row] = []
    for number, (title, by, given_on, unit, due_on, stages, effect) in enumerate(
        INSTRUCTIONS, start=1
    ):
        if given_on > on:
            continue
        reached = [_known_by(day, on) for day in stages]
        row: Row = {"item_no": f"PS-{number:02d}", "title": title, "given_by": by, "unit": unit}
        row |= {"given_on": given_on, "due_on": due_on, "effect": effect if reached[-1] else ""}
        names = ("tracked_on", "inspected_on", "effective_on")
        rows.append({**row, **dict(zip(names, reached, strict=True))})
    return rows


def _reviews(on: date) -> list[Row]:
    rows: list[Row] = []
    for number, (kind, unit, title, due_on, came_on, filed, sampled_by, found) in enumerate(
        REVIEWS, start=1
    ):
        row: Row = {"item_no": f"{LETTERS[kind]}-{number:02d}", "kind": kind, "unit": unit}
        row |= {"post": f"{unit}主要负责人", "title": title, "due_on": due_on}
        if handed_in_on := _known_by(came_on, on):
            row |= {"handed_in_on": handed_in_on, "is_filed": filed, "sampled_by": sampled_by}
            row["is_confirmed"] = found
        rows.append(row)
    return rows


def _sheets(on: date) -> Iterator[tuple[str, str, tuple[Head, ...], list[Row]]]:
    first = date(2021, 7, 1) if on == SEPTEMBER else on.replace(day=1)
    if on == SEPTEMBER:
        yield "季度盘点", "五大比拼名次台账", RANK_HEADS, _ranks()
    yield "抽问抽查", "抽问抽查台账", QUESTIONING_HEADS, _questionings(first, on)
    yield "批示落实", "批示落实台账", INSTRUCTION_HEADS, _instructions(on)
    yield "述职检讨", "述职检讨台账", REVIEW_HEADS, _reviews(on)


def files(folder: Path, campaign: str) -> Iterator[tuple[Path, list[Page]]]:
    """Yield the workbook of September, with the months before it, and that of October."""
    for on in (SEPTEMBER, OCTOBER):
        sent_on, month = on + timedelta(days=9), f"{on.year}年{on.month}月"
        line = f"填报日期：{FORMS['chinese'](sent_on)}"
        pages = [
            Page(name, f"{campaign}{title}（{month}）（演示数据）", line, heads, rows)
            for name, title, heads, rows in _sheets(on)
        ]
        yield folder / f"{sent_on:%Y%m%d} {month}盘点与述职台账.xlsx", pages
