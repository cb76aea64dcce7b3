"""Which light did each unit show in which month? A grid of marks with words (D8, F5)."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tally import words
from tally.charts.canvas import Area, Canvas
from tally.charts.theme import NAME_TEXT, NOTE_TEXT, SMALLEST_TEXT
from tally.finding_words import LIGHT_COLORS, LIGHTS, MADE_UP

NAME_ROOM = 190
GRID_LEFT = 202
HEAD, FOOT = 34, 30
TALLEST_ROW, LOWEST_ROW = 42, 22
CELL_GAP = 4
WIDEST_CELL = 150


class _Grid:
    """The grid's geometry on its canvas: units down, months across."""

    def __init__(self, canvas: Canvas, lights: pd.DataFrame) -> None:
        self.canvas = canvas
        self.units = list(dict.fromkeys(lights["unit"]))
        self.months = list(dict.fromkeys(lights["month"]))
        self.pitch = min(TALLEST_ROW, (canvas.bottom - HEAD - FOOT) / len(self.units))
        self.step = min(WIDEST_CELL, (canvas.right - GRID_LEFT) / len(self.months))

    def area(self, unit: str, month: str) -> Area:
        """Return a cell's edges."""
        x = GRID_LEFT + self.months.index(month) * self.step
        y = HEAD + self.units.index(unit) * self.pitch
        gap = min(CELL_GAP, self.pitch / 8)
        return x, y + gap / 2, x + self.step - CELL_GAP, y + self.pitch - gap / 2


def unit_lights(
    lights: pd.DataFrame,
    *,
    theme: str,
    width: float = 1790,
    height: float = 700,
    scale: float = 1.0,
) -> go.Figure:
    """Draw rows of `unit_lights`; a cell's customdata is (unit, month).

    A cell whose light was another one when the month's lists had been due carries that one's
    shape in its corner.
    """
    canvas = Canvas(theme, width, height, scale)
    if lights.empty:
        canvas.notice("没有单位")
        return canvas.figure()
    grid = _Grid(canvas, lights)
    for month in grid.months:
        x0, _, x1, _ = grid.area(grid.units[0], month)
        muted = canvas.tokens.muted
        canvas.text((x0 + x1) / 2, HEAD / 2, words.month(month), anchor="center", color=muted)
    for unit in grid.units:
        _, y0, _, y1 = grid.area(unit, grid.months[0])
        size = NAME_TEXT if grid.pitch >= 28 else NOTE_TEXT
        canvas.text(NAME_ROOM, (y0 + y1) / 2, unit, size=size, anchor="right", room=NAME_ROOM)
    targets = []
    for row in lights.to_dict("records"):
        area = grid.area(row["unit"], row["month"])
        _draw_cell(canvas, area, row)
        targets.append((area, (row["unit"], row["month"]), _spoken(row)))
    _draw_foot(grid)
    canvas.targets(targets)
    return canvas.figure()


def _label(row: dict[str, Any]) -> str:
    return MADE_UP if row["is_made_up"] else LIGHTS[row["light"]].label


def _draw_cell(canvas: Canvas, area: Area, row: dict[str, Any]) -> None:
    look = canvas.tokens.states[LIGHT_COLORS[row["light"]]]
    canvas.box(*area, look.ground)
    x0, y0, x1, y1 = area
    canvas.text(
        *((x0 + x1) / 2, (y0 + y1) / 2, _label(row)),
        size=NOTE_TEXT, anchor="center", color=look.text, weight=600, room=x1 - x0 - 4,
    )  # fmt: skip
    if not words.is_missing(row["light_then"]) and row["light_then"] != row["light"]:
        then = canvas.tokens.states[LIGHT_COLORS[row["light_then"]]]
        shape = LIGHTS[row["light_then"]].shape
        canvas.text(x1 - 4, y0 + 9, shape, size=SMALLEST_TEXT, anchor="right", color=then.text)


def _draw_foot(grid: _Grid) -> None:
    canvas = grid.canvas
    x, y = float(GRID_LEFT), HEAD + grid.pitch * len(grid.units) + FOOT / 2 + 2
    for light, state in LIGHTS.items():
        canvas.text(x, y, state.label, color=canvas.tokens.states[LIGHT_COLORS[light]].text)
        x += 96
    soon = canvas.tokens.states["soon"].text
    canvas.text(x, y, f"{MADE_UP}：事后补上，不再转绿", color=soon)
    canvas.text(x + 250, y, "右上角为当时的灯", color=canvas.tokens.muted)


def _spoken(row: dict[str, Any]) -> str:
    said = f"{row['unit']}，{words.year_month(row['month'])}：{_label(row)}"
    if not words.is_missing(row["light_then"]):
        said += f"，当时{LIGHTS[row['light_then']].word}"
    return said if words.is_missing(row["reason"]) else f"{said}，{row['reason']}"
