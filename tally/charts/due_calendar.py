"""What falls due on which day to come? Weeks beside each other, a cell a day (B4, B11)."""

from datetime import date, timedelta
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tally import words
from tally.charts.canvas import SYMBOLS, Area, Canvas
from tally.charts.drawn import drawn_once
from tally.charts.theme import NAME_TEXT, NOTE_TEXT, SMALLEST_TEXT

GRID_LEFT = 56
HEAD = 40
FOOT = 74
FEWEST_WEEKS = 13
CELL_GAP = 4
COUNT_TEXT, LINE_PITCH = 20, 17
CORNER, SHAPE_SIZE = 7, 12
STEPS = ((2, 0.2), (5, 0.38), (None, 0.58))
STEP_WORDS = ("1–2 项", "3–5 项", "6 项以上")
WEEKDAYS = "一二三四五六日"
SOON = words.STATES["soon"]


class _Grid:
    """The calendar's geometry: a column a week from the week of `first` on."""

    def __init__(self, canvas: Canvas, rows: list[dict[str, Any]]) -> None:
        self.canvas = canvas
        self.first: date = rows[0]["due_on"]
        self.monday = self.first - timedelta(days=self.first.weekday())
        held = [row["due_on"] for row in rows if row["pending_count"]]
        last = max([self.first, *held])
        self.week_count = max(self.column(last) + 1, FEWEST_WEEKS)
        end = self.monday + timedelta(weeks=self.week_count)
        self.days = [row for row in rows if row["due_on"] < end]
        self.step = (canvas.right - GRID_LEFT) / self.week_count
        self.pitch = (canvas.bottom - HEAD - FOOT) / 7

    def column(self, day: date) -> int:
        """Return which week from the first a day lies in."""
        return (day - self.monday).days // 7

    def x(self, column: int) -> float:
        """Return the left edge of a week."""
        return GRID_LEFT + column * self.step

    def y(self, weekday: int) -> float:
        """Return the upper edge of a weekday; 7 is below Sunday."""
        return HEAD + weekday * self.pitch

    def area(self, day: date) -> Area:
        """Return a day's edges."""
        x, y = self.x(self.column(day)), self.y(day.weekday())
        half = CELL_GAP / 2
        return x + half, y + half, x + self.step - half, y + self.pitch - half


def _month_name(day: date, first: date) -> str:
    return f"{day.month}月" if day.year == first.year else f"{day.year}年{day.month}月"


def _draw_months(grid: _Grid) -> None:
    """Name each month over the week it begins in, and part it from the one before."""
    canvas, line = grid.canvas, grid.canvas.tokens.muted
    firsts = [row["due_on"] for row in grid.days if row["due_on"].day == 1]
    if grid.first.day != 1 and not (firsts and grid.column(firsts[0]) <= 1):
        name = _month_name(grid.first, grid.first)
        canvas.text(grid.x(0), HEAD - 18, name, size=NAME_TEXT, weight=600)
    for day in firsts:
        column, weekday = grid.column(day), day.weekday()
        x, y = grid.x(column), grid.y(weekday)
        name = _month_name(day, grid.first)
        canvas.text(x + (grid.step if weekday else 0), HEAD - 18, name, size=NAME_TEXT, weight=600)
        canvas.rule(x, y, x, grid.y(7), line)
        if weekday:
            canvas.rule(x, y, x + grid.step, y, line)
            canvas.rule(x + grid.step, HEAD, x + grid.step, y, line)


def _fill(count: int) -> float:
    return next(opacity for most, opacity in STEPS if most is None or count <= most)


def _write_count(
    canvas: Canvas, x: float, y: float, count: int, room: float, *, size: float, weight: int,
    color: str,
) -> None:  # fmt: skip
    """Write a count around a point, its 万 below the figure where one line has no room."""
    said = words.count(count)
    has_room = words.width_em(said) * SMALLEST_TEXT <= room
    lines = [said] if has_room else said.split(" ")
    for index, line in enumerate(lines):
        canvas.text(
            x, y + (index - (len(lines) - 1) / 2) * LINE_PITCH, line, anchor="center", room=room,
            size=size if has_room else NOTE_TEXT, weight=weight, color=color,
        )  # fmt: skip


def _draw_count(canvas: Canvas, area: Area, count: int, is_soon: bool) -> None:
    """Write how much falls due; what is soon has its shape before the count or in the corner."""
    x0, y0, x1, y1 = area
    soon, room = canvas.tokens.states["soon"], x1 - x0 - 4
    x, y = (x0 + x1) / 2, (y0 + y1) / 2 + 8
    color = soon.text if is_soon else canvas.tokens.text
    said = f"{SOON.shape} {words.count(count)}"
    if is_soon and words.width_em(said) * COUNT_TEXT <= room:
        canvas.text(x, y, said, size=COUNT_TEXT, weight=700, anchor="center", color=color)
        return
    if is_soon:
        spot = [(x0 + CORNER, y1 - CORNER)]
        canvas.dots(spot, color, size=SHAPE_SIZE, symbol=SYMBOLS["low"])
    _write_count(canvas, x, y, count, room, size=COUNT_TEXT, weight=700, color=color)


