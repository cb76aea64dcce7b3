"""The bump chart: labels at the end, ties side by side, grey unless it matters."""

from collections.abc import Callable

import pytest

from tally.charts.unit_rank_history import unit_rank_history
from tally.palette import palette

RANKS = {
    "党建综合部": [3, 1, 1, 1],
    "应急环保部": [1, 2, 2, 2],
    "财政金融部": [4, 5, 2, 3],
    "社会事务服务中心": [2, 3, 4, 3],
    "产业发展部": [6, 4, 5, 5],
    "规划建设部": [5, 6, 6, 6],
    "招商部": [7, 7, 7, 7],
}
ALL_TIED = {unit: [places[0], 1] for unit, places in RANKS.items()}
ELEVEN = RANKS | {
    "综合执法与安全生产监督局": [8, 8, 8, 8],
    "工会联合会": [None, None, 9, 9],
    "机关团委": [9, 10, 10, 9],
    "退役军人服务站": [10, 9, 11, 11],
}
EIGHTEEN = {f"第{index}社区": [index, index, index, 19 - index] for index in range(1, 19)}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    "ranks",
    [RANKS, ALL_TIED, ELEVEN, EIGHTEEN, {"招商部": [1]}, {u: r[:1] for u, r in RANKS.items()}],
)
def test_history_has_no_text_that_meets(
    history: Callable, faults: Callable, ranks: dict, theme: str
) -> None:
    assert faults(unit_rank_history(history(ranks), theme=theme)) == []


def test_history_sets_tied_names_apart_in_a_fixed_order(history: Callable, texts: Callable) -> None:
    figure = unit_rank_history(history(RANKS), theme="light")
    heights = {note.text: note.y for note in figure.layout.annotations}
    gap = heights["财政金融部"] - heights["社会事务服务中心"]
    assert gap == pytest.approx(22)
    shown = [text for text in texts(figure) if text in RANKS]
    assert shown[2:4] == ["社会事务服务中心", "财政金融部"]


@pytest.mark.parametrize(
    ("unit", "color"),
    [
        ("招商部", palette("light").states["overdue"].fill),
        ("财政金融部", palette("light").text),
        ("党建综合部", palette("light").states["unreported"].fill),
    ],
)
def test_history_colours_only_what_is_behind_or_moved(
    history: Callable, unit: str, color: str
) -> None:
    rows = history(RANKS, behind=("招商部",), moved=("财政金融部",))
    figure = unit_rank_history(rows, theme="light")
    line = next(trace for trace in figure.data if trace.name == unit and trace.mode == "lines")
    assert line.line.color == color


def test_history_draws_what_matters_on_top(history: Callable) -> None:
    figure = unit_rank_history(history(RANKS, behind=("党建综合部",)), theme="light")
    assert figure.data[-1].name == "党建综合部"


def test_history_breaks_a_line_where_a_month_had_no_rank(history: Callable) -> None:
    figure = unit_rank_history(history(ELEVEN), theme="light")
    line = next(trace for trace in figure.data if trace.name == "工会联合会")
    assert [y is None for y in line.y] == [True, True, False, False]


def test_history_leaves_out_a_unit_without_a_rank_now(history: Callable, texts: Callable) -> None:
    rows = history(RANKS | {"机关团委": [8, 8, 8, None]})
    assert "机关团委" not in texts(unit_rank_history(rows, theme="light"))


def test_history_of_one_month_says_that_change_comes_later(
    history: Callable, texts: Callable
) -> None:
    shown = texts(unit_rank_history(history({"招商部": [1], "机关团委": [2]}), theme="light"))
    assert shown == ["1", "招商部", "2", "机关团委", "7月", "只有 7月一期，下月起看变化"]


def test_history_without_ranks_says_so(history: Callable, texts: Callable) -> None:
    for ranks in ({}, {"招商部": [None, None]}):
        assert texts(unit_rank_history(history(ranks), theme="light")) == ["没有单位参与排名"]
