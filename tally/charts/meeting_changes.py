"""What changed since the last meeting, kind by kind, in letters that a room reads."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tally import words
from tally.charts.canvas import Canvas
from tally.meeting_words import CHANGES

COUNT_TEXT, LABEL_TEXT = 40, 30
NAME_TEXT = 26
TALLEST_ROW = 92
COUNT_RIGHT, LABEL_LEFT, NAMES_LEFT = 200.0, 218.0, 470.0


def cut(text: str, size: float, room: float) -> str:
    """Return a text that ends in an ellipsis where it is wider than `room` px; never smaller."""
    if words.width_em(text) * size <= room:
        return text
    while text and words.width_em(text + "…") * size > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def meeting_changes(
    counts: pd.DataFrame,
    *,
    theme: str,
    chosen: str | None = None,
    width: float = 1128,
    height: float = 690,
    scale: float = 1.0,
) -> go.Figure:
    """Draw rows of `meeting_change_counts`, worst first; a row can be chosen by its change."""
    canvas = Canvas(theme, width, height, scale)
    known = {row["change"]: row for row in counts.to_dict("records")}
    rows = [known[name] for name in CHANGES if name in known]
    if not rows:
        canvas.text(
            *(canvas.right / 2, canvas.bottom / 2, "没有变化"), size=LABEL_TEXT, anchor="center"
        )
        return canvas.figure()
    pitch = min(TALLEST_ROW, canvas.bottom / len(rows))
    targets = []
    for index, row in enumerate(rows):
        y = (index + 0.5) * pitch
        _draw_row(canvas, row, y)
        area = (0.0, index * pitch + 1, canvas.right, (index + 1) * pitch - 1)
        if chosen == row["change"]:
            canvas.box(*area, border=canvas.tokens.primary, border_width=2, is_on_top=True)
        elif index:
            canvas.rule(0, area[1], canvas.right, area[1], canvas.tokens.grid)
        targets.append((area, (row["change"],), spoken_change(row)))
    canvas.targets(targets)
    return canvas.figure()


def _draw_row(canvas: Canvas, row: dict[str, Any], y: float) -> None:
    change = CHANGES[row["change"]]
    color = canvas.tokens.states[change.state].text
    shape = words.STATES[change.state].shape
    canvas.text(12, y, shape, size=LABEL_TEXT, color=color)
    count = words.count(row["change_count"])
    canvas.text(COUNT_RIGHT, y, count, size=COUNT_TEXT, weight=700, anchor="right", color=color)
    canvas.text(LABEL_LEFT, y, f"{change.counted}{change.label}", size=LABEL_TEXT, weight=600)
    names = cut(named(row["units"]), NAME_TEXT, canvas.right - NAMES_LEFT - 12)
    canvas.text(NAMES_LEFT, y, names, size=NAME_TEXT, color=canvas.tokens.muted)


def named(units: Any) -> str:
    """Return the first units of a change, and how many there are beyond them."""
    return words.names(list(units), at_most=3) if len(units) else ""


def spoken_change(row: dict[str, Any]) -> str:
    """Return a kind of change as one says it."""
    change = CHANGES[row["change"]]
    count = words.count(row["change_count"], change.counted)
    whose = named(row["units"])
    return f"{change.label} {count}" + (f"：{whose}" if whose else "")
