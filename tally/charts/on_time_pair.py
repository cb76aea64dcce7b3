"""Is more on time only because deadlines were moved? Original against revised, per unit (B10)."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tally import words
from tally.charts.canvas import Canvas

HEAD = 40
FOOT = 30
TALLEST_ROW = 58
LOWEST_ROW = 32
NAME_ROOM = 180
AXIS_LEFT = 200
ORIGINAL_RIGHT_ROOM = 246
REVISED_RIGHT_ROOM = 92
AXIS_RIGHT_ROOM = 380


def _x(canvas: Canvas, value: float) -> float:
    return AXIS_LEFT + value * (canvas.right - AXIS_RIGHT_ROOM - AXIS_LEFT)


def _draw_head(canvas: Canvas, bottom: float) -> None:
    muted, y = canvas.tokens.muted, HEAD / 2 - 2
    canvas.text(2, y, "单位", color=muted)
    canvas.text(canvas.right - ORIGINAL_RIGHT_ROOM, y, "○ 原期限", color=muted, anchor="right")
    canvas.text(canvas.right - REVISED_RIGHT_ROOM, y, "● 现期限", color=muted, anchor="right")
    canvas.text(canvas.right - 2, y, "延期", color=muted, anchor="right")
    for step in range(6):
        x = _x(canvas, step / 5)
        canvas.rule(x, HEAD - 4, x, bottom, canvas.tokens.grid)
        canvas.text(x, y, f"{step * 20}%", color=muted, anchor="center")


def _draw_pair(canvas: Canvas, row: dict[str, Any], y: float) -> None:
    known = [
        _x(canvas, row[name])
        for name in ("original_on_time_share", "on_time_share")
        if not words.is_missing(row[name])
    ]
    if len(known) == 2:
        canvas.rule(known[0], y, known[1], y, canvas.tokens.bar, width=3)
    if not words.is_missing(row["original_on_time_share"]):
        point = [(_x(canvas, row["original_on_time_share"]), y)]
        canvas.dots(point, canvas.tokens.text, size=16, name="original")
        canvas.dots(point, canvas.tokens.bg, size=9, name="hollow")
    if not words.is_missing(row["on_time_share"]):
        moved = [(_x(canvas, row["on_time_share"]), y)]
        canvas.dots(moved, canvas.tokens.bar, size=12, name="revised")


def _draw_row(canvas: Canvas, row: dict[str, Any], y: float) -> None:
    muted = canvas.tokens.muted
    canvas.text(2, y, row["unit"], size=17, weight=700, room=NAME_ROOM)
    _draw_pair(canvas, row, y)
    for right, share, part, whole in (
        (ORIGINAL_RIGHT_ROOM, "original_on_time_share", "original_on_time_count",
         "original_due_count"),
        (REVISED_RIGHT_ROOM, "on_time_share", "on_time_count", "due_count"),
    ):  # fmt: skip
        x = canvas.right - right
        canvas.text(x, y, words.share(row[share]), size=17, weight=700, anchor="right")
        canvas.text(x - 74, y, words.ratio(row[part], row[whole]), color=muted, anchor="right")
    extended = row["extended_count"]
    word = f"▲ {words.count(extended)}" if extended else "0"
    color = canvas.tokens.states["soon"].text if extended else muted
    canvas.text(canvas.right - 2, y, word, size=17, weight=700, anchor="right", color=color)


def on_time_pair(
    shares: pd.DataFrame,
    *,
    theme: str,
    width: float = 860,
    height: float = 690,
    scale: float = 1.0,
) -> go.Figure:
    """Draw rows of `on_time_shares`, the largest gain by extension first, as many as fit."""
    canvas = Canvas(theme, width, height, scale)
    if shares.empty:
        canvas.notice("还没有到期的事项")
        return canvas.figure()
    gained = (shares["on_time_share"] - shares["original_on_time_share"]).fillna(0)
    ordered = shares.assign(gained=gained).sort_values(
        ["gained", "extended_count"], ascending=False, kind="stable"
    )
    room = int((canvas.bottom - HEAD - FOOT) // LOWEST_ROW)
    rows = ordered.head(room).to_dict("records")
    pitch = min(TALLEST_ROW, (canvas.bottom - HEAD - FOOT) / len(rows))
    _draw_head(canvas, HEAD + pitch * len(rows))
    for index, row in enumerate(rows):
        y = HEAD + (index + 0.5) * pitch
        _draw_row(canvas, row, y)
        canvas.rule(0, y + pitch / 2, canvas.right, y + pitch / 2, canvas.tokens.grid)
    if len(ordered) > room:
        note = f"另有 {len(ordered) - room} 个单位差别不大，未列出"
        canvas.text(2, canvas.bottom - 12, note, color=canvas.tokens.muted)
    return canvas.figure()
