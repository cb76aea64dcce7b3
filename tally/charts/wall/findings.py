"""预警督办 on the wall: what the rules found, the gravest and longest first (family D)."""

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


def _numbers(found: pd.DataFrame) -> list[Number]:
    waiting = found[found["is_open"] & (found["level"] != "good")]
    counts = waiting["level"].value_counts()
    red, amber = int(counts.get("red", 0)), int(counts.get("amber", 0))
    new, untaken = int(waiting["is_new"].sum()), int((waiting["status"] == "raised").sum())
    good = int((found["is_open"] & (found["level"] == "good")).sum())
    return [
        Number("■ 红色", words.count(red), "条", "", "overdue" if red else ""),
        Number("▲ 黄色", words.count(amber), "条", "", "soon" if amber else ""),
        Number("本月新增", words.count(new), "条"),
        Number("未签收", words.count(untaken), "条", "", "soon" if untaken else ""),
        Number("最久", words.count(waiting["open_days"].max()), "天"),
        Number("● 可表扬", words.count(good), "条"),
    ]


def findings(sheet: Sheet, heading: Heading, verdict: Verdict, *, found: pd.DataFrame) -> go.Figure:
    """Draw the open rows of `rule_findings` that ask for something, in the question's order."""
    sheet.draw_heading(heading)
    sheet.draw_verdict(verdict)
    area = sheet.draw_title(sheet.main, "要办的预警", [(sheet.main.right, "已过")])
    rows = found[found["is_open"] & (found["level"] != "good")].to_dict("records")
    count, pitch = sheet.rows(area, len(rows))
    if len(rows) > count:
        count -= 1
    for index, row in enumerate(rows[:count]):
        y = area.top + (index + 0.5) * pitch
        _draw_row(sheet, area, row, y)
        sheet.draw_line(area, y + pitch / 2)
    if len(rows) > count:
        y = area.top + (count + 0.5) * pitch
        sheet.draw_left_out(area, y, f"另有 {len(rows) - count} 条，见预警督办")
    if not rows:
        draw_empty(sheet, area, "没有要办的预警")
    sheet.draw_numbers(_numbers(found))
    return sheet.figure()
