"""Which units closed the largest share of what was due, and is the difference real? (B2, E1)"""

import math
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tally import words
from tally.charts.canvas import SYMBOLS, Canvas
from tally.charts.drawn import drawn_once

HEAD = 40
FOOT = 34
TALLEST_ROW = 92
NAME_LEFT = 104
RATIO_RIGHT = 375
AXIS_LEFT = 405
AXIS_RIGHT_ROOM = 236
SHARE_RIGHT_ROOM = 118
TWO_LINE_ROW = 52


@dataclass(frozen=True)
class _Axis:
    """Shares to px, from `low` to 1."""

    left: float
    right: float
    low: float

    def x(self, value: float) -> float:
        """Return the px of a share, held inside the axis."""
        held = min(max(value, self.low), 1.0)
        return self.left + (held - self.low) / (1 - self.low) * (self.right - self.left)


def _axis(canvas: Canvas, rows: list[dict[str, Any]]) -> _Axis:
    """Return an axis from the lowest bound, rounded down to twenties of a hundred."""
    bounds = [row["share_low"] for row in rows if not words.is_missing(row["share_low"])]
    lowest = min([*bounds, *(row["closed_share"] for row in rows)])
    low = min(0.8, math.floor(lowest * 5 + 1e-9) / 5)
    return _Axis(AXIS_LEFT, canvas.right - AXIS_RIGHT_ROOM, low)


def _draw_head(canvas: Canvas, axis: _Axis, bottom: float) -> None:
    muted, y = canvas.tokens.muted, HEAD / 2 - 2
    canvas.text(2, y, "名次", color=muted)
    canvas.text(NAME_LEFT, y, "单位", color=muted)
    canvas.text(RATIO_RIGHT, y, "销号 / 到期", color=muted, anchor="right")
    canvas.text(canvas.right - SHARE_RIGHT_ROOM, y, "销号率", color=muted, anchor="right")
    canvas.text(canvas.right - 2, y, "较上月", color=muted, anchor="right")
    for step in range(round(axis.low * 5), 6):
        x = axis.x(step / 5)
        canvas.rule(x, HEAD - 4, x, bottom, canvas.tokens.grid)
        canvas.text(x, y, f"{step * 20}%", color=muted, anchor="center")
    canvas.rule(0, HEAD - 4, canvas.right, HEAD - 4, canvas.tokens.grid)


def _draw_league(canvas: Canvas, axis: _Axis, league_share: float | None, bottom: float) -> None:
    if words.is_missing(league_share):
        return
    x = axis.x(league_share)
    note = f"全部单位 {words.share(league_share)}"
    half = words.width_em(note) * 7.5
    canvas.rule(x, HEAD - 4, x, bottom + 8, canvas.tokens.text, width=2, dash="2px,3px")
    canvas.text(min(x, canvas.right - half), bottom + 20, note, anchor="center")


def _draw_share(canvas: Canvas, row: dict[str, Any], axis: _Axis, y: float, pitch: float) -> None:
    level = "level" if words.is_missing(row["state"]) else row["state"]
    states = canvas.tokens.states
    fill = states["closed" if level == "level" else words.state_name(level)].fill
    if not words.is_missing(row["share_low"]):
        half = min(0.07 * pitch, 6)
        x0, x1 = axis.x(row["share_low"]), axis.x(row["share_high"])
        canvas.box(x0, y - half, x1, y + half, fill, opacity=0.38)
    size = 22 if level == "low" else 18
    canvas.dots(
        [(axis.x(row["closed_share"]), y)], fill, size=size, symbol=SYMBOLS[level], name=row["unit"]
    )


def _draw_row(canvas: Canvas, row: dict[str, Any], axis: _Axis, y: float, pitch: float) -> None:
    tokens = canvas.tokens
    state = words.state_name(row["state"])
    color = tokens.states[state].text if state in ("overdue", "soon") else tokens.text
    canvas.text(
        2, y, words.rank(row["rank"], bool(row["is_tied"])), size=20, weight=700, color=color,
        room=NAME_LEFT - 8,
    )  # fmt: skip
    is_unreported = not row["is_reported"]
    has_second_line = is_unreported and pitch >= TWO_LINE_ROW
    canvas.text(
        NAME_LEFT, y - (11 if has_second_line else 0), row["unit"], size=20, weight=700,
        color=color, room=RATIO_RIGHT - NAME_LEFT - 88,
    )  # fmt: skip
    if has_second_line:
        canvas.text(NAME_LEFT, y + 13, "○ 本月未报", color=tokens.muted)
    ratio = words.ratio(row["closed_due_count"], row["due_count"])
    canvas.text(RATIO_RIGHT, y, ratio, size=18, color=tokens.muted, anchor="right", room=86)
    _draw_share(canvas, row, axis, y, pitch)
    canvas.text(
        canvas.right - SHARE_RIGHT_ROOM, y, words.share(row["closed_share"]), size=22, weight=700,
        anchor="right", color=color,
    )  # fmt: skip
    canvas.text(canvas.right - 2, y, row["change"], size=18, color=tokens.muted, anchor="right")


def _rows(ranking: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the ranked rows, best first; in a first month nobody is new, so no change is said."""
    ranked = ranking[ranking["rank"].notna()].sort_values(["rank", "unit"], kind="stable")
    is_first_month = bool(ranked["rank_change"].isna().all())
    return [
        {**row, "change": words.EMPTY if is_first_month else words.rank_change(row["rank_change"])}
        for row in ranked.to_dict("records")
    ]


@drawn_once
def unit_ranking(
    ranking: pd.DataFrame,
    *,
    theme: str,
    chosen: str = "",
    width: float = 1085,
    height: float = 690,
    scale: float = 1.0,
) -> go.Figure:
    """Draw the ranked rows of `unit_ranking` of one league: point, Wilson interval, n / N, rate.

    Rows without a rank are left to the table of small samples. A row can be
    chosen; its customdata is (unit,), and the `chosen` one is marked.
    """
    canvas = Canvas(theme, width, height, scale)
    rows = _rows(ranking)
    if not rows:
        canvas.notice("没有单位参与排名")
        return canvas.figure()
    pitch = min(TALLEST_ROW, (canvas.bottom - HEAD - FOOT) / len(rows))
    bottom = HEAD + pitch * len(rows)
    axis = _axis(canvas, rows)
    _draw_head(canvas, axis, bottom)
    _draw_league(canvas, axis, rows[0]["league_share"], bottom)
    areas = []
    for index, row in enumerate(rows):
        y = HEAD + (index + 0.5) * pitch
        _draw_row(canvas, row, axis, y, pitch)
        canvas.rule(0, y + pitch / 2, canvas.right, y + pitch / 2, canvas.tokens.grid)
        interval = words.interval(row["share_low"], row["share_high"])
        area = (0.0, y - pitch / 2, canvas.right, y + pitch / 2)
        if row["unit"] == chosen:
            canvas.mark(*area)
        areas.append((area, (row["unit"],), f"{row['unit']}：95% 区间 {interval}"))
    canvas.targets(areas)
    return canvas.figure()
