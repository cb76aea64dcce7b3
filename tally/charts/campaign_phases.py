"""Where in its phases does the campaign stand? A strip to scale (A2, A10)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tally import words
from tally.charts.canvas import Canvas
from tally.charts.drawn import drawn_once
from tally.charts.theme import SMALLEST_TEXT

NOW_ROOM = 22
NAME_ROOM = 22
GAP = 2
THICKEST_BAR = 20


@dataclass(frozen=True)
class _Scale:
    """Days to px: `first` is at 0, the day after `last` at `right`."""

    first: date
    last: date
    right: float

    def x(self, day: date, is_end: bool = False) -> float:
        """Return where a day begins, or where it ends."""
        passed = (day - self.first).days + is_end
        return passed / ((self.last - self.first).days + 1) * self.right


def _day(value: date) -> date:
    return pd.Timestamp(value).date()


def _lanes(phases: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Return phases in as few lanes as need be, so that no two of a lane share a day."""
    lanes: list[list[dict[str, Any]]] = []
    for phase in phases:
        free = [lane for lane in lanes if lane[-1]["end_on"] < phase["start_on"]]
        if free:
            free[0].append(phase)
        else:
            lanes.append([phase])
    return lanes


def _label(phase: dict[str, Any], room: float) -> tuple[str, float] | None:
    """Return the longest label that fits: with months, without, smaller; None when none does."""
    months = f"{phase['start_on'].month}月—{phase['end_on'].month}月"
    spans = phase["start_on"].month != phase["end_on"].month
    candidates = [(f"{phase['phase']}（{months}）", 15)] if spans and phase["is_current"] else []
    candidates += [(phase["phase"], 15), (phase["phase"], 14), (phase["phase"], SMALLEST_TEXT)]
    for text, size in candidates:
        if words.width_em(text) * size <= room:
            return text, size
    return (phase["phase"], SMALLEST_TEXT) if room >= 3 * SMALLEST_TEXT else None


def _draw_lane(
    canvas: Canvas, lane: list[dict[str, Any]], scale: _Scale, as_of: date, top: float, bar: float
) -> None:
    tokens = canvas.tokens
    y0, y1 = top + NAME_ROOM, top + NAME_ROOM + bar
    ends = [scale.x(phase["start_on"]) for phase in lane[1:]] + [scale.right]
    for phase, next_start in zip(lane, ends, strict=True):
        x0, x1 = scale.x(phase["start_on"]), scale.x(phase["end_on"], is_end=True)
        is_done = phase["end_on"] < as_of
        canvas.box(x0, y0, x1 - GAP, y1, tokens.bar if is_done else tokens.bg2)
        if phase["is_current"]:
            now = min(scale.x(as_of, is_end=True), x1 - GAP)
            canvas.box(x0, y0, now, y1, tokens.primary)
        label = _label(phase, next_start - x0 - 6)
        if label:
            is_current = phase["is_current"]
            canvas.text(
                x0,
                top + 11,
                label[0],
                size=label[1],
                weight=700 if is_current else 400,
                color=tokens.text if is_current else tokens.muted,
                room=next_start - x0 - 6,
            )


def _now_words(as_of: date, start: date, end: date) -> str:
    if as_of < start:
        return f"{words.day(as_of)}，距开始 {words.days((start - as_of).days)}"
    if as_of > end:
        return f"{words.day(as_of)}，已结束 {words.days((as_of - end).days)}"
    passed = ((as_of - start).days + 1) / ((end - start).days + 1)
    return f"{words.day(as_of)}，时间已过 {passed:.0%}"


def _draw_now(canvas: Canvas, x: float, y: float, note: str) -> None:
    """Write the note with its triangle under `x`, on the side where there is room."""
    length = words.width_em(note) * 15
    canvas.text(x, y, "▲", anchor="center", color=canvas.tokens.text)
    if x + 12 + length <= canvas.right:
        canvas.text(x + 12, y, note)
    else:
        canvas.text(x - 12, y, note, anchor="right")


@drawn_once
def campaign_phases(
    phases: pd.DataFrame,
    as_of: date,
    campaign_start: date,
    campaign_end: date,
    *,
    theme: str,
    width: float = 843,
    height: float = 100,
    scale: float = 1.0,
) -> go.Figure:
    """Draw rows of `campaign_phases` as a strip; phases that share days get a lane each.

    The share of time passed is counted in days of the campaign, `as_of` included.
    """
    canvas = Canvas(theme, width, height, scale)
    as_of, start, end = _day(as_of), _day(campaign_start), _day(campaign_end)
    rows = [
        {
            "phase": words.text(row["phase"]),
            "start_on": _day(row["start_on"]),
            "end_on": _day(row["end_on"]),
            "is_current": row["status"] == "current",
        }
        for row in phases.sort_values(["start_on", "end_on"]).to_dict("records")
    ]
    first = min([start, *(row["start_on"] for row in rows)])
    last = max([end, *(row["end_on"] for row in rows)])
    days = _Scale(first, last, canvas.right)
    lanes = _lanes(rows)
    pitch = min(NAME_ROOM + THICKEST_BAR + 4, (canvas.bottom - NOW_ROOM) / max(len(lanes), 1))
    top = (canvas.bottom - NOW_ROOM - pitch * len(lanes)) / 2
    for index, lane in enumerate(lanes):
        _draw_lane(canvas, lane, days, as_of, top + index * pitch, pitch - NAME_ROOM - 4)
    x = min(max(days.x(as_of, is_end=True), 8), canvas.right - 8)
    _draw_now(canvas, x, top + pitch * len(lanes) + 10, _now_words(as_of, start, end))
    return canvas.figure()
