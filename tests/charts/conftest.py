"""Rows of the questions as frames, small enough to check by eye. All numbers are invented."""

import html
from collections.abc import Callable
from datetime import date
from itertools import combinations
from math import sqrt

import pandas as pd
import plotly.graph_objects as go
import pytest

from tally import words

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


def text_boxes(figure: go.Figure) -> list[tuple[str, float, float, float, float]]:
    """Return every text with the left, top, right, bottom it is estimated to take, in real px."""
    x_scale = figure.layout.width / figure.layout.xaxis.range[1]
    y_scale = figure.layout.height / figure.layout.yaxis.range[0]
    boxes = []
    for note in figure.layout.annotations:
        text = html.unescape(note.text)
        length, size = words.width_em(text) * note.font.size, note.font.size
        shift = {"left": 0.0, "center": 0.5, "right": 1.0}[note.xanchor]
        left, middle = note.x * x_scale - shift * length, note.y * y_scale
        boxes.append((text, left, middle - size / 2, left + length, middle + size / 2))
    return boxes


def layout_faults(figure: go.Figure) -> list[str]:
    """Return what a reader would stumble on: texts that meet, leave the figure or are too small."""
    # Plotly refuses here what it would not draw.
    assert go.Figure(figure).to_json() is not None
    boxes = [box for box in text_boxes(figure) if box[0]]
    faults = [f"{a[0]} × {b[0]}" for a, b in combinations(boxes, 2) if _meet(a, b)]
    faults += [
        f"{text} leaves the figure"
        for text, left, top, right, bottom in boxes
        if left < -1 or top < -1
        or right > figure.layout.width + 1 or bottom > figure.layout.height + 1
    ]  # fmt: skip
    small = [note.text for note in figure.layout.annotations if note.font.size < 13]
    return faults + [f"{text} is small" for text in small]


def _meet(
    a: tuple[str, float, float, float, float], b: tuple[str, float, float, float, float]
) -> bool:
    return a[1] < b[3] and b[1] < a[3] and a[2] < b[4] and b[2] < a[4]


def shown(figure: go.Figure) -> list[str]:
    """Return the texts of a figure, top to bottom, then left to right."""
    notes = sorted(figure.layout.annotations, key=lambda note: (note.y, note.x))
    return [html.unescape(note.text) for note in notes]


def color_under(figure: go.Figure, text: str, nth: int = 0) -> str:
    """Return the fill of the topmost rectangle under the nth annotation of that text."""
    spot = [note for note in figure.layout.annotations if html.unescape(note.text) == text][nth]
    fills = [
        shape.fillcolor
        for shape in figure.layout.shapes
        if shape.type == "rect"
        and min(shape.x0, shape.x1) <= spot.x <= max(shape.x0, shape.x1)
        and min(shape.y0, shape.y1) <= spot.y <= max(shape.y0, shape.y1)
    ]
    return fills[-1]


@pytest.fixture
def faults() -> Callable[[go.Figure], list[str]]:
    """Give tests the check of a figure's layout."""
    return layout_faults


@pytest.fixture
def texts() -> Callable[[go.Figure], list[str]]:
    """Give tests a figure's texts in reading order."""
    return shown


@pytest.fixture
def fill_under() -> Callable[..., str]:
    """Give tests the fill a text stands on."""
    return color_under
