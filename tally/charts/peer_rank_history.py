"""How did the places of a circle overtake each other, period by period? (C3)"""

from itertools import pairwise
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tally import words
from tally.charts.canvas import Canvas
from tally.charts.spreading import spread

LEFT = 40
LABEL_ROOM = 158
LABEL_GAP = 18
TOP = 18
FOOT = 40
PERIODS_MAX = 12
LABEL_PITCH = 21


def _positions(many: int, low: float, high: float) -> list[float]:
    return [low + index * (high - low) / max(many - 1, 1) for index in range(many)]


def _period_words(row: dict[Any, Any]) -> str:
    day = row["period_end_on"]
    if row["frequency"] == "年":
        return f"{day.year}年"
    return f"{day.year}年{day.month}月" if day.month in (1, 2, 3) else words.month(day)


def _draw_axes(
    canvas: Canvas, labels: list[str], xs: list[float], heights: dict[int, float]
) -> None:
    muted = canvas.tokens.muted
    every = 1 if len(heights) <= 16 else 5
    for rank, y in heights.items():
        if rank == 1 or rank % every == 0:
            canvas.text(20, y, str(rank), anchor="right", color=muted)
    step = 1 if len(xs) < 2 or xs[1] - xs[0] >= 78 else 2 if xs[1] - xs[0] >= 40 else 3
    for label, x in list(zip(labels, xs, strict=True))[::-step]:
        canvas.text(x, canvas.bottom - 12, label, anchor="center", color=muted)


def _draw_line(
    canvas: Canvas, rows: pd.DataFrame, place: dict[Any, float], heights: dict[int, float]
) -> None:
    is_own = bool(rows["is_own"].iloc[0])
    tokens, name = canvas.tokens, str(rows["place"].iloc[0])
    color = tokens.primary if is_own else tokens.states["unreported"].fill
    known = rows[rows["rank"].notna()]
    ranks = dict(zip(known["period_end_on"], known["rank"], strict=True))
    points = [
        (x, heights[int(ranks[period])] if period in ranks else None) for period, x in place.items()
    ]
    canvas.line(points, color, width=5 if is_own else 2, name=name)
    canvas.dots(points, color, size=14 if is_own else 9, name=name)


def _draw_names(
    canvas: Canvas, last: list[dict[Any, Any]], heights: dict[int, float], x: float
) -> None:
    low, high = TOP - 8, canvas.bottom - FOOT + 8
    room = int((high - low) // 15)
    named = last if len(last) <= room else [row for row in last if row["is_own"]]
    wanted = [heights[int(row["rank"])] for row in named]
    ends = spread(wanted, LABEL_PITCH, low, high)
    pitch = min((b - a for a, b in pairwise(ends)), default=LABEL_PITCH)
    for row, y, height in zip(named, ends, wanted, strict=True):
        if abs(y - height) > 3:
            canvas.rule(x + 8, height, x + LABEL_GAP - 2, y, canvas.tokens.line)
        canvas.text(
            x + LABEL_GAP, y, str(row["place"]), size=max(13, min(16, pitch - 4)),
            weight=700 if row["is_own"] else 400, room=LABEL_ROOM - LABEL_GAP,
            color=canvas.tokens.primary if row["is_own"] else canvas.tokens.muted,
        )  # fmt: skip


def peer_rank_history(
    history: pd.DataFrame,
    *,
    theme: str,
    width: float = 620,
    height: float = 330,
    scale: float = 1.0,
) -> go.Figure:
    """Draw `peer_rank_history` of one indicator and scope, its last twelve counted periods.

    The own place stands out; where a place did not publish its line has a gap.
    """
    canvas = Canvas(theme, width, height, scale)
    counted = history[history["is_counted"].astype(bool)]
    periods = sorted(counted.loc[counted["rank"].notna(), "period_end_on"].unique())[-PERIODS_MAX:]
    if not periods:
        canvas.notice("还没有可以比较的期次")
        return canvas.figure()
    shown = counted[counted["period_end_on"].isin(periods)]
    labels = shown.drop_duplicates("period_end_on").sort_values("period_end_on")
    worst = int(shown["rank"].max())
    heights = dict(enumerate(_positions(worst, TOP, canvas.bottom - FOOT), start=1))
    right = canvas.right - LABEL_ROOM
    xs = _positions(len(periods), LEFT, right) if len(periods) > 1 else [right / 2]
    _draw_axes(canvas, [_period_words(row) for row in labels.to_dict("records")], xs, heights)
    by_place = [rows for _, rows in shown.groupby("place", sort=False)]
    for rows in sorted(by_place, key=lambda rows: bool(rows["is_own"].iloc[0])):
        _draw_line(canvas, rows, dict(zip(periods, xs, strict=True)), heights)
    last = shown[(shown["period_end_on"] == periods[-1]) & shown["rank"].notna()]
    _draw_names(canvas, last.sort_values(["rank", "place"]).to_dict("records"), heights, xs[-1])
    return canvas.figure()
