"""How many instructions stand in 布置, 跟踪, 督查 and 见效, and how many went on (D22)."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tally import words
from tally.charts.canvas import Area, Canvas
from tally.charts.theme import NAME_TEXT, NOTE_TEXT

LAST = "见效"
BETWEEN = 132
TITLE_Y, NUMBER_Y, NOTE_Y, WAY_Y = 22, 66, 108, 131
NUMBER_TEXT = 40
ARROW = 8


def instruction_flow(
    totals: pd.DataFrame,
    *,
    theme: str,
    chosen: str | None = None,
    width: float = 1120,
    height: float = 150,
    scale: float = 1.0,
) -> go.Figure:
    """Draw rows of `instruction_totals` as boxes with what passed between them.

    A box can be chosen by its stage; the chosen one has a border.
    """
    canvas = Canvas(theme, width, height, scale)
    rows = totals.to_dict("records")
    if not rows:
        canvas.notice("没有交办")
        return canvas.figure()
    box = (canvas.right - BETWEEN * (len(rows) - 1)) / len(rows)
    targets = []
    for index, row in enumerate(rows):
        left = index * (box + BETWEEN)
        area = (left, 1.0, left + box, canvas.bottom - 1)
        _draw_stage(canvas, row, area, is_chosen=row["stage"] == chosen)
        if row["stage"] != LAST:
            _draw_arrow(canvas, row, left + box)
        targets.append((area, (row["stage"],), _spoken(row)))
    canvas.targets(targets)
    return canvas.figure()


def _draw_stage(canvas: Canvas, row: Mapping[Any, Any], area: Area, *, is_chosen: bool) -> None:
    tokens = canvas.tokens
    border = tokens.primary if is_chosen else tokens.border
    canvas.box(*area, tokens.bg2, border=border, border_width=3 if is_chosen else 1)
    left, _, right, _ = area
    middle, room = (left + right) / 2, right - left - 12
    is_last = row["stage"] == LAST
    canvas.text(middle, TITLE_Y, row["stage"], size=NAME_TEXT, weight=700, anchor="center")
    number = words.count(row["standing_count"], "件")
    canvas.text(middle, NUMBER_Y, number, size=NUMBER_TEXT, weight=700, anchor="center", room=room)
    state = ("soon" if is_last else "overdue") if row["overdue_count"] else "normal"
    note = _note(row)
    color = tokens.states[state].text if row["standing_count"] else tokens.muted
    canvas.text(middle, NOTE_Y, note, weight=600, color=color, anchor="center", room=room)
    if is_last and (taken := _median(row)):
        canvas.text(middle, WAY_Y, f"全程{taken}", color=tokens.muted, anchor="center", room=room)


def _note(row: Mapping[Any, Any]) -> str:
    """Say how many of a stage are past their day; of 见效 those that came late."""
    late = words.count(row["overdue_count"], "件")
    if not row["standing_count"]:
        return "没有停在这里的"
    if row["stage"] == LAST:
        return f"▲ 迟 {late}" if row["overdue_count"] else "● 都按期"
    return f"■ 逾期 {late}" if row["overdue_count"] else "● 无逾期"


def _median(row: Mapping[Any, Any]) -> str:
    taken = row["working_days_median"]
    return "" if words.is_missing(taken) else f"中位 {words.amount(taken)} 日"


def _draw_arrow(canvas: Canvas, row: Mapping[Any, Any], left: float) -> None:
    """Draw the way to the next stage with how many took it, and how long it took them."""
    tokens = canvas.tokens
    start, end, y = left + 8, left + BETWEEN - 8, canvas.bottom / 2
    canvas.rule(start, y, end, y, tokens.line, width=2)
    for side in (-ARROW, ARROW):
        canvas.rule(end - ARROW, y + side, end, y, tokens.line, width=2)
    middle, room = left + BETWEEN / 2, BETWEEN - 8
    passed = f"已过 {words.count(row['passed_count'], '件')}"
    canvas.text(middle, y - 18, passed, anchor="center", weight=600, room=room)
    if taken := _median(row):
        canvas.text(
            middle, y + 20, taken, size=NOTE_TEXT - 1, color=tokens.muted, anchor="center",
            room=room,
        )  # fmt: skip


def _spoken(row: Mapping[Any, Any]) -> str:
    return f"{row['stage']} {words.count(row['standing_count'], '件')}，{_note(row)}"
