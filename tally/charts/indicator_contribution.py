"""Who contributes how much to the growth of the whole: 作了贡献，还是拖了后腿 (C2)?"""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tally import words
from tally.charts.canvas import Anchor, Canvas

HEAD, FOOT = 30, 32
TALLEST_ROW, SHORTEST_ROW = 40, 20
NAME_ROOM, SHARE_RIGHT, GROWTH_RIGHT, EFFECT_ROOM = 116, 172, 248, 92
LABEL_ROOM = 52
EFFECTS = {"pulls": "● 贡献", "drags": "▲ 拖后腿", "level": "● 同步"}
EFFECT_STATES = {"pulls": "normal", "drags": "soon", "level": "normal"}
Row = Mapping[str, Any]


def effect_words(row: Row) -> str:
    """Return how a part stands to the whole's growth, with its shape; of the rest who is silent."""
    if row["is_rest"]:
        return f"○ 未报 {row['silent_count']}" if row["silent_count"] else ""
    return EFFECTS.get(str(row["effect"]), "")


def _points(share: float) -> str:
    return words.points(share).replace(" 个百分点", "")


def _draw_head(canvas: Canvas, bars_left: float) -> None:
    muted, y = canvas.tokens.muted, HEAD / 2 - 2
    canvas.text(2, y, "地区", color=muted)
    canvas.text(SHARE_RIGHT, y, "占比", color=muted, anchor="right")
    canvas.text(GROWTH_RIGHT, y, "增速", color=muted, anchor="right")
    canvas.text(bars_left, y, "拉动（百分点）", color=muted)
    canvas.rule(0, HEAD - 2, canvas.right, HEAD - 2, canvas.tokens.line)


def _draw_row(canvas: Canvas, row: Row, y: float, zero: float, per_share: float) -> None:
    tokens = canvas.tokens
    weight = 700 if row["is_own"] else 400
    color = tokens.muted if row["is_rest"] else tokens.text
    canvas.text(2, y, row["part"], size=16, weight=weight, color=color, room=NAME_ROOM)
    canvas.text(SHARE_RIGHT, y, words.share(row["share"]), color=tokens.muted, anchor="right")
    if not row["is_rest"]:
        canvas.text(GROWTH_RIGHT, y, words.growth(row["growth_share"]), anchor="right")
    said = effect_words(row)
    state = EFFECT_STATES.get(str(row["effect"]), "unreported")
    canvas.text(
        canvas.right - EFFECT_ROOM + 10, y, said, color=tokens.states[state].text, weight=600
    )
    points = row["contribution_share"]
    end, half = zero + points * per_share, 7
    fill = tokens.states["soon"].fill if row["effect"] == "drags" else tokens.bar
    fill = tokens.nonefill if row["is_rest"] else fill
    canvas.box(min(zero, end), y - half, max(zero, end), y + half, fill)
    side = -1 if points < 0 else 1
    anchor: Anchor = "right" if side < 0 else "left"
    canvas.text(end + side * 5, y, _points(points), anchor=anchor, color=color, weight=weight)


def _draw_foot(canvas: Canvas, whole: Row, known: list[float], y: float) -> None:
    """Write the sum, which is the whole's growth."""
    total = f"合计 {_points(sum(known))} 个百分点 = {whole['whole']}增长"
    growth = words.growth(whole["whole_growth_share"])
    said = f"{total} {growth}" if known else f"{whole['whole']}缺上年同期，不能分解"
    canvas.rule(0, y + 2, canvas.right, y + 2, canvas.tokens.line)
    canvas.text(2, y + 19, said, weight=700, room=canvas.right - 4)


def indicator_contribution(
    parts: pd.DataFrame,
    *,
    theme: str,
    width: float = 515,
    height: float = 184,
    scale: float = 1.0,
) -> go.Figure:
    """Draw rows of `indicator_contribution` of one indicator and whole, with their sum below.

    A row can be chosen; its customdata is (part,). Parts without both figures are
    counted in the row of the rest and named when it is pointed at.
    """
    rows = parts[parts["contribution_share"].notna()].to_dict("records")
    silent = parts.loc[parts["contribution_share"].isna() & ~parts["is_rest"].astype(bool), "part"]
    least = (HEAD + FOOT + SHORTEST_ROW * len(rows)) * scale
    canvas = Canvas(theme, width, max(height, least), scale)
    if parts.empty:
        canvas.notice("没有可比的地区")
        return canvas.figure()
    known = [float(row["contribution_share"]) for row in rows]
    low, high = min([0.0, *known]), max([0.0, *known])
    left, right = GROWTH_RIGHT + 20, canvas.right - EFFECT_ROOM
    left_room = LABEL_ROOM * (low < 0)
    per_share = (right - left - left_room - LABEL_ROOM) / max(high - low, 1e-9)
    zero = left + left_room - low * per_share
    _draw_head(canvas, left)
    pitch = min(TALLEST_ROW, (canvas.bottom - HEAD - FOOT) / max(len(rows), 1))
    areas = []
    for index, row in enumerate(rows):
        y = HEAD + (index + 0.5) * pitch
        _draw_row(canvas, row | {"silent_count": len(silent)}, y, zero, per_share)
        area = (0.0, y - pitch / 2, canvas.right, y + pitch / 2)
        missing = f"，含未报的{'、'.join(silent)}" if row["is_rest"] and len(silent) else ""
        areas.append((area, (row["part"],), f"{row['part']}：点开看算式{missing}"))
    bottom = HEAD + len(rows) * pitch
    canvas.rule(zero, HEAD, zero, bottom, canvas.tokens.line)
    _draw_foot(canvas, parts.iloc[0].to_dict(), known, bottom)
    canvas.targets(areas)
    return canvas.figure()
