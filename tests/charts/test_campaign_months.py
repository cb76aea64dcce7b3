"""The burn-down: both lines named, months aligned, nothing overlapping."""

from collections.abc import Callable

import plotly.graph_objects as go
import pytest

from tally.charts.campaign_months import campaign_months
from tally.palette import palette

PLAN = [80, 66, 44, 21, 8, 0]
LATE = ([82, 72, 47, 30], [(96, 14), (28, 38), (16, 41), (8, 25)])
AHEAD = ([75, 60, 40, 9], [(96, 21), (8, 23), (0, 20), (0, 31)])


def _line(figure: go.Figure, name: str) -> go.Scatter:
    return next(trace for trace in figure.data if trace.name == name)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("remaining", "flows"), [LATE, AHEAD, ([75], [(96, 21)]), ([], []), ([0], [(4, 4)])]
)
def test_months_have_no_text_that_meets(
    months: Callable, faults: Callable, remaining: list, flows: list, theme: str
) -> None:
    rows = months("2022-07", PLAN, remaining, flows)
    assert faults(campaign_months(rows, theme=theme)) == []


def test_months_of_two_years_still_fit(months: Callable, faults: Callable) -> None:
    rows = months("2021-01", list(range(230, -1, -10)), [900] * 20, [(1200, 1100)] * 20)
    assert faults(campaign_months(rows, theme="light")) == []


def test_months_name_both_lines_and_the_end(months: Callable, texts: Callable) -> None:
    shown = texts(campaign_months(months("2022-07", PLAN, *LATE), theme="light"))
    assert {"82", "72", "47", "30 剩余", "计划 21", "清零", "新增", "销号"} <= set(shown)
    assert shown[-6:] == ["7月", "8月", "9月", "10月", "11月", "12月"]


@pytest.mark.parametrize(("case", "is_late"), [(LATE, True), (AHEAD, False)])
def test_months_are_red_only_when_more_remains_than_planned(
    months: Callable, case: tuple, is_late: bool
) -> None:
    figure = campaign_months(months("2022-07", PLAN, *case), theme="light")
    tokens = palette("light")
    expected = tokens.states["overdue"].fill if is_late else tokens.bar
    assert _line(figure, "remaining").line.color == expected


def test_months_draw_more_remaining_higher(months: Callable) -> None:
    figure = campaign_months(months("2022-07", PLAN, *LATE), theme="light")
    heights = _line(figure, "remaining").y  # px from the top
    assert list(heights) == sorted(heights)
    assert heights[0] < _line(figure, "plan").y[0]


def test_months_not_yet_reported_have_no_point(months: Callable) -> None:
    figure = campaign_months(months("2022-07", PLAN, *LATE), theme="light")
    assert len(_line(figure, "remaining").x) == 4
    assert len(_line(figure, "plan").x) == 6


def test_months_without_rows_say_so(months: Callable, texts: Callable) -> None:
    assert texts(campaign_months(months("2022-07", [], [], []), theme="light")) == ["还没有月份"]
