"""The workbooks of 宁国: one a month with problems, petitions, activities and institutions."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from data.campaigns.sampling import ningguo_figures, ningguo_reviews, petitions
from data.campaigns.sampling.files import write
from data.campaigns.sampling.items import Row, rows
from data.campaigns.sampling.ningguo_items import items, register
from data.campaigns.sampling.pages import FORMS, Head, Page

CAMPAIGN = "宁国市“四季竞赛、五大比拼”"
MONTH_ENDS = (date(2021, 7, 31), date(2021, 8, 31), date(2021, 9, 30), date(2021, 10, 31))
CLOSED_WORDS = ("已销号", "已解决", "已办结")
PROBLEM_HEADS = (
    Head("row_number", "序号"),
    Head("item_no", "问题编号"),
    Head("dimension", "问题类别"),
    Head("channel", "来源"),
    Head("title", "存在问题"),
    Head("unit", "责任单位"),
    Head("found_on", "登记时间", forms=("chinese",)),
    Head("due_on", "完成时限", forms=("excel", "month_end")),
    Head("state", "销号情况"),
    Head("closed_on", "销号日期", forms=("dotted",)),
)
ACTIVITY_HEADS = (
    Head("activity", "活动形式"),
    Head("held_on", "开展日期"),
    Head("unit", "开展单位"),
    Head("post", "参加职务"),
    Head("covers", "所属月份"),
    Head("topic", "主题"),
    Head("problem_count", "发现问题数"),
    Head("result", "成效"),
)
INSTITUTION_HEADS = (
    Head("title", "制度名称"),
    Head("kind", "类别"),
    Head("unit", "责任单位"),
    Head("due_on", "完成时限"),
    Head("issued_on", "印发日期", forms=("chinese",)),
    Head("document_no", "文号"),
)
# Day of the month on which a unit travelled for investment, from July on; 0: it did not.
TRIPS = {
    "经开区": (8, 11, 9, 14), "经信局": (15, 18, 16, 0), "国投公司": (20, 0, 22, 26),
    "农业农村局": (0, 24, 0, 20), "“一区一园”指挥部": (6, 5, 7, 12),
    "营商环境投诉办公室": (22, 0, 0, 28), "用工保障指挥部": (13, 19, 15, 19),
}  # fmt: skip
# Day of the month on which a unit went through its risks; 0: it did not.
RISKS = {
    "经开区": (28, 27, 28, 27), "经信局": (29, 30, 29, 28), "国投公司": (30, 31, 0, 29),
    "农业农村局": (27, 26, 27, 0), "“一区一园”指挥部": (29, 27, 28, 27),
    "营商环境投诉办公室": (0, 30, 29, 29), "用工保障指挥部": (28, 30, 28, 28),
}  # fmt: skip
# Form, day, organ, topic, problems found.
HELD = (
    ("抽问抽查", date(2021, 7, 20), "市委市政府", "招商引资进展", 4),
    ("抽问抽查", date(2021, 8, 18), "市委市政府", "工业强市进展", 3),
    ("抽问抽查", date(2021, 10, 22), "市委市政府", "招商引资进展", 2),
    ("季度盘点", date(2021, 9, 29), "市委市政府", "三季度重点工作盘点", 6),
    ("招商季度考核", date(2021, 10, 11), "市委组织部", "三季度招商考核", 0),
)
# Name, kind, unit, due, issued, number.
INSTITUTIONS = (
    ("上市倍增行动年度实施方案", "方案", "经信局", date(2021, 7, 31), date(2021, 7, 28), 31),
    ("规企倍增行动年度实施方案", "方案", "经信局", date(2021, 7, 31), date(2021, 8, 6), 33),
    ("创新倍增行动年度实施方案", "方案", "经开区", date(2021, 8, 31), date(2021, 8, 30), 36),
    ("创业倍增行动年度实施方案", "方案", "用工保障指挥部", date(2021, 8, 31), None, 0),
    ("商贸倍增行动年度实施方案", "方案", "国投公司", date(2021, 9, 30), date(2021, 9, 27), 41),
    (
        "用工岗位、薪资待遇一本通",
        "政策",
        "用工保障指挥部",
        date(2021, 9, 30),
        date(2021, 10, 9),
        44,
    ),
    ("外来务工人员医疗、教育、购房政策包", "政策", "用工保障指挥部", date(2021, 12, 31), None, 0),
)


def _days(unit_days: Mapping[str, tuple[int, ...]], activity: str, topic: str) -> list[Row]:
    return [
        {
            "activity": activity, "held_on": on.replace(day=day), "unit": unit,
            "post": f"{unit}负责人", "topic": topic, "problem_count": day % 4,
        }
        for unit, days in unit_days.items()
        for on, day in zip(MONTH_ENDS, days, strict=True)
        if day
    ]  # fmt: skip


def _activities(first: date, last: date) -> list[Row]:
    """Return what was held in the month; an appraisal held late says which month it is for."""
    held = _days(TRIPS, "外出招商", "项目洽谈") + _days(RISKS, "风险隐患梳理", "重点领域隐患")
    for activity, day, organ, topic, count in HELD:
        row: Row = {"activity": activity, "held_on": day, "unit": organ, "topic": topic}
        row["covers"] = "2021年9月" if activity == "招商季度考核" else ""
        held.append({**row, "problem_count": count, "post": f"{organ}负责人"})
    return sorted(
        (row for row in held if first <= row["held_on"] <= last),
        key=lambda row: (row["held_on"], row["unit"]),
    )


def _institutions(on: date) -> list[Row]:
    listed: list[Row] = []
    for title, kind, unit, due_on, issued_on, number in INSTITUTIONS:
        row: Row = {"title": title, "kind": kind, "unit": unit, "due_on": due_on}
        if issued_on and issued_on <= on:
            row |= {"issued_on": issued_on, "document_no": f"演示〔2021〕{number}号"}
        listed.append(row)
    return listed


def _page(sheet: str, heads: Sequence[Head], listed: list[Row], on: date) -> Page:
    sent_on = on + timedelta(days=6)
    return Page(
        sheet,
        f"{CAMPAIGN}{sheet}（{on.year}年{on.month}月）（演示数据）",
        f"汇总：四大班子办公室　　　　填报日期：{FORMS['chinese'](sent_on)}",
        tuple(heads),
        listed,
    )


def write_samples(folder: Path) -> None:
    """Write every sample workbook of the pack into `folder`."""
    listed, known = items(), register()
    for on in MONTH_ENDS:
        problems = sorted(rows(listed, on, CLOSED_WORDS), key=lambda row: row["item_no"])
        pages = [
            _page("群众反映问题清单", PROBLEM_HEADS, problems, on),
            _page("信访事项台账", petitions.heads("community", "assigned_by"),
                  petitions.rows(known, on), on),
            _page("活动记录台账", ACTIVITY_HEADS, _activities(on.replace(day=1), on), on),
            _page("制度机制台账", INSTITUTION_HEADS, _institutions(on), on),
        ]  # fmt: skip
        sent_on = on + timedelta(days=6)
        write(folder / f"{sent_on:%Y%m%d} {on.year}年{on.month}月汇总台账.xlsx", pages)
    for path, pages in ningguo_figures.files(folder, CAMPAIGN):
        write(path, pages)
    for path, pages in ningguo_reviews.files(folder, CAMPAIGN):
        write(path, pages)
