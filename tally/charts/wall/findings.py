"""预警督办 on the wall: what the rules found, the gravest and longest first (family D)."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tally import words
from tally.charts.wall.rows import draw_empty, draw_right
from tally.charts.wall.sheet import NAME, Area, Heading, Number, Sheet
from tally.finding_words import LEVEL_COLORS, LEVELS
from tally.sentences import Verdict

LEVEL_ROOM, UNIT_ROOM, DAYS_ROOM = 110, 360, 170


def _draw_row(sheet: Sheet, area: Area, row: dict[str, Any], y: float) -> None:
    canvas, tokens = sheet.canvas, sheet.canvas.tokens
    color = sheet.state_text(LEVEL_COLORS[row["level"]])
    canvas.text(area.left, y, LEVELS[row["level"]].label, size=NAME, weight=700, color=color,
                room=LEVEL_ROOM - 6)  # fmt: skip
    left, right = area.left + LEVEL_ROOM, area.right - DAYS_ROOM
    unit = words.text(row["unit"])
    has_unit = area.width > LEVEL_ROOM + 2 * UNIT_ROOM + DAYS_ROOM
    if has_unit:
        canvas.text(left, y, unit, size=NAME, weight=700, room=UNIT_ROOM - 20)
        left += UNIT_ROOM
    new = "新　" if row["is_new"] else ""
    canvas.text(left, y, f"{new}{row['sentence']}", size=34, room=right - left)
    draw_right(sheet, area.right, y, words.days(row["open_days"]), size=34, color=tokens.muted)


def _numbers(totals: Mapping[str, Any]) -> list[Number]:
    red, amber, untaken = (totals[f"{name}_count"] for name in ("red", "amber", "untaken"))
    return [
        Number("■ 红色", words.count(red), "条", "", "overdue" if red else ""),
        Number("▲ 黄色", words.count(amber), "条", "", "soon" if amber else ""),
        Number("本月新增", words.count(totals["new_count"]), "条"),
        Number("未签收", words.count(untaken), "条", "", "soon" if untaken else ""),
        Number("最久", words.count(totals["oldest_days"]), "天"),
        Number("● 可表扬", words.count(totals["good_count"]), "条"),
    ]


def findings(
    sheet: Sheet,
    heading: Heading,
    verdict: Verdict,
    *,
    totals: Mapping[str, Any],
    found: pd.DataFrame,
) -> go.Figure:
    """Draw the first open rows of `rule_findings` that ask for something, in the question's order.

    `totals` is the row of `finding_totals`: how many there are in all.
    """
    sheet.draw_heading(heading)
    sheet.draw_verdict(verdict)
    area = sheet.draw_title(sheet.main, "要办的预警", [(sheet.main.right, "已过")])
    rows = found[found["level"] != "good"].to_dict("records")
    waiting = totals["open_count"] - totals["good_count"]
    count, pitch = sheet.rows(area, waiting)
    if waiting > count:
        count -= 1
    for index, row in enumerate(rows[:count]):
        y = area.top + (index + 0.5) * pitch
        _draw_row(sheet, area, row, y)
        sheet.draw_line(area, y + pitch / 2)
    if waiting > count:
        y = area.top + (count + 0.5) * pitch
        sheet.draw_left_out(area, y, f"另有 {waiting - count} 条，见预警督办")
    if not waiting:
        draw_empty(sheet, area, "没有要办的预警")
    sheet.draw_numbers(_numbers(totals))
    return sheet.figure()
