"""The figures of 企业服务: coverage by kind, tiles by leader, three levels, approvals."""

from collections.abc import Callable

import pandas as pd
import plotly.graph_objects as go
import pytest

from tally.charts.approval_days import approval_days
from tally.charts.coordination_levels import coordination_levels
from tally.charts.leader_objects import leader_objects
from tally.charts.object_coverage import object_coverage
from tally.palette import palette


def coverage_rows(*kinds: tuple[str, str, int | None, int, int]) -> pd.DataFrame:
    """Return `object_coverage` from (kind, part of, stated, listed, visited this week)."""
    names = ("kind", "part_of", "stated_count", "listed_count", "week_count")
    rows = [dict(zip(names, kind, strict=True)) | {"month_count": kind[4]} for kind in kinds]
    return pd.DataFrame(rows, columns=[*names, "month_count"])


def object_rows(**leaders: list[int]) -> pd.DataFrame:
    """Return `leader_objects` from each leader's objects as their open problems."""
    return pd.DataFrame(
        [
            {
                "leader_post": leader, "subject": f"{leader}{number}", "open_count": count,
                "problem_count": count + 1, "overdue_count": 0, "is_listed": True,
            }
            for leader, counts in leaders.items()
            for number, count in enumerate(counts)
        ],
        columns=[
            "leader_post", "subject", "open_count", "problem_count", "overdue_count", "is_listed",
        ],
    )  # fmt: skip


