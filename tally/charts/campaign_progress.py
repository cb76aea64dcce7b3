"""How far is each dimension against the schedule? Bars against a tick, worst first (A1, B3)."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tally import words
from tally.charts.canvas import Canvas
from tally.charts.drawn import drawn_once
from tally.charts.theme import NAME_TEXT

NAME_ROOM = 126
VALUE_ROOM = 84
STATE_ROOM = 112
TALLEST_ROW = 88
LOWEST_ROW = 48
TICK_WIDTH = 3


def _bar_color(canvas: Canvas, state: str) -> str:
    states = canvas.tokens.states
    return states[state].fill if state in ("overdue", "soon") else canvas.tokens.bar


def _draw_bar(canvas: Canvas, row: dict[str, Any], y: float, pitch: float, state: str) -> None:
    left, right = NAME_ROOM + 4, canvas.right - VALUE_ROOM - STATE_ROOM
    half = 0.17 * pitch
    canvas.box(left, y - half, right, y + half, canvas.tokens.bg2)
    done = row["closed_of_all_share"]
    if not words.is_missing(done) and done > 0:
        end = left + min(done, 1.0) * (right - left)
        canvas.box(left, y - half, end, y + half, _bar_color(canvas, state))
    planned = row["schedule_share"]
    if not words.is_missing(planned):
        x = left + min(max(planned, 0.0), 1.0) * (right - left)
        reach = 0.3 * pitch
        canvas.rule(x, y - reach, x, y + reach, canvas.tokens.text, width=TICK_WIDTH)


def _draw_row(canvas: Canvas, row: dict[str, Any], y: float, pitch: float) -> None:
    tokens = canvas.tokens
    canvas.text(
        0, y - 11, words.text(row["dimension"]), size=NAME_TEXT, weight=700, room=NAME_ROOM - 6
    )
    if words.is_missing(row["closed_of_all_share"]):
        canvas.text(0, y + 12, words.NO_ITEMS, color=tokens.muted)
        return
    ratio = f"{words.ratio(row['closed_count'], row['item_count'])} 项"
    canvas.text(0, y + 12, ratio, color=tokens.muted, room=NAME_ROOM - 6)
    gap = words.schedule(row["gap_share"])
    # A gap that rounds to nothing reads 持平, so it must not carry the sign of lateness.
    state = "normal" if gap == "持平" else words.state_name(row["state"])
    _draw_bar(canvas, row, y, pitch, state)
    canvas.text(
        canvas.right - STATE_ROOM - 4,
        y,
        words.share(row["closed_of_all_share"]),
        size=19,
        weight=700,
        anchor="right",
    )
    canvas.text(
        canvas.right,
        y,
        f"{words.STATES[state].shape} {gap}",
        size=NAME_TEXT,
        weight=700,
        anchor="right",
        color=tokens.states[state].text,
        room=STATE_ROOM - 8,
    )


@drawn_once
def campaign_progress(
    dimension_rows: pd.DataFrame,
    *,
    theme: str,
    chosen: str = "",
    width: float = 573,
    height: float = 444,
    scale: float = 1.0,
) -> go.Figure:
    """Draw rows of `campaign_progress`, the furthest behind first, as many as fit legibly.

    The bar is closed of all items, the tick where the schedule would have it. A row can be
    chosen; its customdata is (dimension,), and the `chosen` one is marked.
    """
    canvas = Canvas(theme, width, height, scale)
    if dimension_rows.empty:
        canvas.notice("没有事项")
        return canvas.figure()
    ordered = dimension_rows.sort_values("gap_share", na_position="last", kind="stable")
    room = int(canvas.bottom // LOWEST_ROW)
    left_out = len(ordered) - room + 1 if len(ordered) > room else 0
    rows = ordered.head(len(ordered) - left_out).to_dict("records")
    pitch = min(TALLEST_ROW, canvas.bottom / (len(rows) + (left_out > 0)))
    areas = []
    for index, row in enumerate(rows):
        top = index * pitch
        _draw_row(canvas, row, top + 0.5 * pitch, pitch)
        if index:
            canvas.rule(0, top, canvas.right, top, canvas.tokens.grid)
        area = (0.0, top, canvas.right, top + pitch)
        if row["dimension"] == chosen:
            canvas.mark(*area)
        if not words.is_missing(row["dimension"]):
            areas.append((area, (row["dimension"],), f"只看{row['dimension']}"))
    if left_out:
        note = f"另有 {left_out} 行较好，未列出"
        canvas.text(0, (len(rows) + 0.5) * pitch, note, color=canvas.tokens.muted)
    canvas.targets(areas)
    return canvas.figure()
