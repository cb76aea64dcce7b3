"""Invented tickets and checks: things that happened, each on its own day."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from data.campaigns.sampling.items import Item, Row, between
from data.campaigns.sampling.pages import Head, Page
from tally.workdays import add_workdays

TICKET_HEADS = (
    Head("ticket_no", "工单编号"),
    Head("received_on", "受理时间"),
    Head("channel", "来源渠道"),
    Head("title", "诉求标题"),
    Head("community", "所属社区"),
    Head("unit", "承办单位"),
    Head("due_on", "办理时限"),
    Head("closed_on", "办结时间"),
    Head("state", "办理状态"),
    Head("is_resolved", "是否解决"),
    Head("is_satisfied", "满意度评价"),
)
POINT_HEADS = (Head("longitude", "经度"), Head("latitude", "纬度"))
CHECK_HEADS = (
    Head("row_number", "序号"),
    Head("item_no", "问题编号"),
    Head("title", "核查事项"),
    Head("unit", "责任单位"),
    Head("checked_on", "核查日期", forms=("chinese",)),
    Head("is_verified", "核查结果"),
    Head("checker_post", "核查单位"),
)
# Working days more or less than usual, by the urgency of the ticket.
DUE_LEEWAY = (0, 0, 1, 0, -1)
DUE_LEFT_OUT_EVERY = 17


@dataclass(frozen=True)
class Hotline:
    """What a month's tickets are drawn from: channels, places, and (title, unit) pairs.

    `due_days` is the usual limit of a ticket in working days.
    """

    letters: str
    channels: Sequence[str]
    places: Sequence[str]
    matters: Sequence[tuple[str, str]]
    satisfied_shares: Mapping[str, float]
    due_days: int
    point: Callable[[random.Random, str], tuple[float, float]] | None = None


def _answer(chance: random.Random, ticket: Row, last_on: date, satisfied_share: float) -> None:
    closed_on = ticket["received_on"] + timedelta(days=chance.choice((1, 2, 3, 3, 4, 5, 6, 8, 12)))
    if closed_on > last_on:
        ticket["state"] = "办理中"
        return
    is_resolved = chance.random() < 0.82
    ticket |= {"state": "已办结", "closed_on": closed_on}
    ticket["is_resolved"] = "是" if is_resolved else "否"
    if chance.random() < 0.8:
        is_satisfied = chance.random() < satisfied_share - (0 if is_resolved else 0.4)
        word = chance.choice(("满意", "满意", "基本满意")) if is_satisfied else "不满意"
        ticket["is_satisfied"] = word


def tickets(chance: random.Random, hotline: Hotline, month: date, last_on: date) -> list[Row]:
    """Return the tickets of the month, in the order they came, as of its last day."""
    count = chance.randint(54, 66)
    days = sorted(between(chance, month, last_on) for _ in range(count))
    rows: list[Row] = []
    for position, day in enumerate(days, start=1):
        title, unit = chance.choice(hotline.matters)
        place = chance.choice(hotline.places)
        ticket: Row = {
            "ticket_no": f"{hotline.letters}{month:%Y%m}{position:04d}",
            "received_on": day, "channel": chance.choice(hotline.channels),
            "title": title, "unit": unit or place, "community": place,
        }  # fmt: skip
        if hotline.point and position % 3:
            ticket["longitude"], ticket["latitude"] = hotline.point(chance, place)
        if position % DUE_LEFT_OUT_EVERY:
            leeway = DUE_LEEWAY[position % len(DUE_LEEWAY)]
            ticket["due_on"] = add_workdays(day, hotline.due_days + leeway)
        _answer(chance, ticket, last_on, hotline.satisfied_shares[place])
        rows.append(ticket)
    return rows


def checks(
    chance: random.Random, items: Sequence[Item], share: float, month: date, last_on: date,
    checker: str,
) -> list[Row]:  # fmt: skip
    """Return the month's checks: a share of what was closed in it, and every failed check."""
    rows: list[Row] = []
    for item in items:
        fails = item.reopened_on is not None and month <= item.reopened_on <= last_on
        is_new = item.closed_on is not None and month <= item.closed_on <= last_on
        is_drawn = is_new and item.reopened_on is None and chance.random() < share
        if not fails and not is_drawn:
            continue
        day = item.reopened_on if fails else between(chance, item.closed_on or month, last_on)
        text = {key: item.text[key] for key in ("item_no", "title", "unit")}
        verdict = {"is_verified": "不属实" if fails else "属实", "checker_post": checker}
        rows.append({**text, **verdict, "checked_on": day})
    return sorted(rows, key=lambda row: row["checked_on"])


def ticket_page(title: str, line: str, rows: Sequence[Row], heads: Sequence[Head]) -> Page:
    """Lay a month's tickets out with the given columns."""
    return Page("工单", title, line, tuple(heads), rows, notes=("注：来电人信息已隐去。",))
