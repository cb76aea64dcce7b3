"""The invented problems of 怀化高新区: the 包保 ledger stands at 148 and 118 closed (B3)."""

import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from data.campaigns.sampling.items import Item, Row, between, titles
from data.campaigns.sampling.places import box, point
from tally.workdays import add_workdays

CHANNEL_LETTERS = {
    "巡察整改": "XC", "违法违纪": "WF", "信访维稳": "XF", "营商环境": "YS", "市长热线": "RX",
}  # fmt: skip
FEEDBACK_MONTHS = ((1, 6, 98), (7, 7, 20), (8, 8, 17), (9, 9, 13))
FEEDBACK_CLOSED = {6: 60, 7: 82, 8: 102, 9: 118}
# The points stay in two small boxes, so that enterprises stand together as in a park.
PARK = {
    "鹤城区": box(109.975, 27.515, 110.005, 27.545),
    "中方县": box(109.95, 27.41, 109.995, 27.44),
}
# Items whose list gives no deadline, so that the weekly rhythm of the pack sets it; each with
# the working days in which it was closed (None: as drawn, after the week or not at all).
WEEKLY_NUMBERS = {
    59: 3, 81: 4, 103: 2, 107: 5, 112: 4, 124: 3, 148: 2, 130: None, 145: None, 147: None,
}  # fmt: skip
PROJECT_WORDS = ("项目", "用地", "施工", "厂房", "搬迁", "阻工")
# Firms that reported several problems, and how often a problem is one of theirs.
BUSY_FIRMS, BUSY_EVERY = (8, 15, 22, 36, 43, 57, 64, 78, 85), 4
SERVICE_EVERY = 12
# Items put aside while they are open, by their place in the list.
PARKED_PLACES = (0, 5)
FOUND_BY = ("群众提", "自己找", "群众提", "上级点", "自己找", "互相帮", "上级点")


def _deadlines(chance: random.Random, found: date, is_open: bool) -> date:
    due = found + timedelta(days=chance.randint(30, 75))
    if is_open:
        # Two thirds of what is open is overdue at the end of September, the rest still runs.
        if chance.random() < 0.66:
            return max(min(due, date(2022, 9, 29)), found + timedelta(days=7))
        return between(chance, date(2022, 10, 3), date(2022, 10, 12))
    return min(due, date(2022, 10, 20))


def _found_days(chance: random.Random) -> list[date]:
    return [
        between(chance, date(2022, first, 5), date(2022, last, 20))
        for first, last, count in FEEDBACK_MONTHS
        for _ in range(count)
    ]


def _closing_days(
    chance: random.Random, found: list[date], due: list[date], closed: list[int]
) -> dict[int, date]:
    """Return the closing day of each closed item so that month ends meet FEEDBACK_CLOSED."""
    days: dict[int, date] = {}
    waiting = sorted(closed, key=lambda i: due[i])
    before = 0
    for month, total in FEEDBACK_CLOSED.items():
        first, last = date(2022, 3 if month == 6 else month, 1), date(2022, month, 28)
        ready = [i for i in waiting if found[i] + timedelta(days=5) <= last][: total - before]
        for i in ready:
            earliest = max(first, found[i] + timedelta(days=4), due[i] - timedelta(days=25))
            latest = min(last, max(due[i], earliest) + timedelta(days=chance.choice((0, 0, 0, 9))))
            days[i] = between(chance, min(earliest, last), max(latest, min(earliest, last)))
            waiting.remove(i)
        before = total
    return days


def _text(chance: random.Random, position: int, record: Row, enterprise: str) -> dict[str, object]:
    place = chance.choice(("鹤城区", "中方县", "中方县"))
    longitude, latitude = point(chance, PARK[place])
    return {
        "item_no": f"BB-{position:03d}", "dimension": "包保反映", "unit": record["unit"],
        "title": f"{enterprise}{record['problem']}", "enterprise": enterprise, "community": place,
        "longitude": longitude, "latitude": latitude, "measure": "包保责任人联系，每周一调度",
        "found_by": "自己找" if position % 5 == 0 else "群众提",
    }  # fmt: skip


