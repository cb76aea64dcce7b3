"""Invented activities and visits of 南阳职教园区: who kept which duty, late or not at all."""

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from data.campaigns.sampling.items import Row, between

DEBATE, REFLECTION = "双月一讨论", "一月一反思、一月一整改"
# The windows of E3 and E4 in the months of the samples.
DEBATES = {
    4: (date(2023, 4, 3), "如何以马克思主义中国化的世界观方法论引领思想观念解放"),
    6: (date(2023, 6, 1), "运用极限思维谋划工作推进工作"),
}  # fmt: skip
REFLECTIONS = {4: date(2023, 4, 3), 5: date(2023, 5, 4), 6: date(2023, 6, 1)}
# Units that kept an event of days 1-5 only on a later day, and those that did not keep it.
LATE = {
    (DEBATE, 4): {"城管部门": 12, "财政部门": 18}, (DEBATE, 6): {"皇路店镇": 9},
    (REFLECTION, 4): {"审计部门": 14}, (REFLECTION, 5): {"城管部门": 16, "统计部门": 11},
    (REFLECTION, 6): {"工信部门": 8},
}  # fmt: skip
MISSED = {
    (DEBATE, 4): ("电视台", "信访部门"), (DEBATE, 6): ("新闻中心", "城管部门"),
    (REFLECTION, 4): ("电视台",), (REFLECTION, 5): ("信访部门", "新闻中心", "财政部门"),
    (REFLECTION, 6): ("城管部门",),
}  # fmt: skip
# Held, but nothing was reported of it.
UNREPORTED = {(4, "审计部门"), (4, "民政部门"), (6, "统计部门")}
OWN_TOPICS = {"招商发展局": "拼什么、怎么拼、拼到什么程度、拼出什么成效"}
# E5: the posts with the unit each stands under.
FORMS: Mapping[str, Mapping[str, str]] = {
    "亲身办": {
        "行政审批部门负责人": "行政审批部门", "政数部门负责人": "政数部门",
        "民政部门负责人": "民政部门", "住建部门负责人": "住建部门",
    },
    "进企业": {"园区管委会主任": "领导小组", "查破建快工作组组长": "查破建快工作组"},
    "进农村": {
        "园区党工委书记": "领导小组", "大讨论工作组组长": "大讨论工作组",
        "乡村振兴服务中心负责人": "乡村振兴服务中心", "农业农村部门负责人": "农业农村部门",
        "皇路店镇党委主要负责人": "皇路店镇",
    },
    "督执法": {
        "司法分局负责人": "司法分局", "城管部门负责人": "城管部门",
        "生态环保部门负责人": "生态环保部门", "住建部门负责人": "住建部门",
    },
}  # fmt: skip
FORMS_MISSED = {
    ("亲身办", 4, "民政部门负责人"), ("亲身办", 6, "住建部门负责人"),
    ("进企业", 5, "园区管委会主任"), ("进农村", 3, "大讨论工作组组长"),
    ("进农村", 5, "农业农村部门负责人"), ("督执法", 4, "城管部门负责人"),
    ("督执法", 5, "城管部门负责人"), ("督执法", 6, "生态环保部门负责人"),
}  # fmt: skip
# Kept in the month after the one they are about.
FORMS_LATE = {("亲身办", 4, "民政部门负责人"): date(2023, 5, 8)}
STEPS_MISSED = {
    ("部门自评", 3): ("新闻中心", "电视台", "统计部门"), ("部门自评", 4): ("审计部门",),
    ("部门自评", 5): ("城管部门", "电视台"), ("部门自评", 6): ("新闻中心",),
    ("工作小结", 3): ("统计部门",), ("工作小结", 4): ("电视台", "审计部门"),
    ("工作小结", 5): ("新闻中心",), ("工作小结", 6): ("城管部门", "财政部门"),
}  # fmt: skip
# What the organs and lead units did: kind, unit, day, what it was about.
OWN: Sequence[tuple[str, str, date, str]] = (
    ("季度重点工作要点", "领导小组办公室", date(2023, 3, 15), "一季度重点工作要点"),
    ("季度督导通报", "领导小组办公室", date(2023, 3, 30), "一季度督导通报"),
    ("暗访季度重点", "专项暗访组", date(2023, 3, 20), "一季度重点：窗口作风"),
    ("暗访", "专项暗访组", date(2023, 3, 21), "窗口服务"),
    ("暗访专题片", "专项暗访组", date(2023, 3, 31), "一季度专题片"),
    ("问题线索大起底", "大转作风工作组", date(2023, 3, 28), "3月线索"),
    ("集中专项整治", "查破建快工作组", date(2023, 4, 12), "优化营商环境"),
    ("全市排名汇总", "纪工委监察工委", date(2023, 4, 10), "一季度排名"),
    ("作风问题典型案例通报", "大转作风工作组", date(2023, 3, 29), "第1期"),
    ("季度排序", "查破建快工作组", date(2023, 3, 30), "一季度排序"),
    ("季度通报", "查破建快工作组", date(2023, 4, 6), "一季度通报"),
    ("四种形式考评排序", "党政办公室", date(2023, 3, 30), "一季度亲身办"),
    ("四种形式考评排序", "招商发展局", date(2023, 3, 31), "一季度进企业"),
    ("四种形式考评排序", "乡村振兴服务中心", date(2023, 4, 7), "一季度进农村"),
    ("季度重点工作要点", "领导小组办公室", date(2023, 4, 11), "二季度重点工作要点"),
    ("暗访季度重点", "专项暗访组", date(2023, 4, 17), "二季度重点：项目和民生"),
    ("暗访", "专项暗访组", date(2023, 4, 19), "项目建设"),
    ("问题线索大起底", "大转作风工作组", date(2023, 4, 27), "4月线索"),
    ("制度机制梳理", "领导小组办公室", date(2023, 4, 26), "3至4月制度机制"),
    ("暗访", "专项暗访组", date(2023, 5, 18), "民生服务"),
    ("问题线索大起底", "大转作风工作组", date(2023, 5, 30), "5月线索"),
    ("集中专项整治", "查破建快工作组", date(2023, 6, 7), "规范执法"),
    ("三评", "大转作风工作组", date(2023, 6, 15), "二季度评议"),
    ("暗访专题片", "专项暗访组", date(2023, 6, 20), "二季度专题片"),
    ("作风问题典型案例通报", "大转作风工作组", date(2023, 6, 21), "第2期"),
    ("容错纠错典型案例通报", "纪工委监察工委", date(2023, 6, 28), "上半年"),
    ("季度排序", "查破建快工作组", date(2023, 6, 29), "二季度排序"),
    ("四种形式考评排序", "党政办公室", date(2023, 6, 29), "二季度亲身办"),
    ("四种形式考评排序", "司法分局", date(2023, 6, 30), "二季度督执法"),
    ("问题线索大起底", "大转作风工作组", date(2023, 6, 29), "6月线索"),
)  # fmt: skip
VISITORS = {
    "招商发展局负责人": "招商发展局", "营商环境办负责人": "营商环境办",
    "工信部门负责人": "工信部门",
}  # fmt: skip
VISITS_MISSED = {("工信部门负责人", 4), ("营商环境办负责人", 6)}
VISIT_MATTERS = ("走访了解用工用电", "现场解决道路出行", "宣讲惠企政策", "协调融资需求")


