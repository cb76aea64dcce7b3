"""The 148 invented problems of 相山经开区: 118 closed and 21 overdue on 2022-10-31."""

import random
from datetime import date, timedelta
from typing import Any

from data.campaigns.sampling.items import Item, between, titles
from data.campaigns.sampling.places import point, rings

COMMUNITIES = ("河北社区", "王店社区", "小集社区", "凤凰山社区")
NUMBER_LETTERS = {
    "招商部": "ZS", "规划建设部": "GJ", "产业发展部": "CF", "应急环保部": "YJ", "财政金融部": "CJ",
    "党建综合部": "", "社会事务服务中心": "SF", "河北社区": "HB", "王店社区": "WD",
    "小集社区": "XJ", "凤凰山社区": "FH",
}  # fmt: skip
# Items due in July, August, September and October: the departments reach ten by the end of
# August, so that ranks have a history; two communities stay below ten.
DUE_COUNTS = {
    "招商部": (2, 8, 2, 6), "规划建设部": (2, 8, 2, 3), "产业发展部": (3, 8, 2, 2),
    "应急环保部": (2, 8, 2, 2), "财政金融部": (2, 8, 2, 1), "党建综合部": (2, 8, 1, 1),
    "社会事务服务中心": (2, 8, 2, 1), "河北社区": (1, 5, 3, 2), "王店社区": (1, 5, 2, 2),
    "小集社区": (1, 2, 2, 1), "凤凰山社区": (0, 2, 1, 1),
}  # fmt: skip
LATE_COUNTS = {
    "招商部": 2, "规划建设部": 2, "产业发展部": 1, "应急环保部": 3, "财政金融部": 1,
    "党建综合部": 2, "社会事务服务中心": 2, "河北社区": 1, "王店社区": 2, "小集社区": 1,
}  # fmt: skip
DUE_DAYS = {
    7: (25, 28, 29, 31), 8: (10, 15, 19, 20, 25, 26, 31), 9: (9, 15, 20, 23, 28, 30),
    10: (14, 20, 25, 28, 31), 11: (4, 7, 15, 30), 12: (9, 20),
}  # fmt: skip
OVERDUE_DAYS = {7: (31,), 8: (31, 15), 9: (10, 20, 25, 30), 10: (10, 14, 20, 25, 26, 28)}
# Month found, how many, and the day after which they fall due.
FOUND_LATER = (
    (10, 8, date(2022, 10, 19)), (9, 16, date(2022, 9, 19)), (8, 16, date(2022, 8, 31)),
    (8, 12, date(2022, 8, 19)),
)  # fmt: skip
GOALS = (
    "建立清单并逐项闭环", "按序时完成年度目标", "形成长效机制", "群众满意率95%以上",
    "全区位次前移", "按月调度到位",
)  # fmt: skip
MEASURES = (
    "明确专人负责，每周调度一次", "逐户走访，建立一户一档", "列出清单，分段验收",
    "对标先进开发区，补齐短板", "联合会商，限期办结",
)  # fmt: skip
PARTNERS = ("", "产业发展部", "", "党建综合部", "", "财政金融部", "社会事务服务中心")
SPECIAL = ("reopen", "lateext", "gone", "提级", "容错")


def _due_days(chance: random.Random, unit: str, fates: list[str]) -> list[date]:
    """Return a deadline for every fate of the unit's items, in their order."""
    overdue = {month: sum(f"od{month}" in fate.split() for fate in fates) for month in range(7, 11)}
    ordinary = [
        month
        for month, count in zip(range(7, 11), DUE_COUNTS[unit], strict=True)
        for _ in range(count - overdue[month])
    ]
    chance.shuffle(ordinary)
    taken = dict.fromkeys(overdue, 0)
    days: list[date] = []
    for fate in fates:
        if fate.startswith("od"):
            month = int(fate.split()[0][2:])
            days.append(date(2022, month, OVERDUE_DAYS[month][taken[month]]))
            taken[month] += 1
        else:
            later = 10 if fate.endswith("ext") else chance.choice((11, 12))
            month = later if fate else ordinary.pop()
            days.append(date(2022, month, chance.choice(DUE_DAYS[month])))
    return days


