"""A figure drawn in pixels: columns align exactly, which subplots and tables do not give.

Coordinates are those of a desk at 1920 px, x to the right and y down from the
top left corner; `scale` enlarges everything for the meeting room.
"""

import html
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import plotly.graph_objects as go

from tally.charts import theme as look
from tally.palette import Palette, palette
from tally.words import width_em

Anchor = Literal["left", "center", "right"]
# The edges of a rectangle: x0, y0, x1, y1.
Area = tuple[float, float, float, float]
# What can be chosen: an area, what it stands for, and the text shown over it.
Target = tuple[Area, tuple[str | int, ...], str]
SYMBOLS = {"behind": "square", "low": "triangle-up", "level": "circle"}


def fit(
    text: str, size: float, room: float, smallest: float = look.SMALLEST_TEXT
) -> tuple[str, float]:
    """Return a text and its size in px so that it is at most `room` px wide.

    It shrinks to the smallest size allowed, then loses its end to an ellipsis.
    """
    wanted = width_em(text)
    if wanted * size <= room:
        return text, size
    smallest = min(size, smallest)
    if wanted * smallest <= room:
        return text, math.floor(room / wanted * 10) / 10
    kept = text
    while kept and width_em(kept + "…") * smallest > room:
        kept = kept[:-1]
    return (f"{kept.rstrip()}…" if kept else ""), smallest


