"""Who stands above whom, and how far apart: peers on a figure (C3), or on an index (C4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tally import words
from tally.charts.canvas import Canvas

HEAD = 38
TALLEST_ROW = 72
LOWEST_ROW = 30
NAME_LEFT = 98
NAME_ROOM = 176
CELL_ROOM = 118
UNPUBLISHED = "○ 未公布"


@dataclass(frozen=True)
class Rung:
    """One place: its rank in words, how long its bar is (0-1), and what its columns say."""

    place: str
    rank: str
    is_own: bool
    length: float | None
    cells: tuple[str, ...]
    hover: str


def _draw_head(canvas: Canvas, heads: Sequence[str]) -> None:
    muted, y = canvas.tokens.muted, HEAD / 2 - 3
    canvas.text(2, y, "名次", color=muted)
    canvas.text(NAME_LEFT, y, "地区", color=muted)
    for position, head in enumerate(reversed(heads)):
        x = canvas.right - 2 - position * CELL_ROOM
        canvas.text(x, y, head, color=muted, anchor="right", room=CELL_ROOM - 6)
    canvas.rule(0, HEAD - 4, canvas.right, HEAD - 4, canvas.tokens.grid)


def _draw_bar(canvas: Canvas, rung: Rung, right: float, y: float, pitch: float) -> None:
    left, half = NAME_LEFT + NAME_ROOM, min(0.17 * pitch, 11)
    canvas.box(left, y - half, right, y + half, canvas.tokens.bg2)
    if rung.length:
        color = canvas.tokens.primary if rung.is_own else canvas.tokens.bar
        end = left + max(min(rung.length, 1), 0) * (right - left)
        canvas.box(left, y - half, end, y + half, color)


def _draw_rung(canvas: Canvas, rung: Rung, y: float, pitch: float) -> None:
    tokens, weight = canvas.tokens, 700 if rung.is_own else 400
    color = tokens.muted if rung.length is None else tokens.text
    color = tokens.primary if rung.is_own else color
    size = max(14, min(19, 0.5 * pitch))
    name = f"▶ {rung.place}" if rung.is_own else rung.place
    canvas.text(2, y, rung.rank, size=size, weight=weight, color=color, room=NAME_LEFT - 8)
    canvas.text(
        NAME_LEFT, y, name, size=size, weight=weight, color=color, room=NAME_ROOM - 10
    )  # fmt: skip
    right = canvas.right - len(rung.cells) * CELL_ROOM
    _draw_bar(canvas, rung, right - 6, y, pitch)
    for position, cell in enumerate(reversed(rung.cells)):
        canvas.text(
            canvas.right - 2 - position * CELL_ROOM, y, cell, size=size, weight=weight,
            anchor="right", room=CELL_ROOM - 6, color=tokens.text if rung.is_own else color,
        )  # fmt: skip


def _fitting(rungs: list[Rung], room: int) -> tuple[list[Rung], int]:
    """Return the rungs that have room, the own one among them, and how many were left out."""
    if len(rungs) <= room:
        return rungs, 0
    own = next((index for index, rung in enumerate(rungs) if rung.is_own), 0)
    first = max(0, min(own - room // 2, len(rungs) - room + 1))
    shown = rungs[first : first + room - 1]
    return shown, len(rungs) - len(shown)


def _ladder(canvas: Canvas, rungs: list[Rung], heads: Sequence[str], chosen: str) -> go.Figure:
    if not rungs:
        canvas.notice("没有可以比较的数")
        return canvas.figure()
    shown, left_out = _fitting(rungs, int((canvas.bottom - HEAD) // LOWEST_ROW))
    pitch = min(TALLEST_ROW, (canvas.bottom - HEAD) / (len(shown) + (left_out > 0)))
    _draw_head(canvas, heads)
    areas = []
    for index, rung in enumerate(shown):
        top = HEAD + index * pitch
        if rung.place == chosen:
            canvas.box(0, top, canvas.right, top + pitch - 4, border=canvas.tokens.primary)
        _draw_rung(canvas, rung, top + pitch / 2 - 2, pitch)
        canvas.rule(0, top + pitch - 2, canvas.right, top + pitch - 2, canvas.tokens.grid)
        areas.append(((0.0, top, canvas.right, top + pitch), (rung.place,), rung.hover))
    if left_out:
        y = HEAD + (len(shown) + 0.5) * pitch
        canvas.text(2, y, f"另有 {left_out} 个，未列出", color=canvas.tokens.muted)
    canvas.targets(areas)
    return canvas.figure()


def _lengths(values: pd.Series) -> list[float | None]:
    """Return each value as a share of the largest; from the smallest where some are negative."""
    low, high = min(values.min(), 0), values.max()
    span = high - low
    return [None if words.is_missing(v) else (v - low) / span if span else 0.0 for v in values]


def _gap(row: dict[Any, Any], is_growth: bool) -> str:
    if words.is_missing(row["gap_above"]):
        return words.EMPTY
    return words.points(row["gap_above"]) if is_growth else words.amount(row["gap_above"])


def peer_ladder(
    ranking: pd.DataFrame,
    *,
    theme: str,
    is_growth: bool = False,
    chosen: str = "",
    width: float = 1085,
    height: float = 660,
    scale: float = 1.0,
) -> go.Figure:
    """Draw rows of `peer_ranking` of one indicator and scope; customdata is (place,)."""
    canvas = Canvas(theme, width, height, scale)
    rows = ranking.to_dict("records")
    lengths = _lengths(ranking["growth_share" if is_growth else "value"]) if rows else []
    unit = next((row["unit_of_measure"] for row in rows if row["unit_of_measure"]), None)
    rungs = []
    for row, length in zip(rows, lengths, strict=True):
        change = words.rank_change(row["rank_change"]) if row["rank"] == row["rank"] else ""
        is_new = words.is_missing(row["rank_change"])
        value = words.amount(row["value"])
        cells = (
            value if length is not None else UNPUBLISHED,
            words.growth(row["growth_share"]),
            words.EMPTY if is_new else change,
            _gap(row, is_growth),
        )
        name, said = str(row["place"]), words.rank(row["rank"], bool(row["is_tied"]))
        rungs.append(Rung(name, said, bool(row["is_own"]), length, cells, f"{name}：点开看出处"))
    heads = (f"数值（{unit}）" if unit else "数值", "同比", "较上期", "距上一位")
    return _ladder(canvas, rungs, heads, chosen)


def index_ladder(
    standing: pd.DataFrame,
    *,
    theme: str,
    chosen: str = "",
    width: float = 1085,
    height: float = 620,
    scale: float = 1.0,
) -> go.Figure:
    """Draw rows of `index_ranking` of one index and scope, with `rank_low`, `rank_high` and
    `held_share` of weights moved by ±20 %; customdata is (place,)."""
    canvas = Canvas(theme, width, height, scale)
    rows = standing.to_dict("records")
    lengths = _lengths(standing["score"]) if rows else []
    rungs = []
    for row, length in zip(rows, lengths, strict=True):
        name, missing = str(row["place"]), len(row["missing_parts"])
        had = int(row["indicator_count"]) - missing
        cells = (
            words.amount(row["score"]) if length is not None else UNPUBLISHED,
            words.ratio(had, row["indicator_count"]),
            words.EMPTY if words.is_missing(row["rank_change"]) else
            words.rank_change(row["rank_change"]),
            span_words(row),
        )  # fmt: skip
        said = words.rank(row["rank"], bool(row["is_tied"]))
        rungs.append(Rung(name, said, bool(row["is_own"]), length, cells, f"{name}：点开看构成"))
    return _ladder(canvas, rungs, ("指数", "已公布项", "较上月", "权重±20%"), chosen)


def span_words(row: Mapping[Any, Any]) -> str:
    """Return between which ranks a place stays when the weights move: `第2–4`."""
    if words.is_missing(row["rank_low"]):
        return words.EMPTY
    low, high = int(row["rank_low"]), int(row["rank_high"])
    return f"第{low}" if low == high else f"第{low}–{high}"
