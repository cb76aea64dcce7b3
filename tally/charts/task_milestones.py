"""One task on one chart: its milestones as planned and reached, its pace, and today (A7)."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tally import words
from tally.charts.canvas import Canvas

HEAD = 30
NAME_ROOM = 208
STATUS_ROOM = 150
TALLEST_ROW = 46
PACE_ROOM = 176
PACE_HEAD = 34
LABEL_ROOM = 62
# How a milestone's status is drawn: as which state, by which mark.
STATUSES = {
    "done": ("normal", "circle"),
    "late": ("soon", "triangle-up"),
    "missed": ("overdue", "square"),
    "not yet due": ("unreported", "circle-open"),
}


@dataclass(frozen=True)
class _Time:
    """Days to px between `left` and `right`; the day after `last` is at `right`."""

    first: date
    last: date
    left: float
    right: float

    def x(self, day: date, is_end: bool = False) -> float:
        """Return where a day begins, or where it ends, held inside the axis."""
        passed = (day - self.first).days + is_end
        part = passed / ((self.last - self.first).days + 1)
        return self.left + min(max(part, 0.0), 1.0) * (self.right - self.left)


def _day(value: Any) -> date | None:
    return None if words.is_missing(value) else pd.Timestamp(value).date()


def _status(row: Mapping[str, Any], as_of: date) -> str:
    """Return what became of a milestone: `▲ 迟 12 天`."""
    if row["status"] == "done":
        return f"● 按期 {words.day(_day(row['done_on']), as_of)}"
    if row["status"] == "late":
        return f"▲ 迟到 {int(row['late_days'])} 天"
    if row["status"] == "missed":
        return f"■ 超期 {int(row['late_days'])} 天"
    return f"○ {words.day(_day(row['moved_to']) or _day(row['due_on']), as_of)}到期"


def _time(canvas: Canvas, days: list[date | None], start_on: date, end_on: date) -> _Time:
    known = [day for day in days if day]
    first, last = min([start_on, *known]), max([end_on, *known])
    first = first.replace(day=1)
    return _Time(first, last, NAME_ROOM, canvas.right - STATUS_ROOM)


def _draw_months(canvas: Canvas, time: _Time, now: tuple[float, float], bottom: float) -> None:
    """Name the months on the axis, but for those that the words at today's line cover."""
    month = time.first
    while month <= time.last:
        following = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
        x0, x1 = time.x(month), time.x(following)
        canvas.rule(x0, HEAD, x0, bottom, canvas.tokens.grid)
        month = following
        if x0 < now[1] and now[0] < x1:
            continue
        name = words.month(following - timedelta(days=1))
        color, room = canvas.tokens.muted, x1 - x0
        canvas.text((x0 + x1) / 2, HEAD / 2, name, color=color, anchor="center", room=room)
    canvas.rule(0, HEAD, canvas.right, HEAD, canvas.tokens.grid)


def _draw_milestone(
    canvas: Canvas, row: Mapping[str, Any], time: _Time, as_of: date, y: float
) -> None:
    tokens = canvas.tokens
    state, symbol = STATUSES[row["status"]]
    due_on = pd.Timestamp(row["due_on"]).date()
    moved_to, done_on = _day(row["moved_to"]), _day(row["done_on"])
    start_on = _day(row["start_on"]) or due_on
    number = "" if words.is_missing(row["milestone_no"]) else f"{row['milestone_no']}. "
    canvas.text(0, y, f"{number}{row['milestone']}", size=17, weight=700, room=NAME_ROOM - 16)
    x0, x1 = time.x(start_on), time.x(due_on, is_end=True)
    canvas.box(x0, y - 8, x1, y + 8, tokens.bar)
    if moved_to:
        canvas.box(x1, y - 8, time.x(moved_to, is_end=True), y + 8, border=tokens.bar, dash="dot")
    late_to = done_on or (as_of if row["status"] == "missed" else None)
    if late_to and late_to > due_on:
        fill = tokens.states[state].fill
        canvas.box(x1, y - 3, time.x(late_to, is_end=True), y + 3, fill, is_on_top=True)
    mark = time.x(done_on or due_on, is_end=True)
    fill = tokens.states[state].fill
    canvas.dots([(mark, y)], fill, size=16, symbol=symbol)
    color = tokens.muted if state == "unreported" else tokens.states[state].text
    canvas.text(
        canvas.right, y, _status(row, as_of), anchor="right", color=color, weight=700,
        room=STATUS_ROOM - 10,
    )  # fmt: skip


def _now_words(as_of: date) -> str:
    return f"截至 {words.day(as_of)}"


def _now_span(canvas: Canvas, time: _Time, as_of: date) -> tuple[float, float]:
    """Return from where to where the words at today's line stand."""
    room = words.width_em(_now_words(as_of)) * 15 + 8
    middle = min(time.x(as_of, is_end=True), canvas.right - room / 2)
    return middle - room / 2, middle + room / 2


