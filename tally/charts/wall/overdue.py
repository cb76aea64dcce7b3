"""逾期热力 on the wall: units by deadline month, the worst on top (B4, E5)."""

from datetime import date

import pandas as pd
import plotly.graph_objects as go

from tally import words
from tally.charts.overdue_ageing import over_30
from tally.charts.overdue_grid import Column, Row, columns, fitting, worst_first
from tally.charts.overdue_table import unit_rows
from tally.charts.wall.rows import draw_empty, draw_right
from tally.charts.wall.sheet import NAME, NOTE, Area, Heading, Sheet
from tally.sentences import Verdict

NAME_ROOM, TOTAL_ROOM, COUNT_ROOM, LONG_ROOM = 330, 330, 140, 190
LEAST_STEP, CELL_GAP = 96, 8
LOOKS = "格中为逾期件数，按期限所在月份；白为 0，灰为未报，虚框待到期"
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
        # What was overdue at its last report still counts in the row's total.
        said = f"○{words.count(cell.overdue_count)}" if cell.overdue_count else words.UNREPORTED
        canvas.text(x, y, said, size=NOTE, color=tokens.text, anchor="center")
        return
    step = _step(cell.overdue_count)
    canvas.box(*edges, tokens.bg if step is None else tokens.sequential[step], border=tokens.grid)
    color = tokens.muted if step is None else tokens.on_step(step)
    weight = 400 if step is None else 700
    said = words.count(cell.overdue_count)
    canvas.text(x, y, said, size=NAME, weight=weight, color=color, anchor="center")


class _Table:
    """Where columns stand in an area: names, as many months as have room, and the totals."""

    def __init__(self, area: Area, spans: list[Column]) -> None:
        width = area.width - NAME_ROOM - TOTAL_ROOM
        self.area = area
        self.spans = fitting(spans, int(width // LEAST_STEP))
        self.step = width / max(1, len(self.spans))
        self.has_long = width >= 0
        self.total = area.right - (LONG_ROOM if self.has_long else 0)
        self.name_room = (NAME_ROOM if self.spans else self.total - COUNT_ROOM - area.left) - 14

    def x(self, index: int) -> float:
        """Return the left edge of a month's cells."""
        return self.area.left + NAME_ROOM + index * self.step


def _draw_head(sheet: Sheet, table: _Table) -> None:
    y, muted = table.area.top + 36, sheet.canvas.tokens.muted
    for index, column in enumerate(table.spans):
        x = table.x(index) + (table.step - CELL_GAP) / 2
        sheet.canvas.text(x, y, column.title, size=NOTE, color=muted, anchor="center")
    draw_right(sheet, table.total, y, "逾期", size=NOTE, color=muted)
    if table.has_long:
        draw_right(sheet, table.area.right, y, "超 30 天", size=NOTE, color=muted)


def _draw_row(sheet: Sheet, table: _Table, row: Row, top: float, bottom: float) -> None:
    canvas, y = sheet.canvas, (top + bottom) / 2
    is_told = row.is_reported or bool(table.spans)
    name = row.unit if is_told else f"{row.unit} ○{words.UNREPORTED}"
    canvas.text(table.area.left, y, name, size=NAME, room=table.name_room)
    for index, column in enumerate(table.spans):
        left = table.x(index)
        cell = Area(left, top, left + table.step - CELL_GAP, bottom - CELL_GAP)
        _draw_cell(sheet, cell, row, index, column)
    state = "overdue" if over_30(row.ages) else "soon" if row.overdue_count else "normal"
    said = f"{words.STATES[state].shape} {words.count(row.overdue_count)}"
    color = sheet.state_text(state)
    draw_right(sheet, table.total, y, said, size=40, weight=700, color=color)
    if table.has_long:
        long = words.count(over_30(row.ages))
        draw_right(sheet, table.area.right, y, long, size=36, color=canvas.tokens.text)


def overdue(
    sheet: Sheet, heading: Heading, verdict: Verdict, *, cells: pd.DataFrame,
    ageing: pd.DataFrame, reporting: pd.DataFrame, as_of: date,
) -> go.Figure:  # fmt: skip
    """Draw rows of `overdue_by_unit`, `overdue_ageing` and `unit_reporting`, the worst first."""
    sheet.draw_heading(heading)
    sheet.draw_verdict(verdict)
    area = Area(sheet.main.left, sheet.main.top, sheet.main.right, sheet.canvas.bottom - 70)
    table = _Table(area, columns(cells, as_of))
    rows = worst_first(unit_rows(cells, ageing, reporting, table.spans))
    if not rows:
        draw_empty(sheet, area, "没有单位")
        return sheet.figure()
    _draw_head(sheet, table)
    inner = Area(area.left, area.top + 66, area.right, area.bottom)
    count, pitch = sheet.rows(inner, len(rows))
    for index, row in enumerate(rows[:count]):
        top = inner.top + index * pitch
        _draw_row(sheet, table, row, top, top + pitch)
    looks = [LOOKS] if table.spans else []
    left_out = [f"另有 {len(rows) - count} 个单位较轻"] if len(rows) > count else []
    sheet.draw_left_out(area, sheet.canvas.bottom - 40, "　".join([*looks, *left_out]))
    return sheet.figure()
