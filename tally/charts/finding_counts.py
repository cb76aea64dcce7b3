"""Whose findings are open, how many of them new, how grave: by unit, leader or consequence."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tally import words
from tally.charts.canvas import Canvas
from tally.charts.theme import NAME_TEXT, NOTE_TEXT
from tally.finding_words import LEVEL_COLORS, LEVELS

HEAD = 30
TALLEST_ROW, LOWEST_ROW = 44, 27
NAME_ROOM = 168
BAR_LEFT = 180
NUMBERS = (("新增", "new_count", 116), ("未签收", "untaken_count", 58), ("最久", "oldest_days", 0))
NUMBERS_ROOM = 176
NOBODY = "（没有责任单位）"


def _draw_row(canvas: Canvas, row: dict[str, Any], y: float, half: float, most: int) -> None:
    tokens = canvas.tokens
    name = NOBODY if words.is_missing(row["name"]) else str(row["name"])
    canvas.text(NAME_ROOM, y, name, size=NAME_TEXT, weight=600, anchor="right", room=NAME_ROOM)
    step = (canvas.right - NUMBERS_ROOM - BAR_LEFT - 40) / max(most, 1)
    left = float(BAR_LEFT)
    for level, color in LEVEL_COLORS.items():
        count = row[f"{level}_count"]
        if count:
            look = tokens.states[color]
            canvas.box(left, y - half, left + count * step, y + half, look.fill)
            left += count * step
    canvas.text(left + 6, y, words.count(row["open_count"]), size=NAME_TEXT, weight=700)
    for _, column, room in NUMBERS:
        value = row[column]
        is_bad = column == "new_count" and value
        color = tokens.states["overdue"].text if is_bad else tokens.text if value else tokens.faint
        canvas.text(canvas.right - room, y, words.count(value), anchor="right", color=color)


def finding_counts(
    counts: pd.DataFrame,
    *,
    theme: str,
    chosen: str | None = None,
    width: float = 622,
    height: float = 320,
    scale: float = 1.0,
) -> go.Figure:
    """Draw rows of `finding_counts`: open findings by level; a row can be chosen by its name."""
    canvas = Canvas(theme, width, height, scale)
    rows = counts[counts["open_count"] > 0].to_dict("records")
    if not rows:
        canvas.notice("没有要办的预警")
        return canvas.figure()
    _draw_heads(canvas)
    room = int((canvas.bottom - HEAD) // LOWEST_ROW)
    shown = rows if len(rows) <= room else rows[: room - 1]
    pitch = min(TALLEST_ROW, (canvas.bottom - HEAD) / max(len(shown) + (len(rows) > room), 1))
    most = max(row["open_count"] for row in rows)
    targets = []
    for index, row in enumerate(shown):
        y = HEAD + (index + 0.5) * pitch
        _draw_row(canvas, row, y, 0.26 * pitch, most)
        area = (0.0, y - pitch / 2, canvas.right, y + pitch / 2)
        name = "" if words.is_missing(row["name"]) else str(row["name"])
        if chosen == name:
            canvas.box(*area, border=canvas.tokens.primary, border_width=2, is_on_top=True)
        targets.append((area, (name,), _spoken(row)))
    if len(rows) > room:
        rest = f"另有 {len(rows) - len(shown)} 个未列出"
        canvas.text(BAR_LEFT, HEAD + (len(shown) + 0.5) * pitch, rest, color=canvas.tokens.muted)
    canvas.targets(targets)
    return canvas.figure()


def _draw_heads(canvas: Canvas) -> None:
    x = float(BAR_LEFT)
    for level, state in LEVELS.items():
        color = canvas.tokens.states[LEVEL_COLORS[level]].text
        canvas.text(x, HEAD / 2 - 3, state.label, color=color, size=NOTE_TEXT)
        x += 26 + words.width_em(state.label) * NOTE_TEXT
    for title, _, room in NUMBERS:
        muted = canvas.tokens.muted
        canvas.text(canvas.right - room, HEAD / 2 - 3, title, anchor="right", color=muted)


def _spoken(row: dict[str, Any]) -> str:
    levels = "，".join(
        f"{state.word} {row[f'{level}_count']}"
        for level, state in LEVELS.items()
        if row[f"{level}_count"]
    )
    return f"{row['name']}：{levels}，最久 {words.days(row['oldest_days'])}"
