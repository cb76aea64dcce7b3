"""How do all duties stand in one quarter? A box a window, to scale, by section (D1, A9, E10)."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tally import words
from tally.charts.canvas import Canvas
from tally.charts.duty_columns import Cell, added
from tally.charts.theme import NOTE_TEXT

SECTION_ROOM = 132
NAME_RIGHT = 342
GRID_LEFT = 352
HEAD = 34
TALLEST_ROW = 40
LOWEST_ROW = 19
GAP = 3
MONTHS_OF = {"month": 1, "two_months": 2, "quarter": 3, "half_year": 6, "year": 12}
# A box narrower than this holds no words.
WORD_ROOM = 46
# More windows than this in a quarter are shown by months.
MOST_BOXES = 14
Row = Mapping[str, Any]


class _Quarter:
    """The quarter's days on the canvas."""

    def __init__(self, canvas: Canvas, first: date) -> None:
        self.canvas, self.first = canvas, first
        months = [_month_after(first, step) for step in range(4)]
        self.months, self.end = months[:3], months[3]
        self.day_px = (canvas.right - GRID_LEFT) / (self.end - first).days

    def x(self, day: date) -> float:
        """Return the px where a day begins, inside the quarter."""
        inside = min(max(day, self.first), self.end)
        return GRID_LEFT + (inside - self.first).days * self.day_px


def _month_after(first: date, step: int) -> date:
    month = first.month + step
    return date(first.year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def _sections(windows: pd.DataFrame) -> Iterator[tuple[str, str, list[Row]]]:
    """Yield section, duty and its windows, in the pack's order; the section is '' for None."""
    for duty, rows in windows.groupby("duty", sort=False):
        yield str(rows.iloc[0]["section"] or ""), str(duty), rows.to_dict("records")


def _boxes(rows: list[Row]) -> Iterator[tuple[date, date, Cell]]:
    """Yield first day, day after the last, and counts; many windows are gathered by months."""
    if len(rows) <= MOST_BOXES:
        for row in rows:
            yield row["period_start_on"], _period_end(row), _cell(row)
        return
    held: dict[date, list[Cell]] = {}
    for row in rows:
        held.setdefault(row["period_start_on"].replace(day=1), []).append(_cell(row))
    for month, cells in held.items():
        yield month, _month_after(month, 1), added(cells)


def _period_end(row: Row) -> date:
    """Return the day after a window's month, quarter …; of a shorter one after the window."""
    if row["every"] in MONTHS_OF:
        return _month_after(row["period_start_on"], MONTHS_OF[row["every"]])
    return row["window_end_on"] + timedelta(days=1)


def _cell(row: Row) -> Cell:
    names = ("done_count", "late_count", "missing_count", "waiting_count")
    return Cell(*(int(row[name]) for name in names))


def _draw_box(quarter: _Quarter, box: tuple[date, date, Cell], y: float, half: float) -> None:
    canvas, tokens = quarter.canvas, quarter.canvas.tokens
    first, after, cell = box
    x0, x1 = quarter.x(first), quarter.x(after) - GAP
    if x1 - x0 < 2:
        return
    look = tokens.states[words.DUTY_COLORS[cell.status]]
    if cell.status == "not yet due":
        canvas.box(x0, y - half, x1, y + half, border=tokens.line, dash="dot")
    else:
        canvas.box(x0, y - half, x1, y + half, look.ground)
    room = x1 - x0 - 6
    shown = cell.ratio if room >= WORD_ROOM else words.DUTY_STATES[cell.status].shape
    color = tokens.muted if cell.status == "not yet due" else look.text
    canvas.text((x0 + x1) / 2, y, shown, anchor="center", color=color, room=room)


def duty_quarter(
    windows: pd.DataFrame,
    first: date,
    as_of: date,
    *,
    theme: str,
    width: float = 1132,
    height: float = 690,
    scale: float = 1.0,
) -> go.Figure:
    """Draw rows of `duty_windows` of the quarter that begins on `first`, a line a duty.

    A box stands over its week, month or quarter; a section's name stands above its duties.
    """
    canvas = Canvas(theme, width, height, scale)
    if windows.empty:
        canvas.notice("这一季没有要做的")
        return canvas.figure()
    quarter = _Quarter(canvas, first)
    duties = list(_sections(windows))
    lines = len(duties)
    room = int((canvas.bottom - HEAD - 30) // LOWEST_ROW)
    pitch = min(TALLEST_ROW, (canvas.bottom - HEAD - 30) / min(lines, room))
    for month in quarter.months:
        middle = (quarter.x(month) + quarter.x(_month_after(month, 1))) / 2
        canvas.text(middle, HEAD - 18, words.month(month), anchor="center", weight=600)
    _draw_lines(quarter, duties, pitch, room)
    if first <= as_of < quarter.end:
        x = quarter.x(as_of) + quarter.day_px
        bottom = HEAD + pitch * min(lines, room)
        canvas.rule(x, HEAD - 4, x, bottom, canvas.tokens.primary, width=2, is_on_top=True)
    _draw_legend(canvas, canvas.bottom - 14)
    return canvas.figure()


def _draw_lines(
    quarter: _Quarter, duties: list[tuple[str, str, list[Row]]], pitch: float, room: int
) -> None:
    canvas, muted = quarter.canvas, quarter.canvas.tokens.muted
    before = ""
    for line, (section, duty, rows) in enumerate(duties):
        y = HEAD + (line + 0.5) * pitch
        if line == room - 1 and len(duties) > room:
            note = f"另有 {len(duties) - line} 项未列出，可按类别看"
            canvas.text(GRID_LEFT, y, note, color=muted)
            return
        if section != before:
            top = HEAD + line * pitch - GAP / 2
            canvas.rule(0, top, canvas.right, top, canvas.tokens.grid)
            canvas.text(0, y, section, size=NOTE_TEXT, weight=700, room=SECTION_ROOM)
            before = section
        canvas.text(NAME_RIGHT, y, duty, anchor="right", room=NAME_RIGHT - SECTION_ROOM - 8)
        for box in _boxes(rows):
            _draw_box(quarter, box, y, (pitch - GAP) / 2)


def _draw_legend(canvas: Canvas, y: float) -> None:
    x = float(GRID_LEFT)
    for status, state in words.DUTY_STATES.items():
        look = canvas.tokens.states[words.DUTY_COLORS[status]]
        canvas.text(x, y, state.label, color=look.text)
        x += 100
    canvas.text(x, y, "竖线为截至日；几/几 为已做单位数与应做数", color=canvas.tokens.muted)
