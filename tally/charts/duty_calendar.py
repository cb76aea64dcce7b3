"""Who did a duty in which week, month or quarter? Lines by windows, worst first (E1–E13)."""

import pandas as pd
import plotly.graph_objects as go

from tally import words
from tally.charts.canvas import Anchor, Area, Canvas
from tally.charts.duty_columns import Cell, Column, Line, added, columns, lines
from tally.charts.overdue_grid import SHARE_STEPS, TOP_STEP
from tally.charts.theme import NAME_TEXT, NOTE_TEXT, SMALLEST_TEXT

NAME_ROOM = 176
GRID_LEFT = 186
TOTALS = (("完成", "done_count"), ("迟", "late_count"), ("缺", "missing_count"))
TOTAL_STEP = 58
TOTALS_WIDTH = TOTAL_STEP * len(TOTALS) + 10
HEAD = 52
FOOT = 62
TALLEST_ROW = 48
LOWEST_ROW = 22
CELL_GAP = 4
# Narrower than this a cell holds a mark and no word.
WORD_ROOM = 44
WIDEST_CELL = 150
SYMBOLS = {
    "done": "circle",
    "late": "triangle-up",
    "missing": "square",
    "not yet due": "circle-open",
}
Chosen = tuple[str, int]


class _Grid:
    """The calendar's geometry on its canvas."""

    def __init__(self, canvas: Canvas, spans: list[Column], rows: list[Line]) -> None:
        self.canvas, self.spans = canvas, spans
        # Where lines stand for several, numbers stand in every cell.
        self.is_counted = any(cell and cell.total_count > 1 for line in rows for cell in line.cells)
        room = int((canvas.bottom - HEAD - FOOT) // LOWEST_ROW)
        self.rows = rows if len(rows) <= room else rows[: room - 1]
        self.left_out = len(rows) - len(self.rows)
        count = len(self.rows) + (1 if self.left_out else 0)
        self.pitch = min(TALLEST_ROW, (canvas.bottom - HEAD - FOOT) / max(count, 1))
        width = canvas.right - TOTALS_WIDTH - GRID_LEFT
        self.step = min(WIDEST_CELL, width / len(spans))
        self.totals_left = GRID_LEFT + self.step * len(spans) + 10

    @property
    def has_words(self) -> bool:
        """Whether cells are wide enough for words."""
        return self.step - CELL_GAP >= WORD_ROOM

    def y(self, row: int) -> float:
        """Return the middle of a row."""
        return HEAD + (row + 0.5) * self.pitch

    def center(self, column: int) -> float:
        """Return the middle of a column's cells."""
        return GRID_LEFT + column * self.step + (self.step - CELL_GAP) / 2

    def area(self, row: int, column: int) -> Area:
        """Return a cell's edges."""
        half = (self.pitch - min(CELL_GAP, self.pitch / 8)) / 2
        x0 = GRID_LEFT + column * self.step
        return x0, self.y(row) - half, x0 + self.step - CELL_GAP, self.y(row) + half


def _draw_heads(grid: _Grid) -> None:
    canvas, muted = grid.canvas, grid.canvas.tokens.muted
    room = grid.step - CELL_GAP
    shown_every = 1 if room >= 34 else 2 if room >= 17 else 4
    for index, column in enumerate(grid.spans):
        if column.head:
            left = GRID_LEFT + index * grid.step if room < WORD_ROOM else grid.center(index)
            anchor: Anchor = "left" if room < WORD_ROOM else "center"
            canvas.text(left, HEAD - 36, column.head, anchor=anchor, weight=600)
        if grid.has_words:
            fits = words.width_em(column.days) * NOTE_TEXT <= room
            days = column.days if fits else column.short_days
            canvas.text(
                grid.center(index), HEAD - 14, days, anchor="center", color=muted, room=room
            )
        elif index % shown_every == 0:
            first_day = column.short_days.split("–")[0]
            canvas.text(grid.center(index), HEAD - 14, first_day, size=SMALLEST_TEXT,
                        anchor="center", color=muted)  # fmt: skip
    for index, (title, _) in enumerate(TOTALS):
        canvas.text(
            grid.totals_left + (index + 1) * TOTAL_STEP, HEAD - 14, title,
            anchor="right", color=muted,
        )  # fmt: skip


def _draw_cell(grid: _Grid, area: Area, cell: Cell) -> None:
    canvas, tokens = grid.canvas, grid.canvas.tokens
    look = tokens.states[words.DUTY_COLORS[cell.status]]
    x, y = (area[0] + area[2]) / 2, (area[1] + area[3]) / 2
    fill, color = look.ground, look.text
    if cell.status == "not yet due":
        canvas.box(*area, border=tokens.line, dash="dot")
        fill, color = "", tokens.muted
    elif cell.status == "missing" and grid.is_counted:
        step = _step(cell.missing_share)
        fill, color = tokens.sequential[step], tokens.on_step(step)
    if fill:
        canvas.box(*area, fill)
    room = area[2] - area[0] - 4
    state = words.DUTY_STATES[cell.status]
    label = cell.counted if grid.is_counted else state.label
    shown = label if words.width_em(label) * SMALLEST_TEXT <= room else state.shape
    weight = 600 if cell.status == "missing" else 400
    canvas.text(x, y, shown, anchor="center", color=color, weight=weight, room=room)


def _step(missing_share: float) -> int:
    """Return the sequential step of a share of several that is missing."""
    return next((step for limit, step in SHARE_STEPS if missing_share <= limit), TOP_STEP)


def _draw_marks(grid: _Grid) -> None:
    """Draw cells too narrow for words as marks of their state."""
    size = min(grid.step - CELL_GAP + 2, grid.pitch - 6, 16)
    held: dict[tuple[str, str], list[tuple[float, float | None]]] = {}
    for row, line in enumerate(grid.rows):
        for column, cell in enumerate(line.cells):
            if cell:
                mark = cell.status, _mark_color(grid, cell)
                held.setdefault(mark, []).append((grid.center(column), grid.y(row)))
    for (status, color), points in held.items():
        grid.canvas.dots(points, color, size=size, symbol=SYMBOLS[status], name=status)


def _mark_color(grid: _Grid, cell: Cell) -> str:
    """Return the state's colour; of several who miss it, the darker the more they are."""
    tokens = grid.canvas.tokens
    if cell.status == "missing" and grid.is_counted:
        # A mark is smaller than a cell and needs more contrast with the ground.
        return tokens.sequential[min(_step(cell.missing_share) + 2, len(tokens.sequential) - 1)]
    return tokens.states[words.DUTY_COLORS[cell.status]].fill


def _draw_line(grid: _Grid, row: int, line: Line) -> None:
    canvas, y = grid.canvas, grid.y(row)
    size = NAME_TEXT if grid.pitch >= 28 else NOTE_TEXT
    canvas.text(NAME_ROOM, y, line.title, size=size, anchor="right", room=NAME_ROOM)
    if grid.has_words:
        for column, cell in enumerate(line.cells):
            if cell:
                _draw_cell(grid, grid.area(row, column), cell)
    _draw_totals(grid, y, line.total)


def _draw_totals(grid: _Grid, y: float, total: Cell, weight: int = 400) -> None:
    for index, (_, name) in enumerate(TOTALS):
        count = getattr(total, name)
        is_bad = name == "missing_count" and count
        tokens = grid.canvas.tokens
        color = tokens.states["overdue"].text if is_bad else tokens.text if count else tokens.faint
        x = grid.totals_left + (index + 1) * TOTAL_STEP
        grid.canvas.text(x, y, str(count), anchor="right", color=color, weight=weight)


def _draw_foot(grid: _Grid, rows: list[Line]) -> None:
    canvas, tokens = grid.canvas, grid.canvas.tokens
    bottom = HEAD + grid.pitch * (len(grid.rows) + bool(grid.left_out))
    if grid.left_out:
        note = f"另有 {grid.left_out} 行未列出，已计入合计"
        canvas.text(GRID_LEFT, bottom - grid.pitch / 2, note, color=tokens.muted)
    canvas.rule(0, bottom + 4, grid.totals_left + TOTAL_STEP * 3, bottom + 4, tokens.line)
    y = bottom + 22
    canvas.text(NAME_ROOM, y, "合计", anchor="right", weight=700, size=NAME_TEXT)
    _draw_totals(grid, y, added(line.total for line in rows), 700)
    # Under the totals: beside them a short calendar has no room for it.
    x, y = float(GRID_LEFT), y + 24
    for status, state in words.DUTY_STATES.items():
        look = tokens.states[words.DUTY_COLORS[status]]
        canvas.text(x, y, state.label, color=look.text)
        x += 100


def _draw_chosen(grid: _Grid, chosen: Chosen | None) -> None:
    for row, line in enumerate(grid.rows):
        for column, span in enumerate(grid.spans):
            if chosen == (line.name, span.first_number):
                x0, y0, x1, y1 = grid.area(row, column)
                grid.canvas.box(
                    x0, y0, x1, y1, border=grid.canvas.tokens.primary, border_width=3,
                    is_on_top=True,
                )  # fmt: skip


def _draw_targets(grid: _Grid) -> None:
    areas = []
    for row, line in enumerate(grid.rows):
        for column, (cell, span) in enumerate(zip(line.cells, grid.spans, strict=True)):
            if cell:
                head = next(s.head for s in reversed(grid.spans[: column + 1]) if s.head)
                hover = f"{line.title}，{head} {span.days}，{cell.spoken}"
                data = (line.name, str(span.first_number), str(span.last_number))
                areas.append((grid.area(row, column), data, hover))
    grid.canvas.targets(areas)


def duty_calendar(
    cells: pd.DataFrame,
    every: str,
    *,
    theme: str,
    empty: str = "这一段时间没有要做的",
    chosen: Chosen | None = None,
    width: float = 1132,
    height: float = 690,
    scale: float = 1.0,
) -> go.Figure:
    """Draw rows of `duty_calendar` of one duty whose rhythm is `every`.

    A cell can be chosen; its customdata is (line, first window number, last window number), all
    text; the first two, the number as a number, are what `chosen` takes.
    """
    canvas = Canvas(theme, width, height, scale)
    if cells.empty:
        canvas.notice(empty)
        return canvas.figure()
    spans = columns(cells, every)
    rows = lines(cells, spans)
    grid = _Grid(canvas, spans, rows)
    _draw_heads(grid)
    for row, line in enumerate(grid.rows):
        _draw_line(grid, row, line)
    if not grid.has_words:
        _draw_marks(grid)
    _draw_foot(grid, rows)
    _draw_chosen(grid, chosen)
    _draw_targets(grid)
    return canvas.figure()
