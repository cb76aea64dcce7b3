"""指标 drawn: pace rows, months with gaps and interval, contributions with their sum (C1, C2)."""

import calendar
from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
import pytest

from tally.charts.indicator_contribution import indicator_contribution
from tally.charts.indicator_months import Year, indicator_months
from tally.charts.indicator_progress import attained_words, indicator_progress

ROW: dict[str, Any] = {
    "indicator": "固定资产投资", "month": "2022-10", "kind": "flow", "value": 69.15, "total": 69.15,
    "unit_of_measure": "亿元", "target": 102.6, "is_target_growth": False, "achieved_share": 0.674,
    "ideal_value": 85.4, "gap_share": -0.159, "light": "yellow", "stretch_target": 110.0,
    "growth_share": -0.037, "reported_growth_share": 0.051, "is_provisional": True,
    "start_value": None, "start_on": None, "period_end_on": date(2022, 10, 31), "frequency": "月",
}  # fmt: skip
UNJUDGED = ROW | {
    "target": None, "light": None, "gap_share": None, "achieved_share": None, "ideal_value": None,
    "stretch_target": None, "is_provisional": False, "reported_growth_share": None,
}  # fmt: skip


def said(figure: Any) -> list[str]:
    """Return the texts of a figure."""
    return [text.text for text in figure.layout.annotations]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("many", [1, 7, 18])
def test_pace_rows_have_no_text_that_meets(faults: Callable, many: int, theme: str) -> None:
    names = ["城乡居民人均可支配收入", "“四上”企业", "外贸进出口总额"]
    rows = [
        (ROW, UNJUDGED)[n % 2] | {"indicator": f"{names[n % 3]}{n}", "value": 10.0**n}
        for n in range(many)
    ]
    figure = indicator_progress(pd.DataFrame(rows), theme=theme, chosen=rows[0]["indicator"])
    assert faults(figure) == []


def test_light_floor_and_stretch_stand_apart_in_shape_and_word() -> None:
    started = UNJUDGED | {"start_value": 33.0, "start_on": date(2022, 7, 31), "value": 42.0}
    figure = indicator_progress(pd.DataFrame([ROW, UNJUDGED, started]), theme="light")
    texts = said(figure)
    assert "起点 33（7月），至今 +9" in texts
    assert {"▲ 偏慢", "落后 15.9 点", "○ 无目标", "+5.1%", "−3.7%*"} <= set(texts)
    assert any("▲初步" in text for text in texts)
    assert [trace.marker.symbol for trace in figure.data if trace.name == "stretch"] == ["diamond"]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, "69.15 / 102.6 亿元"),
        ({"target": None}, "69.15 亿元"),
        ({"target": 8, "is_target_growth": True}, "69.15 亿元，同比 +5.1%，目标 增长 8%"),
    ],
)
def test_value_is_told_with_its_target(changed: dict[str, Any], words: str) -> None:
    assert attained_words({**ROW, **changed}) == words.replace("69.15", "69.2")


def month_rows(totals: dict[int, float], frequency: str = "月", **more: Any) -> pd.DataFrame:
    """Return `indicator_months` of 2022 from totals by the month they end with."""
    return pd.DataFrame(
        [
            {
                "month": f"2022-{number:02}",
                "period_end_on": date(2022, number, calendar.monthrange(2022, number)[1]),
                "frequency": frequency, "measure": "累计", "value": total, "total": total,
                "single_value": total - totals[number - 1] if number - 1 in totals else None,
                "single_before": 3.0, "span_count": 1, "single_growth_share": 0.1,
                "reported_single_growth_share": None, "is_provisional": number == max(totals),
                **more,
            }
            for number, total in totals.items()
        ]
    )  # fmt: skip


def test_missing_month_breaks_the_line_and_is_named(faults: Callable) -> None:
    months = month_rows({2: 8.0, 3: 12.0, 4: 17.0, 6: 25.0, 7: 30.0})
    year = Year(60, 66, 0.0, projected=55.0, low=50.0, high=61.0)
    figure = indicator_months(months, year, theme="light")
    lines = [trace for trace in figure.data if trace.name == "value" and trace.mode == "lines"]
    assert [len(line.x) for line in lines] == [3, 2]
    assert {"○缺", "▲7月", "预计 55"} <= set(said(figure))
    band = next(trace for trace in figure.data if trace.name == "interval")
    # The band opens from the newest value to the interval at the year's end.
    assert (band.x[0], band.x[1], band.y[1] < band.y[2]) == (lines[-1].x[-1], band.x[2], True)
    assert faults(figure) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_months_have_no_text_that_meets(faults: Callable, theme: str) -> None:
    full = month_rows({number: 4321.0 * number for number in range(1, 13)})
    year = Year(52000, 52500, 0.0, projected=51852.0, low=51852.0, high=51852.0)
    assert faults(indicator_months(full, year, theme=theme)) == []
    quarters = month_rows({3: 41.0, 6: 88.0, 9: 128.1}, frequency="季", single_value=40.0)
    assert faults(indicator_months(quarters, Year(172, None, 0.0), theme=theme)) == []
    levels = month_rows({n: 60.0 + n for n in range(1, 11)}, total=None, single_value=None)
    assert faults(indicator_months(levels, Year(80, 85, 60.0), theme=theme)) == []


def test_single_values_without_totals_stand_alone_as_columns(faults: Callable) -> None:
    rows = month_rows({3: 39020.0, 4: 35699.0, 5: 39211.0}, total=None, measure="当期")
    rows = rows.assign(single_value=rows["value"], single_before=38000.0)
    figure = indicator_months(rows, Year(), theme="light")
    assert [trace for trace in figure.data if trace.name == "value"] == []
    assert {"39,020", "35,699", "39,211"} <= set(said(figure))
    assert faults(figure) == []


def part_row(part: str, points: float | None, effect: str | None, **more: Any) -> dict[str, Any]:
    """Return a row of `indicator_contribution` in a whole that grew by a tenth."""
    return {
        "part": part, "whole": "全市", "is_rest": False, "is_own": False, "share": 0.2,
        "growth_share": None if points is None else points * 5, "contribution_share": points,
        "effect": effect, "whole_growth_share": 0.1, "whole_before": 100.0, **more,
    }  # fmt: skip


def test_contributions_diverge_from_zero_and_end_with_their_sum(faults: Callable) -> None:
    parts = pd.DataFrame(
        [
            part_row("甲区", 0.08, "pulls", is_own=True),
            part_row("乙区", -0.02, "drags"),
            part_row("丙区", None, None),
            part_row("其他/未报", 0.04, None, is_rest=True),
        ]
    )
    figure = indicator_contribution(parts, theme="light")
    assert {"● 贡献", "▲ 拖后腿", "○ 未报 1", "+8.0", "−2.0"} <= set(said(figure))
    assert "合计 +10.0 个百分点 = 全市增长 +10.0%" in said(figure)
    assert faults(figure) == []
