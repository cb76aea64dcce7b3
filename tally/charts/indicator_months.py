"""How did an indicator come along month by month, and where will the year end? (C1)"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import pandas as pd
import plotly.graph_objects as go

from tally import words
from tally.charts.canvas import Canvas, Target
from tally.charts.indicator_columns import (
    FOOT,
    LEFT,
    LOWER_SHARE,
    RIGHT,
    TOP,
    Row,
    draw_singles,
    known_values,
)

LABEL_GAP = 19
YEARS_MAX = 10
SLOTS = {"月": 12, "季": 4}


@dataclass(frozen=True)
class Year:
    """What a year's figures are held against, in their unit; None where there is none.

    `ideal_start` is where the line of the ideal pace begins at New Year; None draws the target as
    a level. `ideal_path` is drawn instead of that line where each period has an ideal of its own,
    as under a target of growth; its keys are the year's periods, 0 the first. `low` to `high` is
    the 80 % interval of the `projected` year's end.
    """

    target: float | None = None
    stretch_target: float | None = None
    ideal_start: float | None = None
    projected: float | None = None
    low: float | None = None
    high: float | None = None
    ideal_path: Mapping[int, float] = field(default_factory=dict)


@dataclass(frozen=True)
class _Band:
    zero: float
    per_unit: float
    lowest: float

    def y(self, value: float) -> float:
        """Return the px height of a value."""
        return self.zero - (value - self.lowest) * self.per_unit


def _slot(row: Row, last_year: int) -> int:
    """Return where a period stands from the left, 0-based."""
    ended: date = row["period_end_on"]
    if row["frequency"] == "年":
        return YEARS_MAX - 1 - (last_year - ended.year)
    return ended.month - 1 if row["frequency"] == "月" else (ended.month - 1) // 3


def _slot_words(slot: int, frequency: str, year: int) -> str:
    if frequency == "年":
        return str(year - YEARS_MAX + 1 + slot)
    return f"{slot + 1}月" if frequency == "月" else f"{slot + 1}季度"


def _band(canvas: Canvas, values: Sequence[float], is_flow: bool) -> _Band:
    """Return the upper strip: from 0 for what adds up, else around the values."""
    bottom = canvas.bottom - FOOT
    zero = TOP + (bottom - TOP) * (1 - LOWER_SHARE) - 24 if is_flow else bottom - 14
    low, high = min(values), max(values)
    margin = (high - low) * 0.12 or abs(high) * 0.05 or 1
    low = min(0.0, low) if is_flow else low - margin
    return _Band(zero, (zero - TOP - 16) / max(high - low + (0 if is_flow else margin), 1e-9), low)


def _runs(points: Mapping[int, float]) -> list[list[int]]:
    """Return the slots with values in runs without a gap."""
    runs: list[list[int]] = []
    for slot in sorted(points):
        if runs and runs[-1][-1] == slot - 1:
            runs[-1].append(slot)
        else:
            runs.append([slot])
    return runs


def _draw_line(
    canvas: Canvas, xs: Sequence[float], points: Mapping[int, float], band: _Band, color: str
) -> None:
    """Draw a line that breaks at every missing period."""
    for run in _runs(points):
        line = [(xs[slot], band.y(points[slot])) for slot in run]
        canvas.line(line, color, width=3, name="value")
        canvas.dots(line, color, size=9, name="value")


def _draw_ideal(canvas: Canvas, xs: Sequence[float], year: Year, band: _Band, step: float) -> None:
    """Draw what the figures are held against: the target, what is striven for, the ideal line."""
    muted, left = canvas.tokens.muted, xs[0] - step
    if year.ideal_path:
        path = [(xs[slot], band.y(value)) for slot, value in sorted(year.ideal_path.items())]
        canvas.line(path, muted, width=1.5, dash="6px,5px", name="ideal")
        return
    for value, dash in ((year.target, "6px,5px"), (year.stretch_target, "2px,4px")):
        if value is None:
            continue
        start = value if year.ideal_start is None else year.ideal_start
        ends = [(max(left, 0.0), band.y(start)), (xs[-1], band.y(value))]
        canvas.line(ends, muted, width=1.5, dash=dash, name="ideal")


def _draw_projection(
    canvas: Canvas, xs: Sequence[float], points: Mapping[int, float], year: Year, band: _Band
) -> None:
    """Draw the interval of the year's end as a band that opens from the newest value."""
    if not points or year.low is None or year.high is None or year.projected is None:
        return
    last, end = max(points), len(xs) - 1
    if last >= end:
        return
    x, y, tokens = xs[last], band.y(points[last]), canvas.tokens
    canvas.traces.append(
        {
            "type": "scatter",
            "x": [x, xs[end], xs[end], x],
            "y": [y, band.y(year.high), band.y(year.low), y],
            "fill": "toself",
            "mode": "lines",
            "line": {"width": 0},
            "fillcolor": tokens.nonefill,
            "opacity": 0.8,
            "name": "interval",
            "hoverinfo": "skip",
        }
    )
    canvas.line([(x, y), (xs[end], band.y(year.projected))], tokens.bar, dash="3px,4px", width=2)


def _draw_ends(
    canvas: Canvas, xs: Sequence[float], year: Year, band: _Band, last: float | None
) -> None:
    """Name at the right edge what each line leads to, without one name on another.

    `last` is the value of the last period, None while that is still to come.
    """
    named = [
        (year.stretch_target, "力争"), (year.target, "目标"), (year.projected, "预计"),
        (last, "完成"),
    ]  # fmt: skip
    placed = sorted((band.y(value), word, value) for value, word in named if value is not None)
    at = -1e9
    for y, word, value in placed:
        at = max(y, at + LABEL_GAP)
        is_told = word in ("预计", "完成")
        canvas.text(
            xs[-1] + 14, at, f"{word} {words.amount(value)}", weight=700 if is_told else 400,
            color=canvas.tokens.text if is_told else canvas.tokens.muted, size=15, room=RIGHT - 16,
        )  # fmt: skip


