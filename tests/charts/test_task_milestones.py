"""One task on one chart: milestones, the line of the day asked, and the pace (A7, D8)."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from tally.charts.task_milestones import task_milestones

AS_OF, START, DUE = date(2021, 9, 30), date(2021, 3, 29), date(2021, 12, 31)
COLUMNS = ("milestone_no", "milestone", "start_on", "due_on", "moved_to", "done_on", "status")
PLAN: list[tuple[Any, ...]] = [
    ("1", "前期", date(2021, 3, 29), date(2021, 5, 31), None, date(2021, 5, 20), "done", None),
    ("2", "开工", date(2021, 5, 31), date(2021, 7, 31), None, date(2021, 8, 12), "late", 12),
    ("3", "推进", date(2021, 7, 31), date(2021, 9, 10), date(2021, 10, 31), None, "missed", 20),
    ("4", "验收", date(2021, 9, 10), date(2021, 12, 31), None, None, "not yet due", None),
]


def milestone_rows(plan: list[tuple[Any, ...]]) -> pd.DataFrame:
    """Return rows of `task_milestones`."""
    return pd.DataFrame(plan, columns=[*COLUMNS, "late_days"])


def month_rows(*shares: float | None) -> pd.DataFrame:
    """Return `task_months` up to September; None is a month without a report."""
    rows = [
        {
            "month": f"2021-{9 - len(shares) + number + 1:02}",
            "is_reported": share is not None,
            "achieved_share": share,
            "schedule_share": 0.1 * (number + 1),
        }
        for number, share in enumerate(shares)
    ]
    columns = ["month", "is_reported", "achieved_share", "schedule_share"]
    return pd.DataFrame(rows, columns=columns)


def _figure(plan: pd.DataFrame, months: pd.DataFrame, due: date = DUE, **more: Any) -> go.Figure:
    return task_milestones(plan, months, (START, due), AS_OF, **{"theme": "light", **more})


def trace(figure: go.Figure, name: str) -> Any:
    """Return the trace of that name."""
    return next(one for one in figure.data if one.name == name)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("due", [DUE, date(2021, 9, 10), date(2023, 6, 30)])
def test_chart_has_no_text_that_meets(faults: Callable, theme: str, due: date) -> None:
    months = month_rows(None, None, None, 0.2, 0.45, 0.61, 1.04)
    assert faults(_figure(milestone_rows(PLAN), months, due, theme=theme)) == []


def test_milestone_says_what_became_of_it(texts: Callable) -> None:
    said = texts(_figure(milestone_rows(PLAN), month_rows()))
    for name in ("1. 前期", "2. 开工", "3. 推进", "4. 验收"):
        assert name in said
    for status in ("● 按期 5月20日", "▲ 迟到 12 天", "■ 超期 20 天", "○ 12月31日到期"):
        assert status in said


def test_line_of_the_day_stands_at_the_day_whatever_today_is(texts: Callable) -> None:
    figure = _figure(milestone_rows(PLAN), month_rows())
    assert "截至 9月30日" in texts(figure)
    even = trace(figure, "schedule")
    first, last = even.x
    days = (DUE - START).days + 1
    per_day = (last - first) / days
    upright = [one for one in figure.layout.shapes if one.type == "line" and one.x0 == one.x1]
    wanted = first + ((AS_OF - START).days + 1) * per_day
    assert any(abs(one.x0 - wanted) < 0.01 and one.line.width == 2 for one in upright)


def test_pace_has_a_point_for_each_month_reported_and_breaks_at_the_others() -> None:
    figure = _figure(milestone_rows(PLAN), month_rows(None, 0.2, 0.3, None, 0.45))
    before, after = (one for one in figure.data if one.name == "achieved")
    assert (len(before.x), len(after.x)) == (2, 1)
    bottom, top = trace(figure, "schedule").y
    shares = [(bottom - y) / (bottom - top) for y in (*before.y, *after.y)]
    assert shares == pytest.approx([0.2, 0.3, 0.45])


def test_more_than_the_target_is_said_and_stays_in_the_chart(texts: Callable) -> None:
    figure = _figure(milestone_rows(PLAN), month_rows(1.253))
    assert "125.3%" in texts(figure)
    assert trace(figure, "achieved").y[0] == trace(figure, "schedule").y[1]


def test_task_without_milestones_says_what_would_be_here(texts: Callable) -> None:
    said = texts(_figure(milestone_rows([]), month_rows(0.4)))
    assert "还没有节点台账，交来后这里画出时间表和路线图" in said


def test_many_milestones_fit(faults: Callable) -> None:
    starts = [START + timedelta(days=20 * number) for number in range(8)]
    plan = [
        (str(n), f"节点{n}", start, start + timedelta(days=30), None, None, "not yet due", None)
        for n, start in enumerate(starts)
    ]
    assert faults(_figure(milestone_rows(plan), month_rows(0.1, 0.2))) == []