def _draw_now(canvas: Canvas, time: _Time, as_of: date, bottom: float) -> None:
    x, (left, right) = time.x(as_of, is_end=True), _now_span(canvas, time, as_of)
    color = canvas.tokens.primary
    canvas.rule(x, HEAD - 4, x, bottom, color, width=2)
    note = _now_words(as_of)
    canvas.text((left + right) / 2, HEAD / 2, note, color=color, anchor="center", weight=700)


@dataclass(frozen=True)
class _Pace:
    """Where a task stood on a day: the share achieved, and whether that was behind its time.

    `is_after_gap`: a month between it and the one before was not reported.
    """

    day: date
    share: float
    is_behind: bool
    is_after_gap: bool


def _paces(months: pd.DataFrame, as_of: date) -> list[_Pace]:
    """Return where the task stood at the end of each month reported, the last on the day asked."""
    paces: list[_Pace] = []
    is_after_gap = False
    for row in months.to_dict("records"):
        if not row["is_reported"]:
            is_after_gap = bool(paces)
            continue
        if words.is_missing(row["achieved_share"]):
            continue
        day, achieved = pd.Period(row["month"], "M").end_time.date(), float(row["achieved_share"])
        even = row["schedule_share"]
        is_behind = not words.is_missing(even) and achieved < even
        paces.append(_Pace(min(day, as_of), achieved, is_behind or achieved >= 1, is_after_gap))
        is_after_gap = False
    return paces


def _draw_achieved(canvas: Canvas, paces: list[_Pace], spots: list[tuple[float, float]]) -> None:
    """Draw the line of what was achieved; a share stands on the side where the even pace is not.

    The line breaks where a month was not reported: nobody knows how it went between.
    """
    color = canvas.tokens.states["closed"].fill
    starts = [place for place, pace in enumerate(paces) if place == 0 or pace.is_after_gap]
    for start, end in pairwise([*starts, len(paces)]):
        canvas.line(spots[start:end], color, width=3, name="achieved")
    canvas.dots(spots, color, size=11)
    free_to = math.inf
    for pace, (x, y) in reversed(list(zip(paces, spots, strict=True))):
        if x <= free_to:
            below = y + (16 if pace.is_behind else -14)
            canvas.text(x - 8, below, words.share(pace.share), anchor="right", weight=700)
            free_to = x - LABEL_ROOM


def _draw_pace(
    canvas: Canvas, paces: list[_Pace], time: _Time, span: tuple[date, date], top: float
) -> None:
    """Draw the share achieved month by month against an even pace to the deadline."""
    muted, bottom = canvas.tokens.muted, canvas.bottom - 26

    def y(share: float) -> float:
        return bottom - min(max(share, 0.0), 1.0) * (bottom - top - PACE_HEAD)

    canvas.text(0, top + PACE_HEAD / 2, "完成进度", size=17, weight=700)
    canvas.text(0, top + PACE_HEAD / 2 + 24, "虚线为序时进度", color=muted)
    for share in (0.0, 0.5, 1.0):
        canvas.rule(time.left, y(share), time.right, y(share), canvas.tokens.grid)
        canvas.text(time.right + 8, y(share), f"{share:.0%}", color=muted)
    start_on, due_on = span
    even = [(time.x(start_on), y(0.0)), (time.x(due_on, is_end=True), y(1.0))]
    canvas.line(even, muted, width=2, dash="6px,5px", name="schedule")
    spots = [(time.x(pace.day, is_end=True), y(pace.share)) for pace in paces]
    _draw_achieved(canvas, paces, spots)


def task_milestones(
    milestones: pd.DataFrame,
    months: pd.DataFrame,
    span: tuple[date, date],
    as_of: date,
    *,
    theme: str,
    width: float = 1097,
    height: float = 370,
    scale: float = 1.0,
) -> go.Figure:
    """Draw a task's rows of `task_milestones` and `task_months` on one axis of time.

    `span` are the task's first day and its deadline in force.
    """
    canvas = Canvas(theme, width, height, scale)
    rows = milestones.to_dict("records")
    days = [_day(row[name]) for row in rows for name in ("start_on", "due_on", "moved_to")]
    days += [_day(row["done_on"]) for row in rows]
    start_on, due_on = span
    time = _time(canvas, [*days, as_of], start_on, due_on)
    bottom = canvas.bottom - PACE_ROOM
    _draw_months(canvas, time, _now_span(canvas, time, as_of), canvas.bottom)
    pitch = min(TALLEST_ROW, (bottom - HEAD) / max(len(rows), 1))
    for index, row in enumerate(rows):
        _draw_milestone(canvas, row, time, as_of, HEAD + (index + 0.5) * pitch)
    if not rows:
        middle = (HEAD + bottom) / 2
        note = "还没有节点台账，交来后这里画出时间表和路线图"
        canvas.text((time.left + time.right) / 2, middle, note, anchor="center")
    top = HEAD + max(len(rows), 2) * pitch + 6
    canvas.rule(0, top, canvas.right, top, canvas.tokens.grid)
    _draw_pace(canvas, _paces(months, as_of), time, span, top)
    _draw_now(canvas, time, as_of, canvas.bottom)
    return canvas.figure()