def _draw_day(grid: _Grid, row: dict[str, Any]) -> None:
    canvas, tokens = grid.canvas, grid.canvas.tokens
    x0, y0, x1, _ = area = grid.area(row["due_on"])
    works, count = row["is_workday"], int(row["pending_count"])
    is_off = not words.is_missing(works) and not works
    canvas.box(*area, tokens.bg2 if is_off else tokens.bg, border=tokens.grid)
    if count and row["due_soon_count"]:
        canvas.box(*area, tokens.states["soon"].ground)
    elif count:
        canvas.box(*area, tokens.bar, opacity=_fill(count))
    day = str(row["due_on"].day)
    canvas.text(x0 + 3, y0 + 11, day, size=SMALLEST_TEXT, color=tokens.muted)
    is_shifted = not words.is_missing(works) and works and row["due_on"].weekday() > 4
    if is_off or is_shifted:
        mark = "休" if is_off else "班"
        canvas.text(x1 - 2, y0 + 11, mark, size=SMALLEST_TEXT, anchor="right", color=tokens.muted)
    if count:
        _draw_count(canvas, area, count, bool(row["due_soon_count"]))


def _draw_foot(grid: _Grid, later_count: int) -> None:
    """Sum each week, and say what the looks mean."""
    canvas, tokens = grid.canvas, grid.canvas.tokens
    y = grid.y(7) + 16
    canvas.text(GRID_LEFT - 8, y, "合计", anchor="right", weight=600)
    for week in range(grid.week_count):
        total = sum(
            int(row["pending_count"]) for row in grid.days if grid.column(row["due_on"]) == week
        )
        _write_count(
            canvas, grid.x(week) + grid.step / 2, y, total, grid.step - 2, size=NOTE_TEXT,
            weight=600 if total else 400, color=tokens.text if total else tokens.faint,
        )  # fmt: skip
    x, y = float(GRID_LEFT), y + 36
    for (_, opacity), label in zip(STEPS, STEP_WORDS, strict=True):
        canvas.box(x, y - 8, x + 16, y + 8, tokens.bar, opacity=opacity)
        canvas.text(x + 22, y, label, color=tokens.muted)
        x += 106
    canvas.text(x, y, SOON.label, color=tokens.states["soon"].text, weight=600)
    canvas.text(x + 76, y, _day_words(grid), color=tokens.muted)
    if later_count:
        note = f"更晚到期 {words.count(later_count, '项')}"
        canvas.text(canvas.right, y, note, anchor="right", weight=600)


def _day_words(grid: _Grid) -> str:
    unknown = sorted(
        {row["due_on"].year for row in grid.days if words.is_missing(row["is_workday"])}
    )
    known = "休 休息日　班 调休上班　粗框 截至日"
    return f"{known}　{unknown[0]} 年放假安排未公布" if unknown else known


@drawn_once
def due_calendar(
    days: pd.DataFrame,
    *,
    theme: str,
    chosen: str | None = None,
    width: float = 1132,
    height: float = 690,
    scale: float = 1.0,
) -> go.Figure:
    """Draw rows of `due_calendar`: weeks as columns, thirteen at least.

    A day on which something is due can be chosen; its customdata is (day, day) as `2022-11-04`,
    and `chosen` takes such a day.
    """
    canvas = Canvas(theme, width, height, scale)
    rows = days[days["due_on"].notna()].to_dict("records")
    for row in rows:
        row["due_on"] = pd.Timestamp(row["due_on"]).date()
    grid = _Grid(canvas, rows)
    for weekday, name in enumerate(WEEKDAYS):
        y = grid.y(weekday) + grid.pitch / 2
        canvas.text(GRID_LEFT - 8, y, f"周{name}", anchor="right", color=canvas.tokens.muted)
    areas = []
    for row in grid.days:
        _draw_day(grid, row)
        area, day = grid.area(row["due_on"]), str(row["due_on"])
        if day == chosen:
            canvas.box(*area, border=canvas.tokens.primary, border_width=4, is_on_top=True)
        elif row["due_on"] == grid.first:
            canvas.box(*area, border=canvas.tokens.text, border_width=3, is_on_top=True)
        if row["pending_count"]:
            hover = (
                f"{words.chinese_day(row['due_on'])}到期 {words.count(row['pending_count'], '项')}"
                f"，{words.count(row['unit_count'], '个单位')}"
            )
            areas.append((area, (day, day), hover))
    _draw_months(grid)
    later = days.loc[days["due_on"].isna(), "pending_count"].sum()
    _draw_foot(grid, int(later))
    canvas.targets(areas)
    return canvas.figure()
