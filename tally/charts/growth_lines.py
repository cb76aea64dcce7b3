"""Where do the low, middle and high line lead, and who overtakes whom when? (C7, C8)"""

from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tally import words
from tally.charts.canvas import Canvas
from tally.charts.spreading import spread

LEFT, TOP, FOOT = 62, 20, 38
LABEL_ROOM = 190
TOLD = "实绩"
DASHES = {TOLD: "solid", "低线": "2px,4px", "中线": "8px,5px", "高线": "solid"}
COLORED = 4


@dataclass(frozen=True)
class _Axes:
    """Years and values to px."""

    first: float
    last: float
    top_value: float
    left: float
    right: float
    top: float
    bottom: float

    def x(self, year: float) -> float:
        """Return the px of a year."""
        return self.left + (year - self.first) / max(self.last - self.first, 1) * (
            self.right - self.left
        )

    def y(self, value: float) -> float:
        """Return the px of a value; the axis starts at 0."""
        return self.bottom - value / (self.top_value or 1) * (self.bottom - self.top)


def _round_step(top: float) -> float:
    """Return a step of 1, 2 or 5 times a power of ten that cuts the axis in about four."""
    power = 10.0 ** len(str(int(top / 4))) / 10 if top >= 4 else 1.0
    return next((power * step for step in (1, 2, 5, 10) if top / (power * step) <= 5), power)


def _draw_axes(canvas: Canvas, axes: _Axes, now: float) -> None:
    tokens = canvas.tokens
    step = _round_step(axes.top_value)
    value = 0.0
    while value <= axes.top_value:
        canvas.rule(axes.left, axes.y(value), axes.right, axes.y(value), tokens.grid)
        shown = words.amount(value)
        canvas.text(axes.left - 8, axes.y(value), shown, anchor="right", color=tokens.muted)
        value += step
    every = 1 if axes.last - axes.first <= 12 else 2 if axes.last - axes.first <= 24 else 5
    for year in range(int(axes.last), int(axes.first) - 1, -every):
        canvas.text(
            axes.x(year), canvas.bottom - 14, str(year), anchor="center", color=tokens.muted
        )  # fmt: skip
    canvas.rule(axes.x(now), axes.top, axes.x(now), axes.bottom, tokens.line, dash="3px,4px")


def _color(canvas: Canvas, place: str, is_own: bool, others: list[str]) -> str:
    if is_own:
        return canvas.tokens.primary
    number = others.index(place)
    colors = canvas.tokens.categorical[1:]
    return colors[number] if number < COLORED else canvas.tokens.states["unreported"].fill


def _draw_lines(canvas: Canvas, axes: _Axes, lines: pd.DataFrame, others: list[str]) -> list[Any]:
    """Draw every line; return what stands at the ends: height, name, colour, is own."""
    ends = []
    for (place, line), rows in lines.groupby(["place", "line"], sort=False):
        is_own = bool(rows["is_own"].iloc[0])
        color = _color(canvas, str(place), is_own, others)
        by_year = dict(zip(rows["year"], rows["value"], strict=True))
        years = range(int(rows["year"].min()), int(rows["year"].max()) + 1)
        points = [(axes.x(y), axes.y(by_year[y]) if y in by_year else None) for y in years]
        width = 4 if is_own else 2.5
        name = f"{place}{line}"
        canvas.line(points, color, width=width, dash=DASHES.get(str(line), "solid"), name=name)
        if line == TOLD:
            canvas.dots(points, color, size=9 if is_own else 7, name=name)
        else:
            value = by_year[max(by_year)]
            ends.append((axes.y(value), f"{place}{line} {words.amount(value)}", color, is_own))
    return sorted(ends)


def _draw_ends(canvas: Canvas, axes: _Axes, ends: list[Any]) -> None:
    heights = spread([end[0] for end in ends], 22, axes.top, axes.bottom)
    for y, (height, name, color, is_own) in zip(heights, ends, strict=True):
        canvas.rule(axes.right + 4, height, axes.right + 16, y, color, width=2)
        canvas.text(
            axes.right + 20, y, name, weight=700 if is_own else 400, room=LABEL_ROOM - 22
        )  # fmt: skip