def _enterprise(kind: str, number: int) -> str:
    """Return the enterprise or project by the short name that the roster gives it."""
    if kind == "项目":
        return f"项目{number * 7 % 38 + 1:02d}"
    if number % SERVICE_EVERY == 0:
        return f"服务企业{number // SERVICE_EVERY:02d}"
    if number % BUSY_EVERY == 0:
        return f"企业{BUSY_FIRMS[number // BUSY_EVERY % len(BUSY_FIRMS)]:02d}"
    return f"企业{number * 7 % 89 + 1:02d}"


def feedback() -> list[Item]:
    """Return the 148 problems that enterprises and projects reported."""
    chance = random.Random(148)
    records: list[Row] = [
        {**record, "is_open": is_open}
        for record in titles("huaihua")
        for is_open in _fates(int(record["count"]), int(record["open"]))
    ]
    chance.shuffle(records)
    found = sorted(_found_days(chance))
    due = [
        _deadlines(chance, day, bool(record["is_open"]))
        for day, record in zip(found, records, strict=True)
    ]
    closed = [i for i, record in enumerate(records) if not record["is_open"]]
    closings = _closing_days(chance, found, due, closed)
    numbers: Counter[str] = Counter()
    result: list[Item] = []
    for i, record in enumerate(records):
        kind = "项目" if any(word in record["problem"] for word in PROJECT_WORDS) else "企业"
        numbers[kind] += 1
        enterprise = _enterprise(kind, numbers[kind])
        word = "暂缓" if i % 11 in PARKED_PLACES else "正在推进"
        text = _text(chance, i + 1, record, enterprise)
        item = Item(text, found[i], due[i], closings.get(i), open_word=word)
        result.append(_weekly(item, WEEKLY_NUMBERS[i + 1]) if i + 1 in WEEKLY_NUMBERS else item)
    return result


def _weekly(item: Item, closed_days: int | None) -> Item:
    closed_on = add_workdays(item.found_on, closed_days) if closed_days else item.closed_on
    due_on = add_workdays(item.found_on, 5)
    return replace(item, due_on=due_on, closed_on=closed_on, is_due_left_out=True)


def _fates(count: int, open_count: int) -> list[bool]:
    return [i < open_count for i in range(count)]


def other_channels() -> list[Item]:
    """Return the problems of the four other channels, found in August and September."""
    chance = random.Random(65)
    result: list[Item] = []
    numbers: Counter[str] = Counter()
    for i, record in enumerate(titles("channels")):
        numbers[record["dimension"]] += 1
        number = f"{CHANNEL_LETTERS[record['dimension']]}-{numbers[record['dimension']]:03d}"
        month = 8 if i % 5 < 3 else 9
        found = between(chance, date(2022, month, 2), date(2022, month, 16))
        due = between(chance, found + timedelta(days=10), date(2022, 9, 28))
        if record["fate"] != "open" and i % 7 == 3:
            due = date(2022, 10, 25)
        last = date(2022, 9, 29)
        closed = (
            None if record["fate"] == "open" else between(chance, found + timedelta(days=5), due)
        )
        back = date(2022, 9, 26) if record["title"] == "园区路灯不亮" else None
        if back:
            due, closed = date(2022, 9, 20), date(2022, 8, 30)
            found = date(2022, 8, 8)
        text = {
            "item_no": number, "dimension": record["dimension"], "unit": record["unit"],
            "title": record["title"], "measure": "建立台账，边查边改",
            "found_by": FOUND_BY[i % len(FOUND_BY)],
        }  # fmt: skip
        result.append(
            Item(text, found, due, min(closed, last) if closed else None, reopened_on=back)
        )
    return result
