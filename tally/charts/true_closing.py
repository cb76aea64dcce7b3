"""How much of what units report closed was found truly closed, and how sure is that? (B4, B5)"""

import math
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tally import words
from tally.charts.canvas import SYMBOLS, Canvas

HEAD = 40
FOOT = 24
TALLEST_ROW = 64
LOWEST_ROW = 34
NARROW_PX = 800
OVERALL = "全部（加权）"
UNCHECKED = "○ 未核查"


@dataclass(frozen=True)
class _Columns:
    """Where the columns stand in desk px: from the left, the last two from the right."""

    name_room: float
    stock: float
    found: float
    axis: float
    axis_end: float
    share: float


WIDE = _Columns(196, 262, 366, 396, 200, 100)
NARROW = _Columns(128, 170, 242, 262, 150, 46)


@dataclass(frozen=True)
class _Sheet:
    """A canvas with its columns; shares run from `low` to 1 on the axis."""

    canvas: Canvas
    columns: _Columns
    low: float

    def x(self, value: float) -> float:
        """Return the px of a share."""
        left, right = self.columns.axis, self.canvas.right - self.columns.axis_end
        return left + (max(value, self.low) - self.low) / (1 - self.low) * (right - left)


def _axis_low(rows: list[dict[str, Any]]) -> float:
    bounds = [row["share_low"] for row in rows if not words.is_missing(row["share_low"])]
    return min(0.8, math.floor(min(bounds, default=0.0) * 5 + 1e-9) / 5)


def _draw_head(sheet: _Sheet, bottom: float) -> None:
    canvas, columns, y = sheet.canvas, sheet.columns, HEAD / 2 - 2
    muted = canvas.tokens.muted
    canvas.text(2, y, "单位", color=muted)
    canvas.text(columns.stock, y, "存量", color=muted, anchor="right")
    canvas.text(columns.found, y, "属实/核查", color=muted, anchor="right")
    canvas.text(canvas.right - columns.share, y, "真销号率", color=muted, anchor="right")
    canvas.text(canvas.right - 2, y, "不实", color=muted, anchor="right")
    steps = range(round(sheet.low * 5), 6)
    every = 1 if columns is WIDE else len(steps) - 1
    for step in steps:
        x = sheet.x(step / 5)
        canvas.rule(x, HEAD - 4, x, bottom, canvas.tokens.grid)
        if (steps[-1] - step) % every == 0:
            canvas.text(x, y, f"{step * 20}%", color=muted, anchor="center")
    canvas.rule(0, HEAD - 4, canvas.right, HEAD - 4, canvas.tokens.grid)


def _draw_share(sheet: _Sheet, row: dict[str, Any], y: float, pitch: float) -> None:
    canvas, is_failed = sheet.canvas, row["false_count"] > 0
    fill = canvas.tokens.states["overdue" if is_failed else "verified"].fill
    half = min(0.08 * pitch, 6)
    x0, x1 = (sheet.x(row[bound]) for bound in ("share_low", "share_high"))
    canvas.box(x0, y - half, x1, y + half, fill, opacity=0.38)
    symbol = SYMBOLS["behind"] if is_failed else "diamond"
    point = (sheet.x(row["true_share"]), y)
    canvas.dots([point], fill, size=16, symbol=symbol, name=row["name"])


def _draw_row(sheet: _Sheet, row: dict[str, Any], y: float, pitch: float) -> None:
    canvas, columns, is_failed = sheet.canvas, sheet.columns, row["false_count"] > 0
    tokens = canvas.tokens
    color = tokens.states["overdue"].text if is_failed else tokens.text
    canvas.text(2, y, row["name"], size=17, weight=700, color=color, room=columns.name_room)
    canvas.text(columns.stock, y, words.count(row["stock_count"]), size=17, anchor="right")
    found = words.ratio(row["true_count"], row["checked_count"])
    canvas.text(columns.found, y, found, size=17, color=tokens.muted, anchor="right", room=72)
    if not row["checked_count"]:
        canvas.text(columns.axis, y, UNCHECKED, color=tokens.muted)
        return
    _draw_share(sheet, row, y, pitch)
    share, x = words.share(row["true_share"]), canvas.right - columns.share
    canvas.text(x, y, share, size=19, weight=700, anchor="right", color=color)
    failed = f"■ {words.count(row['false_count'])}" if is_failed else "0"
    canvas.text(canvas.right - 2, y, failed, size=17, weight=700, anchor="right", color=color)


def true_closing(
    results: pd.DataFrame,
    *,
    theme: str,
    width: float = 1040,
    height: float = 690,
    scale: float = 1.0,
) -> go.Figure:
    """Draw rows of `verification_results`: overall first, then units, the lowest share on top.

    Each row holds the stock that the checks stand for, found true of the checked, the share with
    its 95 % interval, and how many were found false. A row can be chosen: its customdata is
    (unit,).
    """
    canvas = Canvas(theme, width, height, scale)
    rows = results.sort_values("is_overall", ascending=False, kind="stable").to_dict("records")
    if not rows:
        canvas.notice("没有自报销号的事项")
        return canvas.figure()
    room = int((canvas.bottom - HEAD - FOOT) // LOWEST_ROW)
    left_out, rows = max(0, len(rows) - room), rows[:room]
    pitch = min(TALLEST_ROW, (canvas.bottom - HEAD - FOOT) / len(rows))
    sheet = _Sheet(canvas, WIDE if canvas.right >= NARROW_PX else NARROW, _axis_low(rows))
    _draw_head(sheet, HEAD + pitch * len(rows))
    areas = []
    for index, row in enumerate(rows):
        y = HEAD + (index + 0.5) * pitch
        named = row | {"name": OVERALL if row["is_overall"] else row["unit"]}
        _draw_row(sheet, named, y, pitch)
        line = canvas.tokens.line if row["is_overall"] else canvas.tokens.grid
        canvas.rule(0, y + pitch / 2, canvas.right, y + pitch / 2, line)
        if not row["is_overall"]:
            interval = words.interval(row["share_low"], row["share_high"])
            area = (0.0, y - pitch / 2, canvas.right, y + pitch / 2)
            areas.append((area, (row["unit"],), f"{row['unit']}：95% 区间 {interval}"))
    canvas.targets(areas)
    if left_out:
        canvas.text(2, canvas.bottom - 10, f"另有 {left_out} 行未列出", color=canvas.tokens.muted)
    return canvas.figure()
