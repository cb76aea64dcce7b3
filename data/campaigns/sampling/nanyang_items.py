"""The invented problems of 南阳职教园区 and what befell each: dispatch, extension, close-out."""

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from data.campaigns.sampling.items import Item, Row, between, titles

LETTERS = {"更新观念": "GN", "提升能力": "NL", "优化作风": "ZF", "查堵破难": "CD"}
ORGANS = {
    "更新观念": "大讨论工作组", "提升能力": "领导小组办公室", "优化作风": "大转作风工作组",
    "查堵破难": "查破建快工作组",
}  # fmt: skip
KINDS = {
    "12345政务服务热线": "突出问题", "书记主任留言板": "突出问题", "短信邮箱": "突出问题",
    "信访举报": "突出问题", "群众评": "顽固问题", "巡视巡察": "典型问题", "暗访督查": "顽固问题",
    "领导批示": "共性问题",
}  # fmt: skip
FOUND_BY = ("自己找", "自己找", "领导点", "自己找", "集体议", "自己找", "互相帮", "领导点")
DIFFICULTIES = ("常规", "常规", "疑难", "常规", "新问题", "常规", "常规")
HANDLED = {"常规": "交办", "疑难": "督办", "新问题": "交办", "提级": "督办"}
MEASURES = (
    "明确专人，每周调度", "部门会商，限时办结", "修订流程，公开承诺", "逐户走访，建立台账",
)  # fmt: skip
FOUND_MONTHS = (3, 3, 4, 3, 5, 3, 4, 3, 5, 6, 3, 4)
CARRIED_DUE = (date(2022, 12, 30), date(2023, 1, 31), date(2023, 2, 28))
# A problem handed over to another unit, and the day from which it leads.
HANDED_OVER = {"社保转移办理慢": ("政数部门", date(2023, 5, 9))}
MERGED_INTO = "村级统计员培训少"
LAST = date(2023, 6, 30)
STATE_AFTER = {"提级": "提级上报", "容错备案": "已容错备案", "合并": "已合并"}
CLOSED_WORDS = ("已销号", "已办结", "已整改到位")


@dataclass(frozen=True)
class Problem:
    """A problem with the steps on its way, in their order; `item` is what its list says."""

    item: Item
    steps: tuple[Row, ...]

    def row(self, on: date) -> Row:
        """Return the ledger row as of `on`: an open problem's state follows its last step."""
        row = self.item.row(on, CLOSED_WORDS)
        taken = [step for step in self.steps if step["step_on"] <= on]
        for step in taken:
            if step["step"] == "移交":
                row["unit"] = step["new_value"]
            if step["step"] in STATE_AFTER and not self.item.is_closed(on):
                row["state"] = STATE_AFTER[step["step"]]
        # The approved extension stands in the list of steps, and is not written twice.
        return {key: value for key, value in row.items() if not key.startswith("exten")}


def _days(chance: random.Random, position: int, fate: str) -> Item:
    """Return the days of a problem: found, due, closed, reopened, extended."""
    words = fate.split()
    found = between(chance, date(2023, 3, 10), date(2023, 3, 24))
    if "carried" in words:
        found = between(chance, date(2022, 9, 5), date(2022, 11, 25))
        closed = between(chance, date(2023, 4, 10), date(2023, 6, 20)) if position % 5 < 3 else None
        return Item({}, found, CARRIED_DUE[position % 3], closed)
    if "reopen" in words:
        due, closed = date(2023, 5, 12), between(chance, date(2023, 4, 18), date(2023, 4, 28))
        back = date(2023, 5, 17) if position % 2 else date(2023, 6, 14)
        return Item({}, found, due, closed, reopened_on=back)
    if "ext" in words:
        due, closed = date(2023, 5, 31), date(2023, 6, 27) if position % 2 else None
        until = date(2023, 6, 30) if closed else date(2023, 7, 31)
        return Item({}, found, due, closed, given_on=date(2023, 5, 23), extended_to=until)
    if overdue := [word for word in words if word.startswith("od")]:
        return Item({}, found, date(2023, int(overdue[0][2:]), chance.choice((14, 20, 28))))
    if "later" in words:
        days = (date(2023, 7, 31), date(2023, 9, 28), date(2023, 12, 20))
        return Item({}, found, chance.choice(days))
    if "合并" in words:
        return Item({}, found, LAST)
    if "again" in words:
        # B14: the same matter at the same unit, after it had been closed.
        return Item({}, date(2023, 6, 12 + position % 5), date(2023, 7, 28))
    return _ordinary(chance, FOUND_MONTHS[position % len(FOUND_MONTHS)], found)


def _ordinary(chance: random.Random, month: int, found: date) -> Item:
    if month > 3:
        found = between(chance, date(2023, month, 3), date(2023, month, 22))
    due = found + timedelta(days=chance.randint(28, 58))
    if chance.random() < 0.15:
        closed = due + timedelta(days=chance.randint(3, 14))
    else:
        closed = between(chance, max(found + timedelta(days=8), due - timedelta(days=12)), due)
    return Item({}, found, due, closed if closed < LAST else None)


