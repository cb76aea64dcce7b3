"""What the offices of 怀化高新区 did and issued, invented: E2, E10 and B19."""

from collections.abc import Iterator
from datetime import date, timedelta

from data.campaigns.sampling.items import Row
from data.campaigns.sampling.pages import Head
from tally.workdays import add_workdays, is_workday, workday_from

INSPECTORS, PRESS = "督查室", "宣传部"
# Days and weeks that the inspectors left out, so that the calendar has something to show.
MISSED_DAYS = {date(2022, 6, 20), date(2022, 7, 8), date(2022, 8, 17), date(2022, 9, 13)}
MISSED_WEEKS = {date(2022, 7, 11), date(2022, 9, 5)}
TELEVISION_DAYS = (date(2022, 9, 14), date(2022, 9, 21), date(2022, 9, 28))
PAPER_DAYS = (date(2022, 9, 20),)
TOPICS = {
    "一日一盯": "包保问题办理", "一周一结": "包保问题办理", "每月通报": "包保走访和问题办理",
    "每季考核": "包保责任落实", "怀化电视台上稿": "专项活动做法", "省级媒体上稿": "专项活动做法",
    "专题民主生活会": "干部作风建设",
}  # fmt: skip
ACTIVITY_HEADS = (
    Head("activity", "活动形式"), Head("held_on", "开展日期"), Head("unit", "开展单位"),
    Head("topic", "主题"),
)  # fmt: skip
INSTITUTION_HEADS = (
    Head("row_number", "序号"), Head("title", "制度名称"), Head("unit", "责任单位"),
    Head("kind", "类别"), Head("due_on", "完成时限"), Head("issued_on", "印发日期"),
    Head("document_no", "文号"),
)  # fmt: skip
# The five long-term institutions of the document, and what of the 包保 is already in force.
LONG_TERM = (
    ("干部作风建设长效机制", "纪工委监工委"),
    ("重点项目建设长效机制", "高新技术和产业发展局"),
    ("全员招商工作长效机制", "招商合作局"),
    ("优化营商环境工作长效机制", "政务服务中心"),
    ("包保责任制和“一日一盯，一周一结”工作长效机制", "督查室"),
)
SEVEN = (
    "全员覆盖制", "挂牌公示制", "定期联络制", "每周清单制", "首办（首问）责任制", "每月会商制",
    "积分考核制",
)  # fmt: skip


def activities(on: date) -> list[Row]:
    """Return the month's activities: watched daily, settled weekly, told monthly, published."""
    rows = [*_watched(on), *_settled(on), *_told(on)]
    if on.month == 9:
        rows += [_row("怀化电视台上稿", day, PRESS) for day in TELEVISION_DAYS]
        rows += [_row("省级媒体上稿", day, PRESS) for day in PAPER_DAYS]
        rows.append(_row("专题民主生活会", date(2022, 9, 27), "组织工作局"))
    return sorted(rows, key=lambda row: row["held_on"])


def _row(activity: str, day: date, unit: str = INSPECTORS) -> Row:
    return {"activity": activity, "held_on": day, "unit": unit, "topic": TOPICS[activity]}


def _days(on: date) -> Iterator[date]:
    first = on.replace(day=1)
    return (first + timedelta(days=shift) for shift in range(on.day))


def _watched(on: date) -> list[Row]:
    return [
        _row("一日一盯", day) for day in _days(on) if is_workday(day) and day not in MISSED_DAYS
    ]


def _settled(on: date) -> list[Row]:
    """Return one row a week, on its last working day."""
    return [
        _row("一周一结", day)
        for day in _days(on)
        if is_workday(day) and _monday(day) not in MISSED_WEEKS and _is_last_of_week(day)
    ]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _is_last_of_week(day: date) -> bool:
    return _monday(add_workdays(day, 1)) > _monday(day)


def _told(on: date) -> list[Row]:
    rows = [] if on.month == 8 else [_row("每月通报", workday_from(on.replace(day=25)))]
    if on.month in (6, 9):
        rows.append(_row("每季考核", workday_from(on.replace(day=28))))
    return rows


def institutions() -> list[Row]:
    """Return what is to be issued by the end of October, and what has been."""
    due_on = date(2022, 10, 31)
    rows: list[Row] = [
        {"title": title, "unit": unit, "kind": "长效机制", "due_on": due_on}
        for title, unit in LONG_TERM
    ]
    rows[-1] |= {"issued_on": date(2022, 9, 29), "document_no": "演示〔2022〕9号"}
    for number, title in enumerate(SEVEN, start=1):
        issued = {"issued_on": date(2022, 6, 10), "document_no": f"演示〔2022〕{number}号"}
        rows.append({"title": title, "unit": INSPECTORS, "kind": "包保制度"} | issued)
    return rows
