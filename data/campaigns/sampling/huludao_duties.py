"""What the city's leaders did month by month: hearings, reports, field research (E1, E8, E12)."""

import random
from datetime import date, timedelta

from data.campaigns.sampling.items import Row
from data.campaigns.sampling.pages import Head

ACTIVITY_HEADS = (
    Head("row_number", "序号"),
    Head("activity", "活动形式"),
    Head("held_on", "开展日期"),
    Head("ended_on", "结束日期"),
    Head("unit", "开展单位"),
    Head("post", "参加职务"),
    Head("covers", "补报月份"),
    Head("topic", "主题"),
    Head("object", "听取领域"),
    Head("problem_count", "发现问题数"),
    Head("result", "报告情况"),
)
FIELDS = ("发展改革", "工业", "商务", "城建", "农业", "民生")
DEPARTMENTS = (
    "市发展改革委", "市工业和信息化局", "市财政局", "市商务局", "市住房城乡建设局",
    "市生态环境局", "市农业农村局", "市人力资源社会保障局", "市营商环境局",
)  # fmt: skip
TOPICS = ("项目现场", "困难村屯", "企业车间", "群众意见多的小区", "基础薄弱的乡镇", "窗口单位")
# Days in the field a month, from who is ahead of two months a year to who is far behind.
DAYS_A_MONTH = (7, 9, 8, 10, 6, 9, 3)
# (activity, field, month): not held at all, or held on a day of the month after.
LEFT_OUT = {("专门报告", "城建", 8), ("听取汇报", "农业", 9)}
MADE_UP = {("专门报告", "商务", 7): date(2021, 8, 4)}


def _post(field: str) -> str:
    return f"分管{field}的副市长"


def _of_fields(activity: str, month_end: date) -> list[Row]:
    """Return the month's report or hearing of each field, and what was made up for later."""
    day = 24 if activity == "听取汇报" else 27
    unit = "市政府党组"
    held: list[Row] = []
    for position, field in enumerate(FIELDS):
        key = activity, field, month_end.month
        row = {"activity": activity, "unit": unit, "post": _post(field), "object": f"{field}领域"}
        if key not in LEFT_OUT and key not in MADE_UP:
            on = month_end.replace(day=day + position % 3)
            result = "已报市政府" if activity == "专门报告" else "已明确下月调度重点"
            held.append({**row, "held_on": on, "result": result})
        earlier = (month_end.replace(day=1) - timedelta(days=1)).month
        if made_up_on := MADE_UP.get((activity, field, earlier)):
            covers = f"{month_end.year}-{earlier:02d}"
            held.append({**row, "held_on": made_up_on, "covers": covers, "result": "补报"})
    return held


def _research(month_end: date) -> list[Row]:
    """Return the month's spells in the field of each post that owes them."""
    chance = random.Random(month_end.month)
    posts = [("市长", "市政府党组"), *((_post(field), "市政府党组") for field in FIELDS)]
    posts += [(f"{unit}主要负责人", unit) for unit in DEPARTMENTS]
    spells: list[Row] = []
    for position, (post, unit) in enumerate(posts):
        left, day = DAYS_A_MONTH[position % len(DAYS_A_MONTH)], 1
        while left > 0:
            length = min(left, chance.choice((2, 3, 4)))
            start_on = month_end.replace(day=min(day + chance.randint(0, 3), 26))
            spells.append(
                {
                    "activity": "调查研究", "unit": unit, "post": post, "held_on": start_on,
                    "ended_on": start_on + timedelta(days=length - 1),
                    "topic": chance.choice(TOPICS), "problem_count": chance.choice((0, 1, 1, 2)),
                }
            )  # fmt: skip
            day, left = start_on.day + length + 2, left - length
    return spells


def _office(month_end: date) -> list[Row]:
    """Return what the office and the inspectors did in the month."""
    office = {"activity": "半年小结", "unit": "领导小组办公室", "result": "已在全市通报"}
    visit = {"activity": "随机暗访", "unit": "督查力量"}
    done: dict[int, Row] = {
        6: {**visit, "held_on": date(2021, 6, 17), "topic": "重大项目", "problem_count": 5},
        7: {**office, "held_on": date(2021, 7, 20), "topic": "上半年进展"},
        9: {**visit, "held_on": date(2021, 9, 9), "topic": "重点民生", "problem_count": 7},
    }
    return [done[month_end.month]] if month_end.month in done else []


def activities(month_end: date) -> list[Row]:
    """Return what was held or done in the month, in the order of days."""
    held = [*_of_fields("听取汇报", month_end), *_of_fields("专门报告", month_end)]
    held += [*_research(month_end), *_office(month_end)]
    return sorted(held, key=lambda row: row["held_on"])