def _draw_slots(
    canvas: Canvas, xs: Sequence[float], known: Mapping[int, Row], year: int, frequency: str
) -> list[Target]:
    """Name the periods below, mark provisional ones and gaps; return what can be chosen."""
    tokens, half = canvas.tokens, (xs[1] - xs[0]) / 2
    newest = max(known, default=-1)
    areas: list[Target] = []
    for slot, x in enumerate(xs):
        row = known.get(slot)
        said, color = _slot_words(slot, frequency, year), tokens.muted
        if row is not None and row["is_provisional"]:
            said, color = f"▲{said}", tokens.states["soon"].text
        elif row is None and min(known, default=99) < slot < newest:
            said, color = "○缺", tokens.states["unreported"].text
        canvas.text(x, canvas.bottom - FOOT / 2 + 2, said, anchor="center", color=color,
                    room=2 * half)  # fmt: skip
        if row is not None:
            hover = f"{words.year_month(row['month'])} {words.amount(row['value'])}：点开看出处"
            # What can be chosen is a square: as many above each other as the column is high.
            many = max(1, round((canvas.bottom - TOP) / (2 * half)))
            pitch = (canvas.bottom - TOP) / many
            tops = [TOP + number * pitch for number in range(many)]
            areas += [
                ((x - half, top, x + half, top + pitch), (row["month"],), hover) for top in tops
            ]
    return areas


def indicator_months(
    months: pd.DataFrame,
    year: Year,
    *,
    theme: str,
    width: float = 1020,
    height: float = 330,
    scale: float = 1.0,
) -> go.Figure:
    """Draw rows of `indicator_months` of one indicator in the year of its newest figure.

    Above the value since New Year (or the level) against the ideal line and the projected year's
    end, below the single months. Of a yearly indicator ten years are drawn. A month can be chosen;
    its customdata is (month,).
    """
    canvas = Canvas(theme, width, height, scale)
    rows = months.sort_values("period_end_on").to_dict("records")
    if not rows:
        canvas.notice("还没有数据")
        return canvas.figure()
    frequency, last_year = rows[-1]["frequency"], rows[-1]["period_end_on"].year
    first_year = last_year - YEARS_MAX + 1 if frequency == "年" else last_year
    rows = [row for row in rows if row["period_end_on"].year >= first_year]
    slots = [_slot(row, last_year) for row in rows]
    many = SLOTS.get(frequency, YEARS_MAX)
    step = (canvas.right - LEFT - RIGHT) / many
    xs = [LEFT + (slot + 0.5) * step for slot in range(many)]
    has_totals = bool(known_values(*(row["total"] for row in rows))) and frequency != "年"
    has_singles = bool(known_values(*(row["single_value"] for row in rows))) and frequency != "年"
    column = "total" if has_totals else "value"
    points = {
        slot: row[column]
        for slot, row in zip(slots, rows, strict=True)
        if known_values(row[column])
    }
    if has_totals or not has_singles:
        _draw_course(canvas, xs, points, year, is_flow=has_totals)
    if has_singles:
        draw_singles(canvas, xs, rows, slots, is_alone=not has_totals)
    canvas.targets(
        _draw_slots(canvas, xs, dict(zip(slots, rows, strict=True)), last_year, frequency)
    )
    return canvas.figure()


def _draw_course(
    canvas: Canvas, xs: Sequence[float], points: Mapping[int, float], year: Year, *, is_flow: bool
) -> None:
    """Draw totals or levels against what they are held against, and the projected end."""
    step = xs[1] - xs[0]
    held = known_values(
        *(year.target, year.stretch_target, year.ideal_start, year.low, year.high),
        *year.ideal_path.values(),
    )
    band = _band(canvas, [*points.values(), *held] or [0.0], is_flow)
    canvas.rule(LEFT, band.zero, xs[-1] + step / 2, band.zero, canvas.tokens.line)
    _draw_projection(canvas, xs, points, year, band)
    _draw_ideal(canvas, xs, year, band, step / 2)
    _draw_line(canvas, xs, points, band, canvas.tokens.primary)
    _label_points(canvas, xs, points, year, band)
    _draw_ends(canvas, xs, year, band, points.get(len(xs) - 1))


def _is_below_ideal(slot: int, value: float, many: int, year: Year) -> bool:
    if year.ideal_path:
        return slot in year.ideal_path and value < year.ideal_path[slot]
    if year.target is None:
        return False
    start = year.target if year.ideal_start is None else year.ideal_start
    return value < start + (year.target - start) * (slot + 1) / many


def _label_points(
    canvas: Canvas, xs: Sequence[float], points: Mapping[int, float], year: Year, band: _Band
) -> None:
    """Write the values at the line, on the side where the ideal is not, the newest bold.

    That of the last period stands right of it.
    """
    for slot, value in points.items():
        if slot == len(xs) - 1:
            continue
        side = (
            1
            if _is_below_ideal(slot, value, len(xs), year) and band.y(value) < band.zero - 30
            else -1
        )
        is_newest = slot == max(points)
        canvas.text(
            xs[slot], band.y(value) + side * 15, words.amount(value), anchor="center",
            size=18 if is_newest else 14, weight=700 if is_newest else 400,
            color=canvas.tokens.text if is_newest else canvas.tokens.muted,
        )  # fmt: skip
