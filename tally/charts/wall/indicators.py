"""指标进度 on the wall: every indicator against its target and the time (C1, C12, C14)."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tally import words
from tally.charts.indicator_progress import (
    attained_words,
    growth_words,
    pace_state,
    pace_words,
    standing_value,
    target_words,
)
from tally.charts.wall.rows import draw_bar, draw_empty, draw_right
from tally.charts.wall.sheet import NAME, NOTE, Area, Heading, Sheet
from tally.sentences import Verdict

LIGHT_ROOM, GAP_ROOM, GROWTH_ROOM, VALUE_ROOM = 190, 190, 170, 450
LIGHT_ORDER = {"overdue": 0, "soon": 1, "unreported": 2, "normal": 3}


def _draw_row(sheet: Sheet, area: Area, row: dict[str, Any], y: float) -> None:
    canvas, tokens = sheet.canvas, sheet.canvas.tokens
    state = pace_state(row["light"])
    color = sheet.state_text(state)
    name_room = min(460.0, area.width * 0.4)
    is_urgent = state in ("overdue", "soon")
    canvas.text(area.left, y, row["indicator"], size=NAME, room=name_room - 16,
                weight=700 if is_urgent else 400, color=color if is_urgent else None)  # fmt: skip
    right = area.right
    draw_right(sheet, right, y, pace_words(row), weight=700, color=color, room=LIGHT_ROOM)
    right -= LIGHT_ROOM
    if right - GAP_ROOM > area.left + name_room + 160:
        gap = words.schedule(row["gap_share"])
        draw_right(sheet, right, y, gap, size=34, color=tokens.muted, room=GAP_ROOM - 12)
        right -= GAP_ROOM
    left = area.left + name_room
    if right - GROWTH_ROOM > left + VALUE_ROOM:
        draw_right(sheet, right, y, growth_words(row), size=34, room=GROWTH_ROOM - 12)
        right -= GROWTH_ROOM
    if right - left > 700:
        draw_right(
            sheet, left + VALUE_ROOM - 20, y, _value_words(row), size=34, room=VALUE_ROOM - 30
        )
        left += VALUE_ROOM
    if words.is_missing(row["target"]) or words.is_missing(row["achieved_share"]):
        canvas.text(left, y, "没有目标", size=NOTE, color=tokens.muted, room=right - left - 30)
        return
    planned = row["ideal_value"] / row["target"] if row["target"] else None
    draw_bar(sheet, (left, right - 40), y, row["achieved_share"], state, planned)


def _value_words(row: dict[str, Any]) -> str:
    """Return a value against its target; the growth has a column of its own."""
    if not row["is_target_growth"] or words.is_missing(row["target"]):
        return attained_words(row)
    value = words.amount(standing_value(row), row["unit_of_measure"])
    return f"{value}，目标{target_words(row)}"


def indicators(
    sheet: Sheet, heading: Heading, verdict: Verdict, *, latest: pd.DataFrame
) -> go.Figure:
    """Draw the newest rows of `indicator_progress`, those behind the time first."""
    sheet.draw_heading(heading)
    sheet.draw_verdict(verdict)
    area = Area(sheet.main.left, sheet.main.top, sheet.main.right, sheet.canvas.bottom - 70)
    area = sheet.draw_title(area, "指标对序时", [(area.right, "序时判定")])
    rows = sorted(
        latest.to_dict("records"),
        key=lambda row: (
            LIGHT_ORDER[pace_state(row["light"])],
            words.is_missing(row["pace_share"]),
            row["pace_share"],
        ),
    )
    if not rows:
        draw_empty(sheet, area, "还没有指标")
        return sheet.figure()
    count, pitch = sheet.rows(area, len(rows))
    for index, row in enumerate(rows[:count]):
        y = area.top + (index + 0.5) * pitch
        _draw_row(sheet, area, row, y)
        sheet.draw_line(area, y + pitch / 2)
    left_out = f"　另有 {len(rows) - count} 项" if len(rows) > count else ""
    said = f"竖线为按时间应达；* 为按两年数值推算的同比{left_out}"
    sheet.draw_left_out(area, sheet.canvas.bottom - 40, said)
    return sheet.figure()