@dataclass
class Canvas:
    """Collects marks and text; `figure()` is the result. `width` and `height` are real px.

    No text is shrunk below `smallest`, which is in desk px.
    """

    theme: str
    width: float
    height: float
    scale: float = 1.0
    smallest: float = look.SMALLEST_TEXT
    shapes: list[dict[str, Any]] = field(default_factory=list)
    texts: list[dict[str, Any]] = field(default_factory=list)
    traces: list[dict[str, Any]] = field(default_factory=list)

    @property
    def right(self) -> float:
        """The right edge in desk px."""
        return self.width / self.scale

    @property
    def bottom(self) -> float:
        """The lower edge in desk px."""
        return self.height / self.scale

    @property
    def tokens(self) -> Palette:
        """The colours of this theme."""
        return palette(self.theme)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = look.NOTE_TEXT,
        color: str | None = None,
        anchor: Anchor = "left",
        weight: int = 400,
        room: float = math.inf,
    ) -> None:
        """Write one line with its middle at height `y`, in at most `room` px."""
        shown, fitting_size = fit(text, size, room, self.smallest)
        self.texts.append(
            {
                "x": x,
                "y": y,
                # Plotly turns back no quotation mark.
                "text": html.escape(shown, quote=False),
                "xanchor": anchor,
                "yanchor": "middle",
                "align": anchor,
                "showarrow": False,
                "borderpad": 0,
                "font": {
                    "size": round(fitting_size * self.scale, 1),
                    "color": color or self.tokens.text,
                    "weight": weight,
                },
            }
        )

    def notice(self, text: str) -> None:
        """Say in the middle why there is nothing to draw."""
        self.text(self.right / 2, self.bottom / 2, text, size=look.NAME_TEXT, anchor="center")

    def box(
        self,
        x0: float,
        y0: float,
        x1: float,
        y1: float,
        fill: str | None = None,
        *,
        border: str | None = None,
        border_width: float = 1,
        dash: str = "solid",
        opacity: float = 1.0,
        is_on_top: bool = False,
    ) -> None:
        """Draw a rectangle, below the marks unless `is_on_top`."""
        self.shapes.append(
            {
                "type": "rect",
                "x0": x0,
                "y0": y0,
                "x1": x1,
                "y1": y1,
                "fillcolor": fill or "rgba(0,0,0,0)",
                "opacity": opacity,
                "layer": "above" if is_on_top else "below",
                "line": {
                    "color": border or "rgba(0,0,0,0)",
                    "width": border_width * self.scale if border else 0,
                    "dash": dash,
                },
            }
        )

    def mark(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Mark the area that was chosen by a bold line above and below, crossing nothing in it."""
        for y in (y0, y1):
            self.rule(x0, y, x1, y, self.tokens.text, width=3, is_on_top=True)

    def rule(
        self,
        x0: float,
        y0: float,
        x1: float,
        y1: float,
        color: str,
        *,
        width: float = 1,
        dash: str = "solid",
        is_on_top: bool = False,
    ) -> None:
        """Draw a straight line, below the marks unless `is_on_top`."""
        self.shapes.append(
            {
                "type": "line",
                "x0": x0,
                "y0": y0,
                "x1": x1,
                "y1": y1,
                "layer": "above" if is_on_top else "below",
                "line": {"color": color, "width": width * self.scale, "dash": dash},
            }
        )

    def line(
        self,
        points: Sequence[tuple[float, float | None]],
        color: str,
        *,
        width: float = 2,
        dash: str = "solid",
        name: str = "",
    ) -> None:
        """Draw a line through points; it breaks where y is None."""
        self.traces.append(
            {
                "type": "scatter",
                "x": [x for x, _ in points],
                "y": [y for _, y in points],
                "mode": "lines",
                "line": {"color": color, "width": width * self.scale, "dash": dash},
                "name": name,
                "hoverinfo": "skip",
                "cliponaxis": False,
            }
        )

    def dots(
        self,
        points: Sequence[tuple[float, float | None]],
        color: str,
        *,
        size: float = 9,
        symbol: str = "circle",
        name: str = "",
    ) -> None:
        """Draw markers, each with a rim in the page's ground so that lines pass behind."""
        self.traces.append(
            {
                "type": "scatter",
                "x": [x for x, y in points if y is not None],
                "y": [y for _, y in points if y is not None],
                "mode": "markers",
                "marker": {
                    "color": color,
                    "size": size * self.scale,
                    "symbol": symbol,
                    "opacity": 1,
                    "line": {"color": self.tokens.bg, "width": 1.5 * self.scale},
                },
                "name": name,
                "hoverinfo": "skip",
                "cliponaxis": False,
            }
        )

    def targets(self, areas: Sequence[Target]) -> None:
        """Make areas choosable: each is (x0, y0, x1, y1), its customdata and its hover text.

        Shapes and annotations raise no selection, so invisible square markers of
        the area's height stand side by side over it. All areas share one height.
        """
        if not areas:
            return
        x0, y0, x1, y1 = areas[0][0]
        size = min(y1 - y0, x1 - x0)
        spots = [
            (x, (area[1] + area[3]) / 2, data, hover)
            for area, data, hover in areas
            for x in _tiles(area[0], area[2], size)
        ]
        unseen = {"marker": {"opacity": 0}}
        self.traces.append(
            {
                "type": "scatter",
                "x": [spot[0] for spot in spots],
                "y": [spot[1] for spot in spots],
                "customdata": [spot[2] for spot in spots],
                "hovertext": [html.escape(spot[3], quote=False) for spot in spots],
                "hoverinfo": "text",
                "mode": "markers",
                "marker": {"symbol": "square", "size": size * self.scale, "opacity": 0},
                "selected": unseen,
                "unselected": unseen,
                "name": "targets",
                "cliponaxis": False,
            }
        )

    def figure(self) -> go.Figure:
        """Return the figure; its axes are the canvas's desk px.

        Plotly's check of every value takes four fifths of drawing; the tests make it instead.
        """
        return go.Figure(
            _validate=False,
            data=self.traces or [{"type": "scatter", "x": [], "y": []}],
            layout={
                "template": look.template(self.theme, self.scale),
                "width": self.width,
                "height": self.height,
                "xaxis": {"range": [0, self.right]},
                "yaxis": {"range": [self.bottom, 0]},
                "shapes": self.shapes,
                "annotations": self.texts,
            },
        )


def _tiles(x0: float, x1: float, size: float) -> list[float]:
    """Return centres of squares that cover [x0, x1] without leaving it."""
    many = max(1, math.ceil((x1 - x0) / size))
    if many == 1:
        return [(x0 + x1) / 2]
    step = (x1 - x0 - size) / (many - 1)
    return [x0 + size / 2 + index * step for index in range(many)]
