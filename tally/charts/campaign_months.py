"""Does the backlog burn down to zero as planned, and what came in and went out? (B1, B3)"""

import math
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tally import words
from tally.charts.canvas import Canvas
from tally.charts.drawn import drawn_once

LEFT = 62
RIGHT = 92
UPPER_SHARE = 0.52
LABEL_ROOM = 20
MONTH_ROOM = 26
WIDEST_BAR = 40
CLOSEST_LABELS = 46


@dataclass(frozen=True)
class _Band:
    """A strip of the figure: `zero` is the px of value 0, one item is `per_item` px."""

    zero: float
    per_item: float

    def y(self, value: float) -> float:
        """Return the px height of a value."""
        return self.zero - value * self.per_item


def _known(value: float | None) -> bool:
    return not words.is_missing(value)


def _xs(canvas: Canvas, many: int) -> list[float]:
    if many == 1:
        return [(LEFT + canvas.right - RIGHT) / 2]
    step = (canvas.right - LEFT - RIGHT) / (many - 1)
    return [LEFT + index * step for index in range(many)]


def _burn_down_band(canvas: Canvas, rows: list[dict[str, Any]]) -> _Band:
    top, zero = 34, canvas.bottom * UPPER_SHARE
    heights = [row[key] for row in rows for key in ("remaining_count", "planned_remaining_count")]
    return _Band(zero, (zero - top) / max([1, *(value for value in heights if _known(value))]))


def _labelled(reported: list[int], step: float, room: float) -> set[int]:
    """Return which months carry their number: every n-th from the last, `room` px apart."""
    every = max(1, math.ceil(room / step)) if step else 1
    return set(reported[::-1][::every])


def _draw_plan(canvas: Canvas, rows: list[dict[str, Any]], xs: list[float], band: _Band) -> None:
    muted = canvas.tokens.muted
    plan = [row["planned_remaining_count"] for row in rows]
    heights = [band.y(value) if _known(value) else None for value in plan]
    canvas.line(list(zip(xs, heights, strict=True)), muted, width=1.5, dash="6px,5px", name="plan")
    if _known(plan[-1]) and not _known(rows[-1]["remaining_count"]):
        end = "清零" if plan[-1] == 0 else f"计划 {words.count(plan[-1])}"
        canvas.text(xs[-1] + 6, band.y(plan[-1]) - 12, end, color=muted, room=RIGHT - 6)


def _is_ahead(row: dict[str, Any]) -> bool:
    planned = row["planned_remaining_count"]
    return _known(planned) and row["remaining_count"] < planned


def _is_late(row: dict[str, Any]) -> bool:
    planned = row["planned_remaining_count"]
    return _known(planned) and row["remaining_count"] > planned


def _draw_remaining(
    canvas: Canvas, rows: list[dict[str, Any]], xs: list[float], band: _Band
) -> None:
    reported = [index for index, row in enumerate(rows) if _known(row["remaining_count"])]
    if not reported:
        return
    last = reported[-1]
    is_late = _is_late(rows[last])
    color = canvas.tokens.states["overdue"].fill if is_late else canvas.tokens.bar
    points = [(xs[index], band.y(rows[index]["remaining_count"])) for index in reported]
    canvas.line(points, color, width=4, name="remaining")
    canvas.dots(points, color, size=11, name="remaining")
    step = xs[1] - xs[0] if len(xs) > 1 else 0
    for index in sorted(_labelled(reported, step, CLOSEST_LABELS) - {last}):
        # The line falls to the right, so above right and below left are free.
        side = -1 if _is_ahead(rows[index]) else 1
        canvas.text(
            xs[index] + side * 8,
            band.y(rows[index]["remaining_count"]) - side * 18,
            words.count(rows[index]["remaining_count"]),
            size=17,
            weight=700,
            anchor="center",
        )
    _label_last(canvas, rows[last], xs[last], band)


