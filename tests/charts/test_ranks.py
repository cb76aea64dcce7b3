"""Ladder, bump chart, three lines and multiples: nothing meets, what is missing is a gap."""

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from tally.charts.growth_lines import growth_lines, multiple_path
from tally.charts.multiple_progress import multiple_progress
from tally.charts.peer_rank_history import peer_rank_history
from tally.charts.rank_ladder import index_ladder, peer_ladder


def ranking(many: int) -> pd.DataFrame:
    """Return `peer_ranking` of so many places, ours the third, the last not published."""
    return pd.DataFrame(
        [
            {
                "place": f"示例开发区{number}", "is_own": number == 3, "is_tied": number < 3,
                "rank": None if number == many else max(number, 2) - 1,
                "value": None if number == many else 1_234.5 - number, "growth_share": 0.064,
                "rank_change": None if number == 1 else number - 3, "unit_of_measure": "亿元",
                "gap_above": None if number < 3 else 12.3,
            }
            for number in range(1, many + 1)
        ]
    )  # fmt: skip


def history(ranks: dict[str, list[int | None]]) -> pd.DataFrame:
    """Return `peer_rank_history` of months from January 2022 on; the first place is ours."""
    return pd.DataFrame(
        [
            {
                "place": place, "is_own": place == next(iter(ranks)), "rank": rank,
                "period_end_on": date(2022, month, 28), "frequency": "月", "is_counted": True,
            }
            for place, places in ranks.items()
            for month, rank in enumerate(places, start=1)
        ]
    )  # fmt: skip


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("many", [2, 8, 41])
def test_ladder_holds_any_number_of_places_and_always_ours(
    faults: Callable, texts: Callable, many: int, theme: str
) -> None:
    chart = peer_ladder(ranking(many), theme=theme)
    assert faults(chart) == []
    shown = texts(chart)
    assert ("▶ 示例开发区3" in shown) == (many > 2)
    assert ("○ 未公布" in shown) == (many < 41)


def test_index_ladder_says_how_firm_a_rank_is(faults: Callable, texts: Callable) -> None:
    rows = ranking(5).assign(
        score=[90, 70, 50, 20, None], indicator_count=18, missing_parts=[[]] * 4 + [["a"] * 18],
        rank_low=[1, 2, 2, 4, None], rank_high=[1, 3, 3, 4, None],
    )  # fmt: skip
    chart = index_ladder(rows, theme="light")
    assert faults(chart) == []
    assert {"第1", "第2–3", "第4", "0 / 18", "18 / 18"} <= set(texts(chart))


def test_bump_chart_breaks_where_a_place_did_not_publish(faults: Callable) -> None:
    chart = peer_rank_history(history({"本地": [2, None, 1], "甲": [1, 1, 2]}), theme="dark")
    assert faults(chart) == []
    line = next(trace for trace in chart.data if trace.name == "本地" and trace.mode == "lines")
    assert [y is None for y in line.y] == [False, True, False]
    assert peer_rank_history(history({"本地": [None]}), theme="light").layout.annotations


def lines_of() -> pd.DataFrame:
    """Return `growth_lines` of two places; ours has no 2019."""
    told = [("本地", True, 2018, 100), ("本地", True, 2020, 120), ("邻县", False, 2018, 80)]
    rows = [
        {"place": place, "is_own": own, "line": "实绩", "year": year, "value": value}
        for place, own, year, value in told
    ]
    for place, own, base, growth in (("本地", True, 120, 0.05), ("邻县", False, 110, 0.1)):
        rows += [
            {
                "place": place, "is_own": own, "line": "低线", "year": 2020 + step,
                "value": base * (1 + growth) ** step,
            }
            for step in range(11)
        ]  # fmt: skip
    return pd.DataFrame(rows)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_lines_mark_the_crossing_and_leave_gaps(
    faults: Callable, texts: Callable, theme: str
) -> None:
    pairs = pd.DataFrame(
        [
            {
                "overtaking_year": 2022, "from_year": 2020, "crossing_years": 1.87,
                "own_value": 120, "own_growth_share": 0.05,
            }
        ]
    )  # fmt: skip
    chart = growth_lines(lines_of(), pairs, theme=theme)
    assert faults(chart) == []
    assert "2022年" in texts(chart)
    line = next(trace for trace in chart.data if trace.name == "本地实绩" and trace.mode == "lines")
    assert [y is None for y in line.y] == [False, True, False]


def test_multiples_stand_against_their_path(faults: Callable, texts: Callable) -> None:
    rows = pd.DataFrame(
        [
            {
                "name": f"{what}倍增", "base_value": 330.0, "target_value": 660.0,
                "unit_of_measure": "家", "value": value, "expected_value": 366.2,
                "pace_share": None if value is None else value / 366.2,
            }
            for what, value in (("上市", 370.0), ("规企", 362.0), ("创新", 300.0), ("商贸", None))
        ]
    )  # fmt: skip
    chart = multiple_progress(rows, theme="light")
    assert faults(chart) == []
    assert {"● 370", "▲ 362", "■ 300", "○ 未公布"} <= set(texts(chart))
    path = pd.DataFrame(
        {
            "quarter_end_on": [date(2020, 12, 31), date(2021, 3, 31), date(2021, 6, 30)],
            "expected_value": [100.0, 103.5, 107.2],
            "value": [100.0, None, 108.0],
        }
    )
    assert faults(multiple_path(path, theme="dark")) == []
