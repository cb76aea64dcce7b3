"""A figure drawn for a desk, enlarged for a larger screen."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from plotly.graph_objects import Figure

# What a mark is measured by in px; all else of a figure is measured on its axes.
PX = ("width", "size")


def enlarged(chart: Figure, scale: float) -> Figure:
    """Return a figure `scale` times as large; one at 1 as it is.

    The axes of a canvas are desk px, so that only what is measured in real px grows.
    """
    if scale == 1:
        return chart
    drawn = deepcopy(chart.to_dict())
    layout = drawn["layout"]
    for measured in (layout, *_marks(drawn)):
        for name in PX:
            if isinstance(measured.get(name), int | float):
                measured[name] *= scale
    layout["height"] *= scale
    return Figure(_validate=False, data=drawn["data"], layout=layout)


def _marks(drawn: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield what holds px: fonts, lines, markers and their rims."""
    layout = drawn["layout"]
    yield from (text["font"] for text in layout.get("annotations", ()))
    yield from (shape["line"] for shape in layout.get("shapes", ()))
    for trace in drawn["data"]:
        marker = trace.get("marker", {})
        yield from (trace.get("line", {}), marker, marker.get("line", {}))
