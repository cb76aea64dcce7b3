"""Rows of the questions as frames, small enough to check by eye. All numbers are invented."""

from collections.abc import Callable
from datetime import date
from math import sqrt

import pandas as pd
import pytest

AS_OF = date(2022, 10, 31)
Frame = pd.DataFrame


def wilson(closed: int, due: int) -> tuple[float, float]:
    """Return the 95 % Wilson bounds."""
    z = 1.959964
    share, size = closed / due, 1 + z * z / due
    middle = (share + z * z / (2 * due)) / size
    half = z * sqrt(share * (1 - share) / due + z * z / (4 * due * due)) / size
    return max(0.0, middle - half), min(1.0, middle + half)


def phase_rows(*phases: tuple[str, date, date]) -> Frame:
    """Return `campaign_phases` as of 31 October 2022."""
    return pd.DataFrame(
        [
            {
                "phase": name,
                "start_on": start,
                "end_on": end,
                "status": "done" if end < AS_OF else "ahead" if start > AS_OF else "current",
                "elapsed_share": None,
            }
            for name, start, end in phases
        ],
        columns=["phase", "start_on", "end_on", "status", "elapsed_share"],
    )


def dimension_rows(*rows: tuple[str, int, int, int]) -> Frame:
    """Return `campaign_progress` from (dimension, items, due, closed)."""
    frame = pd.DataFrame(
        [
            {
                "dimension": name,
                "item_count": items,
                "due_count": due,
                "closed_count": closed,
                "closed_of_all_share": closed / items if items else None,
                "schedule_share": due / items if items else None,
                "gap_share": (closed - due) / items if items else None,
            }
            for name, items, due, closed in rows
        ],
        columns=[
            "dimension", "item_count", "due_count", "closed_count", "closed_of_all_share",
            "schedule_share", "gap_share",
        ],
    )  # fmt: skip
    frame["state"] = [
        None if gap != gap else "behind" if gap < -0.05 else "low" if gap < 0 else "level"
        for gap in frame["gap_share"].astype(float)
    ]
    return frame


def month_rows(
    first: str, planned: list[int], remaining: list[int], flows: list[tuple[int, int]]
) -> Frame:
    """Return `campaign_months`; months beyond `remaining` are not reported yet."""
    months = [str(month) for month in pd.period_range(first, periods=len(planned), freq="M")]
    reported = len(remaining)
    return pd.DataFrame(
        {
            "month": months,
            "is_reported": [index < reported for index in range(len(months))],
            "remaining_count": [*remaining, *[None] * (len(months) - reported)],
            "planned_remaining_count": planned,
            "in_count": [*(flow[0] for flow in flows), *[None] * (len(months) - reported)],
            "out_count": [*(flow[1] for flow in flows), *[None] * (len(months) - reported)],
        }
    )


def ranking_rows(*units: tuple[str, int, int, int | None], league_share: float = 0.838) -> Frame:
    """Return `unit_ranking` from (unit, closed, due, rank change); fewer than ten due: no rank."""
    rows = []
    for unit, closed, due, moved in units:
        low, high = wilson(closed, due)
        rows.append(
            {
                "unit": unit,
                "league": "部门",
                "closed_due_count": closed,
                "due_count": due,
                "closed_share": closed / due,
                "share_low": low,
                "share_high": high,
                "league_share": league_share,
                "rank_change": moved,
                "overdue_count": due - closed,
                "is_reported": True,
                "state": "behind"
                if high < league_share
                else "low"
                if closed / due < league_share - 0.05
                else "level",
            }
        )
    frame = pd.DataFrame(rows)
    enough = frame["due_count"] >= 10
    frame["rank"] = frame["closed_share"].where(enough).rank(ascending=False, method="min")
    frame["is_tied"] = frame["rank"].duplicated(keep=False) & enough
    return frame


def history_rows(
    ranks: dict[str, list[int | None]], behind: tuple[str, ...] = (), moved: tuple[str, ...] = ()
) -> Frame:
    """Return `unit_rank_history` from July 2022 on."""
    return pd.DataFrame(
        [
            {
                "month": f"2022-{7 + index:02}",
                "unit": unit,
                "league": "部门",
                "rank": rank,
                "is_beyond_noise": unit in moved,
                "state": "behind" if unit in behind else "level",
            }
            for unit, places in ranks.items()
            for index, rank in enumerate(places)
        ],
        columns=["month", "unit", "league", "rank", "is_beyond_noise", "state"],
    )


def overdue_frames(
    overdue: dict[str, dict[str, int]],
    pending: dict[str, dict[str, int]] | None = None,
    items: int = 6,
    months: tuple[str, ...] = ("2022-07", "2022-08", "2022-09", "2022-10"),
) -> tuple[Frame, Frame, Frame]:
    """Return `overdue_by_unit`, `overdue_ageing` and `unit_reporting`; all have reported."""
    cells = [
        {"unit": unit, "month": month, "overdue_count": by_month.get(month, 0),
         "item_count": items, "pending_count": 0, "overdue_days_max": None}
        for unit, by_month in overdue.items()
        for month in months
    ] + [
        {"unit": unit, "month": month, "overdue_count": 0, "item_count": number,
         "pending_count": number, "overdue_days_max": None}
        for unit, by_month in (pending or {}).items()
        for month, number in by_month.items()
    ]  # fmt: skip
    ageing = []
    for unit, by_month in overdue.items():
        total = sum(by_month.values())
        ages = [total - total // 2, total // 2 - total // 4, total // 4 - total // 8, total // 8]
        ageing.append(
            {
                "unit": unit,
                "league": "部门",
                "days_1_7_count": ages[0],
                "days_8_30_count": ages[1],
                "days_31_90_count": ages[2],
                "days_over_90_count": ages[3],
                "overdue_count": total,
            }
        )
    reporting = pd.DataFrame(
        {
            "unit": list(overdue),
            "is_reported": True,
            "has_items": True,
            "last_month": "2022-10",
            "submitted_by": "unit",
        }
    )
    return pd.DataFrame(cells), pd.DataFrame(ageing), reporting


@pytest.fixture
def phases() -> Callable[..., Frame]:
    """Give tests the builder of `campaign_phases`."""
    return phase_rows


@pytest.fixture
def dimensions() -> Callable[..., Frame]:
    """Give tests the builder of `campaign_progress`."""
    return dimension_rows


@pytest.fixture
def months() -> Callable[..., Frame]:
    """Give tests the builder of `campaign_months`."""
    return month_rows


@pytest.fixture
def ranking() -> Callable[..., Frame]:
    """Give tests the builder of `unit_ranking`."""
    return ranking_rows


@pytest.fixture
def history() -> Callable[..., Frame]:
    """Give tests the builder of `unit_rank_history`."""
    return history_rows


@pytest.fixture
def overdue() -> Callable[..., tuple[Frame, Frame, Frame]]:
    """Give tests the builder of the three frames of the overdue page."""
    return overdue_frames
