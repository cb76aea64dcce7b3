"""Petitions by month, community or unit: per million people, and who went to the province (B9)."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tally import words
from tally.charts.canvas import Canvas
from tally.charts.share_rows import ELSEWHERE
from tally.charts.theme import NAME_TEXT

GROUPS = {"month": "月份", "community": "社区", "unit": "承办单位"}
HEAD = 34
TALLEST_ROW = 40
LOWEST_ROW = 26
NAME_ROOM = 160
COUNT_RIGHT = 240
MILLION_LEFT = 266
MILLION_RIGHT_ROOM = 330
BAR_HALF = 6


def _name(row: Mapping[str, Any]) -> str:
    if row["grouped_by"] == "month":
        return words.month(row["name"])
    return ELSEWHERE if words.is_missing(row["name"]) else str(row["name"])


def _trip_words(batches: int, persons: int) -> str:
    """Return a number of trips as `2 批 8 人`, none as `0`."""
    return f"{int(batches)} 批 {int(persons)} 人" if batches else "0"


def _draw_head(canvas: Canvas, grouped_by: str) -> None:
    muted, y = canvas.tokens.muted, HEAD / 2 - 3
    canvas.text(2, y, GROUPS[grouped_by], color=muted)
    canvas.text(COUNT_RIGHT, y, "信访（件）", color=muted, anchor="right")
    canvas.text(MILLION_LEFT, y, "每百万人（件）", color=muted)
    canvas.text(canvas.right - 162, y, "赴省", color=muted, anchor="right")
    canvas.text(canvas.right - 2, y, "进京", color=muted, anchor="right")
    canvas.rule(0, HEAD - 4, canvas.right, HEAD - 4, canvas.tokens.grid)


def _draw_row(canvas: Canvas, row: Mapping[str, Any], y: float, most: float) -> None:
    tokens, is_total = canvas.tokens, row["grouped_by"] == "total"
    weight = 700 if is_total else 400
    name = "合计" if is_total else _name(row)
    canvas.text(2, y, name, size=NAME_TEXT, weight=weight, room=NAME_ROOM - 6)
    count = words.count(row["petition_count"])
    canvas.text(COUNT_RIGHT, y, count, size=NAME_TEXT, weight=weight, anchor="right")
    rate = row["per_million"]
    left, right = MILLION_LEFT, canvas.right - MILLION_RIGHT_ROOM
    if not words.is_missing(rate) and not is_total:
        end = left + 64 + rate / most * (right - left - 64)
        canvas.box(left + 64, y - BAR_HALF, end, y + BAR_HALF, tokens.bar)
    canvas.text(left, y, words.count(rate), size=NAME_TEXT, weight=weight)
    for level, x in (("province", canvas.right - 162), ("capital", canvas.right - 2)):
        said = _trip_words(row[f"{level}_batch_count"], row[f"{level}_person_count"])
        color = tokens.faint if said == "0" else tokens.text
        canvas.text(x, y, said, size=NAME_TEXT, color=color, weight=weight, anchor="right")


def _shown(trips: pd.DataFrame, grouped_by: str, room: int) -> pd.DataFrame:
    """Return the newest months, or those of whom most people went, as many as there is room."""
    rows = trips[trips["grouped_by"] == grouped_by]
    if grouped_by == "month":
        return rows.sort_values("name").tail(room)
    went = rows["province_batch_count"] + rows["capital_batch_count"]
    in_order = ["went", "petition_count"]
    return rows.assign(went=went).sort_values(in_order, ascending=False, kind="stable").head(room)


def petition_trips(
    trips: pd.DataFrame,
    grouped_by: str = "month",
    *,
    theme: str,
    width: float = 1085,
    height: float = 166,
    scale: float = 1.0,
) -> go.Figure:
    """Draw rows of `petition_trips` of one group, and their total below."""
    canvas = Canvas(theme, width, height, scale)
    room = int((canvas.bottom - HEAD) // LOWEST_ROW) - 1
    shown = _shown(trips, grouped_by, room)
    if shown.empty:
        canvas.notice("没有信访件")
        return canvas.figure()
    total = trips[trips["grouped_by"] == "total"]
    rows = [*shown.to_dict("records"), *total.to_dict("records")]
    known = shown["per_million"].dropna()
    most = float(known.max()) if len(known) else 1.0
    pitch = min(TALLEST_ROW, (canvas.bottom - HEAD) / len(rows))
    _draw_head(canvas, grouped_by)
    for index, row in enumerate(rows):
        top = HEAD + index * pitch
        if row["grouped_by"] == "total":
            canvas.rule(0, top - 2, canvas.right, top - 2, canvas.tokens.line)
        _draw_row(canvas, row, top + pitch / 2 - 2, most)
    return canvas.figure()
