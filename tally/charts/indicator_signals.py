"""Is the change of one indicator real? Its points with control limits and signals (item 9)."""

import math
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tally import words
from tally.charts.canvas import SYMBOLS, Canvas
from tally.charts.spreading import spread

# As many as make the limits: an older outlier would flatten what is judged.
MOST_POINTS = 24
LEFT = 40
RIGHT = 170
TOP = 36
BELOW = 100
LINE_GAP = 22
LABEL_GAP = 130
MONTH_GAP = 78
KINDS = {
    "flow": "当期比上年同期增长",
    "stock": "比上年同期增长",
    "growth": "公布的同比增速",
    "level": "公布的数值",
}
LIMITS = (
    ("high_limit", "上限", "6px,5px"),
    ("mean", "均值", "solid"),
    ("low_limit", "下限", "6px,5px"),
)
# How a verdict is drawn: the state its colour comes from, its shape, its word.
MARKS = {
    "improved": ("normal", SYMBOLS["level"], "● 向好"),
    "worse": ("overdue", SYMBOLS["behind"], "■ 变差"),
}


def _number(row: dict[str, Any], value: float) -> str:
    if row["point_kind"] == "level":
        return words.amount(value, row["point_unit"])
    return words.growth(value / 100)


def _caption(rows: list[dict[str, Any]]) -> str:
    """Return unit, source, last month reported, and what is provisional."""
    newest = rows[-1]
    has_unit = not words.is_missing(newest["point_unit"])
    unit = f"单位 {newest['point_unit']}" if has_unit else ""
    publishers = dict.fromkeys(
        row["publisher"] for row in rows if not words.is_missing(row["publisher"])
    )
    provisional = sum(row["is_provisional"] for row in rows)
    parts = [
        KINDS[newest["point_kind"]],
        unit,
        f"最新 {words.year_month(newest['month'])}",
        f"▲初步 {provisional} 期（空心）" if provisional else "",
        # The longest stands last, where too narrow a panel cuts it.
        f"来源 {'、'.join(publishers) or '台账未注明'}",
    ]
    return " · ".join(part for part in parts if part)


def _rule(newest: dict[str, Any]) -> str:
    many = words.count(newest["point_count"])
    if newest["rule"] == "limits":
        return f"控制限：近 {many} 期均值 ± 2.66 × 平均移动极差"
    reach = words.amount(newest["threshold"])
    unit = "位" if newest["point_unit"] == "位" else "个百分点"
    return f"只有 {many} 期，不足 10 期不设控制限：与上年同期相差 {reach} {unit}起算变化"


def _xs(canvas: Canvas, rows: list[dict[str, Any]]) -> list[float]:
    """Return places in time: a missing month leaves its room empty."""
    months = [row["period_end_on"].year * 12 + row["period_end_on"].month for row in rows]
    room = canvas.right - LEFT - RIGHT
    length = months[-1] - months[0]
    if not length:
        return [LEFT + room / 2]
    return [LEFT + (month - months[0]) / length * room for month in months]


def _heights(canvas: Canvas, rows: list[dict[str, Any]]) -> Any:
    """Return the function from a value to its height in px; zero need not be shown."""
    values = [row[key] for row in rows for key in ("point", "low_limit", "high_limit")]
    known = [value for value in values if not words.is_missing(value)]
    low, high = min(known), max(known)
    reach = (high - low) or 1
    room = canvas.bottom - TOP - BELOW
    return lambda value: TOP + (high - value) / reach * room


def _draw_limits(canvas: Canvas, rows: list[dict[str, Any]], xs: list[float], y: Any) -> None:
    newest, muted = rows[-1], canvas.tokens.muted
    if words.is_missing(newest["mean"]):
        return
    start = next(x for x, row in zip(xs, rows, strict=True) if not words.is_missing(row["mean"]))
    for key, _, dash in LIMITS:
        height = y(newest[key])
        canvas.rule(start, height, xs[-1] + 8, height, muted, dash=dash)


def _draw_ends(canvas: Canvas, newest: dict[str, Any], x: float, y: Any) -> None:
    """Write at the right the limits and the newest point, moved apart where they would meet."""
    notes = [
        (y(newest[key]), f"{name} {_number(newest, newest[key])}", canvas.tokens.muted, 400)
        for key, name, _ in LIMITS
        if not words.is_missing(newest[key])
    ]
    text, color = _label(canvas, newest)
    notes.append((y(newest["point"]), text, color, 700))
    notes.sort()
    heights = [height for height, *_ in notes]
    places = spread(heights, LINE_GAP, TOP, canvas.bottom - BELOW)
    for (_, note, color, weight), place in zip(notes, places, strict=True):
        canvas.text(x + 18, place, note, color=color, weight=weight, size=16, room=RIGHT - 18)


