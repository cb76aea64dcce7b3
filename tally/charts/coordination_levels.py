"""At which of three levels are problems stuck, and for how long? A line a level (E7)."""

from collections.abc import Iterator
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tally import words
from tally.charts.canvas import SYMBOLS, Canvas, Target
from tally.charts.theme import NAME_TEXT

LEFT, RIGHT_ROOM = 8, 14
ORDER = ("一", "二", "三")
DOT = 11
LANES = 3
LANE_PX = 10
PASSED_ROOM = 176


def _placed(
    items: list[dict[str, Any]], span: float, y: float, longest: float
) -> Iterator[tuple[dict[str, Any], float, float]]:
    """Yield the open items of a level at their days; those that would meet take another lane."""
    taken = [-DOT * 2.0] * LANES
    for row in sorted(items, key=lambda item: item["level_days"]):
        x = LEFT + span * row["level_days"] / longest
        lane = next((lane for lane in range(LANES) if x - taken[lane] >= DOT), LANES - 1)
        taken[lane] = x
        yield row, x, y - lane * LANE_PX


def _draw_dots(
    canvas: Canvas, items: list[dict[str, Any]], y: float, longest: float
) -> Iterator[Target]:
    """Draw the open items of a level; yield what can be chosen of them."""
    points: dict[bool, list[tuple[float, float]]] = {True: [], False: []}
    half = DOT / 2
    for row, x, height in _placed(items, canvas.right - LEFT - RIGHT_ROOM, y, longest):
        points[bool(row["is_overdue"])].append((x, height))
        hover = f"{row['title']}，已 {words.days(row['level_days'])}"
        area = (x - half, height - half, x + half, height + half)
        yield area, (words.text(row["enterprise"]), row["item_key"]), hover
    fills = {True: canvas.tokens.states["overdue"].fill, False: canvas.tokens.bar}
    for is_overdue, found in points.items():
        symbol = SYMBOLS["behind"] if is_overdue else SYMBOLS["level"]
        name = "overdue" if is_overdue else "open"
        canvas.dots(found, fills[is_overdue], size=DOT, symbol=symbol, name=name)


def _passed(row: dict[str, Any]) -> str:
    left = int(row["reached_count"]) - int(row["open_count"])
    if not left:
        return "还没有离开这一级的"
    return f"离开 {words.count(left, '项')}，中位 {words.days(row['days_median'])}"


def _draw_level(
    canvas: Canvas,
    row: dict[str, Any],
    items: list[dict[str, Any]],
    span: tuple[float, float],
    longest: float,
) -> Iterator[Target]:
    (top, bottom), tokens = span, canvas.tokens
    name = f"第{ORDER[int(row['level']) - 1]}级 {row['level_name']}"
    canvas.text(0, top + 11, name, size=NAME_TEXT, weight=600, room=canvas.right - 170)
    stuck = f"停留 {words.count(row['open_count'], '项')}"
    canvas.text(canvas.right, top + 11, stuck, size=NAME_TEXT, weight=700, anchor="right")
    zero = bottom - 33
    canvas.rule(LEFT, zero, canvas.right - RIGHT_ROOM, zero, tokens.line)
    canvas.text(0, bottom - 15, _passed(row), color=tokens.muted, room=PASSED_ROOM)
    if items:
        worst = max(items, key=lambda item: item["level_days"])
        most = f"最久 {words.days(worst['level_days'])}：{worst['title']}"
        room = canvas.right - PASSED_ROOM - 8
        canvas.text(canvas.right, bottom - 15, most, anchor="right", color=tokens.muted, room=room)
    return _draw_dots(canvas, items, zero, longest)


def coordination_levels(
    totals: pd.DataFrame,
    items: pd.DataFrame,
    *,
    theme: str,
    width: float = 415,
    height: float = 282,
    scale: float = 1.0,
) -> go.Figure:
    """Draw rows of `coordination_totals`, and the open ones of `coordination_levels` as dots.

    All levels share one axis of days, from 0 to the longest. A dot can be chosen; its customdata
    is (enterprise, item_key).
    """
    canvas = Canvas(theme, width, height, scale)
    levels = totals.sort_values("level").to_dict("records")
    if not levels:
        canvas.notice("还没有企业（项目）反映的问题")
        return canvas.figure()
    stuck = items[~items["is_closed"]].to_dict("records")
    longest = max([1, *(row["level_days"] for row in stuck)])
    pitch = canvas.bottom / len(levels)
    areas: list[Target] = []
    for index, row in enumerate(levels):
        own = [item for item in stuck if item["level"] == row["level"]]
        areas += _draw_level(canvas, row, own, (index * pitch, (index + 1) * pitch), longest)
    canvas.targets(areas)
    return canvas.figure()
