"""Who sent a list month by month: sent, late, missing, nothing to report, not yet due (B13)."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tally import words
from tally.charts.canvas import Canvas
from tally.charts.theme import NAME_TEXT

HEAD = 36
NAME_ROOM = 190
TALLEST_ROW = 46
LOWEST_ROW = 24
# Shape, state whose colour it takes, word.
LOOKS = {
    "sent": ("●", "normal", "按期"),
    "late": ("▲", "soon", "迟报"),
    "missing": ("■", "overdue", "未报"),
    "nil": ("●", "normal", "零报告"),
    "not yet due": ("○", "unreported", "未到期"),
}


def _draw_cell(canvas: Canvas, row: Mapping[str, Any], x: float, y: float, room: float) -> None:
    shape, state, word = LOOKS[row["status"]]
    said = f"{shape} {word}"
    came = words.day(row["came_on"]) if row["status"] in ("sent", "late", "nil") else ""
    came += "更新" if came and row["version"] > 1 else ""
    color = canvas.tokens.states[state].text
    is_plain = row["status"] == "sent"
    canvas.text(x, y, f"{shape} {came}" if is_plain else f"{said} {came}".strip(),
                color=color, weight=400 if is_plain else 700, room=room)  # fmt: skip


def submissions_due(
    owed: pd.DataFrame,
    *,
    theme: str,
    width: float = 1085,
    height: float = 690,
    scale: float = 1.0,
) -> go.Figure:
    """Draw rows of `submissions_due`: `name` down in the order met, months across.

    The day is that of the list in force, marked where it is not the first (更新). A month in
    which nothing was owed stays empty.
    """
    canvas = Canvas(theme, width, height, scale)
    if owed.empty:
        canvas.notice("没有要报的台账")
        return canvas.figure()
    names, months = list(dict.fromkeys(owed["name"])), sorted(set(owed["month"]))
    room = int((canvas.bottom - HEAD) // LOWEST_ROW)
    left_out = len(names) - room + 1 if len(names) > room else 0
    shown = names[: len(names) - left_out]
    pitch = min(TALLEST_ROW, (canvas.bottom - HEAD) / (len(shown) + (left_out > 0)))
    column = (canvas.right - NAME_ROOM) / len(months)
    for across, month in enumerate(months):
        x = NAME_ROOM + across * column
        canvas.text(x, HEAD / 2 - 2, words.month(month), color=canvas.tokens.muted)
    canvas.rule(0, HEAD - 4, canvas.right, HEAD - 4, canvas.tokens.grid)
    for down, name in enumerate(shown):
        y = HEAD + (down + 0.5) * pitch
        canvas.text(2, y - 2, name, size=NAME_TEXT, room=NAME_ROOM - 8)
        canvas.rule(0, y + pitch / 2 - 4, canvas.right, y + pitch / 2 - 4, canvas.tokens.grid)
        for row in owed[owed["name"] == name].to_dict("records"):
            x = NAME_ROOM + months.index(row["month"]) * column
            _draw_cell(canvas, row, x, y - 2, column - 8)
    if left_out:
        y = HEAD + (len(shown) + 0.5) * pitch
        canvas.text(2, y, f"另有 {left_out} 个未列出", color=canvas.tokens.muted)
    return canvas.figure()
