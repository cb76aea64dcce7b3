"""What keeps text legible: fitting, spreading, choosable areas, and escaping."""

import itertools

import pytest

from tally.charts import theme as look
from tally.charts.canvas import Canvas, fit
from tally.charts.spreading import spread
from tally.palette import palette
from tally.words import width_em


@pytest.mark.parametrize(
    ("text", "room", "expected"),
    [
        ("招商部", 60, ("招商部", 17)),
        ("社会事务服务中心", 112, ("社会事务服务中心", 14)),
        ("综合执法与安全生产监督局", 112, ("综合执法与安全…", 13)),
        ("招商部", 5, ("", 13)),
    ],
)
def test_fit_shrinks_then_cuts(text: str, room: float, expected: tuple[str, float]) -> None:
    shown, size = fit(text, 17, room)
    assert (shown, size) == expected
    assert width_em(shown) * size <= room


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ([10, 50, 90], [10, 50, 90]),
        ([50, 50], [40, 60]),
        ([0, 0, 0], [0, 20, 40]),
        ([100, 100, 100], [60, 80, 100]),
        ([10, 50, 50, 55], [10, 32, 52, 72]),
    ],
)
def test_spread_keeps_the_gap_inside_the_bounds(wanted: list[float], expected: list[float]) -> None:
    assert spread(wanted, gap=20, low=0, high=100) == pytest.approx(expected, abs=0.5)


def test_spread_shrinks_the_gap_when_there_is_no_room() -> None:
    assert spread([5, 5, 5, 5, 5], gap=20, low=0, high=40) == pytest.approx([0, 10, 20, 30, 40])


def test_text_of_the_data_cannot_carry_markup() -> None:
    canvas = Canvas("light", 300, 100)
    canvas.text(0, 50, '<a href="http://example.org">招商部</a>')
    assert "<" not in canvas.figure().layout.annotations[0].text


def test_targets_cover_each_area_without_leaving_it() -> None:
    canvas = Canvas("light", 400, 100)
    canvas.targets([((0, 0, 95, 52), ("招商部",), "a"), ((100, 0, 195, 52), ("党建综合部",), "b")])
    trace = canvas.figure().data[0]
    size = trace.marker.size
    for unit, x0 in (("招商部", 0), ("党建综合部", 100)):
        pairs = zip(trace.x, trace.customdata, strict=True)
        spots = sorted(x for x, data in pairs if data[0] == unit)
        edges = [(x - size / 2, x + size / 2) for x in spots]
        assert edges[0][0] == x0
        assert edges[-1][1] == x0 + 95
        assert all(a[1] >= b[0] for a, b in itertools.pairwise(edges))
    assert trace.marker.opacity == trace.unselected.marker.opacity == 0


def test_scale_enlarges_text_and_keeps_the_layout() -> None:
    small, large = Canvas("light", 400, 100), Canvas("light", 800, 200, scale=2)
    for canvas in (small, large):
        canvas.text(canvas.right, canvas.bottom, "合计", anchor="right")
    one, two = (canvas.figure().layout for canvas in (small, large))
    assert (two.annotations[0].x, two.annotations[0].y) == (400, 100)
    assert two.annotations[0].font.size == 2 * one.annotations[0].font.size


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_template_names_chinese_fonts_and_leaves_the_ground_to_the_page(theme: str) -> None:
    layout = look.template(theme).layout
    assert layout.font.family.startswith("'Noto Sans CJK SC'")
    assert layout.font.color == palette(theme).text
    assert layout.paper_bgcolor == layout.plot_bgcolor == "rgba(0,0,0,0)"


def test_config_is_dead_to_the_mouse_unless_something_can_be_chosen() -> None:
    assert look.config()["staticPlot"] is True
    assert look.config(is_selectable=True)["staticPlot"] is False
