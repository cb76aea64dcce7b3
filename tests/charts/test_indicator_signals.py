"""The control chart: limits where there are enough points, gaps kept, signals told in words."""

import calendar
from collections.abc import Callable, Sequence
from datetime import date

import pandas as pd
import plotly.graph_objects as go
import pytest

from tally.charts.indicator_signals import indicator_signals

SWING = (5.0, 6.0, 4.5, 5.5, 6.2, 4.8)


def signal_rows(
    points: Sequence[float | None], verdicts: dict[int, str] | None = None, **columns: object
) -> pd.DataFrame:
    """Return `indicator_signals` of March 2020 on; None is a month nobody published."""
    rows = []
    for step, point in enumerate(points):
        year, month = divmod(2020 * 12 + 2 + step, 12)
        row = {
            "period_end_on": date(year, month + 1, calendar.monthrange(year, month + 1)[1]),
            "month": f"{year}-{month + 1:02}",
            "point": point,
            "point_kind": "flow",
            "point_unit": "%",
            "is_next": step > 0 and points[step - 1] is not None,
            "verdict": (verdicts or {}).get(step, "held"),
            "is_provisional": step == len(points) - 1,
            "publisher": "市统计局",
            "point_count": min(len(points), 24),
            "threshold": 2.0,
            "rule": "limits" if len(points) >= 10 else "threshold",
        }
        limits = (5.3, 2.0, 8.6) if len(points) >= 10 else (None, None, None)
        row |= dict(zip(("mean", "low_limit", "high_limit"), limits, strict=True)) | columns
        rows.append(row)
    shown = pd.DataFrame(rows, columns=list(rows[0]) if rows else ["period_end_on"])
    return shown[shown["point"].notna()] if rows else shown


def points_line(figure: go.Figure) -> list[float | None]:
    """Return the heights of the drawn line; None where it breaks."""
    return list(next(trace for trace in figure.data if trace.name == "points").y)


LONG = signal_rows([*SWING * 4, 12.0, 5.0, 0.1], {24: "improved", 26: "worse"})
GAPPED = signal_rows([*SWING, None, None, *SWING])
SHORT = signal_rows([5.0, None, -3.0, 2.0], {0: "improved", 2: "worse", 3: "improved"})
RANKS = signal_rows([9.0, 8.0], point_kind="level", point_unit="位", threshold=1.0)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("rows", [LONG, GAPPED, SHORT, RANKS, SHORT[:1], SHORT[:0]], ids=len)
def test_signals_have_no_text_that_meets(
    faults: Callable, rows: pd.DataFrame, scale: float, theme: str
) -> None:
    figure = indicator_signals(
        rows, theme=theme, width=900 * scale, height=360 * scale, scale=scale
    )
    assert faults(figure) == []


def test_signals_are_named_with_shape_and_word(texts: Callable) -> None:
    shown = " | ".join(texts(indicator_signals(LONG, theme="light")))
    for said in ("■ 变差 +0.1%", "上限 +8.6%", "均值 +5.3%", "下限 +2.0%"):
        assert said in shown
    assert "近 24 期均值 ± 2.66 × 平均移动极差" in shown
    assert "最新 2022年5月 · ▲初步 1 期（空心） · 来源 市统计局" in shown


def test_signals_leave_a_missing_month_as_a_gap() -> None:
    figure = indicator_signals(GAPPED, theme="light")
    heights = points_line(figure)
    assert len(heights) == 13
    assert [index for index, height in enumerate(heights) if height is None] == [6]
    line = next(trace for trace in figure.data if trace.name == "points")
    steps = [b - a for a, b in zip(line.x[:5], line.x[1:6], strict=True)]
    assert line.x[7] - line.x[5] == pytest.approx(3 * steps[0])


def test_signals_below_ten_points_state_the_threshold_and_draw_no_limits(texts: Callable) -> None:
    shown = " | ".join(texts(indicator_signals(SHORT, theme="light")))
    assert "不足 10 期不设控制限：与上年同期相差 2 个百分点起算变化" in shown
    assert "均值" not in shown
    assert "● 向好 +2.0%" in shown
    assert "相差 1 位起算" in " ".join(texts(indicator_signals(RANKS, theme="light")))


def test_signals_without_points_say_so(texts: Callable) -> None:
    assert texts(indicator_signals(SHORT[:0], theme="light")) == [
        "还没有可比的数：至少要有上年同期"
    ]