def _draw_points(canvas: Canvas, rows: list[dict[str, Any]], xs: list[float], y: Any) -> None:
    points: list[tuple[float, float | None]] = []
    for x, row in zip(xs, rows, strict=True):
        # A line across a month that nobody published would show a figure that does not exist.
        if points and not row["is_next"]:
            points.append((x, None))
        points.append((x, y(row["point"])))
    canvas.line(points, canvas.tokens.bar, width=2.5, name="points")
    for x, row in zip(xs, rows, strict=True):
        state, symbol = _look(row)
        color = canvas.tokens.states[state].fill if state else canvas.tokens.bar
        shape = f"{symbol}-open" if row["is_provisional"] else symbol
        size = 13 if state else 8
        canvas.dots([(x, y(row["point"]))], color, size=size, symbol=shape, name=state or "held")


def _is_marked(row: dict[str, Any]) -> bool:
    """Say whether a point is told apart: a signal, or a change beyond the threshold."""
    return row["verdict"] in MARKS


def _look(row: dict[str, Any]) -> tuple[str, str]:
    return MARKS[row["verdict"]][:2] if _is_marked(row) else ("", SYMBOLS["level"])


def _label(canvas: Canvas, row: dict[str, Any]) -> tuple[str, str]:
    number = _number(row, row["point"])
    if not _is_marked(row):
        return f"最新 {number}", canvas.tokens.text
    state, _, word = MARKS[row["verdict"]]
    return f"{word} {number}", canvas.tokens.states[state].text


def _draw_labels(canvas: Canvas, rows: list[dict[str, Any]], xs: list[float], y: Any) -> None:
    """Name, from the newest back, the earlier signals there is room for."""
    middle, last = rows[-1]["mean"], math.inf
    for x, row in reversed(list(zip(xs, rows, strict=True))[:-1]):
        if not _is_marked(row) or last - x < LABEL_GAP:
            continue
        last = x
        side = -1 if words.is_missing(middle) or row["point"] >= middle else 1
        text, color = _label(canvas, row)
        half = words.width_em(text) * 8 + 4
        at = min(max(x, half), xs[-1] + 14 - half)
        canvas.text(
            at, y(row["point"]) + side * 18, text, size=16, weight=700, color=color, anchor="center"
        )


def _draw_months(canvas: Canvas, rows: list[dict[str, Any]], xs: list[float]) -> None:
    step = (xs[-1] - xs[0]) / max(len(xs) - 1, 1) or MONTH_GAP
    every = max(1, math.ceil(MONTH_GAP / step))
    placed: list[float] = []
    for x, row in list(zip(xs, rows, strict=True))[::-1][::every]:
        if placed and placed[-1] - x < MONTH_GAP:
            continue
        placed.append(x)
        at = canvas.bottom - BELOW + 44
        canvas.text(x, at, row["month"], anchor="center", color=canvas.tokens.muted)


def indicator_signals(
    rows: pd.DataFrame,
    *,
    theme: str,
    width: float = 900,
    height: float = 360,
    scale: float = 1.0,
) -> go.Figure:
    """Draw rows of `indicator_signals` of one indicator: the newest 24 points, limits, signals.

    A signal, or below ten points a change beyond the threshold, has its shape and word; what is
    provisional is hollow; where a month is missing the line breaks and its place stays empty.
    """
    canvas = Canvas(theme, width, height, scale)
    shown = rows.sort_values("period_end_on").tail(MOST_POINTS).to_dict("records")
    if not shown:
        canvas.notice("还没有可比的数：至少要有上年同期")
        return canvas.figure()
    xs, y = _xs(canvas, shown), _heights(canvas, shown)
    _draw_limits(canvas, shown, xs, y)
    _draw_points(canvas, shown, xs, y)
    _draw_labels(canvas, shown, xs, y)
    _draw_ends(canvas, shown[-1], xs[-1], y)
    _draw_months(canvas, shown, xs)
    muted = canvas.tokens.muted
    canvas.text(0, canvas.bottom - 32, _rule(shown[-1]), color=muted, room=canvas.right)
    canvas.text(0, canvas.bottom - 11, _caption(shown), color=muted, room=canvas.right)
    return canvas.figure()