def _draw_crossings(canvas: Canvas, axes: _Axes, pairs: pd.DataFrame) -> None:
    """Mark where two lines meet; the words beside say the year."""
    met = pairs[pairs["overtaking_year"].notna()].sort_values("crossing_years")
    placed: list[tuple[float, float]] = []
    for row in met.to_dict("records"):
        year = row["from_year"] + row["crossing_years"]
        value = row["own_value"] * (1 + row["own_growth_share"]) ** row["crossing_years"]
        x, y = axes.x(year), axes.y(value)
        canvas.dots([(x, y)], canvas.tokens.text, size=16, symbol="diamond-open", name="crossing")
        if all(abs(x - left) > 60 or abs(y - top) > 24 for left, top in placed):
            middle = max(y - 26, axes.top)
            ground = canvas.tokens.bg
            canvas.box(x - 30, middle - 11, x + 30, middle + 11, ground, is_on_top=True)
            year_words = f"{int(row['overtaking_year'])}年"
            canvas.text(x, middle, year_words, weight=700, anchor="center")
            placed.append((x, y))


def growth_lines(
    lines: pd.DataFrame,
    pairs: pd.DataFrame,
    *,
    theme: str,
    width: float = 1085,
    height: float = 600,
    scale: float = 1.0,
) -> go.Figure:
    """Draw rows of `growth_lines` of one indicator, with the crossings of `overtaking_year`.

    Published years are solid with points; a year that is missing is a gap. Low lines are dotted,
    middle lines dashed, high lines solid; ours are blue and thick.
    """
    canvas = Canvas(theme, width, height, scale)
    if lines.empty:
        canvas.notice("还没有逐年的数")
        return canvas.figure()
    others = list(dict.fromkeys(lines.loc[~lines["is_own"].astype(bool), "place"]))
    axes = _Axes(
        *(float(lines["year"].min()), float(lines["year"].max()), float(lines["value"].max())),
        *(LEFT, canvas.right - LABEL_ROOM, TOP, canvas.bottom - FOOT),
    )
    _draw_axes(canvas, axes, float(lines.loc[lines["line"] == TOLD, "year"].max()))
    ends = _draw_lines(canvas, axes, lines, others)
    _draw_ends(canvas, axes, ends)
    _draw_crossings(canvas, axes, pairs)
    return canvas.figure()


def multiple_path(
    path: pd.DataFrame,
    *,
    theme: str,
    width: float = 660,
    height: float = 330,
    scale: float = 1.0,
) -> go.Figure:
    """Draw rows of `multiple_path` of one multiple: its path dashed, published values as points."""
    canvas = Canvas(theme, width, height, scale)
    if path.empty:
        canvas.notice("没有倍增目标")
        return canvas.figure()
    moments = [day.year + day.month / 12 for day in path["quarter_end_on"]]
    top = float(path[["expected_value", "value"]].max().max())
    axes = _Axes(
        *(moments[0], moments[-1], top, LEFT, canvas.right - 30, TOP, canvas.bottom - FOOT)
    )
    tokens = canvas.tokens
    for value in (path["expected_value"].iloc[0], path["expected_value"].iloc[-1]):
        canvas.rule(axes.left, axes.y(value), axes.right, axes.y(value), tokens.grid)
        canvas.text(LEFT - 8, axes.y(value), words.amount(value), anchor="right")
    for moment in moments[::4]:
        label = str(int(moment) - 1)
        canvas.text(axes.x(moment), canvas.bottom - 14, label, anchor="center", color=tokens.muted)
    expected = [axes.y(value) for value in path["expected_value"]]
    xs = [axes.x(moment) for moment in moments]
    canvas.line(list(zip(xs, expected, strict=True)), tokens.muted, dash="6px,5px", name="应达")
    published = [None if words.is_missing(v) else axes.y(v) for v in path["value"]]
    points = list(zip(xs, published, strict=True))
    canvas.line(points, tokens.primary, width=4, name="已公布")
    canvas.dots(points, tokens.primary, size=12, name="已公布")
    return canvas.figure()
