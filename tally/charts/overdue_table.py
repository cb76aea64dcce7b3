"""One table of what is overdue: units by columns of any kind, with ages and totals (B4, E5)."""

from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from tally import words
from tally.charts.canvas import Area, Canvas
from tally.charts.drawn import drawn_once
from tally.charts.overdue_ageing import ages_of, draw_ages, draw_legend, over_30
from tally.charts.overdue_grid import (
    Cell,
    Column,
    Row,
    counts_by_unit,
    in_order,
    row_of,
    step_of,
    total,
)
from tally.charts.theme import NAME_TEXT, NOTE_TEXT

NAME_ROOM = 152
GRID_LEFT = 160
AGE_GAP = 46
AGE_WIDTH = 330
HEAD = 62
FOOT = 56
TALLEST_ROW = 57
LOWEST_ROW = 30
CELL_GAP = 4
CHOSEN_WIDTH = 4
OWN_MARK = "本"
OWN_WIDTH = 22


@dataclass(frozen=True)
class Look:
    """How the table is looked at.

    `measure` is 'count' or 'share' (overdue of all with a deadline there); `order` 'worst' or
    'roster'; `own` the unit whose row stands first; `chosen` a cell's unit and column.
    """

    measure: str = "count"
    order: str = "worst"
    own: str | None = None
    chosen: tuple[str, str] | None = None


