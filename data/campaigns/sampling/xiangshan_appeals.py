"""相山经开区 beside its problems: petitions, steps, activities, institutions; a file a month."""

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from data.campaigns.sampling import petitions
from data.campaigns.sampling.items import Item, Row
from data.campaigns.sampling.pages import FORMS, Head, Page
from data.campaigns.sampling.petitions import Petition
from tally.workdays import add_workdays

COMMUNITIES = ("河北社区", "王店社区", "小集社区", "凤凰山社区")
PETITION_CHANNELS = {"网上信访": ("网上",), "来信来访": ("来信", "来访")}
# Day, level, persons, matter, unit: who went to the province or to the capital.
TRIPS = (
    (date(2022, 7, 14), "省级", 5, "征地补偿标准争议", "规划建设部", "河北社区"),
    (date(2022, 7, 21), "中央", 2, "安置房办证", "规划建设部", "河北社区"),
    (date(2022, 7, 27), "省级", 3, "拖欠工程款", "财政金融部", ""),
    (date(2022, 8, 9), "省级", 4, "征地补偿标准争议", "规划建设部", "王店社区"),
    (date(2022, 8, 16), "中央", 1, "企业改制职工安置", "社会事务服务中心", ""),
    (date(2022, 8, 25), "省级", 2, "厂区异味索赔", "应急环保部", "小集社区"),
    (date(2022, 9, 6), "省级", 3, "安置房办证", "规划建设部", "河北社区"),
    (date(2022, 9, 20), "省级", 2, "社保补缴", "社会事务服务中心", "王店社区"),
    (date(2022, 10, 11), "省级", 2, "拖欠工程款", "财政金融部", ""),
)
# Matter, unit, community, who assigned it, settled on, resolved, satisfied: the stock of July.
STOCK = (
    ("征地补偿标准争议", "规划建设部", "河北社区", "中央信联办", date(2022, 8, 19), True, True),
    ("安置房办证", "规划建设部", "河北社区", "领导公开接访", None, True, None),
    ("安置房外墙渗水", "规划建设部", "王店社区", "", date(2022, 9, 9), True, True),
    ("道路施工损坏房屋", "规划建设部", "小集社区", "", date(2022, 10, 14), True, False),
    ("土地确权纠纷", "社会事务服务中心", "凤凰山社区", "来信交办", None, True, None),
    ("企业改制职工安置", "社会事务服务中心", "", "中央信联办", None, True, None),
    ("社保补缴", "社会事务服务中心", "王店社区", "领导公开接访", date(2022, 9, 23), True, True),
    ("退役人员待遇", "社会事务服务中心", "河北社区", "", date(2022, 8, 30), False, False),
    ("拖欠工程款", "财政金融部", "", "中央信联办", date(2022, 10, 20), True, None),
    ("厂房租赁押金退还", "招商部", "", "来信交办", date(2022, 8, 12), True, True),
    ("厂区异味索赔", "应急环保部", "小集社区", "领导公开接访", date(2022, 10, 9), False, None),
    ("粉尘污染索赔", "应急环保部", "王店社区", "", None, True, None),
    ("集体资产分配", "河北社区", "河北社区", "来信交办", date(2022, 9, 16), True, True),
    ("宅基地边界纠纷", "王店社区", "王店社区", "", date(2022, 7, 29), True, True),
    ("低保待遇复核", "小集社区", "小集社区", "", date(2022, 9, 2), True, False),
    ("祖坟迁移补偿", "凤凰山社区", "凤凰山社区", "领导公开接访", None, True, None),
)  # fmt: skip
STEP_HEADS = (
    Head("item_no", "问题编号"),
    Head("title", "问题描述"),
    Head("unit", "责任单位"),
    Head("step", "环节"),
    Head("step_on", "办理日期", forms=("chinese",)),
    Head("post", "经办职务"),
    Head("reason", "理由"),
)
STEP_UNITS = ("招商部", "产业发展部", "应急环保部")
STEP_WORDS = {"提级": ("提级", "领导小组办公室负责人"), "容错备案": ("容错备案", "纪工委负责人")}
ACTIVITY_HEADS = (
    Head("activity", "活动形式"),
    Head("held_on", "开展日期"),
    Head("unit", "开展单位"),
    Head("post", "参加职务"),
    Head("topic", "主题"),
    Head("problem_count", "发现问题数"),
)
# Who studied together, and on which day of July 2022; the last community was late.
STUDIED = {"开发区党工委": 13, "河北社区": 14, "王店社区": 15, "小集社区": 18, "凤凰山社区": 22}
# Who listened on which day of July 2022: one unit did not.
LISTENED = {
    "党建综合部": 18, "产业发展部": 20, "财政金融部": 21, "招商部": 19, "规划建设部": 25,
    "社会事务服务中心": 22, "河北社区": 20, "王店社区": 26, "小集社区": 27, "凤凰山社区": 29,
}  # fmt: skip
PLEDGED = {
    "党建综合部": date(2022, 7, 22), "产业发展部": date(2022, 7, 25),
    "招商部": date(2022, 7, 25), "财政金融部": date(2022, 7, 26),
    "应急环保部": date(2022, 8, 1), "规划建设部": date(2022, 8, 2),
    "社会事务服务中心": date(2022, 8, 2), "河北社区": date(2022, 8, 5),
    "王店社区": date(2022, 8, 5), "小集社区": date(2022, 9, 1),
    "凤凰山社区": date(2022, 10, 18),
}  # fmt: skip
INSTITUTION_HEADS = (
    Head("row_number", "序号"),
    Head("title", "制度名称"),
    Head("kind", "类别"),
    Head("unit", "责任单位"),
    Head("due_on", "完成时限", forms=("month_end", "excel")),
    Head("issued_on", "印发日期", forms=("excel", "chinese")),
    Head("document_no", "文号"),
)
# Name, kind, unit, due, issued, number.
INSTITUTIONS = (
    ("各单位专项行动实施方案", "方案", "党建综合部", date(2022, 7, 31), date(2022, 7, 29), 44),
    ("问题销号管理办法", "制度", "党建综合部", date(2022, 8, 31), date(2022, 9, 9), 52),
    ("重点产业链清单目录", "清单", "招商部", date(2022, 9, 30), date(2022, 9, 16), 55),
    ("督导检查工作规则", "制度", "党建综合部", date(2022, 9, 30), None, 0),
    (
        "“部门、中心比作用，社区比成绩”的考核工作机制", "制度", "党建综合部",
        date(2022, 12, 31), date(2022, 10, 21), 61,
    ),
    (
        "“以发展论英雄、凭实绩用干部”的干部工作机制", "制度", "党建综合部",
        date(2022, 12, 31), None, 0,
    ),
)  # fmt: skip


