"""How far is each indicator, against its target and against the time? (C1, C12, C14)"""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tally import words
from tally.charts.canvas import Canvas

HEAD, FOOT = 38, 30
TALLEST_ROW, SHORTEST_ROW = 82, 46
VALUE_RIGHT, GROWTH_RIGHT = 292, 372
BAR_LEFT, LIGHT_ROOM = 396, 108
# The bar's whole width, in targets: beyond the target there is room for what is striven for.
WIDEST_SHARE = 1.25
# A light as state and word (C1): green from 0.95 of the ideal pace, yellow from 0.75, red below.
LIGHTS = {"green": ("normal", "达到"), "yellow": ("soon", "偏慢"), "red": ("overdue", "滞后")}
Row = Mapping[str, Any]


def pace_state(light: object) -> str:
    """Return the state a light of `indicator_progress` is drawn as; none is unreported."""
    return LIGHTS[str(light)][0] if str(light) in LIGHTS else "unreported"


def pace_words(row: Row, light: str = "light") -> str:
    """Return a light of a row with its shape: `▲ 偏慢`, `○ 无目标`, `○ 不判`."""
    if str(row[light]) in LIGHTS:
        state, word = LIGHTS[str(row[light])]
        return f"{words.STATES[state].shape} {word}"
    return "○ 无目标" if words.is_missing(row["target"]) else "○ 不判"


def target_words(row: Row, column: str = "target") -> str:
    """Return a row's target or stretch target with its unit: `60 亿元`, `增长 8%`."""
    value = row[column]
    if words.is_missing(value):
        return words.EMPTY
    if row["is_target_growth"]:
        return f"增长 {words.amount(value)}%"
    unit = row["unit_of_measure"]
    return words.amount(value, None if words.is_missing(unit) else unit)


def standing_value(row: Row) -> float | None:
    """Return what a row stands at: a flow's value since New Year where known, else its value."""
    total: float | None = row["total"]
    value: float | None = row["value"]
    return value if words.is_missing(total) else total


def attained_words(row: Row) -> str:
    """Return a value against its target: `40.9 / 60 亿元`, `110 亿元，同比 +6.4%，目标 增长 8%`."""
    unit = None if words.is_missing(row["unit_of_measure"]) else row["unit_of_measure"]
    value = standing_value(row)
    if words.is_missing(row["target"]):
        return words.amount(value, unit)
    if row["is_target_growth"]:
        growth = f"同比 {growth_words(row)}"
        return f"{words.amount(value, unit)}，{growth}，目标 {target_words(row)}"
    return f"{words.amount(value)} / {target_words(row)}"


def growth_words(row: Row) -> str:
    """Return the growth published, else the computed one with its mark `*`."""
    if not words.is_missing(row["reported_growth_share"]):
        return words.growth(row["reported_growth_share"])
    if words.is_missing(row["growth_share"]):
        return words.EMPTY
    return f"{words.growth(row['growth_share'])}*"


def _draw_head(canvas: Canvas) -> None:
    muted, y = canvas.tokens.muted, HEAD / 2
    canvas.text(2, y, "指标", color=muted)
    canvas.text(VALUE_RIGHT, y, "完成", color=muted, anchor="right")
    canvas.text(GROWTH_RIGHT, y, "同比", color=muted, anchor="right")
    room = canvas.right - LIGHT_ROOM - BAR_LEFT
    canvas.text(BAR_LEFT, y, "完成目标　┃应达　◆力争", color=muted, room=room)
    canvas.text(canvas.right - LIGHT_ROOM + 14, y, "序时判定", color=muted)
    canvas.rule(0, HEAD - 2, canvas.right, HEAD - 2, canvas.tokens.line)


def _draw_bar(canvas: Canvas, row: Row, y: float, half: float) -> None:
    tokens, right = canvas.tokens, canvas.right - LIGHT_ROOM
    per_share = (right - BAR_LEFT) / WIDEST_SHARE
    state = pace_state(row["light"])
    is_told = state in ("soon", "overdue")

    def x(share: float) -> float:
        return BAR_LEFT + per_share * min(max(share, 0.0), WIDEST_SHARE)

    canvas.box(BAR_LEFT, y - half, x(1), y + half, tokens.bg2)
    done = row["achieved_share"]
    if not words.is_missing(done):
        fill = tokens.states[state].fill if is_told else tokens.bar
        canvas.box(BAR_LEFT, y - half, x(done), y + half, fill)
    ideal = row["ideal_value"]
    if not words.is_missing(ideal) and row["target"]:
        tick = x(ideal / row["target"])
        canvas.rule(
            tick, y - half * 1.7, tick, y + half * 1.7, tokens.text, width=3, is_on_top=True
        )
    if not words.is_missing(row["stretch_target"]) and row["target"]:
        point = (x(row["stretch_target"] / row["target"]), y)
        canvas.dots([point], tokens.muted, size=11, symbol="diamond", name="stretch")


