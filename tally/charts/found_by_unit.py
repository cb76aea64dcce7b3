"""Who finds the problems: the unit itself, or others who point them out? (B12)"""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tally import words
from tally.charts.canvas import Canvas

HEAD = 36
FOOT = 26
TALLEST_ROW = 54
LOWEST_ROW = 30
NAME_ROOM = 168
BAR_LEFT = 236
BAR_RIGHT_ROOM = 150


def unit_sources(found: pd.DataFrame) -> pd.DataFrame:
    """Return one row a unit of `found_by_unit`: stated, own, others, and what is not stated."""
    unstated = found[found["found_by"].isna()].set_index("unit")["item_count"]
    units = found.drop_duplicates("unit")[["unit", "stated_count", "own_count", "own_found_share"]]
    return units.assign(
        others_count=units["stated_count"] - units["own_count"],
        unstated_count=units["unit"].map(unstated).fillna(0).astype(int),
    )


def _draw_row(canvas: Canvas, row: dict[str, Any], y: float, pitch: float) -> None:
    tokens = canvas.tokens
    canvas.text(2, y, row["unit"], size=17, weight=700, room=NAME_ROOM)
    left, right, half = BAR_LEFT, canvas.right - BAR_RIGHT_ROOM, 0.2 * pitch
    if not row["stated_count"]:
        note = f"○ {words.count(row['unstated_count'], '项')}未注明查找方式"
        canvas.text(left, y, note, color=tokens.muted)
        return
    middle = left + row["own_found_share"] * (right - left)
    canvas.box(left, y - half, middle, y + half, tokens.bar)
    canvas.box(middle, y - half, right, y + half, tokens.nonefill)
    canvas.text(left - 8, y, words.count(row["own_count"]), size=17, weight=700, anchor="right")
    canvas.text(right + 8, y, words.count(row["others_count"]), size=17, weight=700)
    share = words.share(row["own_found_share"])
    canvas.text(canvas.right - 2, y, share, size=17, weight=700, anchor="right")


def found_by_unit(
    found: pd.DataFrame,
    *,
    theme: str,
    width: float = 760,
    height: float = 690,
    scale: float = 1.0,
) -> go.Figure:
    """Draw rows of `found_by_unit`: own against others per unit, the least own ones first."""
    canvas = Canvas(theme, width, height, scale)
    units = unit_sources(found).sort_values(
        ["own_found_share", "stated_count"], ascending=[True, False], na_position="last"
    )
    if units.empty:
        canvas.notice("没有问题台账")
        return canvas.figure()
    muted = canvas.tokens.muted
    canvas.text(BAR_LEFT - 8, HEAD / 2, "自己找", color=muted, anchor="right")
    canvas.text(canvas.right - BAR_RIGHT_ROOM + 8, HEAD / 2, "他人点", color=muted)
    canvas.text(canvas.right - 2, HEAD / 2, "自找率", color=muted, anchor="right")
    room = int((canvas.bottom - HEAD - FOOT) // LOWEST_ROW)
    rows = units.head(room).to_dict("records")
    pitch = min(TALLEST_ROW, (canvas.bottom - HEAD - FOOT) / len(rows))
    for index, row in enumerate(rows):
        y = HEAD + (index + 0.5) * pitch
        _draw_row(canvas, row, y, pitch)
        canvas.rule(0, y + pitch / 2, canvas.right, y + pitch / 2, canvas.tokens.grid)
    if len(units) > room:
        note = f"另有 {len(units) - room} 个单位未列出"
        canvas.text(2, canvas.bottom - 10, note, color=muted)
    return canvas.figure()
