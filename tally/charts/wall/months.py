"""清零销号: what is left open at each month's end, beside what was planned (B1, B6)."""

from typing import Any

import pandas as pd

from tally import words
from tally.charts.wall.rows import draw_empty
from tally.charts.wall.sheet import NOTE, Area, Sheet

LABEL_ROOM, FOOT_ROOM = 56, 56


def draw_months(sheet: Sheet, area: Area, months: pd.DataFrame) -> None:
    """Draw rows of `campaign_months` as columns, the plan as a line across each."""
    area = sheet.draw_title(area, "清零销号", [(area.right, "月末未销（项），横线为计划")])
    rows = months.to_dict("records")
    most = max((row["planned_remaining_count"] or 0 for row in rows), default=0)
    most = max([most, *(row["remaining_count"] for row in rows if row["is_reported"])])
    if not most:
        draw_empty(sheet, area, "没有未销号事项")
        return
    room = int(area.width // 110)
    shown = rows[-room:]
    step = area.width / len(shown)
    zero = area.bottom - FOOT_ROOM
    per_item = (zero - area.top - LABEL_ROOM) / most
    for index, row in enumerate(shown):
        _draw_month(sheet, row, area.left + (index + 0.5) * step, min(40.0, step * 0.34), zero,
                    per_item)  # fmt: skip
    sheet.draw_line(area, zero)


def _draw_month(
    sheet: Sheet, row: dict[str, Any], x: float, half: float, zero: float, per_item: float
) -> None:
    canvas, tokens = sheet.canvas, sheet.canvas.tokens
    canvas.text(x, zero + 30, words.month(row["month"]), size=NOTE, color=tokens.muted,
                anchor="center")  # fmt: skip
    planned = row["planned_remaining_count"]
    if row["is_reported"]:
        left = row["remaining_count"]
        is_late = not words.is_missing(planned) and left > planned
        fill = tokens.states["overdue"].fill if is_late else tokens.bar
        canvas.box(x - half, zero - left * per_item, x + half, zero, fill)
        canvas.text(x, zero - left * per_item - 26, words.count(left), size=34, weight=700,
                    anchor="center")  # fmt: skip
    if not words.is_missing(planned):
        y = zero - planned * per_item
        canvas.rule(x - half - 8, y, x + half + 8, y, tokens.text, width=5, is_on_top=True)
