"""A figure enlarged for a larger screen is the one that would be drawn for it."""

from typing import Any

import pytest
from plotly.graph_objects import Figure

from tally.charts.canvas import Canvas
from tally.charts.enlarging import enlarged


def drawn(scale: float) -> Figure:
    """Return all that a canvas can draw, at a scale."""
    canvas = Canvas("light", 400 * scale, 300 * scale, scale)
    canvas.text(10, 20, "到期销号率", size=17, room=60)
    canvas.box(0, 0, 100, 40, "#FFFFFF", border="#000000", border_width=2)
    canvas.rule(0, 50, 400, 50, "#000000", width=1.5, dash="dot")
    canvas.line([(0, 0), (50, None), (100, 30)], "#000000", width=3)
    canvas.dots([(0, 0), (50, 20)], "#000000", size=11)
    canvas.targets([((0, 60, 400, 90), ("招商部",), "招商部"), ((0, 90, 400, 120), ("x",), "x")])
    canvas.mark(0, 60, 400, 90)
    return canvas.figure()


def leaves(part: Any, place: str = "") -> dict[str, Any]:
    """Return each single value of a figure by its place in it."""
    if isinstance(part, dict):
        named = part.items()
    elif isinstance(part, list | tuple):
        named = dict(enumerate(part)).items()
    else:
        return {place: part}
    return {at: it for name, one in named for at, it in leaves(one, f"{place}/{name}").items()}


def measures(chart: Figure) -> dict[str, Any]:
    """Return all of a figure but its template, of which only hovering shows something."""
    told = leaves(chart.to_dict())
    return {place: value for place, value in told.items() if "template" not in place}


@pytest.mark.parametrize("scale", [1, 1.35, 2])
def test_enlarged_is_as_drawn_at_that_scale(scale: float) -> None:
    larger, as_drawn = measures(enlarged(drawn(1), scale)), measures(drawn(scale))
    assert larger.keys() == as_drawn.keys()
    rounded = {place: value for place, value in as_drawn.items() if place.endswith("font/size")}
    assert [larger[place] for place in rounded] == pytest.approx(list(rounded.values()), abs=0.1)
    for place in as_drawn.keys() - rounded.keys():
        expected = as_drawn[place]
        is_number = isinstance(expected, int | float)
        assert larger[place] == (pytest.approx(expected) if is_number else expected), place


def test_what_is_remembered_of_a_figure_stays_as_it_is() -> None:
    chart = drawn(1)
    before = chart.to_dict()
    enlarged(chart, 2)
    assert chart.to_dict() == before
