"""How early or late is closing? Days from the deadline: closed upwards, overdue downwards (B4)."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tally import words
from tally.charts.canvas import Canvas
from tally.charts.drawn import drawn_once
from tally.charts.theme import NAME_TEXT, SMALLEST_TEXT

DAILY_DAYS = 14
SHORTLY_BEFORE_DAYS = 3
WIDE_BIN = 60
HEAD = 66
FOOT = 44
AXIS_ROOM = 28
LABEL_ROOM = 20


@dataclass(frozen=True)
class Bin:
    """Days from the deadline that stand in one bar; None is without end."""

    first: int | None
    last: int | None

    @property
    def is_daily(self) -> bool:
        """Whether it is one day."""
        return self.first == self.last

    @property
    def title(self) -> str:
        """The days without their direction, which their side of the axis says."""
        if self.is_daily:
            return "当天" if self.first == 0 else str(abs(self.first or 0))
        ends = [abs(end) for end in (self.first, self.last) if end is not None]
        return f"{min(ends)}–{max(ends)}" if len(ends) == 2 else f"{ends[0]}+"

    def holds(self, days: float) -> bool:
        """Tell whether so many days after the deadline stand here."""
        return (self.first is None or days >= self.first) and (
            self.last is None or days <= self.last
        )

    def words(self, state: str) -> str:
        """Say in words what of a state, closed or overdue, stands here."""
        if state == "overdue":
            return f"已逾期 {self.title} 天"
        if self.first == 0:
            return "期限当天销号"
        return f"{'提前' if (self.first or -1) < 0 else '拖后'} {self.title} 天销号"


_WIDE = ((91, None), (31, 90), (15, 30))
BINS = (
    *(Bin(-last if last else None, -first) for first, last in _WIDE),
    *(Bin(day, day) for day in range(-DAILY_DAYS, DAILY_DAYS + 1)),
    *(Bin(first, last) for first, last in reversed(_WIDE)),
)


class _Plot:
    """Bars' places: closed ones stand on the axis, overdue ones hang below its days."""

    def __init__(self, canvas: Canvas, rows: list[dict[str, Any]]) -> None:
        self.canvas = canvas
        self.closed = [_sum(rows, span, "closed_count") for span in BINS]
        self.overdue = [_sum(rows, span, "overdue_count") for span in BINS]
        room = canvas.bottom - HEAD - FOOT - AXIS_ROOM - 2 * LABEL_ROOM
        self.per_item = room / max(max(self.closed) + max(self.overdue), 1)
        self.axis = HEAD + LABEL_ROOM + max(self.closed) * self.per_item
        narrow = (canvas.right - WIDE_BIN * 2 * len(_WIDE)) / (2 * DAILY_DAYS + 1)
        widths = [narrow if span.is_daily else WIDE_BIN for span in BINS]
        self.lefts = [sum(widths[:index]) for index in range(len(widths) + 1)]

    def area(self, index: int) -> tuple[float, float]:
        """Return a bar's left and right edge."""
        return self.lefts[index] + 3, self.lefts[index + 1] - 3

    def center(self, index: int) -> float:
        """Return a bar's middle."""
        return (self.lefts[index] + self.lefts[index + 1]) / 2


def _sum(rows: list[dict[str, Any]], span: Bin, name: str) -> int:
    return sum(int(row[name]) for row in rows if span.holds(row["offset_days"]))


def _draw_ground(plot: _Plot) -> None:
    """Shade the days shortly before the deadline, name the sides, and draw the axis."""
    canvas, tokens = plot.canvas, plot.canvas.tokens
    zero = next(index for index, span in enumerate(BINS) if span.holds(0))
    left, right = plot.lefts[zero - SHORTLY_BEFORE_DAYS], plot.lefts[zero + 1]
    canvas.box(left, HEAD - 26, right, plot.axis, tokens.bg2)
    canvas.text(left - 12, HEAD - 44, "← 提前", anchor="right", weight=600, size=NAME_TEXT)
    canvas.text(right + 12, HEAD - 44, "拖后 →", weight=600, size=NAME_TEXT)
    canvas.text((left + right) / 2, HEAD - 44, "踩点", anchor="center", weight=700, size=NAME_TEXT)
    canvas.text(
        (left + right) / 2, HEAD - 14, "前三天至当天", anchor="center", color=tokens.muted,
        room=right - left,
    )  # fmt: skip
    canvas.rule(0, plot.axis, canvas.right, plot.axis, tokens.muted)
    for index, span in enumerate(BINS):
        canvas.text(
            plot.center(index), plot.axis + AXIS_ROOM / 2, span.title, size=SMALLEST_TEXT,
            anchor="center", color=tokens.text if span.first == 0 else tokens.muted,
            weight=700 if span.first == 0 else 400,
        )  # fmt: skip


