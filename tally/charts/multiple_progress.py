"""Are the multiples on their way? Value against where it should stand, from base to target (C8)."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tally import words
from tally.charts.canvas import Canvas

HEAD = 38
TALLEST_ROW = 112
BAR_LEFT, BAR_RIGHT_ROOM = 250, 330
ON_PATH = 1.0 - 1e-9


def pace_state(row: dict[Any, Any]) -> str:
    """Return how a multiple stands: on its path, up to 5 % below it, further, or not published."""
    if words.is_missing(row["pace_share"]):
        return "unreported"
    if row["pace_share"] >= ON_PATH:
        return "normal"
    return "soon" if row["pace_share"] >= 0.95 else "overdue"


def _draw_row(canvas: Canvas, row: dict[Any, Any], y: float) -> None:
    tokens, state = canvas.tokens, pace_state(row)
    colors, unit = tokens.states[state], words.text(row["unit_of_measure"])
    canvas.text(2, y - 12, str(row["name"]), size=20, weight=700, room=BAR_LEFT - 10)
    aim = f"{words.amount(row['base_value'])} → {words.amount(row['target_value'])} {unit}"
    canvas.text(2, y + 14, aim, color=tokens.muted, room=BAR_LEFT - 10)
    left, right = BAR_LEFT, canvas.right - BAR_RIGHT_ROOM
    canvas.box(left, y - 11, right, y + 11, tokens.bg2)
    span = max(row["target_value"], 1e-9)
    if not words.is_missing(row["value"]):
        end = left + min(row["value"] / span, 1) * (right - left)
        canvas.box(left, y - 11, end, y + 11, tokens.bar if state == "normal" else colors.fill)
        tick = left + min(row["expected_value"] / span, 1) * (right - left)
        canvas.rule(tick, y - 20, tick, y + 20, tokens.text, width=3, is_on_top=True)
    said = f"{words.STATES[state].shape} {words.amount(row['value'])}"
    note = f"应达 {words.amount(row['expected_value'])}"
    if state == "unreported":
        said, note = "○ 未公布", ""
    canvas.text(right + 170, y, said, size=22, weight=700, anchor="right", color=colors.text)
    canvas.text(canvas.right - 2, y, note, size=17, anchor="right", color=tokens.muted)


def multiple_progress(
    multiples: pd.DataFrame,
    *,
    theme: str,
    chosen: str = "",
    width: float = 1085,
    height: float = 640,
    scale: float = 1.0,
) -> go.Figure:
    """Draw rows of `multiple_progress`; customdata is (name,)."""
    canvas = Canvas(theme, width, height, scale)
    rows = multiples.to_dict("records")
    if not rows:
        canvas.notice("方案没有倍增目标")
        return canvas.figure()
    muted = canvas.tokens.muted
    canvas.text(2, HEAD / 2 - 3, "倍增目标（基数 → 目标）", color=muted)
    canvas.text(BAR_LEFT, HEAD / 2 - 3, "竖线为同期应达", color=muted)
    pitch = min(TALLEST_ROW, (canvas.bottom - HEAD) / len(rows))
    areas = []
    for index, row in enumerate(rows):
        top = HEAD + index * pitch
        if row["name"] == chosen:
            canvas.box(0, top, canvas.right, top + pitch - 4, border=canvas.tokens.primary)
        _draw_row(canvas, row, top + pitch / 2 - 2)
        canvas.rule(0, top + pitch - 2, canvas.right, top + pitch - 2, canvas.tokens.grid)
        areas.append(
            ((0.0, top, canvas.right, top + pitch), (row["name"],), f"{row['name']}：点开看轨迹")
        )
    canvas.targets(areas)
    return canvas.figure()