def _draw_light(canvas: Canvas, row: Row, y: float) -> None:
    tokens, left = canvas.tokens, canvas.right - LIGHT_ROOM + 14
    color = tokens.states[pace_state(row["light"])].text
    canvas.text(left, y - 10, pace_words(row), size=17, weight=700, color=color)
    gap = row["gap_share"]
    if not words.is_missing(gap):
        said = words.schedule(gap)
        said = said if said == "持平" else f"{said} 点"
        canvas.text(left, y + 12, said, color=tokens.muted, room=LIGHT_ROOM - 14)


def _since_start(row: Row) -> str:
    """Return what an indicator without a target has done since its real start value (C15)."""
    if words.is_missing(row["start_value"]) or words.is_missing(row["value"]):
        return "没有设目标"
    since = words.month(row["start_on"])
    change = row["value"] - row["start_value"]
    sign = "+" if change > 0 else ""
    return f"起点 {words.amount(row['start_value'])}（{since}），至今 {sign}{words.amount(change)}"


def _draw_row(canvas: Canvas, row: Row, y: float, pitch: float) -> None:
    tokens = canvas.tokens
    canvas.text(2, y - 10, row["indicator"], size=17, weight=700, room=VALUE_RIGHT - 96)
    provisional = "　▲初步" if row["is_provisional"] else ""
    since = f"{words.period(row['period_end_on'], row['frequency'])}{provisional}"
    canvas.text(2, y + 12, since, color=tokens.muted)
    value = words.amount(standing_value(row))
    canvas.text(VALUE_RIGHT, y - 10, value, size=18, weight=700, anchor="right")
    unit = "" if words.is_missing(row["unit_of_measure"]) else row["unit_of_measure"]
    canvas.text(VALUE_RIGHT, y + 12, unit, color=tokens.muted, anchor="right")
    canvas.text(GROWTH_RIGHT, y, growth_words(row), anchor="right", size=16)
    bar_room = canvas.right - LIGHT_ROOM - BAR_LEFT
    if words.is_missing(row["target"]):
        canvas.text(BAR_LEFT, y, _since_start(row), color=tokens.muted, room=bar_room)
    else:
        _draw_bar(canvas, row, y - 7, min(pitch * 0.13, 8))
        done = f"{words.share(row['achieved_share'])}，目标 {target_words(row)}"
        canvas.text(BAR_LEFT, y + 14, done, color=tokens.muted, room=bar_room)
    _draw_light(canvas, row, y)


def indicator_progress(
    latest: pd.DataFrame,
    *,
    theme: str,
    chosen: str = "",
    width: float = 728,
    height: float = 690,
    scale: float = 1.0,
) -> go.Figure:
    """Draw the latest rows of `indicator_progress`: value, growth, target, ideal pace, light.

    A row can be chosen; its customdata is (indicator,). More rows than `height` has room for
    make the figure higher.
    """
    rows = latest.to_dict("records")
    least = (HEAD + FOOT + SHORTEST_ROW * len(rows)) * scale
    canvas = Canvas(theme, width, max(height, least), scale)
    if not rows:
        canvas.notice("没有指标")
        return canvas.figure()
    _draw_head(canvas)
    pitch = min(TALLEST_ROW, (canvas.bottom - HEAD - FOOT) / len(rows))
    areas = []
    for index, row in enumerate(rows):
        top = HEAD + index * pitch
        if row["indicator"] == chosen:
            canvas.box(0, top + 1, canvas.right, top + pitch - 1, canvas.tokens.bg2)
            canvas.rule(0, top + 2, 0, top + pitch - 2, canvas.tokens.primary, width=5)
        _draw_row(canvas, row, top + pitch / 2, pitch)
        canvas.rule(0, top + pitch, canvas.right, top + pitch, canvas.tokens.grid)
        hover = f"{row['indicator']}：{pace_words(row)}，目标 {target_words(row)}"
        areas.append(((0.0, top, canvas.right, top + pitch), (row["indicator"],), hover))
    foot = HEAD + len(rows) * pitch + FOOT / 2 + 4
    said = "* 按两年数值推算，其余为发布数　▲初步 待核定　点一行看逐月"
    canvas.text(2, foot, said, color=canvas.tokens.muted, room=canvas.right - 4)
    canvas.targets(areas)
    return canvas.figure()
