"""The heat table: what 0, 未报, 无条目 and to come look like, folding, totals, choosing."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from tally.charts.overdue_by_dimension import overdue_by_dimension
from tally.charts.overdue_by_unit import overdue_by_unit
from tally.charts.overdue_grid import Cell, columns, step_of
from tally.charts.overdue_table import Look
from tally.palette import palette

AS_OF = date(2022, 10, 31)
OVERDUE = {
    "招商部": {"2022-07": 1, "2022-09": 1, "2022-10": 6},
    "规划建设部": {"2022-08": 2, "2022-09": 1, "2022-10": 2},
    "财政金融部": {"2022-09": 1},
    "党建综合部": {},
    "机关团委": {},
}
PENDING = {"招商部": {"2022-11": 5, "2022-12": 3}, "财政金融部": {"2022-11": 1}}


def _figure(frames: tuple[pd.DataFrame, ...], **settings: Any) -> go.Figure:
    theme = settings.pop("theme", "light")
    return overdue_by_unit(*frames, AS_OF, theme=theme, look=Look(**settings))


def _cell_fill(figure: go.Figure, unit: str, month: str) -> str:
    """Return the fill of the shape in the middle of a cell's targets."""
    trace = next(trace for trace in figure.data if trace.name == "targets")
    found = zip(trace.x, trace.y, trace.customdata, strict=True)
    spots = [(x, y) for x, y, data in found if tuple(data[:2]) == (unit, month)]
    x, y = sum(x for x, _ in spots) / len(spots), spots[0][1]
    return next(
        shape.fillcolor
        for shape in figure.layout.shapes
        if shape.type == "rect" and shape.x0 < x < shape.x1 and shape.y0 < y < shape.y1
    )


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("unit", "month", "step"),
    [
        ("招商部", "2022-07", 2),
        ("规划建设部", "2022-08", 3),
        ("招商部", "2022-10", 8),
        ("党建综合部", "2022-10", None),
    ],
)
def test_overdue_fills_a_cell_by_its_count(
    overdue: Callable, unit: str, month: str, step: int | None, theme: str
) -> None:
    tokens = palette(theme)
    expected = tokens.bg if step is None else tokens.sequential[step]
    assert _cell_fill(_figure(overdue(OVERDUE), theme=theme), unit, month) == expected


@pytest.mark.parametrize(
    ("cell", "measure", "step"),
    [
        (Cell(0, 5), "count", None),
        (Cell(1, 1), "count", 2),
        (Cell(4, 9), "count", 5),
        (Cell(5, 9), "count", 7),
        (Cell(60, 90), "count", 8),
        (Cell(0, 0), "share", None),
        (Cell(1, 10), "share", 2),
        (Cell(1, 2), "share", 7),
        (Cell(1, 1), "share", 8),
    ],
)
def test_overdue_bins_skip_the_step_that_carries_no_text(
    cell: Cell, measure: str, step: int | None
) -> None:
    assert step_of(cell, measure) == step


def test_overdue_orders_units_worst_first_and_the_unreported_last(
    overdue: Callable, texts: Callable
) -> None:
    cells, ageing, reporting = overdue(dict(reversed(OVERDUE.items())))
    reporting.loc[reporting["unit"] == "机关团委", ["is_reported", "last_month"]] = [False, None]
    shown = texts(_figure((cells, ageing, reporting)))
    assert [text for text in shown if text in OVERDUE] == list(OVERDUE)


def test_overdue_greys_only_months_after_the_last_report(
    overdue: Callable, texts: Callable
) -> None:
    cells, ageing, reporting = overdue(OVERDUE)
    reporting.loc[reporting["unit"] == "机关团委", ["is_reported", "last_month"]] = [
        False,
        "2022-08",
    ]
    figure = _figure((cells, ageing, reporting))
    tokens = palette("light")
    fills = [_cell_fill(figure, "机关团委", f"2022-{month:02}") for month in (7, 8, 9, 10)]
    assert fills == [tokens.bg, tokens.bg, tokens.nonefill, tokens.nonefill]
    assert texts(figure).count("未报") == 2