def _label_last(canvas: Canvas, row: dict[str, Any], x: float, band: _Band) -> None:
    """Name both lines at the last reported month, each on the side the other is not."""
    muted = canvas.tokens.muted
    remaining, planned = row["remaining_count"], row["planned_remaining_count"]
    note = f"{words.count(remaining)} 剩余"
    y = band.y(remaining)
    if not _is_ahead(row):
        color = canvas.tokens.states["overdue"].text if _is_late(row) else canvas.tokens.text
        room = canvas.right - x - 11
        canvas.text(x + 11, y - 8, note, size=19, weight=700, color=color, room=room)
        plan_y = max(band.y(planned), y + 8) + 14 if _is_late(row) else band.zero
        if plan_y + 10 < band.zero:
            plan_note = f"计划 {words.count(planned)}"
            canvas.text(x - 6, plan_y, plan_note, anchor="right", color=muted, room=x - 6)
        return
    has_room = band.zero - y > 34
    canvas.text(
        x - 8 if has_room else x,
        y + 18 if has_room else band.zero + 15,
        note,
        size=19,
        weight=700,
        anchor="center",
        room=2 * min(x, canvas.right - x),
    )
    canvas.text(x + 10, band.y(planned) - 14, f"计划 {words.count(planned)}", color=muted)


def _flow_band(canvas: Canvas, rows: list[dict[str, Any]]) -> _Band:
    top = canvas.bottom * UPPER_SHARE + 30 + LABEL_ROOM
    bottom = canvas.bottom - MONTH_ROOM - LABEL_ROOM
    most_in, most_out = (
        max([0, *(row[key] for row in rows if _known(row[key]))])
        for key in ("in_count", "out_count")
    )
    per_item = (bottom - top) / max(most_in + most_out, 1)
    return _Band(top + most_in * per_item, per_item)


def _draw_flows(canvas: Canvas, rows: list[dict[str, Any]], xs: list[float]) -> None:
    tokens, band = canvas.tokens, _flow_band(canvas, rows)
    step = xs[1] - xs[0] if len(xs) > 1 else 0
    half = min(WIDEST_BAR, step / 2 or WIDEST_BAR) / 2
    canvas.rule(0, band.zero, canvas.right, band.zero, tokens.line)
    canvas.text(0, band.zero - 14, "新增", color=tokens.muted)
    canvas.text(0, band.zero + 14, "销号", color=tokens.muted)
    for key, sign, fill in (("in_count", 1, tokens.nonefill), ("out_count", -1, tokens.bar)):
        known = [index for index, row in enumerate(rows) if _known(row[key])]
        numbers = {index: words.count(rows[index][key]) for index in known}
        widest = max((words.width_em(number) * 15 for number in numbers.values()), default=0)
        labelled = _labelled(known, step, widest + 4)
        for index, number in numbers.items():
            x, y = xs[index], band.y(sign * rows[index][key])
            canvas.box(x - half, min(y, band.zero), x + half, max(y, band.zero), fill)
            if index in labelled:
                canvas.text(x, y - sign * 12, number, anchor="center", color=tokens.muted)


def _draw_months(canvas: Canvas, rows: list[dict[str, Any]], xs: list[float]) -> None:
    step = xs[1] - xs[0] if len(xs) > 1 else CLOSEST_LABELS
    every = 1 if step >= 40 else 2 if step >= 20 else 3
    for row, x in list(zip(rows, xs, strict=True))[::every]:
        canvas.text(
            x,
            canvas.bottom - 11,
            words.month(row["month"]),
            anchor="center",
            color=canvas.tokens.muted,
        )


@drawn_once
def campaign_months(
    months: pd.DataFrame,
    *,
    theme: str,
    width: float = 481,
    height: float = 444,
    scale: float = 1.0,
) -> go.Figure:
    """Draw rows of `campaign_months`: remaining against plan above, in and out per month below."""
    canvas = Canvas(theme, width, height, scale)
    rows = months.sort_values("month").to_dict("records")
    if not rows:
        canvas.notice("还没有月份")
        return canvas.figure()
    xs = _xs(canvas, len(rows))
    band = _burn_down_band(canvas, rows)
    canvas.rule(0, band.zero, canvas.right, band.zero, canvas.tokens.line)
    _draw_plan(canvas, rows, xs, band)
    _draw_remaining(canvas, rows, xs, band)
    _draw_flows(canvas, rows, xs)
    _draw_months(canvas, rows, xs)
    return canvas.figure()
