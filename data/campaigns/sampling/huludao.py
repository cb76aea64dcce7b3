"""The workbooks of 葫芦岛, a file each a month: 137 tasks and seven indicators of all; from August
their milestones, and what hinders them, list by list; what the city's leaders did."""

from datetime import date, timedelta
from pathlib import Path

from data.campaigns.sampling import huludao_projects, huludao_ranks
from data.campaigns.sampling.figures import FIGURE_HEADS
from data.campaigns.sampling.files import write
from data.campaigns.sampling.huludao_duties import ACTIVITY_HEADS, activities
from data.campaigns.sampling.huludao_items import LETTERS, NUMBERS, items, with_progress
from data.campaigns.sampling.huludao_problems import PROBLEM_HEADS, SENT, problem_rows, problems
from data.campaigns.sampling.huludao_route import ROUTE_HEADS, route
from data.campaigns.sampling.items import Item, Row
from data.campaigns.sampling.pages import FORMS, Head, Page

CAMPAIGN = "葫芦岛市政府系统“带头抓落实、善于抓落实、层层抓落实”暨“争先创优”专项行动"
MONTH_ENDS = (date(2021, 6, 30), date(2021, 7, 31), date(2021, 8, 31), date(2021, 9, 30))
HEADS = (
    Head("row_number", "序号"),
    Head("item_no", "任务编号"),
    Head("title", "任务名称", "任务清单"),
    Head("target", "年度目标", "任务清单"),
    Head("community", "所在地区", "任务清单"),
    Head("unit", "牵头单位", "责任清单"),
    Head("partners", "责任单位", "责任清单"),
    Head("due_on", "完成时限", "时间表", ("excel", "month_end")),
    Head("milestone", "本月节点", "时间表"),
    Head("target_value", "目标值", "进展情况"),
    Head("value", "累计完成", "进展情况"),
    Head("progress_share", "完成进度", "进展情况"),
    Head("state", "完成情况", "进展情况"),
    Head("closed_on", "完成日期", "进展情况"),
    Head("progress_note", "本月进展", "进展情况"),
)
SHEET_HEADS = (
    *(Head(head.key, head.title, forms=head.forms) for head in HEADS[:2]),
    Head("dimension", "任务类别"),
    *(Head(head.key, head.title, forms=("chinese",)) for head in HEADS[2:]),
)
NUMBER_HEADS = (
    Head("row_number", "序号"),
    Head("indicator", "指标名称"),
    Head("unit", "责任单位"),
    Head("unit_of_measure", "计量单位"),
    Head("target_value", "年度目标"),
    Head("value", "累计完成"),
)


# How many commendations of the state and the province each year (C9).
COMMENDED = {2018: 1, 2019: 3, 2020: 2}


def _line(on: date) -> str:
    sent_on = on + timedelta(days=5)
    return f"汇总：专项行动领导小组办公室　　填报日期：{FORMS['chinese'](sent_on)}"


def _rows(listed: list[Item], on: date, position: int) -> list[Row]:
    return [
        with_progress(item, item.row(on, ("已完成", "已办结", "已销号")), on, position)
        for item in listed
    ]


def _task_pages(listed: list[Item], on: date, position: int) -> list[Page]:
    """Return one sheet with section rows until July, a sheet a class from August on."""
    title = f"{CAMPAIGN}重点任务台账（{on.year}年{on.month}月）（演示数据）"
    rows = _rows(listed, on, position)
    closed_count = sum(item.is_closed(on) for item in listed)
    total = f"共{len(rows)}项，已完成{closed_count}项"
    notes = ("注：每月至少调度1次；任务名称为演示数据。",)
    if on.month < 8:
        form = "{numeral}、{name}（{count}项任务）"
        return [Page("任务台账", title, _line(on), HEADS, rows, "dimension", form, total, notes)]
    return [
        Page(kind, title, _line(on), SHEET_HEADS, [r for r in rows if r["dimension"] == kind])
        for kind in LETTERS
    ]


def _number_page(on: date, position: int) -> Page:
    rows: list[Row] = [
        {
            "indicator": number.name, "unit": number.unit, "value": number.values[position],
            "unit_of_measure": number.unit_of_measure, "target_value": number.target,
        }
        for number in NUMBERS
    ]  # fmt: skip
    title = f"{CAMPAIGN}重点指标完成情况（{on.year}年{on.month}月）（演示数据）"
    return Page("指标完成情况", title, _line(on), NUMBER_HEADS, rows)


def _appraisal_page(on: date) -> Page:
    rows: list[Row] = [
        {
            "indicator": "督查激励", "frequency": "年", "measure": "累计", "value": count,
            "period_end_on": date(year, 12, 31), "unit_of_measure": "项", "unit": "市政府办公室",
        }
        for year, count in COMMENDED.items()
    ]  # fmt: skip
    title = f"{CAMPAIGN}考评指标（{on.year}年{on.month}月）（演示数据）"
    heads = tuple(head for head in FIGURE_HEADS if head.key in rows[0])
    return Page("考评", title, _line(on), heads, rows)


def _route_page(listed: list[Item], on: date) -> Page:
    title = f"{CAMPAIGN}任务节点台账（{on.year}年{on.month}月）（演示数据）"
    return Page("任务节点", title, _line(on), ROUTE_HEADS, route(listed, on))


def _activity_page(on: date) -> Page:
    title = f"{CAMPAIGN}活动记录台账（{on.year}年{on.month}月）（演示数据）"
    # Only the day: a body that is named as the sender would be read as the only one that acts.
    line = f"填报日期：{FORMS['chinese'](on + timedelta(days=6))}"
    return Page("活动记录", title, line, ACTIVITY_HEADS, activities(on))


def _write_problems(folder: Path, listed: list[Item]) -> None:
    """Write the list of each unit that sent one."""
    found = problems(listed)
    for on, sent in SENT.items():
        for unit, sent_on in sent.items():
            month = f"{on.year}年{on.month}月"
            title = f"{CAMPAIGN}重点难点问题台账（{month}）（演示数据）"
            line = f"填报单位：{unit}　　填报日期：{FORMS['chinese'](sent_on)}"
            page = Page("问题台账", title, line, PROBLEM_HEADS, problem_rows(found[unit], on))
            write(folder / f"{sent_on:%Y%m%d} {unit} {month}问题台账.xlsx", [page])


def write_samples(folder: Path) -> None:
    """Write every sample workbook of the pack into `folder`."""
    listed = items()
    for position, on in enumerate(MONTH_ENDS):
        sent_on, month = on + timedelta(days=5), f"{on.year}年{on.month}月"
        write(
            folder / f"{sent_on:%Y%m%d} {month}重点任务台账.xlsx", _task_pages(listed, on, position)
        )
        suffix = ".csv" if position % 2 else ".xlsx"
        pages = [_number_page(on, position)] + ([] if position else [_appraisal_page(on)])
        write(folder / f"{sent_on:%Y%m%d} {month}指标完成情况{suffix}", pages)
        later_on = sent_on + timedelta(days=1)
        pages, name = [_activity_page(on)], "活动记录台账"
        if on in SENT:
            pages, name = [_route_page(listed, on), *pages], "任务节点和活动记录台账"
        write(folder / f"{later_on:%Y%m%d} {month}{name}.xlsx", pages)
    _write_problems(folder, listed)
    for path, pages in huludao_projects.files(folder, CAMPAIGN):
        write(path, pages)
    for path, pages in huludao_ranks.files(folder, CAMPAIGN):
        write(path, pages)
