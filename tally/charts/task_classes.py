"""Every task of every class on one screen: a tile each, its light by shape and word (A5)."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tally import words
from tally.charts.canvas import Area, Canvas
from tally.charts.theme import SMALLEST_TEXT

LABEL_ROOM = 172
GAP = 4
CLASS_GAP = 8
MOST_COLUMNS = 18
LEAST_TILE = 118
TALLEST_TILE = 64
TWO_LINE_TILE = 40
UNNAMED = "未注明"
# What needs no attention stays on the page's ground.
CALM = ("normal", "closed")


def light_state(task: Mapping[str, Any]) -> tuple[str, str]:
    """Return the state a row of `task_progress` is drawn as, and its word."""
    if task["is_closed"]:
        return "closed", "已完成"
    if words.is_missing(task["light"]):
        return "unreported", "未报"
    if task["light"] == "red":
        return "overdue", "逾期" if task["is_overdue"] else "滞后"
    return {"yellow": ("soon", "偏慢"), "green": ("normal", "正常")}[task["light"]]


def light_label(task: Mapping[str, Any]) -> str:
    """Return shape and word of a task's light, as `▲ 偏慢`."""
    state, word = light_state(task)
    return f"{words.STATES[state].shape} {word}"


def _columns(counts: Sequence[int], room: float, height: float) -> int:
    """Return how many tiles stand in a row: as few as let every class fit the height."""
    widest = max(1, min(MOST_COLUMNS, int(room // LEAST_TILE)))
    for columns in range(min(8, widest), widest + 1):
        rows = sum(math.ceil(count / columns) for count in counts)
        if rows * (TALLEST_TILE - 8) + len(counts) * CLASS_GAP <= height:
            return columns
    return widest


def _draw_label(canvas: Canvas, row: Mapping[str, Any], top: float, is_two_lined: bool) -> None:
    tokens = canvas.tokens
    stated, listed = row["stated_count"], words.count(row["task_count"])
    counted = f"{listed} 项" if words.is_missing(stated) else f"{listed} / {words.count(stated)} 项"
    is_short = not words.is_missing(row["missing_count"]) and row["missing_count"] != 0
    red = f"　■ {words.count(row['red_count'])}" if row["red_count"] else ""
    y = top + (14 if is_two_lined else 10)
    canvas.text(0, y, row["class"], size=17, weight=700, room=LABEL_ROOM - 12)
    color = tokens.states["overdue"].text if is_short else tokens.muted
    canvas.text(0, y + 22, counted, color=color, room=LABEL_ROOM - 70)
    if red:
        x = words.width_em(counted) * 15
        canvas.text(x, y + 22, red, color=tokens.states["overdue"].text, weight=700)


def _draw_tile(canvas: Canvas, task: Mapping[str, Any], area: Area) -> None:
    x0, y0, x1, y1 = area
    state, word = light_state(task)
    colors = canvas.tokens.states[state]
    ground = canvas.tokens.bg if state in CALM else colors.ground
    canvas.box(x0, y0, x1, y1, ground, border=canvas.tokens.border)
    canvas.box(x0, y0, x0 + 4, y1, colors.fill)
    room, shape = x1 - x0 - 12, words.STATES[state].shape
    label = f"{shape} {word}"
    height = y1 - y0
    if height < TWO_LINE_TILE:
        label = f"{shape} {task['task']}"
        canvas.text(x0 + 9, (y0 + y1) / 2, label, size=14, color=colors.text, room=room)
        return
    upper, lower = y0 + height * 0.29, y0 + height * 0.71
    canvas.text(x0 + 9, upper, label, size=SMALLEST_TEXT, color=colors.text, weight=700)
    left = room - words.width_em(label) * SMALLEST_TEXT - 4
    number = "" if task["item_key"].startswith("~") else task["item_key"]
    if number and words.width_em(number) * SMALLEST_TEXT <= left:
        muted = canvas.tokens.muted
        canvas.text(x1 - 5, upper, number, size=SMALLEST_TEXT, color=muted, anchor="right")
    canvas.text(x0 + 9, lower, task["task"], size=14, room=room)


def _hover(task: Mapping[str, Any]) -> str:
    shares = (
        f"进度 {words.share(task['achieved_share'])}，序时 {words.share(task['schedule_share'])}"
    )
    return f"{task['task']}：{light_label(task)}，{shares}，{task['unit']}"


def task_classes(
    classes: pd.DataFrame,
    tasks: pd.DataFrame,
    *,
    theme: str,
    width: float = 1822,
    height: float = 746,
    scale: float = 1.0,
) -> go.Figure:
    """Draw rows of `task_classes` with the rows of `task_progress` as tiles under each.

    A tile can be chosen; its customdata is (item_key,).
    """
    canvas = Canvas(theme, width, height, scale)
    named = tasks.fillna({"class": UNNAMED}).groupby("class")
    grouped = {name: rows.to_dict("records") for name, rows in named}
    listed = [(row, grouped.get(row["class"], [])) for row in classes.to_dict("records")]
    if not listed:
        canvas.notice("没有任务")
        return canvas.figure()
    counts = [max(1, len(own)) for _, own in listed]
    columns = _columns(counts, canvas.right - LABEL_ROOM, canvas.bottom)
    rows = sum(math.ceil(count / columns) for count in counts)
    pitch = min(TALLEST_TILE, (canvas.bottom - (len(listed) - 1) * CLASS_GAP) / rows)
    step = (canvas.right - LABEL_ROOM) / columns
    areas, top = [], 0.0
    for row, own in listed:
        _draw_label(canvas, row, top, pitch >= TWO_LINE_TILE)
        for place, task in enumerate(own):
            x, y = LABEL_ROOM + place % columns * step, top + place // columns * pitch
            area = (x, y, x + step - GAP, y + pitch - GAP)
            _draw_tile(canvas, task, area)
            areas.append((area, (task["item_key"],), _hover(task)))
        top += math.ceil(max(1, len(own)) / columns) * pitch + CLASS_GAP
    canvas.targets(areas)
    return canvas.figure()
