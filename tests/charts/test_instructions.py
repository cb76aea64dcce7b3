"""The figures of 批示交办: the four stages (D22), and the days of one thing (D17, D22)."""

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from tally.charts.dated_way import Stop, dated_way
from tally.charts.instruction_flow import instruction_flow
from tests.charts.conftest import layout_faults


def totals(*rows: tuple[int, int, int, float | None]) -> pd.DataFrame:
    """Return `instruction_totals` from each stage's (standing, overdue, passed, median)."""
    columns = ["standing_count", "overdue_count", "passed_count", "working_days_median"]
    stages = ["布置", "跟踪", "督查", "见效"]
    return pd.DataFrame(rows, columns=columns).assign(stage=stages)


FULL = ((2, 1, 7, 8.0), (3, 0, 4, 10.5), (0, 0, 3, 8.0), (3, 1, 3, 27.0))


def test_each_stage_says_how_many_stand_there_and_went_on(texts: Callable) -> None:
    shown = texts(instruction_flow(totals(*FULL), theme="light"))
    assert shown[:4] == ["布置", "跟踪", "督查", "见效"]
    assert [text for text in shown if text.startswith("已过")] == [
        "已过 7 件",
        "已过 4 件",
        "已过 3 件",
    ]
    assert {"■ 逾期 1 件", "● 无逾期", "没有停在这里的", "▲ 迟 1 件"} <= set(shown)
    assert {"中位 10.5 日", "全程中位 27 日"} <= set(shown)


def test_stages_nobody_went_through_have_no_median(texts: Callable) -> None:
    shown = texts(instruction_flow(totals(*[(0, 0, 0, None)] * 4), theme="light"))
    assert not any("中位" in text for text in shown)


def test_a_stage_is_chosen_by_its_name_and_bordered() -> None:
    figure = instruction_flow(totals(*FULL), theme="light", chosen="督查")
    [targets] = figure.data
    assert {data[0] for data in targets.customdata} == {"布置", "跟踪", "督查", "见效"}
    assert [shape.line.width for shape in figure.layout.shapes].count(3) == 1


@pytest.mark.parametrize("width", [1120, 900])
def test_flow_is_legible_with_large_numbers(width: int) -> None:
    rows = totals(*[(1234, 987, 1234, 120.5)] * 4)
    assert layout_faults(instruction_flow(rows, theme="dark", width=width)) == []


def test_way_shows_steps_above_and_limits_below(texts: Callable) -> None:
    steps = [Stop(date(2023, 5, 9), "布置"), Stop(date(2023, 5, 30), "跟踪")]
    limits = [Stop(date(2023, 5, 25), "期限", "overdue"), Stop(date(2023, 6, 30), "截至")]
    shown = texts(dated_way(steps, limits, theme="light"))
    assert shown == [
        *("● 布置", "● 跟踪", "5月9日", "5月30日"),
        *("■ 期限", "● 截至", "5月25日", "6月30日"),
    ]


@pytest.mark.parametrize("days", [0, 1, 300])
def test_way_is_legible_however_close_the_days(days: int) -> None:
    first = date(2023, 1, 9)
    later = date.fromordinal(first.toordinal() + days)
    steps = [
        Stop(first, "布置"),
        Stop(first, "跟踪"),
        Stop(later, "督查"),
        Stop(later, "见效", "soon"),
    ]
    limits = [Stop(later, "期限", "overdue"), Stop(later, "截至", "unreported")]
    assert layout_faults(dated_way(steps, limits, theme="light")) == []
    assert layout_faults(dated_way(steps, [], theme="dark")) == []