def _draw_bars(plot: _Plot) -> None:
    canvas, tokens = plot.canvas, plot.canvas.tokens
    late = tokens.states["overdue"]
    top = plot.axis + AXIS_ROOM
    for index, span in enumerate(BINS):
        x0, x1 = plot.area(index)
        if closed := plot.closed[index]:
            y = plot.axis - closed * plot.per_item
            border = tokens.text if span.first == 0 else None
            canvas.box(x0, y, x1, plot.axis, tokens.bar, border=border, border_width=2)
            canvas.text(
                plot.center(index), y - 11, words.count(closed), anchor="center", weight=700,
                room=plot.lefts[index + 1] - plot.lefts[index],
            )  # fmt: skip
        if overdue := plot.overdue[index]:
            y = top + overdue * plot.per_item
            canvas.box(x0, top, x1, y, late.fill)
            canvas.text(
                plot.center(index), y + 11, words.count(overdue), anchor="center", weight=700,
                color=late.text, room=plot.lefts[index + 1] - plot.lefts[index],
            )  # fmt: skip


def _draw_foot(plot: _Plot, undated_count: int) -> None:
    canvas, tokens = plot.canvas, plot.canvas.tokens
    y = canvas.bottom - 14
    canvas.box(0, y - 8, 16, y + 8, tokens.bar)
    canvas.text(22, y, "已销号：销号日期与期限相差的天数", color=tokens.muted)
    canvas.text(320, y, "■ 逾期：截至日已超期的天数", color=tokens.states["overdue"].text)
    if undated_count:
        note = f"另 {words.count(undated_count, '项')}销号未写日期，未计入"
        canvas.text(canvas.right, y, note, anchor="right", color=tokens.muted)


def _draw_targets(plot: _Plot, chosen: tuple[str, ...] | None) -> None:
    areas = []
    for state, counts, y0, y1 in (
        ("closed", plot.closed, HEAD, plot.axis),
        ("overdue", plot.overdue, plot.axis + AXIS_ROOM, plot.canvas.bottom - FOOT),
    ):
        for index, span in enumerate(BINS):
            if not counts[index]:
                continue
            x0, x1 = plot.area(index)
            data = (state, *("" if end is None else str(end) for end in (span.first, span.last)))
            if data == chosen:
                plot.canvas.box(
                    x0 - 2, y0, x1 + 2, y1, border=plot.canvas.tokens.primary, border_width=4,
                    is_on_top=True,
                )  # fmt: skip
            hover = f"{span.words(state)} {words.count(counts[index], '项')}"
            areas += [((x0, y, x1, y + x1 - x0), data, hover) for y in _tiles(y0, y1, x1 - x0)]
    by_size: dict[float, list[Any]] = {}
    for area in areas:
        by_size.setdefault(round(area[0][2] - area[0][0]), []).append(area)
    for same in by_size.values():
        plot.canvas.targets(same)


def _tiles(y0: float, y1: float, size: float) -> list[float]:
    """Return upper edges of squares that cover [y0, y1] from its axis outwards."""
    many = max(1, int((y1 - y0) // size))
    step = (y1 - y0 - size) / (many - 1) if many > 1 else 0.0
    return [y0 + index * step for index in range(many)]


@drawn_once
def closing_offsets(
    offsets: pd.DataFrame,
    *,
    theme: str,
    chosen: tuple[str, ...] | None = None,
    width: float = 1132,
    height: float = 690,
    scale: float = 1.0,
) -> go.Figure:
    """Draw rows of `closing_offsets`, each day near the deadline by itself, others together.

    A bar can be chosen; its customdata is (closed or overdue, first day, last day), '' where it
    has no end, which `chosen` takes.
    """
    canvas = Canvas(theme, width, height, scale)
    rows = offsets[offsets["offset_days"].notna()].to_dict("records")
    if not rows:
        canvas.notice("还没有写明销号日期的事项，也没有逾期")
        return canvas.figure()
    plot = _Plot(canvas, rows)
    _draw_ground(plot)
    _draw_bars(plot)
    undated = offsets.loc[offsets["offset_days"].isna(), "closed_count"].sum()
    _draw_foot(plot, int(undated))
    _draw_targets(plot, chosen)
    return canvas.figure()
