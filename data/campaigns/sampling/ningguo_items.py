"""The invented problems and petitions of 宁国: motions, proposals and what people report."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from data.campaigns.sampling import petitions
from data.campaigns.sampling.items import Item, Row, between, titles
from data.campaigns.sampling.petitions import Petition
from tally.workdays import add_workdays

DUE_DAYS = {
    7: (30,),
    8: (13, 20, 31),
    9: (10, 17, 30),
    10: (15, 22, 29),
    11: (12, 30),
    12: (15, 31),
}
# Matter and unit of what is petitioned about, most often first.
MATTERS = (
    ("农民工工资支付", "用工保障指挥部"), ("征迁补偿", "“一区一园”指挥部"),
    ("安置房质量", "国投公司"), ("林地流转纠纷", "农业农村局"),
    ("项目审批久拖", "营商环境投诉办公室"),
    ("厂区粉尘扰民", "经信局"), ("园区施工扰民", "经开区"), ("农村饮水", "农业农村局"),
    ("物业收费", "营商环境投诉办公室"), ("小区停车", "国投公司"),
)  # fmt: skip
DISPOSALS = (
    "合理诉求", "合理诉求", "合理诉求", "有一定合理诉求", "有一定合理诉求",
    "诉求不合理，但没有违法违规行为", "诉求不合理且恶意上访",
)  # fmt: skip
LEVELS = ("县级", "县级", "县级", "县级", "市级", "县级", "省级", "县级")
FORMS = ("来访", "来信", "网上", "来访", "来电")
# Old cases taken up in July: matter, unit, settled on, resolved, satisfied.
STOCK = (
    ("征迁安置历史遗留", "“一区一园”指挥部", date(2021, 8, 20), True, True),
    ("房屋产权历史遗留", "国投公司", None, True, None),
    ("工资清欠历史遗留", "用工保障指挥部", date(2021, 9, 10), True, True),
    ("林权争议历史遗留", "农业农村局", date(2021, 10, 15), True, False),
    ("企业债务历史遗留", "经开区", None, True, None),
    ("中介纠纷历史遗留", "营商环境投诉办公室", date(2021, 9, 24), False, False),
)


def items() -> list[Item]:
    """Return the problems in the order of the list."""
    chance = random.Random(20210620)
    return [_item(chance, position, record) for position, record in enumerate(titles("ningguo"), 1)]


def _item(chance: random.Random, position: int, record: dict[str, str]) -> Item:
    fate = record["fate"]
    month = int(fate[2:]) if fate.startswith("od") else chance.choice((7, 8, 8, 9, 9, 10))
    month = chance.choice((11, 12)) if fate == "later" else month
    due_on = date(2021, month, chance.choice(DUE_DAYS[month]))
    closed_on = None if fate.startswith(("od", "later")) else _closed_on(chance, due_on)
    text = {key: record[key] for key in ("unit", "dimension", "channel", "title")}
    return Item(
        text=text | {"item_no": f"NG-{position:03d}"},
        found_on=between(chance, date(2021, 7, 1), date(2021, 7, 9)),
        due_on=due_on,
        closed_on=date(2021, 9, 3) if fate == "reopen" else closed_on,
        reopened_on=date(2021, 10, 12) if fate == "reopen" else None,
        open_word="超期未完成",
    )


def _closed_on(chance: random.Random, due_on: date) -> date:
    """Return a day before the deadline, for one in six after it."""
    if chance.random() < 1 / 6:
        return due_on + timedelta(days=chance.randint(2, 12))
    return between(chance, max(date(2021, 7, 14), due_on - timedelta(days=15)), due_on)


def register() -> list[Petition]:
    """Return every petition of the four months, and the old cases taken up in July."""
    chance = random.Random(20210621)
    return [*_received(chance), *_stock()]


def _received(chance: random.Random) -> Iterator[Petition]:
    for month, count in ((7, 16), (8, 14), (9, 11), (10, 12)):
        last_on = date(2021, month + 1, 1) - timedelta(days=1)
        days = sorted(between(chance, date(2021, month, 1), last_on) for _ in range(count))
        for position, day in enumerate(days, start=1):
            title, unit = petitions.pick(chance, MATTERS)
            text: Row = {
                "ticket_no": petitions.number("XF", day, position), "title": title, "unit": unit,
                "form": FORMS[position % len(FORMS)], "level": LEVELS[position % len(LEVELS)],
                "disposal": petitions.pick(chance, DISPOSALS),
            }  # fmt: skip
            if text["form"] == "来访":
                text["persons_count"] = chance.choice((1, 1, 2, 4))
            is_resolved = chance.random() < 0.85
            closed_on = day + timedelta(days=chance.choice((6, 9, 14, 20, 28, 45)))
            opinion = petitions.opinion(chance, is_resolved, 0.85)
            yield Petition(text, day, add_workdays(day, 15), closed_on, is_resolved, opinion)


def _stock() -> Iterator[Petition]:
    for position, (title, unit, closed_on, is_resolved, opinion) in enumerate(STOCK, start=1):
        day = date(2021, 7, 5 + position)
        text = {
            "ticket_no": f"JA2021{position:03d}", "title": title, "unit": unit, "form": "来访",
            "level": "县级", "is_backlog": "是", "disposal": DISPOSALS[position % 5],
        }  # fmt: skip
        yield Petition(text, day, date(2021, 12, 31), closed_on, is_resolved, opinion)
