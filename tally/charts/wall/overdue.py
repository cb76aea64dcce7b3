"""逾期热力 on the wall: units by deadline month, the worst on top (B4, E5)."""

from datetime import date

import pandas as pd
import plotly.graph_objects as go

from tally import words
from tally.charts.overdue_ageing import over_30
from tally.charts.overdue_grid import Column, Row, columns, worst_first
from tally.charts.overdue_table import unit_rows
from tally.charts.wall.rows import draw_empty, draw_right
from tally.charts.wall.sheet import NAME, NOTE, Area, Heading, Sheet
from tally.sentences import Verdict

NAME_ROOM, TOTAL_ROOM, CELL_GAP = 330, 330, 8
# Only steps on which text keeps a contrast of 7:1 in both themes, as a wall needs.
COUNT_STEPS, TOP_STEP = ((1, 1), (2, 2), (4, 3), (7, 8)), 9


def _step(count: int) -> int | None:
    if not count:
        return None
    return next((step for limit, step in COUNT_STEPS if count <= limit), TOP_STEP)


def _draw_cell(sheet: Sheet, area: Area, row: Row, at: int, column: Column) -> None:
    canvas, tokens, cell = sheet.canvas, sheet.canvas.tokens, row.cells[at]
    edges = area.left, area.top, area.right, area.bottom
    x, y = (area.left + area.right) / 2, (area.top + area.bottom) / 2
    if column.is_ahead:
        canvas.box(*edges, border=tokens.line, dash="dot")
        if cell.pending_count:
            said = f"待 {words.count(cell.pending_count)}"
            canvas.text(x, y, said, size=NOTE, color=tokens.muted, anchor="center")
        return
    if row.is_unreported(column):
        canvas.box(*edges, tokens.nonefill)
        canvas.text(x, y, words.UNREPORTED, size=NOTE, color=tokens.text, anchor="center")
        return
    step = _step(cell.overdue_count)
    canvas.box(*edges, tokens.bg if step is None else tokens.sequential[step], border=tokens.grid)
    color = tokens.muted if step is None else tokens.on_step(step)
    weight = 400 if step is None else 700
    said = words.count(cell.overdue_count)
    canvas.text(x, y, said, size=NAME, weight=weight, color=color, anchor="center")


def _draw_row(sheet: Sheet, area: Area, row: Row, spans: list[Column], step: float) -> None:
    canvas, y = sheet.canvas, (area.top + area.bottom) / 2
    canvas.text(area.left, y, row.unit, size=NAME, room=NAME_ROOM - 14)
    for index, column in enumerate(spans):
        left = area.left + NAME_ROOM + index * step
        cell = Area(left, area.top, left + step - CELL_GAP, area.bottom - CELL_GAP)
        _draw_cell(sheet, cell, row, index, column)
    state = "overdue" if over_30(row.ages) else "soon" if row.overdue_count else "normal"
    said = f"{words.STATES[state].shape} {words.count(row.overdue_count)}"
    color = sheet.state_text(state)
    draw_right(sheet, area.right - 190, y, said, size=40, weight=700, color=color)
    long = words.count(over_30(row.ages))
    draw_right(sheet, area.right, y, long, size=36, color=canvas.tokens.text)


def overdue(
    sheet: Sheet, heading: Heading, verdict: Verdict, *, cells: pd.DataFrame,
    ageing: pd.DataFrame, reporting: pd.DataFrame, as_of: date,
) -> go.Figure:  # fmt: skip
    """Draw rows of `overdue_by_unit`, `overdue_ageing` and `unit_reporting`, the worst first."""
    sheet.draw_heading(heading)
    sheet.draw_verdict(verdict)
    area = Area(sheet.main.left, sheet.main.top, sheet.main.right, sheet.canvas.bottom - 70)
    spans = columns(cells, as_of)
    rows = worst_first(unit_rows(cells, ageing, reporting, spans))
    if not rows:
        draw_empty(sheet, area, "没有单位")
        return sheet.figure()
    room = max(1, int((area.width - NAME_ROOM - TOTAL_ROOM) // 96))
    first = max(0, len(spans) - room)
    muted, step = (
        sheet.canvas.tokens.muted,
        (area.width - NAME_ROOM - TOTAL_ROOM) / min(room, len(spans)),
    )
    inner = Area(area.left, area.top + 66, area.right, area.bottom)
    y = area.top + 36
    for index, column in enumerate(spans[first:]):
        x = area.left + NAME_ROOM + index * step + (step - CELL_GAP) / 2
        sheet.canvas.text(x, y, column.title, size=NOTE, color=muted, anchor="center")
    draw_right(sheet, area.right - 190, y, "逾期", size=NOTE, color=muted)
    draw_right(sheet, area.right, y, "超 30 天", size=NOTE, color=muted)
    count, pitch = sheet.rows(inner, len(rows))
    for index, row in enumerate(rows[:count]):
        top = inner.top + index * pitch
        kept = Row(row.unit, row.cells[first:], row.ages, row.is_reported, row.has_items,
                   row.last_month)  # fmt: skip
        _draw_row(sheet, Area(area.left, top, area.right, top + pitch), kept, spans[first:], step)
    left_out = f"　另有 {len(rows) - count} 个单位较轻" if len(rows) > count else ""
    said = f"格中为逾期件数，按期限所在月份；白为 0，灰为未报，虚框待到期{left_out}"
    sheet.draw_left_out(area, sheet.canvas.bottom - 40, said)
    return sheet.figure()
