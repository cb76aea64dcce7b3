"""The 137 invented tasks of 葫芦岛 (13, 6, 9, 67, 29 and 13), and the seven numbers of C5."""

import calendar
import random
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from data.campaigns.sampling.items import Item, Row, between, titles

LETTERS = {
    "重点指标": "ZB", "重大项目": "ZD", "重大平台": "PT", "重点攻坚": "GJ", "重点民生": "MS",
    "制度性创新": "CX",
}  # fmt: skip
DISTRICTS = ("连山区", "龙港区", "南票区", "兴城市", "绥中县", "建昌县")
BEGIN = date(2021, 3, 29)
ORDINARY_MONTHS = (5, 6, 6, 6, 7, 7, 8, 8, 9, 9, 9, 10)
MILESTONES = {
    "重点指标": ("分析调度", "半年评估", "冲刺攻坚"), "重大项目": ("前期", "开工", "推进"),
    "重大平台": ("立项论证", "组织申报", "运行见效"),
    "重点攻坚": ("制定方案", "组织实施", "验收总结"),
    "重点民生": ("摸底排查", "集中实施", "验收移交"),
    "制度性创新": ("起草制度", "试点运行", "全面推开"),
}  # fmt: skip
COUNTED = {"技能培训1.5万人次": (15000, "人次"), "城镇新增就业人数": (21000, "人")}
# Against an even pace to the deadline: those that keep up, those a little behind, those that lag.
PACES, SLOW_PACE = (1.02, 0.92, 0.99, 0.97), 0.7
# What a month's report says where a task keeps its pace, and why where it does not.
STEADY = ("现场会已开，分工到人", "资料已报审", "完成阶段验收", "参建各方已进场", "试点单位已确定")
DELAYED = ("前期手续未办结", "资金拨付未到位", "征收尚有剩余户", "方案仍在征求意见")
PARTNERS = ("市财政局", "", "市发展改革委", "", "市政府办公室", "", "市营商环境局")


@dataclass(frozen=True)
class Number:
    """One of C5's numbers: its task, lead, target and cumulative value at each month's end."""

    name: str
    task: str
    unit: str
    unit_of_measure: str
    target: float
    values: tuple[float, ...]


# Values of June to September, from below schedule (上级资金) to ahead of it (谋划储备).
NUMBERS = (
    Number("争取上级资金", "ZD-01", "市发展改革委", "亿元", 60, (24.6, 29.8, 35.1, 40.9)),
    Number("签约项目", "ZD-02", "市商务局", "个", 300, (158, 182, 207, 236)),
    Number("落地开工项目", "ZD-03", "市商务局", "个", 200, (81, 98, 113, 127)),
    Number("产业项目占比", "ZD-03", "市商务局", "%", 80, (76.5, 77.8, 79.1, 80.6)),
    Number("亿元以上项目", "ZD-04", "市发展改革委", "个", 200, (97, 116, 139, 151)),
    Number("开复工项目", "ZD-05", "市发展改革委", "个", 350, (226, 259, 288, 309)),
    Number("谋划储备项目", "ZD-06", "市发展改革委", "个", 300, (181, 208, 235, 262)),
)


def _due_on(chance: random.Random, fate: str) -> date:
    if fate == "later":
        return date(2021, 12, 31)
    if fate == "early":
        return date(2021, 11, 30)
    month = int(fate[2:]) if fate else chance.choice(ORDINARY_MONTHS)
    if fate:
        return date(2021, month, chance.choice((10, 15, 20, 28)))
    if month == 10:
        return date(2021, 10, 12)
    return date(2021, month, calendar.monthrange(2021, month)[1])


def _closed_on(chance: random.Random, fate: str, due: date) -> date | None:
    if fate.startswith("od") or fate == "later" or due > date(2021, 9, 30):
        return date(2021, 9, 16) if fate == "early" else None
    if chance.random() < 0.14:
        return min(due + timedelta(days=chance.randint(4, 25)), date(2021, 9, 29))
    return between(chance, due - timedelta(days=24), due)


def items() -> list[Item]:
    """Return the tasks in the order of the list."""
    chance = random.Random(137)
    numbers: Counter[str] = Counter()
    result: list[Item] = []
    for i, record in enumerate(titles("huludao")):
        kind, unit, fate = record["dimension"], record["unit"], record["fate"]
        numbers[kind] += 1
        due = _due_on(chance, fate)
        target, measure = COUNTED.get(record["title"], (None, ""))
        text = {
            "item_no": f"{LETTERS[kind]}-{numbers[kind]:02d}", "dimension": kind, "unit": unit,
            "title": record["title"], "partners": PARTNERS[i % 7].replace(unit, ""),
            "community": unit if unit in DISTRICTS else "",
            "target": "保序时、争进位" if kind == "重点指标" else "按节点完成",
            "target_value": target, "unit_of_measure": measure,
        }  # fmt: skip
        word = "滞后" if fate.startswith("od") else "序时推进"
        result.append(Item(text, BEGIN, due, _closed_on(chance, fate, due), open_word=word))
    return result


def with_progress(item: Item, row: Row, on: date, position: int) -> Row:
    """Return the row with milestone, progress share and, where counted, value so far."""
    elapsed = (on - BEGIN).days / (item.due_on - BEGIN).days
    usual = PACES[int(row["item_no"][-1]) % len(PACES)]
    pace = SLOW_PACE if item.open_word == "滞后" else usual
    share = 1.0 if item.is_closed(on) else min(0.95, elapsed * pace)
    milestones = MILESTONES[row["dimension"]]
    row["milestone"] = milestones[min(2, int(share * 3))]
    row["progress_share"] = round(share, 2)
    number = next((n for n in NUMBERS if n.task == row["item_no"]), None)
    if number:
        row["target_value"], row["unit_of_measure"] = number.target, number.unit_of_measure
        row["value"] = number.values[position]
        row["progress_share"] = round(number.values[position] / number.target, 2)
    elif row["target_value"]:
        row["value"] = round(row["target_value"] * share)
    row["progress_note"] = _note(item, row, on)
    return row


def _note(item: Item, row: Row, on: date) -> str:
    """Return a sentence on the month, a different one from month to month."""
    turn = on.month + item.due_on.day + len(row["title"])
    if item.is_closed(on):
        return f"“{row['milestone']}”已完成，任务办结"
    if item.open_word == "滞后":
        return f"“{row['milestone']}”滞后，{DELAYED[turn % len(DELAYED)]}"
    return f"“{row['milestone']}”按计划推进，{STEADY[turn % len(STEADY)]}"
