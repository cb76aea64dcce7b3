"""Dimensions against the schedule: order, words, colours and fit."""

from collections.abc import Callable

import pytest

from tally.charts.campaign_progress import campaign_progress
from tally.palette import palette

SIX = (
    ("改革创新", 18, 15, 16),
    ("作风建设", 17, 14, 14),
    ("为企优环境", 27, 24, 20),
    ("经济发展", 31, 27, 21),
    ("为民办实事", 34, 29, 29),
    ("风险防范", 100, 50, 46),
)


def test_progress_lists_the_furthest_behind_first(dimensions: Callable, texts: Callable) -> None:
    names = {row[0] for row in SIX}
    shown = texts(campaign_progress(dimensions(*SIX), theme="light"))
    assert [text for text in shown if text in names] == [
        "经济发展",
        "为企优环境",
        "风险防范",
        "作风建设",
        "为民办实事",
        "改革创新",
    ]


@pytest.mark.parametrize(
    ("dimension", "expected"),
    [
        (("经济发展", 31, 27, 21), {"21 / 31 项", "67.7%", "■ 落后 19.4"}),
        (("风险防范", 100, 50, 46), {"46 / 100 项", "46.0%", "▲ 落后 4.0"}),
        (("作风建设", 17, 14, 14), {"14 / 17 项", "82.4%", "● 持平"}),
        (("改革创新", 18, 15, 16), {"16 / 18 项", "88.9%", "● 超前 5.6"}),
        (("大专项", 4000, 1001, 1000), {"1000 / 4000 项", "25.0%", "● 持平"}),
        (("空维度", 0, 0, 0), {"无条目"}),
    ],
)
def test_progress_says_count_share_and_state(
    dimensions: Callable, texts: Callable, dimension: tuple, expected: set[str]
) -> None:
    shown = texts(campaign_progress(dimensions(dimension), theme="light"))
    assert set(shown) == {dimension[0], *expected}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_progress_colours_only_what_is_behind(dimensions: Callable, theme: str) -> None:
    figure = campaign_progress(dimensions(*SIX), theme=theme)
    tokens = palette(theme)
    fills = [shape.fillcolor for shape in figure.layout.shapes if shape.type == "rect"]
    bars = [fill for fill in fills if fill != tokens.bg2]
    red, orange = tokens.states["overdue"].fill, tokens.states["soon"].fill
    assert bars == [red, red, orange, tokens.bar, tokens.bar, tokens.bar]


@pytest.mark.parametrize("many", [1, 5, 6, 7, 9, 14])
def test_progress_fits_any_number_of_rows(
    dimensions: Callable, faults: Callable, many: int
) -> None:
    rows = [(f"基层治理与服务第{index}项", 1200, 900, 850 + index) for index in range(many)]
    assert faults(campaign_progress(dimensions(*rows), theme="light")) == []


def test_progress_says_how_many_rows_it_leaves_out(dimensions: Callable, texts: Callable) -> None:
    rows = [(f"第{index}类", 10, 9, 8) for index in range(14)]
    assert "另有 6 行较好，未列出" in texts(campaign_progress(dimensions(*rows), theme="light"))


def test_progress_without_rows_says_so(dimensions: Callable, texts: Callable) -> None:
    assert texts(campaign_progress(dimensions(), theme="light")) == ["没有事项"]
