"""How many working days does an approval take, month by month? (B11)"""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tally import words
from tally.charts.canvas import Canvas
from tally.charts.theme import NAME_TEXT

LEFT, RIGHT_ROOM = 30, 40
TOP, FOOT = 98, 52
MOST_MONTHS = 9


def _days(value: float) -> str:
    """Return a median of working days, its half shown where there is one."""
    return words.count(value) if float(value).is_integer() else f"{value:.1f}"


def _headline(rows: list[dict[str, Any]]) -> str:
    last = rows[-1]
    if len(rows) == 1:
        return f"中位 {_days(last['days_median'])} 个工作日"
    return f"{_days(last['first_median'])} → {_days(last['days_median'])} 个工作日"


def _draw_faster(canvas: Canvas, row: dict[str, Any]) -> None:
    share = row["faster_share"]
    if words.is_missing(share) or not share:
        return
    tokens = canvas.tokens
    state, word = ("normal", "● 提速") if share > 0 else ("soon", "▲ 变慢")
    color = tokens.states[state].text
    text = f"{word} {words.share(abs(share))}"
    canvas.text(canvas.right, 16, text, size=NAME_TEXT, weight=600, anchor="right", color=color)


def _draw_line(canvas: Canvas, rows: list[dict[str, Any]]) -> None:
    zero = canvas.bottom - FOOT
    most = max([1, *(row["days_median"] for row in rows)])
    step = (canvas.right - LEFT - RIGHT_ROOM) / max(len(rows) - 1, 1)
    points = [
        (LEFT + index * step, zero - (zero - TOP) * row["days_median"] / most)
        for index, row in enumerate(rows)
    ]
    canvas.rule(0, zero, canvas.right, zero, canvas.tokens.line)
    canvas.line(points, canvas.tokens.bar, width=4, name="median")
    canvas.dots(points, canvas.tokens.bar, size=11, name="median")
    for (x, y), row in zip(points, rows, strict=True):
        days = _days(row["days_median"])
        canvas.text(x, y - 20, days, size=NAME_TEXT, weight=700, anchor="center")
        month = words.month(row["month"])
        canvas.text(x, zero + 14, month, anchor="center", color=canvas.tokens.muted)


def _waiting(row: dict[str, Any]) -> str:
    decided = f"{words.month(row['month'])}办结 {words.count(row['decided_count'], '件')}"
    if row["unknown_count"]:
        decided += f"（{words.count(row['unknown_count'], '件')}缺工作日历）"
    if not row["open_count"]:
        return f"{decided}，没有在办的"
    longest = f"最久已 {words.count(row['open_days_max'])} 个工作日"
    return f"{decided}；在办 {words.count(row['open_count'], '件')}，{longest}"


def approval_days(
    months: pd.DataFrame,
    *,
    theme: str,
    width: float = 415,
    height: float = 252,
    scale: float = 1.0,
) -> go.Figure:
    """Draw rows of `approval_days`: the medians of all units together, nine months at most."""
    canvas = Canvas(theme, width, height, scale)
    counted = months[months["unit"].isna() & months["days_median"].notna()]
    rows = counted.sort_values("month").to_dict("records")[-MOST_MONTHS:]
    if not rows:
        canvas.notice("还没有办结的审批事项")
        return canvas.figure()
    canvas.text(0, 16, _headline(rows), size=22, weight=700, room=canvas.right - 120)
    canvas.text(0, 46, "每月办结事项的中位用时", color=canvas.tokens.muted)
    _draw_faster(canvas, rows[-1])
    _draw_line(canvas, rows)
    room = canvas.right
    canvas.text(0, canvas.bottom - 12, _waiting(rows[-1]), color=canvas.tokens.muted, room=room)
    return canvas.figure()
