"""How does each part of the chain of responsibility stand, with all below it? (A6)"""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tally import words
from tally.charts.canvas import Anchor, Canvas

HEAD = 38
TALLEST_ROW = 60
SHORTEST_ROW = 20
NAME_LEFT = 4
LEVEL_LEFT = 236
ITEMS_RIGHT = 330
RATIO_RIGHT = 436
BAR_LEFT = 464
SHARE_ROOM = 288
OVERDUE_ROOM = 214
REPORT_ROOM = 186
HEADS: tuple[tuple[int, str, Anchor], ...] = (
    (NAME_LEFT, "单位", "left"), (LEVEL_LEFT, "层级", "left"), (ITEMS_RIGHT, "事项", "right"),
    (RATIO_RIGHT, "销号 / 总数", "right"),
)  # fmt: skip
ROOT = "全部单位"


def part_name(row: Mapping[str, Any]) -> str:
    """Return what a row of `chain_progress` is called: a unit, or the whole, or its own items."""
    if row["part"] == "own":
        return "本级牵头" if not words.is_missing(row["unit"]) else "名册外单位"
    return ROOT if words.is_missing(row["unit"]) else row["unit"]


def report_words(row: Mapping[str, Any]) -> str:
    """Return who of a part has reported: `● 已报`, `○ 未报 2 / 10`."""
    missing = int(row["unreported_count"])
    if not missing:
        return "● 已报"
    if int(row["unit_count"]) == 1:
        last = words.month(row["last_month"])
        return "○ 未报" if words.is_missing(row["last_month"]) else f"○ 未报，用{last}数"
    return f"○ 未报 {missing} / {words.count(row['unit_count'])}"


def _is_unreported_unit(row: Mapping[str, Any]) -> bool:
    """Tell whether a row is one unit alone whose lists of the month are not in."""
    return bool(row["unreported_count"]) and int(row["unit_count"]) == 1


def _draw_head(canvas: Canvas) -> None:
    muted, y = canvas.tokens.muted, HEAD / 2
    for x, title, anchor in HEADS:
        canvas.text(x, y, title, color=muted, anchor=anchor)
    canvas.text(BAR_LEFT, y, "销号率，竖线为序时应达", color=muted)
    canvas.text(canvas.right - OVERDUE_ROOM, y, "逾期", color=muted, anchor="right")
    canvas.text(canvas.right - REPORT_ROOM, y, "本月台账", color=muted)
    canvas.rule(0, HEAD, canvas.right, HEAD, canvas.tokens.line)


def _draw_bar(canvas: Canvas, row: Mapping[str, Any], y: float, pitch: float) -> None:
    tokens, right = canvas.tokens, canvas.right - SHARE_ROOM - 92
    half, width = min(pitch * 0.2, 10), right - BAR_LEFT
    state = words.state_name(row["state"])
    is_grey, is_told = _is_unreported_unit(row), state in ("overdue", "soon")
    fill = tokens.states[state].fill if is_told else tokens.bar
    fill = tokens.states["unreported"].fill if is_grey else fill
    canvas.box(BAR_LEFT, y - half, right, y + half, tokens.bg2)
    canvas.box(BAR_LEFT, y - half, BAR_LEFT + width * row["closed_of_all_share"], y + half, fill)
    tick = BAR_LEFT + width * row["schedule_share"]
    canvas.rule(tick, y - half * 1.6, tick, y + half * 1.6, tokens.text, width=3, is_on_top=True)
    share, color = words.share(row["closed_of_all_share"]), tokens.text
    if is_grey:
        color = tokens.muted
    elif is_told:
        share, color = f"{words.STATES[state].shape} {share}", tokens.states[state].text
    at = canvas.right - SHARE_ROOM
    canvas.text(at, y, share, size=17, weight=700, anchor="right", color=color)


def _draw_row(canvas: Canvas, row: Mapping[str, Any], y: float, pitch: float) -> None:
    tokens, is_whole = canvas.tokens, row["part"] == "whole"
    is_grey = _is_unreported_unit(row)
    if is_grey:
        ground = tokens.states["unreported"].ground
        canvas.box(0, y - pitch / 2, canvas.right, y + pitch / 2, ground)
    parts = f"　▸ {words.count(row['below_count'])}" if row["below_count"] and not is_whole else ""
    left = NAME_LEFT + (0 if is_whole else 18)
    canvas.text(
        left, y, f"{part_name(row)}{parts}", size=17, weight=400 if is_grey else 700,
        color=tokens.muted if is_grey else tokens.text, room=LEVEL_LEFT - left - 8,
    )  # fmt: skip
    level = "" if words.is_missing(row["level"]) or row["part"] == "own" else row["level"]
    canvas.text(LEVEL_LEFT, y, level, color=tokens.muted)
    canvas.text(ITEMS_RIGHT, y, words.count(row["item_count"]), size=17, anchor="right")
    if row["item_count"]:
        ratio = words.ratio(row["closed_count"], row["item_count"])
        canvas.text(RATIO_RIGHT, y, ratio, color=tokens.muted, anchor="right", room=100)
        _draw_bar(canvas, row, y, pitch)
    else:
        said = words.EMPTY if is_grey else words.NO_ITEMS
        canvas.text(BAR_LEFT, y, said, color=tokens.muted)
    overdue = int(row["overdue_count"])
    color = tokens.states["overdue"].text if overdue else tokens.faint
    at = canvas.right - OVERDUE_ROOM
    canvas.text(at, y, str(overdue), size=17, weight=700, anchor="right", color=color)
    if row["part"] != "own":
        said = report_words(row)
        grey = tokens.muted if row["unreported_count"] else tokens.text
        canvas.text(canvas.right - REPORT_ROOM, y, said, color=grey, room=REPORT_ROOM - 4)


def chain_progress(
    parts: pd.DataFrame,
    *,
    theme: str,
    width: float = 1137,
    height: float = 690,
    scale: float = 1.0,
) -> go.Figure:
    """Draw rows of `chain_progress`: the whole, what it leads itself, and its parts.

    A part can be chosen; its customdata is (unit,). More rows than `height` has room for make
    the figure higher.
    """
    rows = parts.to_dict("records")
    least = (HEAD + SHORTEST_ROW * len(rows)) * scale
    canvas = Canvas(theme, width, max(height, least), scale)
    _draw_head(canvas)
    pitch = min(TALLEST_ROW, (canvas.bottom - HEAD) / max(len(rows), 1))
    areas = []
    for index, row in enumerate(rows):
        y = HEAD + (index + 0.5) * pitch
        _draw_row(canvas, row, y, pitch)
        line = canvas.tokens.line if row["part"] == "whole" else canvas.tokens.grid
        canvas.rule(0, y + pitch / 2, canvas.right, y + pitch / 2, line)
        if row["part"] == "part":
            area = (0.0, y - pitch / 2, canvas.right, y + pitch / 2)
            areas.append((area, (row["unit"],), f"{row['unit']}：{report_words(row)}"))
    canvas.targets(areas)
    return canvas.figure()
