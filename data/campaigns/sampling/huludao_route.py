"""The milestones of 葫芦岛's tasks: three each, planned and reached, as the monthly lists stand."""

import calendar
from datetime import date, timedelta

from data.campaigns.sampling.huludao_items import BEGIN, MILESTONES, PACES, SLOW_PACE
from data.campaigns.sampling.items import Item, Row
from data.campaigns.sampling.pages import Head

ROUTE_HEADS = (
    Head("row_number", "序号"),
    Head("item_no", "任务编号"),
    Head("milestone_no", "节点序号"),
    Head("title", "节点任务"),
    Head("unit", "牵头单位"),
    Head("start_on", "开始时间"),
    Head("due_on", "计划完成时间", forms=("excel", "chinese")),
    Head("done_on", "实际完成时间"),
)
# Plans leave a little room against an even pace; who lags is slower than any plan.
PLANNED_PACE = 0.9


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _planned(item: Item) -> list[date]:
    """Return the days the milestones are due: month ends, the last on the task's own deadline."""
    length = (item.due_on - BEGIN).days
    inner = [BEGIN + timedelta(days=int(length * part / 3 / PLANNED_PACE)) for part in (1, 2)]
    return [*(min(_month_end(day), item.due_on) for day in inner), item.due_on]


def _reached(item: Item, position: int) -> date | None:
    """Return the day a milestone was reached, whatever day is asked; None for one that was not."""
    part = (position + 1) / 3
    if item.closed_on:
        return BEGIN + timedelta(days=round((item.closed_on - BEGIN).days * part))
    usual = PACES[int(item.text["item_no"][-1]) % len(PACES)]
    pace = SLOW_PACE if item.open_word == "滞后" else usual
    if position == 2:
        return None
    return BEGIN + timedelta(days=int((item.due_on - BEGIN).days * part / pace))


def route(listed: list[Item], on: date) -> list[Row]:
    """Return the milestones of every task as the list of `on` has them."""
    rows: list[Row] = []
    for item in listed:
        start_on = BEGIN
        for position, due_on in enumerate(_planned(item)):
            done_on = _reached(item, position)
            is_done = done_on is not None and done_on <= on
            rows.append(
                {
                    "item_no": item.text["item_no"], "unit": item.text["unit"],
                    "milestone_no": f"{position + 1}",
                    "title": MILESTONES[item.text["dimension"]][position],
                    "start_on": start_on, "due_on": due_on,
                    "done_on": done_on if is_done else None,
                }
            )  # fmt: skip
            start_on = due_on
    return rows
