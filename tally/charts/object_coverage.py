"""How many enterprises of each kind were visited this week, of how many there are? (E6)"""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tally import words
from tally.charts.canvas import Canvas
from tally.charts.theme import NAME_TEXT

GAP = 26
BAR_TOP, BAR_BOTTOM = 58, 70
PART_MARK = "其中 "


def _draw_kind(canvas: Canvas, row: dict[str, Any], left: float, width: float) -> None:
    tokens, right = canvas.tokens, left + width
    name = f"{PART_MARK if row['part_of'] else ''}{row['kind']}"
    canvas.text(left, 11, name, size=NAME_TEXT, weight=600, room=width)
    visited = words.ratio(row["week_count"], row["listed_count"])
    canvas.text(left, 39, visited, size=22, weight=700)
    canvas.text(right, 41, _missing(row), anchor="right", color=_missing_color(canvas, row))
    canvas.box(left, BAR_TOP, right, BAR_BOTTOM, tokens.bg2)
    if row["listed_count"]:
        end = left + width * row["week_count"] / row["listed_count"]
        canvas.box(left, BAR_TOP, end, BAR_BOTTOM, tokens.bar)
    canvas.text(left, 90, f"本月 {words.count(row['month_count'])}", color=tokens.muted)
    canvas.text(right, 90, _roster(row), anchor="right", color=_roster_color(canvas, row))


def _missing(row: dict[str, Any]) -> str:
    missing = row["listed_count"] - row["week_count"]
    return f"▲ 差 {words.count(missing, '家')}" if missing else "● 已全部走访"


def _missing_color(canvas: Canvas, row: dict[str, Any]) -> str:
    state = "soon" if row["listed_count"] > row["week_count"] else "normal"
    return canvas.tokens.states[state].text


def _is_as_stated(row: dict[str, Any]) -> bool:
    return words.is_missing(row["stated_count"]) or row["stated_count"] == row["listed_count"]


def _roster(row: dict[str, Any]) -> str:
    if words.is_missing(row["stated_count"]):
        return f"名册 {words.count(row['listed_count'])}"
    mark = "" if _is_as_stated(row) else "▲ "
    return f"{mark}名册 {words.ratio(row['listed_count'], row['stated_count'])}"


def _roster_color(canvas: Canvas, row: dict[str, Any]) -> str:
    return canvas.tokens.muted if _is_as_stated(row) else canvas.tokens.states["soon"].text


def object_coverage(
    kinds: pd.DataFrame,
    *,
    theme: str,
    width: float = 843,
    height: float = 100,
    scale: float = 1.0,
) -> go.Figure:
    """Draw rows of `object_coverage`: each kind's objects visited this week of those in the roster.

    The row of all kinds and that of objects in no roster are left out.
    """
    canvas = Canvas(theme, width, height, scale)
    rows = [
        row
        for row in kinds.to_dict("records")
        if not words.is_missing(row["kind"]) and (row["listed_count"] or row["stated_count"] > 0)
    ]
    if not rows:
        canvas.notice("还没有名册")
        return canvas.figure()
    room = (canvas.right - GAP * (len(rows) - 1)) / len(rows)
    for index, row in enumerate(rows):
        _draw_kind(canvas, row, index * (room + GAP), room)
    return canvas.figure()
