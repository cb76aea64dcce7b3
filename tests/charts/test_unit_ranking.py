"""The ranking: order, ties, states, interval and axis."""

from collections.abc import Callable

import pandas as pd
import pytest

from tally.charts.unit_ranking import unit_ranking
from tally.palette import palette

SEVEN = (
    ("招商部", 10, 18, 0),
    ("党建综合部", 14, 14, 0),
    ("应急环保部", 17, 18, 2),
    ("财政金融部", 14, 15, -1),
    ("社会事务服务中心", 14, 15, 2),
    ("产业发展部", 16, 19, None),
    ("规划建设部", 13, 18, 0),
    ("退役军人服务站", 4, 5, None),
)


def _row(texts: list[str], unit: str) -> list[str]:
    start = texts.index(unit)
    return texts[start - 1 : start + 4]


def test_ranking_prints_ties_ratio_share_and_change(ranking: Callable, texts: Callable) -> None:
    shown = texts(unit_ranking(ranking(*SEVEN), theme="light"))
    assert _row(shown, "党建综合部") == ["第1", "党建综合部", "14 / 14", "100.0%", "—"]
    assert _row(shown, "财政金融部") == ["并列第3", "财政金融部", "14 / 15", "93.3%", "↓ 1"]
    assert _row(shown, "社会事务服务中心")[::4] == ["并列第3", "↑ 2"]
    assert _row(shown, "产业发展部")[::4] == ["第5", "新进"]
    assert _row(shown, "招商部")[0] == "第7"


def test_ranking_leaves_out_units_without_a_rank(ranking: Callable, texts: Callable) -> None:
    assert "退役军人服务站" not in texts(unit_ranking(ranking(*SEVEN), theme="light"))


def test_ranking_of_a_first_month_calls_nobody_new(ranking: Callable, texts: Callable) -> None:
    rows = ranking(*((unit, closed, due, None) for unit, closed, due, _ in SEVEN))
    assert "新进" not in texts(unit_ranking(rows, theme="light"))


@pytest.mark.parametrize(
    ("unit", "symbol", "state"),
    [
        ("招商部", "square", "overdue"),
        ("规划建设部", "triangle-up", "soon"),
        ("产业发展部", "circle", "closed"),
    ],
)
def test_ranking_gives_each_state_a_shape_and_a_colour(
    ranking: Callable, unit: str, symbol: str, state: str
) -> None:
    figure = unit_ranking(ranking(*SEVEN), theme="dark")
    trace = next(trace for trace in figure.data if trace.name == unit)
    assert (trace.marker.symbol, trace.marker.color) == (symbol, palette("dark").states[state].fill)


@pytest.mark.parametrize(
    ("closed", "due", "lowest"),
    [(14, 14, "60%"), (10, 18, "20%"), (1, 15, "0%"), (990, 1000, "80%")],
)
def test_ranking_axis_starts_at_the_lowest_bound_in_twenties(
    ranking: Callable, texts: Callable, closed: int, due: int, lowest: str
) -> None:
    shown = texts(unit_ranking(ranking(("招商部", closed, due, 0)), theme="light"))
    ticks = [text for text in shown if text.endswith("0%") and "." not in text]
    assert (ticks[0], ticks[-1]) == (lowest, "100%")


def test_ranking_intervals_hold_their_point(ranking: Callable) -> None:
    figure = unit_ranking(ranking(*SEVEN), theme="light")
    points = {trace.y[0]: trace.x[0] for trace in figure.data if trace.name != "targets"}
    bars = [shape for shape in figure.layout.shapes if shape.opacity == 0.38]
    assert len(bars) == len(points) == 7
    for bar in bars:
        assert bar.x0 <= points[(bar.y0 + bar.y1) / 2] <= bar.x1 + 1e-6


def test_ranking_says_who_has_not_reported(ranking: Callable, texts: Callable) -> None:
    rows = ranking(*SEVEN)
    rows.loc[rows["unit"] == "产业发展部", "is_reported"] = False
    assert texts(unit_ranking(rows, theme="light")).count("○ 本月未报") == 1


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("many", [1, 4, 7, 11])
def test_ranking_has_no_text_that_meets(
    ranking: Callable, faults: Callable, many: int, theme: str
) -> None:
    rows = ranking(
        *(
            (f"综合执法与安全生产监督局{index}", 9000 + index % 3, 12000, -10)
            for index in range(many)
        )
    )
    assert faults(unit_ranking(rows, theme=theme)) == []


@pytest.mark.parametrize("share", [0.0, 0.05, 1.0, None])
def test_ranking_keeps_the_label_of_all_units_inside(
    ranking: Callable, faults: Callable, share: float | None
) -> None:
    rows = ranking(*SEVEN).assign(league_share=share)
    assert faults(unit_ranking(rows, theme="light")) == []


def test_ranking_rows_can_be_chosen_by_unit(ranking: Callable) -> None:
    figure = unit_ranking(ranking(*SEVEN), theme="light")
    targets = next(trace for trace in figure.data if trace.name == "targets")
    assert {data[0] for data in targets.customdata} == {row[0] for row in SEVEN[:7]}


def test_ranking_without_ranked_units_says_so(ranking: Callable, texts: Callable) -> None:
    rows = ranking(("退役军人服务站", 4, 5, None))
    for empty in (rows, rows[:0], pd.DataFrame(rows)):
        assert texts(unit_ranking(empty, theme="light")) == ["没有单位参与排名"]