def _text(position: int, record: Row, number: str) -> Row:
    is_raised = "提级" in record["fate"]
    difficulty = "提级" if is_raised else DIFFICULTIES[position % len(DIFFICULTIES)]
    if "carried" in record["fate"]:
        difficulty = "疑难"
    handling = HANDLED[difficulty]
    if record["dimension"] == "优化作风" and position % 2:
        handling = "查办"
    kind = KINDS.get(record["channel"], "共性问题" if position % 3 else "顽固问题")
    return {
        "item_no": number, "dimension": record["dimension"], "title": record["title"],
        "unit": record["unit"], "channel": record["channel"], "kind": kind,
        "found_by": FOUND_BY[position % len(FOUND_BY)], "difficulty": difficulty,
        "handling": handling, "measure": MEASURES[position % len(MEASURES)],
    }  # fmt: skip


def _step(item: Item, step: str, on: date, post: str, **others: str) -> Row:
    named = {key: item.text[key] for key in ("item_no", "title", "unit")}
    return {**named, "step": step, "step_on": on, "post": post, **others}


def _closing_steps(item: Item, is_returned: bool) -> Iterator[Row]:
    """Yield 申请 → 审核 → 确认, after an application that was turned down where it was."""
    if item.closed_on is None:
        return
    unit_post, organ = f"{item.text['unit']}负责人", ORGANS[item.text["dimension"]]
    if is_returned:
        yield _step(item, "申请", item.closed_on - timedelta(days=12), unit_post)
        early = item.closed_on - timedelta(days=9)
        yield _step(item, "退回", early, f"{organ}副组长", reason="佐证材料不全")
    yield _step(item, "申请", item.closed_on - timedelta(days=4), unit_post)
    yield _step(item, "审核", item.closed_on - timedelta(days=2), f"{organ}联络员")
    yield _step(item, "确认", item.closed_on, f"{organ}副组长")
    if item.reopened_on:
        yield _step(item, "退回", item.reopened_on, f"{organ}副组长", reason="抽查不属实，重新整改")


def _special_steps(item: Item, fate: str, merged_no: str) -> Iterator[Row]:
    """Yield what happens to few: 延期, 提级, 容错备案, 移交, 合并, and 督办 of what is overdue."""
    organ, text = ORGANS[item.text["dimension"]], item.text
    before = max(item.found_on + timedelta(days=20), min(item.due_on, LAST) - timedelta(days=16))
    if item.given_on and item.extended_to:
        change = {"old_value": item.due_on.isoformat(), "new_value": item.extended_to.isoformat()}
        reason = "上级批复未到"
        yield _step(item, "延期", item.given_on, f"{organ}副组长", **change, reason=reason)
    if "提级" in fate:
        change = {"old_value": text["unit"], "new_value": "领导小组办公室"}
        yield _step(item, "提级", before, f"{text['unit']}负责人", **change, reason="超出本级权限")
    if "容错" in fate:
        yield _step(item, "容错备案", before, "纪工委副书记", reason="先行先试，事前备案")
    if text["title"] in HANDED_OVER:
        unit, on = HANDED_OVER[text["title"]]
        change = {"old_value": text["unit"], "new_value": unit}
        yield _step(item, "移交", on, f"{organ}副组长", **change, reason="职责调整")
    if "合并" in fate:
        yield _step(item, "合并", date(2023, 5, 16), f"{organ}副组长", new_value=merged_no)
    if "od" in fate:
        yield _step(item, "督办", item.due_on + timedelta(days=6), f"{organ}联络员")


def _steps(item: Item, position: int, fate: str, merged_no: str) -> tuple[Row, ...]:
    organ = ORGANS[item.text["dimension"]]
    sent_on = max(item.found_on, date(2023, 3, 14)) + timedelta(days=position % 3)
    why = "2022年结转事项" if "carried" in fate else ""
    taken = [_step(item, item.text["handling"], sent_on, f"{organ}联络员", reason=why)]
    taken += _special_steps(item, fate, merged_no)
    taken += _closing_steps(item, is_returned=position % 13 == 4)
    # A file holds what happened in its month; nothing is known beyond the last one.
    return tuple(sorted((s for s in taken if s["step_on"] <= LAST), key=lambda s: s["step_on"]))


def problems() -> list[Problem]:
    """Return the problems in the order of the list; their numbers never change."""
    chance = random.Random(20230309)
    records, numbers = titles("nanyang"), Counter[str]()
    found: list[tuple[Item, str]] = []
    for position, record in enumerate(records):
        numbers[record["dimension"]] += 1
        number = f"{LETTERS[record['dimension']]}-{numbers[record['dimension']]:03d}"
        text = _text(position, record, number)
        if "carried" in record["fate"]:
            text["carried_from"] = f"建设年2022-{17 + position:03d}"
        found.append((replace(_days(chance, position, record["fate"]), text=text), record["fate"]))
    merged_no = next(i.text["item_no"] for i, _ in found if i.text["title"] == MERGED_INTO)
    return [
        Problem(item, _steps(item, position, fate, merged_no))
        for position, (item, fate) in enumerate(found)
    ]


def rows(found: Iterable[Problem], on: date) -> list[Row]:
    """Return the list as it stood on `on`."""
    return [problem.row(on) for problem in found if problem.item.is_listed(on)]


def steps(found: Sequence[Problem], month: date, last_on: date) -> list[Row]:
    """Return the steps taken in a month, in the order of their days."""
    taken = [s for problem in found for s in problem.steps if month <= s["step_on"] <= last_on]
    return sorted(taken, key=lambda step: step["step_on"])