class _Table:
    """The table's geometry on its canvas, and what every cell is drawn with."""

    def __init__(self, canvas: Canvas, spans: list[Column], rows: list[Row], look: Look) -> None:
        self.canvas = canvas
        self.spans = spans
        self.look = look
        self.measure = look.measure
        room = int((canvas.bottom - HEAD - FOOT) // LOWEST_ROW)
        self.rows = rows if len(rows) <= room else rows[: room - 1]
        self.left_out = len(rows) - len(self.rows)
        lines = len(self.rows) + (1 if self.left_out else 0)
        self.pitch = min(TALLEST_ROW, (canvas.bottom - HEAD - FOOT) / max(lines, 1))
        self.bottom = HEAD + self.pitch * lines
        self.age_left = canvas.right - AGE_WIDTH
        self.step = (self.age_left - AGE_GAP - GRID_LEFT) / len(spans)

    def x(self, index: int) -> float:
        """Return the left edge of a column."""
        return GRID_LEFT + index * self.step

    def y(self, index: int) -> float:
        """Return the middle of a row."""
        return HEAD + (index + 0.5) * self.pitch

    def area(self, row: int, column: int) -> Area:
        """Return a cell's edges."""
        half = (self.pitch - CELL_GAP) / 2
        x0 = self.x(column)
        return x0, self.y(row) - half, x0 + self.step - CELL_GAP, self.y(row) + half

    def center(self, column: int) -> float:
        """Return the middle of a column's cells."""
        return self.x(column) + (self.step - CELL_GAP) / 2

    @property
    def past_count(self) -> int:
        """How many columns are not ahead."""
        return sum(not column.is_ahead for column in self.spans)

    @property
    def now(self) -> float:
        """The px of the line between what is due and what is to come."""
        return self.x(self.past_count) - CELL_GAP / 2


def _draw_head(table: _Table) -> None:
    canvas, muted = table.canvas, table.canvas.tokens.muted
    for index, column in enumerate(table.spans):
        lines = _title_lines(column.title, table.step - CELL_GAP)
        for line, rise in zip(lines, range(14 + 18 * (len(lines) - 1), 0, -18), strict=True):
            canvas.text(
                table.center(index), HEAD - rise, line, anchor="center", color=muted,
                room=table.step - CELL_GAP,
            )  # fmt: skip
    ahead = len(table.spans) - table.past_count
    if ahead:
        middle = (table.x(table.past_count) + table.x(len(table.spans)) - CELL_GAP) / 2
        canvas.text(middle, HEAD - 42, "待到期", anchor="center", color=muted)
    draw_legend(canvas, table.age_left, HEAD - 26)


def _title_lines(title: str, room: float) -> list[str]:
    """Return a title on one line, or on two where it is wider than its column."""
    if words.width_em(title) * NOTE_TEXT <= room:
        return [title]
    half = (len(title) + 1) // 2
    cut = title.rfind("、", 0, half + 2) + 1 or half
    return [title[:cut], title[cut:]]


def _shown(cell: Cell, measure: str) -> str:
    if measure == "share":
        return words.share(cell.overdue_share)
    return words.count(cell.overdue_count)


def _draw_past(table: _Table, area: Area, cell: Cell, is_unreported: bool) -> None:
    canvas, tokens = table.canvas, table.canvas.tokens
    x, y = (area[0] + area[2]) / 2, (area[1] + area[3]) / 2
    room = area[2] - area[0] - 8
    if is_unreported:
        canvas.box(*area, tokens.nonefill)
        stale = f" {_shown(cell, table.measure)}" if cell.overdue_count else ""
        note = words.UNREPORTED + stale
        canvas.text(x, y, note, anchor="center", color=tokens.muted, room=room)
        return
    step = step_of(cell, table.measure)
    if step is None:
        canvas.box(*area, tokens.bg, border=tokens.grid)
        zero = _shown(cell, table.measure) if cell.item_count or table.measure == "share" else "0"
        zero = "0" if zero == "0.0%" else zero
        canvas.text(x, y, zero, anchor="center", color=tokens.faint)
        return
    canvas.box(*area, tokens.sequential[step])
    shown = _shown(cell, table.measure)
    canvas.text(
        x, y, shown, size=19, weight=700, anchor="center", color=tokens.on_step(step), room=room
    )


def _draw_ahead(table: _Table, area: Area, cell: Cell) -> None:
    canvas, tokens = table.canvas, table.canvas.tokens
    canvas.box(*area, border=tokens.line, dash="dot")
    if cell.pending_count:
        canvas.text(
            (area[0] + area[2]) / 2,
            (area[1] + area[3]) / 2,
            f"待 {words.count(cell.pending_count)}",
            anchor="center",
            color=tokens.muted,
            room=area[2] - area[0] - 8,
        )


def _draw_row(table: _Table, index: int, row: Row, most: int) -> None:
    canvas, y = table.canvas, table.y(index)
    _draw_name(table, y, row.unit)
    for position, (column, cell) in enumerate(zip(table.spans, row.cells, strict=True)):
        area = table.area(index, position)
        if column.is_ahead:
            _draw_ahead(table, area, cell)
        elif row.has_items or not row.is_reported:
            _draw_past(table, area, cell, row.is_unreported(column))
    if not row.has_items and row.is_reported:
        middle = (GRID_LEFT + table.now) / 2
        canvas.text(middle, y, words.NO_ITEMS, anchor="center", color=canvas.tokens.muted)
    if row.overdue_count or (row.is_reported and row.has_items):
        draw_ages(canvas, row.ages, table.age_left, y, 0.28 * table.pitch, most)
    else:
        canvas.text(table.age_left + 10, y, words.EMPTY, color=canvas.tokens.faint)


def _draw_name(table: _Table, y: float, unit: str) -> None:
    """Write a unit's name; the own unit is marked and stands out."""
    canvas, primary = table.canvas, table.canvas.tokens.primary
    if unit != table.look.own:
        canvas.text(NAME_ROOM, y, unit, size=NAME_TEXT, anchor="right", room=NAME_ROOM)
        return
    half = OWN_WIDTH / 2
    canvas.box(0, y - half, OWN_WIDTH, y + half, primary)
    canvas.text(
        half, y, OWN_MARK, size=NOTE_TEXT, weight=700, anchor="center", color=canvas.tokens.bg
    )
    canvas.text(
        NAME_ROOM, y, unit, size=NAME_TEXT, weight=700, anchor="right", color=primary,
        room=NAME_ROOM - OWN_WIDTH - 6,
    )  # fmt: skip


def _draw_foot(table: _Table, rows: list[Row]) -> None:
    canvas, tokens = table.canvas, table.canvas.tokens
    canvas.rule(GRID_LEFT, table.bottom + 4, canvas.right, table.bottom + 4, tokens.line)
    y = table.bottom + 4 + 24
    canvas.text(NAME_ROOM, y, "合计", size=NAME_TEXT, weight=700, anchor="right")
    for index, column in enumerate(table.spans):
        summed = total(row.cells[index] for row in rows)
        if column.is_ahead:
            note = f"待 {words.count(summed.pending_count)}" if summed.pending_count else ""
            canvas.text(table.center(index), y, note, anchor="center", color=tokens.muted)
        else:
            shown = _shown(summed, table.measure)
            canvas.text(table.center(index), y, shown, size=18, weight=700, anchor="center")
    overdue = sum(row.overdue_count for row in rows)
    long = sum(over_30(row.ages) for row in rows)
    note = (
        f"{words.count(overdue, '项')}，超 30 天 {words.count(long, '项')}" if overdue else "无逾期"
    )
    canvas.text(table.age_left, y, note, size=NAME_TEXT, weight=700, room=AGE_WIDTH)
    if table.past_count < len(table.spans) or table.spans[-1].is_month:
        canvas.rule(table.now, HEAD - 4, table.now, y + 18, tokens.muted, width=2, is_on_top=True)


def _draw_chosen(table: _Table) -> None:
    for index, row in enumerate(table.rows):
        for position, column in enumerate(table.spans):
            if table.look.chosen == (row.unit, column.month):
                x0, y0, x1, y1 = table.area(index, position)
                table.canvas.box(
                    x0 + 1, y0 + 1, x1 - 1, y1 - 1, border=table.canvas.tokens.primary,
                    border_width=CHOSEN_WIDTH, is_on_top=True,
                )  # fmt: skip


def _draw_targets(table: _Table) -> None:
    areas = []
    for index, row in enumerate(table.rows):
        for position, column in enumerate(table.spans[: table.past_count]):
            cell = row.cells[position]
            held = "到期" if column.is_month else "有期限"
            hover = (
                f"{row.unit}，{column.title}{held} {words.count(cell.item_count, '项')}，"
                f"逾期 {words.count(cell.overdue_count, '项')}"
            )
            data = (row.unit, column.month, column.first, column.last)
            areas.append((table.area(index, position), data, hover))
    table.canvas.targets(areas)


def unit_rows(
    cells: pd.DataFrame, ageing: pd.DataFrame, reporting: pd.DataFrame, spans: list[Column]
) -> list[Row]:
    """Return a row for each unit that any of the three frames knows, the roster's first."""
    ages = {row["unit"]: ages_of(row) for row in ageing.to_dict("records")}
    reports = {row["unit"]: row for row in reporting.to_dict("records")}
    counts = counts_by_unit(cells)
    units = list(dict.fromkeys([*reports, *ages, *counts]))
    return [
        row_of(
            unit, counts.get(unit, {}), ages.get(unit, [0, 0, 0, 0]), reports.get(unit, {}), spans
        )
        for unit in units
    ]


@drawn_once
def overdue_table(
    canvas: Canvas,
    cells: pd.DataFrame,
    ageing: pd.DataFrame,
    reporting: pd.DataFrame,
    spans: list[Column],
    look: Look,
) -> go.Figure:
    """Draw units by `spans`; `cells` name their column in `month`, whatever it stands for.

    A past cell can be chosen; its customdata is (unit, column, first, last), where the last two
    bound what the column holds and (unit, column) is what `look.chosen` takes.
    """
    rows = in_order(unit_rows(cells, ageing, reporting, spans), look.order, look.own)
    if not rows:
        canvas.notice("没有单位")
        return canvas.figure()
    table = _Table(canvas, spans, rows, look)
    most = max(row.overdue_count for row in rows)
    _draw_head(table)
    for index, row in enumerate(table.rows):
        _draw_row(table, index, row, most)
    if table.left_out:
        note = f"另有 {words.count(table.left_out)} 个单位未列出，已计入合计"
        y = table.y(len(table.rows))
        canvas.text(GRID_LEFT, y, note, size=NOTE_TEXT, color=canvas.tokens.muted)
    _draw_foot(table, rows)
    _draw_chosen(table)
    _draw_targets(table)
    return canvas.figure()