def _held(event: str, units: Sequence[str], start_on: date) -> dict[str, date]:
    """Return on which day each unit kept an event of days 1-5; who missed it is left out."""
    missed, late = MISSED[event, start_on.month], LATE[event, start_on.month]
    days = {
        unit: start_on + timedelta(days=position % 3)
        for position, unit in enumerate(units)
        if unit not in missed
    }
    return days | {unit: start_on.replace(day=day) for unit, day in late.items()}


def _debates(units: Sequence[str], month: int) -> Iterator[Row]:
    """Yield debates and reflections; kept on one day in an even month, they are one row."""
    reflected = _held(REFLECTION, units, REFLECTIONS[month]) if month in REFLECTIONS else {}
    if month in DEBATES:
        start_on, topic = DEBATES[month]
        for unit, day in _held(DEBATE, units, start_on).items():
            is_merged = reflected.get(unit) == day
            if is_merged:
                del reflected[unit]
            yield {
                "activity": f"{DEBATE}、{REFLECTION}" if is_merged else DEBATE,
                "held_on": day, "unit": unit, "topic": OWN_TOPICS.get(unit, topic),
                "result": "" if (month, unit) in UNREPORTED else "报大讨论工作组意见建议2条",
            }  # fmt: skip
    for unit, day in reflected.items():
        yield {"activity": REFLECTION, "held_on": day, "unit": unit, "topic": "对照“六个不相适应”"}


def _forms(chance: random.Random, month: date, last_on: date) -> Iterator[Row]:
    first = max(month, date(2023, 3, 13))
    for form, posts in FORMS.items():
        for post, unit in posts.items():
            late_on = FORMS_LATE.get((form, month.month, post))
            if late_on is None and (form, month.month, post) in FORMS_MISSED:
                continue
            yield {
                "activity": form, "held_on": late_on or between(chance, first, last_on),
                "unit": unit, "post": post, "problem_count": chance.choice((0, 1, 1, 2, 3)),
                "covers": f"{month.year}年{month.month}月" if late_on else None,
            }  # fmt: skip


def _monthly_steps(units: Sequence[str], month: date, last_on: date) -> Iterator[Row]:
    """Yield D1's self-assessments and summaries of the month."""
    for step, back in (("部门自评", 6), ("工作小结", 2)):
        for position, unit in enumerate(units):
            if unit not in STEPS_MISSED[step, month.month]:
                day = last_on - timedelta(days=back - position % 2)
                yield {"activity": step, "held_on": day, "unit": unit}


def _about(day: date, topic: str) -> str | None:
    """Return the month an event was made up for: what is of the first quarter came by April."""
    return "2023年3月" if topic.startswith("一季度") and day.month > 3 else None


def activities(units: Sequence[str], months: Sequence[tuple[date, date]]) -> list[Row]:
    """Return the activities of all months, in the order of their days."""
    chance = random.Random(5)
    rows: list[Row] = [
        {
            "activity": kind,
            "held_on": day,
            "unit": unit,
            "topic": topic,
            "covers": _about(day, topic),
        }
        for kind, unit, day, topic in OWN
    ]
    for month, last_on in months:
        rows += _debates(units, month.month)
        rows += _forms(chance, month, last_on)
        rows += _monthly_steps(units, month, last_on)
    return sorted(rows, key=lambda row: row["held_on"])


def visits(month: date, last_on: date) -> list[Row]:
    """Return the month's visits to enterprises, which prove 进企业 for their posts (E5)."""
    chance = random.Random(month.toordinal())
    first = max(month, date(2023, 3, 13))
    rows: list[Row] = []
    for position, (post, unit) in enumerate(VISITORS.items()):
        if (post, month.month) in VISITS_MISSED:
            continue
        for number in range(1 + position % 2):
            rows.append({
                "object": f"企业{chance.randint(1, 40):02d}", "visit": "走访", "unit": unit,
                "visited_on": between(chance, first, last_on), "post": post,
                "problem_count": chance.choice((0, 1, 2)),
                "content": VISIT_MATTERS[(position + number + month.month) % len(VISIT_MATTERS)],
            })  # fmt: skip
    return sorted(rows, key=lambda row: row["visited_on"])
