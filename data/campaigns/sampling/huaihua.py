"""The workbooks of 怀化高新区: one file a month for all offices, a sheet a channel."""

import random
from datetime import date, timedelta
from pathlib import Path

from data.campaigns.sampling import events, huaihua_contests, huaihua_figures, huaihua_service
from data.campaigns.sampling.files import write
from data.campaigns.sampling.huaihua_items import PARK, feedback, other_channels
from data.campaigns.sampling.items import Item, rows
from data.campaigns.sampling.pages import FORMS, Head, Page
from data.campaigns.sampling.places import point

CAMPAIGN = huaihua_service.CAMPAIGN
MONTH_ENDS = (date(2022, 6, 30), date(2022, 7, 31), date(2022, 8, 31), date(2022, 9, 30))
CLOSED_WORDS = ("已销号", "已解决", "已办结")
FEEDBACK_HEADS = (
    Head("row_number", "序号"),
    Head("item_no", "编号"),
    Head("dimension", "问题来源渠道"),
    Head("enterprise", "企业（项目）名称", "反馈情况"),
    Head("title", "反馈问题（需求）", "反馈情况"),
    Head("found_on", "收集时间", "反馈情况", ("dotted", "excel")),
    Head("found_by", "查找方式", "反馈情况"),
    Head("community", "所在区县", "反馈情况"),
    Head("unit", "责任部门", "办理情况"),
    Head("due_on", "办结时限", "办理情况", ("excel", "chinese")),
    Head("state", "是否销号", "办理情况"),
    Head("closed_on", "销号时间", "办理情况"),
    *events.POINT_HEADS,
)
CHANNEL_HEADS = (
    Head("row_number", "序号"),
    Head("item_no", "编号"),
    Head("dimension", "问题来源"),
    Head("title", "存在问题"),
    Head("measure", "整改措施"),
    Head("unit", "责任单位"),
    Head("found_on", "登记时间"),
    Head("found_by", "查找方式"),
    Head("due_on", "整改时限", forms=("chinese", "month_end")),
    Head("state", "整改状态"),
    Head("closed_on", "销号日期", forms=("dotted",)),
)
CHANNELS = {
    "巡察整改、违法违纪": ("巡察整改", "违法违纪"), "信访维稳": ("信访维稳",),
    "营商环境": ("营商环境",), "市长热线": ("市长热线",),
}  # fmt: skip
MATTERS = (
    ("公交班次偏少", "高新区办公室"), ("路灯故障", "高新区办公室"), ("渣土车扬尘", "平安办"),
    ("夜间施工噪声", "平安办"), ("欠薪投诉", "平安办"), ("办证排队时间长", "政务服务中心"),
    ("审批材料重复提交", "政务服务中心"), ("污水异味", "高新技术和产业发展局"),
    ("用电不稳", "高新技术和产业发展局"), ("招聘信息咨询", "组织工作局"),
    ("政策兑现咨询", "优化办"), ("厂房租赁咨询", "招商合作局"), ("停水通知不及时", "宣传部"),
)  # fmt: skip
SATISFIED = {"鹤城区": 0.84, "中方县": 0.9}


def _line(on: date) -> str:
    sent_on = on + timedelta(days=4)
    return f"汇总：专项活动办公室　　　　填报日期：{FORMS['chinese'](sent_on)}"


def _feedback_page(items: list[Item], on: date) -> Page:
    listed = rows(items, on, CLOSED_WORDS)
    closed_count = sum(item.is_closed(on) for item in items)
    return Page(
        sheet="包保反映",
        title=f"{CAMPAIGN}包保工作企业（项目）反馈问题台账（{on.year}年{on.month}月）（演示数据）",
        line=_line(on),
        heads=FEEDBACK_HEADS,
        rows=listed,
        total=f"累计收集{len(listed)}个，累计销号{closed_count}个",
        notes=("注：坐标为GCJ-02，仅作示意；企业、项目以编号代替名称。",),
    )


def _channel_page(channel: str, words: tuple[str, ...], items: list[Item], on: date) -> Page:
    inside = [item for item in items if item.text["dimension"] in words]
    return Page(
        sheet=channel,
        title=f"{CAMPAIGN}{channel}方面问题清单（{on.year}年{on.month}月）（演示数据）",
        line=_line(on),
        heads=CHANNEL_HEADS,
        rows=rows(inside, on, ("整改到位", "完成整改")),
        notes=("注：坚持边查边改，立行立改。",),
    )


def _point(chance: random.Random, place: str) -> tuple[float, float]:
    return point(chance, PARK[place])


def write_samples(folder: Path) -> None:
    """Write every sample workbook of the pack into `folder`."""
    reported, found = feedback(), other_channels()
    hotline = events.Hotline(
        "RX", ("市长热线", "12345热线", "网络问政"), tuple(SATISFIED), MATTERS, SATISFIED, 7, _point
    )
    heads = [
        Head("community", "属地") if head.key == "community" else head
        for head in (*events.TICKET_HEADS, *events.POINT_HEADS)
    ]
    for on in MONTH_ENDS:
        chance, month = random.Random(on.toordinal()), f"{on.year}年{on.month}月"
        pages = [_feedback_page(reported, on)]
        if on.month >= 8:
            pages += [_channel_page(c, words, found, on) for c, words in CHANNELS.items()]
        write(folder / f"{on + timedelta(days=4):%Y%m%d} {month}问题整改台账.xlsx", pages)
        tickets = events.tickets(chance, hotline, on.replace(day=1), on)
        title = f"{CAMPAIGN}市长热线工单台账（{month}）（演示数据）"
        page = events.ticket_page(title, _line(on), tickets, heads)
        write(folder / f"{on + timedelta(days=5):%Y%m%d} {month}市长热线工单.xls", [page])
        drawn = events.checks(chance, [*reported, *found], 0.7, on.replace(day=1), on, "督查室")
        title = f"{CAMPAIGN}销号核查台账（{month}）（演示数据）"
        page = Page("核查台账", title, _line(on), events.CHECK_HEADS, drawn)
        write(folder / f"{on + timedelta(days=6):%Y%m%d} {month}销号核查台账.xlsx", [page])
        pages = huaihua_service.pages(reported, on)
        write(folder / f"{on + timedelta(days=7):%Y%m%d} {month}包保工作台账.xlsx", pages)
    write(folder / "20220606 2022年6月企业与项目名册.xlsx", [huaihua_service.roster_page()])
    for path, pages in huaihua_figures.files(folder, CAMPAIGN):
        write(path, pages)
    for path, pages in huaihua_contests.files(folder, CAMPAIGN):
        write(path, pages)
