"""The days of one thing on a line to scale: what came when, its deadline, and today (D17, D22)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import plotly.graph_objects as go

from tally import words
from tally.charts.canvas import Canvas
from tally.charts.spreading import spread
from tally.charts.theme import NAME_TEXT

LINE_Y = 76
SIDE, LABEL_GAP = 44, 92
ABOVE_NAME, ABOVE_DAY = 16, 38
BELOW_NAME, BELOW_DAY = 112, 134


@dataclass(frozen=True)
class Stop:
    """A day on the way, what came then, and the state (a key of `words.STATES`) of it."""

    day: date
    name: str
    state: str = "normal"

    @property
    def label(self) -> str:
        """Shape and name."""
        return f"{words.STATES[self.state].shape} {self.name}"


def dated_way(
    steps: Sequence[Stop],
    limits: Sequence[Stop],
    *,
    theme: str,
    width: float = 622,
    height: float = 150,
    scale: float = 1.0,
) -> go.Figure:
    """Draw what was done above a line of days, and deadline and day of asking below it.

    Between the last step and the last day the line is dashed. Both lists are in order of days.
    """
    canvas = Canvas(theme, width, height, scale)
    days = [stop.day for stop in (*steps, *limits)]
    first, span = min(days), max((max(days) - min(days)).days, 1)
    left, right = float(SIDE), canvas.right - SIDE

    def place(day: date) -> float:
        return left + (day - first).days / span * (right - left)

    reached = place(steps[-1].day)
    canvas.rule(left, LINE_Y, reached, LINE_Y, canvas.tokens.bar, width=5)
    if max(days) > steps[-1].day:
        canvas.rule(
            reached, LINE_Y, place(max(days)), LINE_Y, canvas.tokens.line, width=3, dash="dot"
        )
    _draw_stops(canvas, steps, [place(stop.day) for stop in steps], (ABOVE_NAME, ABOVE_DAY))
    _draw_stops(canvas, limits, [place(stop.day) for stop in limits], (BELOW_NAME, BELOW_DAY))
    return canvas.figure()


def _draw_stops(
    canvas: Canvas, stops: Sequence[Stop], places: Sequence[float], heights: tuple[int, int]
) -> None:
    name_y, day_y = heights
    near = day_y + 11 if day_y < LINE_Y else name_y - 11
    labels = spread(places, LABEL_GAP, SIDE, canvas.right - SIDE)
    for stop, x, label_x in zip(stops, places, labels, strict=True):
        colors = canvas.tokens.states[stop.state]
        canvas.rule(label_x, near, x, LINE_Y, canvas.tokens.line)
        canvas.box(x - 5, LINE_Y - 8, x + 5, LINE_Y + 8, colors.fill)
        canvas.text(
            label_x, name_y, stop.label, size=NAME_TEXT, weight=600, color=colors.text,
            anchor="center", room=LABEL_GAP - 4,
        )  # fmt: skip
        canvas.text(label_x, day_y, words.day(stop.day), anchor="center", color=canvas.tokens.muted)