def test_overdue_of_a_stale_list_stays_visible_in_grey(overdue: Callable, texts: Callable) -> None:
    cells, ageing, reporting = overdue(OVERDUE)
    reporting.loc[reporting["unit"] == "规划建设部", ["is_reported", "last_month"]] = [
        False,
        "2022-09",
    ]
    shown = texts(_figure((cells, ageing, reporting)))
    assert "未报 2" in shown
    assert "14 项，超 30 天 3 项" in shown


def test_overdue_says_that_a_unit_has_no_items(overdue: Callable, texts: Callable) -> None:
    cells, ageing, reporting = overdue(OVERDUE)
    reporting.loc[reporting["unit"] == "机关团委", "has_items"] = False
    shown = texts(_figure((cells, ageing, reporting)))
    assert shown.count("无条目") == 1
    assert shown.count("0") == texts(_figure(overdue(OVERDUE))).count("0") - 5


def test_overdue_sums_columns_and_rows(overdue: Callable, texts: Callable) -> None:
    shown = texts(_figure(overdue(OVERDUE, PENDING)))
    foot = shown[shown.index("合计") :]
    assert foot == ["合计", "1", "2", "3", "8", "待 6", "待 3", "14 项，超 30 天 3 项"]
    assert {"8 项", "5 项", "1 项", "待 5", "待 3", "待 1", "待到期"} <= set(shown)


def test_overdue_without_any_keeps_its_size_and_says_so(
    overdue: Callable, texts: Callable, faults: Callable
) -> None:
    figure = _figure(overdue({"招商部": {}, "机关团委": {}}))
    assert "无逾期" in texts(figure)
    assert (figure.layout.height, faults(figure)) == (690, [])


def test_overdue_shares_are_of_the_items_of_the_month(overdue: Callable, texts: Callable) -> None:
    shown = texts(_figure(overdue({"招商部": {"2022-10": 2}}, items=8), measure="share"))
    assert "25.0%" in shown
    assert "0.0%" not in shown[: shown.index("合计")]


LONG = tuple(f"2021-{month:02}" for month in range(6, 13)) + tuple(
    f"2022-{month:02}" for month in range(1, 11)
)


def test_overdue_folds_months_beyond_eight_columns(overdue: Callable) -> None:
    cells, *_ = overdue(
        {"招商部": {"2021-07": 2}},
        {"招商部": {"2022-11": 1, "2023-01": 2, "2023-03": 4}},
        months=LONG,
    )
    spans = columns(cells, AS_OF)
    assert [span.title for span in spans] == [
        "更早", "7月", "8月", "9月", "10月", "11月", "12月", "更晚",
    ]  # fmt: skip
    assert (spans[0].month, spans[0].first, spans[0].last) == ("2022-06", "2021-06", "2022-06")
    assert (spans[-1].first, spans[-1].last) == ("2023-01", "2023-03")


def test_overdue_folded_month_holds_the_sum(overdue: Callable, texts: Callable) -> None:
    frames = overdue({"招商部": {"2021-07": 2, "2022-01": 1, "2022-10": 4}}, months=LONG)
    shown = texts(_figure(frames))
    assert shown[shown.index("合计") + 1] == "3"


def test_overdue_marks_the_chosen_cell(overdue: Callable) -> None:
    figure = _figure(overdue(OVERDUE), chosen=("招商部", "2022-10"))
    frames = [s for s in figure.layout.shapes if s.line.color == palette("light").primary]
    assert [frame.line.width for frame in frames] == [4]
    spot = next(note for note in figure.layout.annotations if note.text == "6")
    assert frames[0].x0 < spot.x < frames[0].x1 and frames[0].y0 < spot.y < frames[0].y1


def test_overdue_past_cells_can_be_chosen_and_those_to_come_cannot(overdue: Callable) -> None:
    figure = _figure(overdue(OVERDUE, PENDING))
    trace = next(trace for trace in figure.data if trace.name == "targets")
    chosen = {tuple(data[:2]) for data in trace.customdata}
    months = [f"2022-{month:02}" for month in (7, 8, 9, 10)]
    assert chosen == {(unit, month) for unit in OVERDUE for month in months}
    assert "招商部，10月到期 6 项，逾期 6 项" in trace.hovertext


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("measure", ["count", "share"])
@pytest.mark.parametrize("many", [1, 10, 18, 40])
def test_overdue_has_no_text_that_meets(
    overdue: Callable, faults: Callable, many: int, measure: str, theme: str
) -> None:
    units = {f"第{index}社区居民委员会": {"2022-10": index * 30} for index in range(many)}
    frames = overdue(units, {unit: {"2022-12": 900} for unit in units}, items=1300, months=LONG)
    assert faults(_figure(frames, measure=measure, theme=theme)) == []