def _from_ticket(chance: random.Random, ticket: Row, position: int) -> Petition:
    """Return the petition that a hotline ticket is: the same number, nothing written twice."""
    forms = PETITION_CHANNELS[ticket["channel"]]
    form = forms[position % len(forms)]
    text = {key: ticket[key] for key in ("ticket_no", "title", "unit", "community")}
    text |= {"form": form, "level": "市级" if position % 11 == 5 else "区级"}
    if form == "来访":
        text["persons_count"] = chance.choice((1, 1, 2, 3))
    if position % 13 == 4:
        text["assigned_by"] = "领导公开接访"
    closed_on = ticket.get("closed_on")
    later = ticket["received_on"] + timedelta(days=chance.randint(12, 40))
    is_resolved = ticket.get("is_resolved", "是") == "是"
    said = ticket.get("is_satisfied")
    opinion = petitions.opinion(chance, is_resolved, 0.88)
    return Petition(
        text,
        ticket["received_on"],
        ticket.get("due_on"),
        closed_on or later,
        is_resolved,
        said != "不满意" if said else None if closed_on else opinion,
    )


def _trips() -> Iterator[Petition]:
    for position, (day, level, persons, title, unit, community) in enumerate(TRIPS, start=1):
        text = {
            "ticket_no": petitions.number("XF", day, position), "title": title, "unit": unit,
            "community": community, "form": "来访", "level": level, "persons_count": persons,
        }  # fmt: skip
        closed_on = add_workdays(day, 12) if position % 3 else None
        opinion = None if position % 2 else True
        yield Petition(text, day, add_workdays(day, 15), closed_on, True, opinion)


def _stock() -> Iterator[Petition]:
    for position, (title, unit, place, assigned, closed, resolved, said) in enumerate(STOCK):
        day = date(2022, 7, 15 + position % 13)
        text = {
            "ticket_no": f"JA2022{position + 1:03d}", "title": title, "unit": unit,
            "community": place, "assigned_by": assigned, "is_backlog": "是", "form": "来访",
            "level": "区级",
        }  # fmt: skip
        yield Petition(text, day, date(2022, 12, 31), closed, resolved, said)