def level_rows(*levels: list[tuple[int, bool]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return `coordination_totals` and `coordination_levels` from each level's open items."""
    totals = pd.DataFrame(
        [
            {
                "level": number, "level_name": f"级{number}", "open_count": len(items),
                "reached_count": len(items) + 3, "days_median": 4.0,
                "open_days_max": max((days for days, _ in items), default=None),
            }
            for number, items in enumerate(levels, start=1)
        ],
        columns=[
            *("level", "level_name", "open_count", "reached_count", "days_median"),
            "open_days_max",
        ],
    )  # fmt: skip
    items = [
        {
            "level": number,
            "level_days": days,
            "is_overdue": is_overdue,
            "is_closed": False,
            "title": f"企业{days}用电增容申请未批复",
            "enterprise": f"企业{days}",
            "item_key": f"P{days}",
        }
        for number, found in enumerate(levels, start=1)
        for days, is_overdue in found
    ]
    names = ["level", "level_days", "is_overdue", "is_closed", "title", "enterprise", "item_key"]
    return totals, pd.DataFrame(items, columns=names).astype({"is_closed": bool})


def approval_rows(*medians: float, open_count: int = 0) -> pd.DataFrame:
    """Return `approval_days` of months from January 2022 on, for all units together."""
    return pd.DataFrame(
        [
            {
                "month": str(month), "unit": None, "decided_count": 20, "days_median": median,
                "first_median": medians[0], "faster_share": 1 - median / medians[0],
                "unknown_count": 0, "open_count": open_count,
                "open_days_max": 9 if open_count else None,
            }
            for month, median in zip(
                pd.period_range("2022-01", periods=len(medians), freq="M"), medians, strict=True
            )
        ],
        columns=[
            *("month", "unit", "decided_count", "days_median", "first_median", "faster_share"),
            *("unknown_count", "open_count", "open_days_max"),
        ],
    )  # fmt: skip


def areas(figure: go.Figure) -> dict[str, tuple[float, float]]:
    """Return the spot of each object that can be chosen."""
    trace = next(trace for trace in figure.data if trace.name == "targets")
    found = zip(trace.x, trace.y, trace.customdata, strict=True)
    return {data[0]: (x, y) for x, y, data in found}


STATED = (
    ("重点项目", "", 38, 38, 35),
    ("工业企业", "", 90, 90, 90),
    ("规上", "工业企业", 53, 52, 0),
)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    "figure",
    [
        lambda theme: object_coverage(coverage_rows(*STATED, ("服务", "", 10, 0, 0)), theme=theme),
        lambda theme: object_coverage(coverage_rows(("企业", "", None, 12, 3)), theme=theme),
        lambda theme: leader_objects(object_rows(甲=[9, 2, 1, 0], 乙=[0] * 35), theme=theme),
        lambda theme: leader_objects(object_rows(甲=[1] * 300), theme=theme),
        lambda theme: coordination_levels(
            *level_rows([(0, False)] * 20, [], [(240, True), (1, False)]), theme=theme
        ),
        lambda theme: approval_days(approval_rows(16, 12.5, 8, 5, open_count=3), theme=theme),
        lambda theme: approval_days(approval_rows(5), theme=theme),
        lambda theme: approval_days(approval_rows(*range(20, 2, -1)), theme=theme),
    ],
    ids=["kinds", "kind", "tiles", "crowd", "levels", "months", "month", "years"],
)
def test_figure_has_no_text_that_meets(figure: Callable, faults: Callable, theme: str) -> None:
    assert faults(figure(theme)) == []


@pytest.mark.parametrize(
    "figure",
    [
        lambda: object_coverage(coverage_rows(), theme="light"),
        lambda: leader_objects(object_rows(), theme="light"),
        lambda: coordination_levels(*level_rows(), theme="light"),
        lambda: approval_days(approval_rows(), theme="light"),
    ],
)
def test_figure_of_nothing_says_so(figure: Callable, texts: Callable) -> None:
    assert [text[:2] for text in texts(figure())] in (["还没"], ["没有"])


def test_kind_tells_who_is_missing_and_whether_the_roster_is_as_stated(texts: Callable) -> None:
    said = texts(object_coverage(coverage_rows(*STATED), theme="light"))
    assert {"35 / 38", "▲ 差 3 家", "名册 38 / 38", "● 已全部走访"} <= set(said)
    assert {"其中 规上", "▲ 差 52 家", "▲ 名册 52 / 53"} <= set(said)


def test_tile_holds_the_open_problems_of_its_object_and_is_chosen_by_its_name() -> None:
    figure = leader_objects(object_rows(甲=[3, 1, 0]), theme="light", chosen="甲1")
    tokens, spots = palette("light"), areas(figure)
    assert list(spots) == ["甲0", "甲1", "甲2"]

    def fills(name: str) -> list[str]:
        x, y = spots[name]
        boxes = [s for s in figure.layout.shapes if s.x0 < x < s.x1 and s.y0 < y < s.y1]
        return [box.line.color if box.layer == "above" else box.fillcolor for box in boxes]

    assert fills("甲0") == [tokens.sequential[4]]
    assert fills("甲1") == [tokens.sequential[2], tokens.primary]
    assert fills("甲2") == ["rgba(0,0,0,0)"]


def test_leader_without_a_name_comes_last_and_what_does_not_fit_is_told(texts: Callable) -> None:
    rows = object_rows(甲=[0] * 90, 乙=[1])
    rows.loc[rows["leader_post"] == "甲", "leader_post"] = None
    said = texts(leader_objects(rows, theme="light"))
    assert [text for text in said if text in ("乙", "未定包保领导")] == ["乙", "未定包保领导"]
    assert [text for text in said if text.startswith("另 ")] == ["另 47"]


def test_open_items_stand_at_their_days_on_one_axis_and_late_ones_are_squares() -> None:
    levels = level_rows([(10, True), (0, False)], [(20, True)], [])
    figure = coordination_levels(*levels, theme="light")
    late = [trace for trace in figure.data if trace.name == "overdue" and trace.x]
    (early,) = [trace for trace in figure.data if trace.name == "open" and trace.x]
    assert {trace.marker.symbol for trace in late} == {"square"}
    left, half, right = early.x[0], late[0].x[0], late[1].x[0]
    assert half - left == pytest.approx(right - half)
    assert list(areas(figure)) == ["企业0", "企业10", "企业20"]


def test_level_names_its_longest_stuck_item(texts: Callable) -> None:
    said = texts(coordination_levels(*level_rows([(10, True), (30, False)], [], []), theme="light"))
    assert [text[:10] for text in said if text.startswith("最久")] == ["最久 30 天：企业"]


def test_approvals_open_with_first_and_last_median_and_how_much_faster(texts: Callable) -> None:
    said = texts(approval_days(approval_rows(16, 11, 5, open_count=3), theme="light"))
    assert {"16 → 5 个工作日", "● 提速 68.8%", "1月", "3月"} <= set(said)
    assert "3月办结 20 件；在办 3 件，最久已 9 个工作日" in said
    assert "▲ 变慢 20.0%" in texts(approval_days(approval_rows(5, 6), theme="light"))