def test_overdue_counts_units_it_cannot_list(overdue: Callable, texts: Callable) -> None:
    units = {f"单位{index}": {"2022-10": 1} for index in range(40)}
    shown = texts(_figure(overdue(units)))
    assert "另有 22 个单位未列出，已计入合计" in shown
    assert "40 项，超 30 天 0 项" in shown


def test_overdue_without_units_says_so(overdue: Callable, texts: Callable) -> None:
    cells, ageing, reporting = overdue(OVERDUE)
    assert texts(_figure((cells[:0], ageing[:0], reporting[:0]))) == ["没有单位"]


LISTED = ("党建综合部", "财政金融部", "规划建设部", "招商部")


@pytest.mark.parametrize(
    ("look", "order"),
    [
        ({"order": "roster"}, [*LISTED]),
        ({"own": "党建综合部"}, ["党建综合部", "招商部", "规划建设部", "财政金融部"]),
        ({"order": "roster", "own": "招商部"}, ["招商部", *LISTED[:-1]]),
        ({"own": "不在册的单位"}, LISTED[::-1]),
    ],
)
def test_overdue_keeps_the_roster_and_puts_the_own_row_first(
    overdue: Callable, texts: Callable, look: dict, order: Sequence[str]
) -> None:
    shown = texts(_figure(overdue({unit: OVERDUE[unit] for unit in LISTED}), **look))
    assert [text for text in shown if text in OVERDUE] == list(order)
    assert shown.count("本") == (look.get("own") in OVERDUE)


def test_overdue_own_row_is_listed_even_where_others_are_left_out(
    overdue: Callable, texts: Callable, faults: Callable
) -> None:
    units = {f"单位{index}": {"2022-10": 40 - index} for index in range(40)}
    figure = _figure(overdue(units), own="单位39")
    assert "单位39" in texts(figure)
    assert faults(figure) == []


DIMENSIONS = ("经济发展", "会议议定、包保反映、交办", None)


def _dimension_cells(units: list[str]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"unit": unit, "dimension": name, "overdue_count": index, "item_count": 4,
             "pending_count": 0}
            for unit in units
            for index, name in enumerate(DIMENSIONS)
        ]
    )  # fmt: skip


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("many", [3, 40])
def test_overdue_by_dimension_has_a_column_for_each_and_for_none(
    overdue: Callable, texts: Callable, faults: Callable, many: int, theme: str
) -> None:
    units = [f"单位{index}" for index in range(many)]
    _, ageing, reporting = overdue({unit: {"2022-10": 3} for unit in units})
    figure = overdue_by_dimension(
        _dimension_cells(units), ageing, reporting, theme=theme, look=Look(own="单位2")
    )
    shown = texts(figure)
    assert {"经济发展", "未分类"} <= set(shown)
    assert f"{3 * many} 项，超 30 天 0 项" in shown
    assert faults(figure) == []
    trace = next(trace for trace in figure.data if trace.name == "targets")
    chosen = {tuple(data[:2]) for data in trace.customdata if data[0] == "单位2"}
    assert chosen == {("单位2", "经济发展"), ("单位2", DIMENSIONS[1]), ("单位2", "")}
    assert "单位2，经济发展有期限 4 项，逾期 0 项" in trace.hovertext


def test_overdue_by_dimension_of_who_has_not_reported_is_grey(
    overdue: Callable, texts: Callable
) -> None:
    _, ageing, reporting = overdue({"甲": {"2022-10": 3}})
    reporting["is_reported"], reporting["last_month"] = False, "2022-09"
    figure = overdue_by_dimension(
        _dimension_cells(["甲"]), ageing, reporting, theme="light", look=Look()
    )
    assert [text for text in texts(figure) if "未报" in text] == ["未报", "未报 1", "未报 2"]
