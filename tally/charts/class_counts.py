"""What kinds of problems there are, how hard they are, and how each is handled (A13)."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tally import words
from tally.charts.canvas import Area, Canvas

HEAD = 40
NAME_ROOM = 118
TALLEST_ROW = 168
INSET = 12
BAR_HALF = 4
UNCLASSED = "未分类"

Row = Mapping[str, Any]


def _known(cells: pd.DataFrame, column: str) -> list[str]:
    """Return the classes of an axis in the pack's order, '' last where some are without."""
    in_order = cells.sort_values(f"{column}_position", kind="stable")[column]
    found = [None if words.is_missing(name) else str(name) for name in in_order]
    named = [name for name in dict.fromkeys(found) if name]
    return [*named, ""] if None in found else named


def _at(rows: pd.DataFrame, kind: str, difficulty: str) -> list[Row]:
    here = rows[(rows["kind"].fillna("") == kind) & (rows["difficulty"].fillna("") == difficulty)]
    return here.to_dict("records")


def _handling_words(rows: Sequence[Row]) -> str:
    """Return how the items of a cell are handled as `交办 21　查办 7`."""
    return "　".join(
        f"{words.text(row['handling'])} {int(row['item_count'])}"
        for row in rows
        if not words.is_missing(row["handling"])
    )


def _draw_cell(canvas: Canvas, cell: Row, handled: Sequence[Row], box: Area) -> None:
    tokens, (x0, y0, x1, y1) = canvas.tokens, box
    room, middle = x1 - x0 - 2 * INSET, (y0 + y1) / 2
    canvas.box(x0 + 3, y0 + 3, x1 - 3, y1 - 3, tokens.bg, border=tokens.border)
    canvas.text(x0 + INSET, middle - 38, f"{int(cell['item_count'])} 项", size=24, weight=700)
    if cell["overdue_count"]:
        late = f"{words.STATES['overdue'].shape} 逾期 {int(cell['overdue_count'])}"
        color = tokens.states["overdue"].text
        canvas.text(x1 - INSET, middle - 38, late, color=color, anchor="right", weight=700)
    closed = f"销号 {words.share(cell['closed_of_all_share'])}"
    ratio = words.ratio(cell["closed_count"], cell["item_count"])
    canvas.text(x0 + INSET, middle - 8, closed)
    canvas.text(x1 - INSET, middle - 8, ratio, color=tokens.muted, anchor="right")
    top = middle + 10
    canvas.box(x0 + INSET, top - BAR_HALF, x1 - INSET, top + BAR_HALF, tokens.bg2)
    if cell["closed_of_all_share"]:
        end = x0 + INSET + cell["closed_of_all_share"] * room
        canvas.box(x0 + INSET, top - BAR_HALF, end, top + BAR_HALF, tokens.bar)
    canvas.text(x0 + INSET, middle + 34, _handling_words(handled), color=tokens.muted, room=room)


def class_counts(
    counts: pd.DataFrame,
    *,
    theme: str,
    width: float = 1085,
    height: float = 690,
    scale: float = 1.0,
) -> go.Figure:
    """Draw rows of `class_counts`: kinds down, difficulties across, in the pack's order.

    A cell can be chosen; its customdata is (kind, difficulty), '' where a list left it empty.
    """
    canvas = Canvas(theme, width, height, scale)
    cells = counts[counts["grouped_by"] == "cell"]
    if cells.empty:
        canvas.notice("没有填写问题性质")
        return canvas.figure()
    kinds, levels = _known(cells, "kind"), _known(cells, "difficulty")
    pitch = min(TALLEST_ROW, (canvas.bottom - HEAD) / len(kinds))
    column = (canvas.right - NAME_ROOM) / len(levels)
    all_three, areas = counts[counts["grouped_by"] == "all three"], []
    for across, level in enumerate(levels):
        x = NAME_ROOM + (across + 0.5) * column
        canvas.text(x, HEAD / 2 - 2, level or UNCLASSED, color=canvas.tokens.muted, anchor="center")
    for down, kind in enumerate(kinds):
        top = HEAD + down * pitch
        canvas.text(2, top + pitch / 2, kind or UNCLASSED, size=18, weight=700, room=NAME_ROOM - 6)
        for across, level in enumerate(levels):
            box = (NAME_ROOM + across * column, top, NAME_ROOM + (across + 1) * column, top + pitch)
            for cell in _at(cells, kind, level):
                _draw_cell(canvas, cell, _at(all_three, kind, level), box)
                said = f"{kind or UNCLASSED} × {level or UNCLASSED}：点开看明细"
                areas.append((box, (kind, level), said))
    canvas.targets(areas)
    return canvas.figure()
