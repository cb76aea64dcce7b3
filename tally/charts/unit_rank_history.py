"""How did ranks move over the months, and did any move exceed chance? (B2, E1)"""

from itertools import pairwise
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tally import words
from tally.charts.canvas import Canvas
from tally.charts.drawn import drawn_once
from tally.charts.spreading import spread

LEFT = 44
LABEL_GAP = 24
LABEL_ROOM = 150
TOP = 20
MONTH_ROOM = 44
LABEL_PITCH = 22


def _positions(many: int, low: float, high: float) -> list[float]:
    return [low + index * (high - low) / max(many - 1, 1) for index in range(many)]


def _style(canvas: Canvas, row: dict[str, Any]) -> tuple[str, str, float, str]:
    """Return colour of the line, colour of the name, width and symbol: grey unless it matters."""
    tokens = canvas.tokens
    if row["state"] == "behind":
        red = tokens.states["overdue"]
        return red.fill, red.text, 5, "square"
    if row["is_beyond_noise"]:
        return tokens.text, tokens.text, 4, "circle"
    return tokens.states["unreported"].fill, tokens.muted, 2.5, "circle"


def _label_size(pitch: float) -> float:
    return max(13, min(16, pitch - 4))


def _draw_names(
    canvas: Canvas, last_rows: list[dict[str, Any]], heights: dict[int, float], x: float
) -> None:
    """Write each name at its line's end; names that would meet are spread, with a leader."""
    ordered = sorted(last_rows, key=lambda row: (row["rank"], row["unit"]))
    wanted = [heights[int(row["rank"])] for row in ordered]
    low, high = min(heights.values()), max(heights.values())
    ends = spread(wanted, LABEL_PITCH, low - 8, max(high + 8, low - 8 + LABEL_PITCH * len(wanted)))
    pitch = min((b - a for a, b in pairwise(ends)), default=LABEL_PITCH)
    for row, y, height in zip(ordered, ends, wanted, strict=True):
        _, color, width, _ = _style(canvas, row)
        if abs(y - height) > 3:
            canvas.rule(x + 8, height, x + LABEL_GAP - 4, y, canvas.tokens.line)
        canvas.text(
            x + LABEL_GAP,
            y,
            row["unit"],
            size=_label_size(pitch),
            color=color,
            weight=700 if width > 3 else 400,
            room=LABEL_ROOM - LABEL_GAP,
        )


def _draw_axes(
    canvas: Canvas, months: list[str], xs: list[float], heights: dict[int, float]
) -> None:
    muted = canvas.tokens.muted
    every = 1 if len(xs) < 2 or xs[1] - xs[0] >= 40 else 2
    for rank, y in heights.items():
        canvas.text(22, y, str(rank), anchor="right", color=muted)
    for month, x in list(zip(months, xs, strict=True))[::-every][::-1]:
        canvas.text(x, canvas.bottom - 14, words.month(month), anchor="center", color=muted)


def _draw_lines(
    canvas: Canvas, ranked: pd.DataFrame, place: dict[str, float], heights: dict[int, float]
) -> None:
    """Draw grey lines first, so that those that matter lie on top."""
    units = [(unit, rows.to_dict("records")) for unit, rows in ranked.groupby("unit", sort=False)]
    for unit, rows in sorted(units, key=lambda pair: _style(canvas, pair[1][-1])[2]):
        color, _, width, symbol = _style(canvas, rows[-1])
        by_month = {row["month"]: row["rank"] for row in rows}
        points = [
            (x, heights[int(by_month[month])] if month in by_month else None)
            for month, x in place.items()
        ]
        canvas.line(points, color, width=width, name=str(unit))
        canvas.dots(points, color, size=14 if width > 3 else 11, symbol=symbol, name=str(unit))


@drawn_once
def unit_rank_history(
    history: pd.DataFrame,
    *,
    theme: str,
    width: float = 667,
    height: float = 428,
    scale: float = 1.0,
) -> go.Figure:
    """Draw rows of `unit_rank_history` of one league as a bump chart, up to some 18 units.

    Grey lines moved no more than chance allows; a unit without a rank in the
    last month is left out, as it is in the ranking.
    """
    canvas = Canvas(theme, width, height, scale)
    ranked = history[history["rank"].notna()].sort_values(["month", "rank", "unit"])
    months = sorted(history["month"].unique())
    last_rows = ranked[ranked["month"] == months[-1]].to_dict("records") if months else []
    if not last_rows:
        canvas.notice("没有单位参与排名")
        return canvas.figure()
    ranked = ranked[ranked["unit"].isin([row["unit"] for row in last_rows])]
    worst = int(ranked["rank"].max())
    heights = dict(enumerate(_positions(worst, TOP, canvas.bottom - MONTH_ROOM), start=1))
    right = canvas.right - LABEL_ROOM
    xs = _positions(len(months), LEFT, right) if len(months) > 1 else [right / 2]
    _draw_axes(canvas, months, xs, heights)
    _draw_lines(canvas, ranked, dict(zip(months, xs, strict=True)), heights)
    _draw_names(canvas, last_rows, heights, xs[-1])
    if len(months) == 1:
        note = f"只有 {words.month(months[0])}一期，下月起看变化"
        muted = canvas.tokens.muted
        canvas.text(canvas.right, canvas.bottom - 14, note, anchor="right", color=muted)
    return canvas.figure()
