"""The annual numbers of projects: counted, expected by now, targeted, and reported (C5)."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tally import words
from tally.charts.canvas import Canvas
from tally.charts.theme import NAME_TEXT

HEAD = 40
FOOT = 34
TALLEST_ROW = 96
NAME_ROOM = 138
VALUE_ROOM = 214
REPORTED_ROOM = 186
BAR_HALF = 11
# A target is drawn here; what is beyond runs up to the edge.
FULL = 1.15
HEADS = (
    (2, "年度数"),
    (NAME_ROOM, "台账可查 / 目标"),
    (NAME_ROOM + VALUE_ROOM, "占目标"),
)
Row = Mapping[str, Any]


def _bar_x(canvas: Canvas, part: float) -> float:
    left = NAME_ROOM + VALUE_ROOM
    room = canvas.right - REPORTED_ROOM - left - 12
    return left + max(0.0, min(part, FULL)) / FULL * room


def _draw_bar(canvas: Canvas, row: Row, y: float) -> None:
    tokens, target = canvas.tokens, row["target"]
    left, full = _bar_x(canvas, 0), _bar_x(canvas, 1)
    canvas.box(left, y - BAR_HALF, full, y + BAR_HALF, tokens.bg2)
    if words.is_missing(row["value"]) or words.is_missing(target) or not target:
        return
    end = _bar_x(canvas, row["value"] / target)
    canvas.box(left, y - BAR_HALF, end, y + BAR_HALF, tokens.bar)
    now = _bar_x(canvas, row["expected_value"] / target)
    canvas.rule(now, y - BAR_HALF - 7, now, y + BAR_HALF + 7, tokens.text, width=3)
    canvas.rule(full, y - BAR_HALF - 3, full, y + BAR_HALF + 3, tokens.muted, width=1)
    if not words.is_missing(row["reported_value"]):
        at = _bar_x(canvas, row["reported_value"] / target)
        canvas.dots([(at, y)], tokens.primary, size=13, symbol="diamond")


def _draw_row(canvas: Canvas, row: Row, y: float, is_chosen: bool) -> None:
    tokens, unit = canvas.tokens, row["unit_of_measure"]
    level = words.state_name(row["state"])
    color = tokens.states[level].text if level in ("overdue", "soon") else tokens.text
    canvas.text(2, y, row["number"], size=NAME_TEXT, weight=700 if is_chosen else 600,
                color=tokens.primary if is_chosen else None, room=NAME_ROOM - 10)  # fmt: skip
    unit_shown = unit if unit == "%" else None
    shown, target = words.amount(row["value"], unit_shown), words.amount(row["target"], unit)
    mark = f"{words.STATES[level].shape} " if not words.is_missing(row["state"]) else ""
    canvas.text(NAME_ROOM, y - 12, f"{mark}{shown}", size=22, weight=700, color=color,
                room=VALUE_ROOM - 16)  # fmt: skip
    canvas.text(NAME_ROOM, y + 14, f"目标 {target}" if target != words.EMPTY else "没有目标",
                color=tokens.muted, room=VALUE_ROOM - 16)  # fmt: skip
    _draw_bar(canvas, row, y)
    _draw_reported(canvas, row, y)


def _draw_reported(canvas: Canvas, row: Row, y: float) -> None:
    left, tokens = canvas.right - REPORTED_ROOM + 8, canvas.tokens
    if words.is_missing(row["reported_value"]):
        canvas.text(left, y, "指标未报", color=tokens.faint)
        return
    provisional = "▲初步 " if row["is_provisional"] == True else ""  # noqa: E712
    reported = words.amount(row["reported_value"], row["unit_of_measure"])
    canvas.text(left, y - 12, f"◆ {reported}", size=NAME_TEXT, weight=600, room=REPORTED_ROOM - 8)
    difference = words.amount(abs(row["reported_gap"]))
    word = (
        "一致" if difference == "0" else f"{'多' if row['reported_gap'] > 0 else '少'} {difference}"
    )
    month = words.month(row["reported_on"])
    note = f"{provisional}{month}，{'与台账一致' if word == '一致' else '比台账' + word}"
    canvas.text(left, y + 13, note, color=tokens.muted, room=REPORTED_ROOM - 8)


def project_numbers(
    numbers: pd.DataFrame,
    *,
    theme: str,
    chosen: str = "",
    width: float = 1085,
    height: float = 690,
    scale: float = 1.0,
) -> go.Figure:
    """Draw rows of `project_numbers`: a bar counted from the lists, the tick of today, a diamond
    for what the indicators report. A row can be chosen; its customdata is (number,).
    """
    canvas = Canvas(theme, width, height, scale)
    rows = numbers.to_dict("records")
    if not rows:
        canvas.notice("还没有项目")
        return canvas.figure()
    tokens = canvas.tokens
    for left, head in (*HEADS, (canvas.right - REPORTED_ROOM + 8, "指标台账另报")):
        canvas.text(left, HEAD / 2 - 4, head, color=tokens.muted)
    canvas.rule(0, HEAD - 6, canvas.right, HEAD - 6, tokens.grid)
    pitch = min(TALLEST_ROW, (canvas.bottom - HEAD - FOOT) / len(rows))
    areas = []
    for index, row in enumerate(rows):
        y = HEAD + (index + 0.5) * pitch
        _draw_row(canvas, row, y, row["number"] == chosen)
        line = HEAD + (index + 1) * pitch
        canvas.rule(0, line, canvas.right, line, tokens.grid)
        areas.append(
            ((0, y - pitch / 2, canvas.right, y + pitch / 2), (row["number"],), _hover(row))
        )
    _draw_legend(canvas, HEAD + len(rows) * pitch + FOOT / 2 + 2)
    canvas.targets(areas)
    return canvas.figure()


def _draw_legend(canvas: Canvas, y: float) -> None:
    tokens = canvas.tokens
    canvas.box(2, y - 6, 22, y + 6, tokens.bar)
    canvas.text(30, y, "台账逐项可查", color=tokens.muted)
    canvas.rule(152, y - 9, 152, y + 9, tokens.text, width=3)
    canvas.text(162, y, "按序时应到", color=tokens.muted)
    canvas.text(268, y, "◆", color=tokens.primary)
    canvas.text(288, y, "指标台账所报，只作对照，从不相加", color=tokens.muted)


def _hover(row: Row) -> str:
    return (
        f"{row['number']}：台账可查 {words.amount(row['value'], row['unit_of_measure'])}，"
        f"{int(row['project_count'])} 个项目；按序时应到 {words.amount(row['expected_value'])}"
    )