def register(tickets: Sequence[Row]) -> list[Petition]:
    """Return every petition of the campaign: tickets that are petitions, trips, the stock."""
    chance = random.Random(20220720)
    of_channel = [row for row in tickets if row["channel"] in PETITION_CHANNELS]
    known = [_from_ticket(chance, row, place) for place, row in enumerate(of_channel)]
    return [*known, *_trips(), *_stock()]


def _steps(listed: Sequence[Item], first: date, last: date) -> list[Row]:
    """Return what happened to the items of three departments, and to every reopened one."""
    rows: list[Row] = []
    for item in listed:
        text = {key: item.text[key] for key in ("item_no", "title", "unit")}
        unit, closed_on = str(text["unit"]), item.closed_on
        if not text["item_no"]:
            continue
        happened: list[tuple[str, date, str, str]] = []
        if closed_on and unit in STEP_UNITS:
            happened += [
                ("申请", closed_on - timedelta(days=4), f"{unit}负责人", ""),
                ("审核", closed_on - timedelta(days=2), "领导小组办公室负责人", ""),
                ("确认", closed_on, "领导小组办公室主任", ""),
            ]
        if item.reopened_on:
            happened.append(("退回", item.reopened_on, "督导检查组", "现场核查不属实"))
        if item.open_word in STEP_WORDS:
            step, post = STEP_WORDS[item.open_word]
            happened.append((step, item.due_on + timedelta(days=3), post, "受上级批复影响"))
        rows += [
            {**text, "step": step, "step_on": day, "post": post, "reason": reason}
            for step, day, post, reason in happened
            if first <= day <= last
        ]
    return sorted(rows, key=lambda row: row["step_on"])


def _activities(first: date, last: date) -> list[Row]:
    held: list[Row] = []
    for unit, day in STUDIED.items():
        post = f"{unit}负责人" if unit in COMMUNITIES else "党工委书记"
        study = {"activity": "集中学习研讨", "held_on": date(2022, 7, day), "unit": unit}
        held.append({**study, "post": post, "topic": "“六找六强”交流研讨"})
    for unit, day in LISTENED.items():
        heard = {"activity": "听取意见建议", "held_on": date(2022, 7, day), "unit": unit}
        held.append({**heard, "post": f"{unit}负责人", "problem_count": 3 + day % 5})
    for unit, day_pledged in PLEDGED.items():
        pledge = {"activity": "表态承诺", "held_on": day_pledged, "unit": unit}
        held.append({**pledge, "post": f"{unit}负责人"})
    review = {"activity": "季度分析评议", "held_on": date(2022, 9, 28), "unit": "领导小组办公室"}
    held.append({**review, "topic": "三季度分析评议", "problem_count": 9})
    return sorted(
        (row for row in held if first <= row["held_on"] <= last), key=lambda row: row["held_on"]
    )


def _institutions(on: date) -> list[Row]:
    rows: list[Row] = []
    for title, kind, unit, due_on, issued_on, number in INSTITUTIONS:
        row: Row = {"title": title, "kind": kind, "unit": unit, "due_on": due_on}
        if issued_on and issued_on <= on:
            row |= {"issued_on": issued_on, "document_no": f"演示〔2022〕{number}号"}
        rows.append(row)
    return rows


def files(
    folder: Path, campaign: str, listed: Sequence[Item], tickets: Mapping[date, Sequence[Row]]
) -> Iterator[tuple[Path, list[Page]]]:
    """Yield a workbook a month; `tickets` are those of each month under its last day."""
    known = register([row for rows in tickets.values() for row in rows])
    for on in tickets:
        name, first = f"{on.year}年{on.month}月", on.replace(day=1)
        sent_on = on + timedelta(days=5)
        line = f"汇总：领导小组办公室　　　　填报日期：{FORMS['chinese'](sent_on)}"

        def page(
            sheet: str, heads: tuple[Head, ...], rows: list[Row], notes: tuple[str, ...] = (),
            *, title: str = f"（{name}）（演示数据）", line: str = line,
        ) -> Page:  # fmt: skip
            return Page(sheet, f"{campaign}{sheet}{title}", line, heads, rows, notes=notes)

        pages = [
            page("信访事项台账", petitions.heads("disposal"), petitions.rows(known, on),
                 petitions.NOTES),
            page("办理流程台账", STEP_HEADS, _steps(listed, first, on)),
            page("活动记录台账", ACTIVITY_HEADS, _activities(first, on)),
            page("制度机制台账", INSTITUTION_HEADS, _institutions(on)),
        ]  # fmt: skip
        yield (
            folder / f"{sent_on:%Y%m%d} {name}信访与履职台账.xlsx",
            [one for one in pages if one.rows],
        )
