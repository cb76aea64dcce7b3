"""The figures of 销号核实: what they say in words, shapes and places."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from tally.charts.closing_stock import closing_stock
from tally.charts.found_by_unit import found_by_unit, unit_sources
from tally.charts.on_time_pair import on_time_pair
from tally.charts.true_closing import true_closing
from tests.charts.conftest import layout_faults, wilson


def result_rows(*units: tuple[str, int, int, int]) -> pd.DataFrame:
    """Return `verification_results` from (unit, stock, checked, true); '' is the overall row."""
    rows: list[dict[str, Any]] = []
    for unit, stock, checked, true in units:
        low, high = wilson(true, checked) if checked else (None, None)
        rows.append(
            {"unit": unit, "is_overall": unit == "", "stock_count": stock,
             "checked_count": checked, "true_count": true, "false_count": checked - true,
             "true_share": true / checked if checked else None, "share_low": low,
             "share_high": high}
        )  # fmt: skip
    return pd.DataFrame(rows)


RESULTS = (
    ("", 60, 30, 27),
    ("规划建设部", 20, 10, 7),
    ("招商部", 30, 20, 20),
    ("党建部", 10, 0, 0),
)


def share_rows(*units: tuple[str, int, int, int, int, int]) -> pd.DataFrame:
    """Return `on_time_shares` from (unit, original due, on time, due, on time, extended)."""
    return pd.DataFrame(
        [
            {"unit": unit, "original_due_count": due, "original_on_time_count": on_time,
             "original_on_time_share": on_time / due if due else None, "due_count": now_due,
             "on_time_count": now_on_time,
             "on_time_share": now_on_time / now_due if now_due else None,
             "extended_count": extended}
            for unit, due, on_time, now_due, now_on_time, extended in units
        ]
    )  # fmt: skip


def test_true_closing_says_stock_found_share_and_failed(texts: Callable) -> None:
    shown = texts(true_closing(result_rows(*RESULTS), theme="light"))
    start = shown.index("规划建设部")
    assert shown[start : start + 5] == ["规划建设部", "20", "7 / 10", "70.0%", "■ 3"]
    start = shown.index("党建部")
    assert shown[start : start + 4] == ["党建部", "10", "0 / 0", "○ 未核查"]
    assert shown.index("全部（加权）") < shown.index("规划建设部")


def test_failed_units_are_squares_and_true_ones_diamonds() -> None:
    figure = true_closing(result_rows(*RESULTS), theme="light")
    symbols = {trace.name: trace.marker.symbol for trace in figure.data if trace.name != "targets"}
    assert symbols == {"全部（加权）": "square", "规划建设部": "square", "招商部": "diamond"}
    [targets] = [trace for trace in figure.data if trace.name == "targets"]
    assert {data[0] for data in targets.customdata} == {"规划建设部", "招商部", "党建部"}


@pytest.mark.parametrize(("width", "height"), [(1040, 690), (622, 350)])
@pytest.mark.parametrize("count", [0, 1, 12, 40])
def test_true_closing_is_legible_however_many_units(width: int, height: int, count: int) -> None:
    units = [(f"第{n}个较长名称的单位", 10, 5, 5 - n % 2) for n in range(count)]
    rows = result_rows(("", 400, 200, 190), *units)
    figure = true_closing(rows, theme="dark", width=width, height=height)
    assert layout_faults(figure) == []


def test_closing_stock_splits_what_is_reported_closed(texts: Callable) -> None:
    totals = {"reported_closed_count": 120, "verified_count": 90}
    shown = texts(closing_stock(totals, 6, theme="light"))
    assert shown == [
        "自报销号 120 项",
        "◆ 核实 90（75.0%）",
        "■ 不实 6（5.0%）",
        "○ 未核查 24（20.0%）",
    ]
    assert layout_faults(closing_stock(totals, 6, theme="light", width=600)) == []
    none = {"reported_closed_count": 0, "verified_count": 0}
    assert "还没有自报销号的事项" in texts(closing_stock(none, 0, theme="light"))


def test_on_time_pair_puts_the_largest_gain_by_extension_first(texts: Callable) -> None:
    rows = share_rows(("甲部", 10, 6, 10, 6, 0), ("乙部", 10, 5, 9, 7, 2), ("丙部", 0, 0, 4, 4, 1))
    figure = on_time_pair(rows, theme="light")
    shown = texts(figure)
    assert [text for text in shown if text.endswith("部")] == ["乙部", "丙部", "甲部"]
    start = shown.index("乙部")
    assert shown[start : start + 6] == ["乙部", "5 / 10", "50.0%", "7 / 9", "77.8%", "▲ 2"]
    assert layout_faults(figure) == []
    assert "还没有到期的事项" in texts(on_time_pair(rows.head(0), theme="light"))


def test_found_by_unit_sets_own_against_others(texts: Callable) -> None:
    found = pd.DataFrame(
        [
            {"unit": unit, "found_by": way, "item_count": count, "stated_count": stated,
             "own_count": own, "own_found_share": own / stated if stated else None}
            for unit, way, count, stated, own in (
                ("甲部", "自己找", 6, 8, 6), ("甲部", "群众提", 2, 8, 6), ("甲部", None, 3, 8, 6),
                ("乙部", "上级点", 4, 4, 0), ("丙部", None, 5, 0, 0),
            )
        ]
    )  # fmt: skip
    sources = unit_sources(found).set_index("unit").loc["甲部"]
    assert [sources[f"{whose}_count"] for whose in ("own", "others", "unstated")] == [6, 2, 3]
    figure = found_by_unit(found, theme="light", width=600)
    shown = texts(figure)
    assert [text for text in shown if text.endswith("部")] == ["乙部", "甲部", "丙部"]
    assert "○ 5 项未注明查找方式" in shown
    assert layout_faults(figure) == []
