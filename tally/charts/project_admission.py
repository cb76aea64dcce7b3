"""Admission of projects: each check passed, failed or open, and taxes a mu (C11)."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tally import words
from tally.charts.canvas import Canvas
from tally.charts.theme import NAME_TEXT

HEAD = 44
TALLEST_ROW = 46
LOWEST_ROW = 27
NAME_ROOM = 222
SUPPLY_ROOM = 84
TAX_ROOM = 124
RESULT_ROOM = 104
CHECKS = ("产业层次", "亩均税收", "环保", "用工", "安全", "能耗", "产业契合度")
# A check's sign, the state whose colours it takes.
SIGNS = {"通过": ("✓", "normal"), "不通过": ("✗", "overdue"), "未审": ("○", "unreported")}
RESULTS = {
    "failed": ("■ 不通过", "overdue"),
    "unreviewed": ("▲ 未审完", "soon"),
    "passed": ("● 通过", "normal"),
}
Row = Mapping[str, Any]


def tax_words(row: Row) -> str:
    """Return taxes a mu against the floor as `7.5 / 12`, in 万元 a mu."""
    if words.is_missing(row["tax_per_mu"]):
        return words.EMPTY
    floor = "" if words.is_missing(row["tax_floor"]) else f" / {row['tax_floor']:g}"
    return f"{row['tax_per_mu']:.1f}{floor}"


def _lefts(canvas: Canvas) -> tuple[float, float, float]:
    """Return where the checks begin, how wide one is, and where the results begin."""
    first = NAME_ROOM + SUPPLY_ROOM + TAX_ROOM
    return first, (canvas.right - first - RESULT_ROOM) / len(CHECKS), canvas.right - RESULT_ROOM


def _draw_head(canvas: Canvas) -> None:
    muted, y = canvas.tokens.muted, HEAD / 2 - 4
    first, step, results = _lefts(canvas)
    canvas.text(2, y, "项目", color=muted)
    canvas.text(NAME_ROOM, y, "供地", color=muted)
    canvas.text(first - 14, y, "税收 万元/亩", color=muted, anchor="right")
    for place, name in enumerate(CHECKS):
        x = first + (place + 0.5) * step
        canvas.text(x, y, name, color=muted, anchor="center", room=step - 4)
    canvas.text(results, y, "准入", color=muted)
    canvas.rule(0, HEAD - 6, canvas.right, HEAD - 6, canvas.tokens.grid)


def _draw_row(canvas: Canvas, row: Row, y: float, half: float, is_chosen: bool) -> None:
    tokens = canvas.tokens
    first, step, results = _lefts(canvas)
    canvas.text(2, y, row["title"], size=NAME_TEXT, weight=700 if is_chosen else 400,
                color=tokens.primary if is_chosen else None, room=NAME_ROOM - 12)  # fmt: skip
    canvas.text(NAME_ROOM, y, words.text(row["supply"]), room=SUPPLY_ROOM - 6)
    is_under = row["checks"][1] == "不通过"
    tax_color = tokens.states["overdue"].text if is_under else tokens.text
    canvas.text(first - 14, y, tax_words(row), color=tax_color, anchor="right", room=TAX_ROOM - 14)
    for place, word in enumerate(row["checks"]):
        sign, state = SIGNS.get(word, SIGNS["未审"])
        x0 = first + place * step
        is_calm = word == "通过"
        ground = tokens.bg2 if is_calm else tokens.states[state].ground
        color = tokens.muted if is_calm else tokens.states[state].text
        canvas.box(x0 + 3, y - half + 2, x0 + step - 3, y + half - 2, ground)
        text = f"{sign} 不过" if word == "不通过" else sign
        canvas.text(
            x0 + step / 2, y, text, size=NAME_TEXT, weight=700, anchor="center", color=color,
            room=step - 8,
        )  # fmt: skip
    shown, state = RESULTS[row["result"]]
    canvas.text(results, y, shown, size=NAME_TEXT, weight=600, color=tokens.states[state].text,
                room=RESULT_ROOM)  # fmt: skip


def project_admission(
    projects: pd.DataFrame,
    *,
    theme: str,
    chosen: str = "",
    width: float = 1085,
    height: float = 690,
    scale: float = 1.0,
) -> go.Figure:
    """Draw rows of `project_admission` in their order, as many as fit, and count the rest.

    A row can be chosen; its customdata is (item_key,).
    """
    canvas = Canvas(theme, width, height, scale)
    rows = projects.to_dict("records")
    if not rows:
        canvas.notice("没有进入准入审核的项目")
        return canvas.figure()
    room = int((canvas.bottom - HEAD) // LOWEST_ROW)
    left_out = len(rows) - room + 1 if len(rows) > room else 0
    shown = rows[: len(rows) - left_out]
    pitch = min(TALLEST_ROW, (canvas.bottom - HEAD) / (len(shown) + (left_out > 0)))
    _draw_head(canvas)
    areas = []
    for index, row in enumerate(shown):
        y = HEAD + (index + 0.5) * pitch
        _draw_row(canvas, row, y, pitch / 2, row["item_key"] == chosen)
        failed = "、".join(row["failed"]) or "没有不通过的"
        hover = f"{row['title']}，{words.text(row['supply'])}：{failed}"
        area = (0.0, y - pitch / 2, canvas.right, y + pitch / 2)
        areas.append((area, (row["item_key"],), hover))
    if left_out:
        y = HEAD + (len(shown) + 0.5) * pitch
        note = f"另有 {left_out} 个项目未列出，可按供地方式或责任单位筛选"
        canvas.text(2, y, note, color=canvas.tokens.muted)
    canvas.targets(areas)
    return canvas.figure()