def _found_days(chance: random.Random, fates: list[str], due_days: list[date]) -> list[date]:
    """Return the day each item was found: 96 in July, 28, 16 and 8 in the months after."""
    months = [7] * len(fates)
    plain = [i for i, fate in enumerate(fates) if not set(fate.split()) & {*SPECIAL, "ext"}]
    chance.shuffle(plain)
    for month, count, after in FOUND_LATER:
        fitting = [i for i in plain if months[i] == 7 and due_days[i] > after]
        for i in fitting[:count]:
            months[i] = month
    windows = {7: (11, 20)}
    return [
        between(chance, *(date(2022, month, day) for day in windows.get(month, (2, 12))))
        for month in months
    ]


def _closed_on(
    chance: random.Random, fate: str, found: date, due: date, is_late: bool
) -> date | None:
    if "reopen" in fate:
        return date(2022, 9, 22 + chance.randint(0, 6))
    if fate.startswith(("od", "later")):
        return None
    if fate == "early":
        return between(chance, max(found, date(2022, 9, 20)), date(2022, 10, 27))
    if is_late:
        late = between(chance, due + timedelta(days=3), due + timedelta(days=21))
        return min(late, date(2022, 10, 30))
    return between(chance, max(found + timedelta(days=4), due - timedelta(days=12)), due)


def _open_word(fate: str) -> str:
    special = {"提级": "提级", "容错": "容错备案"}
    words = [special[word] for word in fate.split() if word in special]
    return words[0] if words else "整改中" if fate.startswith("later") else "超期未完成"


def _changes(fate: str, due: date) -> dict[str, Any]:
    """Return what befalls the item: a check, a silent omission, an extension."""
    words = fate.split()
    changes: dict[str, Any] = {}
    if "reopen" in words:
        changes["reopened_on"] = date(2022, 10, 11)
    if "gone" in words:
        changes["gone_on"] = date(2022, 10, 1)
    if "ext" in words:
        changes |= {"given_on": due - timedelta(days=6), "extended_to": date(2022, 12, 9)}
    if "lateext" in words:
        changes |= {"given_on": due + timedelta(days=8), "extended_to": date(2022, 11, 30)}
    return changes


def _text(
    chance: random.Random, position: int, record: dict[str, str], number: str
) -> dict[str, object]:
    unit = record["unit"]
    text: dict[str, object] = {
        "item_no": number, "dimension": record["dimension"], "title": record["title"], "unit": unit,
        "goal": GOALS[position % len(GOALS)], "measure": MEASURES[position % len(MEASURES)],
        "partners": PARTNERS[position % len(PARTNERS)].replace(unit, ""), "community": "",
    }  # fmt: skip
    if unit in COMMUNITIES:
        text["community"] = unit
    elif unit in ("规划建设部", "应急环保部", "社会事务服务中心"):
        text["community"] = COMMUNITIES[chance.randrange(4)]
    if text["community"]:
        ring = rings("xiangshan.geojson")[str(text["community"])]
        text["longitude"], text["latitude"] = point(chance, ring)
    return text


def items() -> dict[str, list[Item]]:
    """Return the problems of each unit, in the order of its ledger."""
    chance = random.Random(20220719)
    records = titles("xiangshan")
    by_unit = {unit: [r for r in records if r["unit"] == unit] for unit in NUMBER_LETTERS}
    ordered = [record for unit in by_unit for record in by_unit[unit]]
    fates = [record["fate"] for record in ordered]
    due_days: list[date] = []
    for unit, unit_records in by_unit.items():
        due_days += _due_days(chance, unit, [record["fate"] for record in unit_records])
    found_days = _found_days(chance, fates, due_days)
    late: set[int] = set()
    for unit, count in LATE_COUNTS.items():
        places = [i for i, r in enumerate(ordered) if r["unit"] == unit and not fates[i]]
        late |= set(chance.sample([i for i in places if due_days[i].month in (8, 9)], count))
    result: dict[str, list[Item]] = {unit: [] for unit in by_unit}
    for i, record in enumerate(ordered):
        listed, letters = result[record["unit"]], NUMBER_LETTERS[record["unit"]]
        number = f"XS-{letters}-{len(listed) + 1:03d}" if letters else ""
        listed.append(
            Item(
                text=_text(chance, i, record, number),
                found_on=found_days[i],
                due_on=due_days[i],
                closed_on=_closed_on(chance, fates[i], found_days[i], due_days[i], i in late),
                open_word=_open_word(fates[i]),
                is_day_left_out=record["title"] in ("自来水水压偏低", "集市占道经营"),
                **_changes(fates[i], due_days[i]),
            )
        )
    return result
