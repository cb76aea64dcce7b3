"""社区地图 on the wall: the list beside the map, its legend and what its face says (B5, E6)."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tally import words
from tally.charts.wall.rows import draw_empty, draw_right
from tally.charts.wall.sheet import COLUMN_GAP, NAME, NOTE, Area, Heading, Sheet
from tally.places import LegendStep
from tally.sentences import Verdict

MAP_SHARE, LEAST_LIST = 0.6, 560
OVERDUE_ROOM, RATIO_ROOM = 110, 190
FOOT = 76
SWATCH = 34


def map_area(sheet: Sheet) -> Area:
    """Return where the map lies: left of the list, the whole width where a list has no room."""
    main = sheet.main
    width = main.width * MAP_SHARE
    has_list = main.width - width - COLUMN_GAP >= LEAST_LIST
    right = main.left + width if has_list else main.right
    return Area(main.left, main.top + 14, right, sheet.canvas.bottom - FOOT)


def _draw_list(sheet: Sheet, area: Area, rows: list[dict[str, Any]], place_word: str) -> None:
    heads = [(area.right, "逾期"), (area.right - OVERDUE_ROOM, "销号/到期")]
    area = sheet.draw_title(area, f"各{place_word}", heads)
    if not rows:
        draw_empty(sheet, area, f"这个专项行动不分{place_word}")
        return
    tokens = sheet.canvas.tokens
    count, pitch = sheet.rows(area, len(rows))
    for index, row in enumerate(rows[:count]):
        y = area.top + (index + 0.5) * pitch
        room = area.width - OVERDUE_ROOM - RATIO_ROOM
        name = row["community"] if row["is_reported"] else f"{row['community']} ○未报"
        sheet.canvas.text(area.left, y, name, size=NAME, room=room)
        ratio = words.ratio(row["closed_due_count"], row["due_count"])
        draw_right(sheet, area.right - OVERDUE_ROOM, y, ratio, size=34, color=tokens.muted,
                   room=RATIO_ROOM - 10)  # fmt: skip
        state = "overdue" if row["overdue_count"] else "normal"
        said = f"{words.STATES[state].shape} {words.count(row['overdue_count'])}"
        color = sheet.state_text(state)
        draw_right(sheet, area.right, y, said, weight=700, color=color, room=OVERDUE_ROOM)
        sheet.draw_line(area, y + pitch / 2)


def _draw_legend(sheet: Sheet, left: float, right: float, steps: Sequence[LegendStep]) -> None:
    """Draw the steps of the map's colour, as many as there is room for."""
    y, tokens = sheet.canvas.bottom - 38, sheet.canvas.tokens
    for step in steps:
        width = SWATCH + 12 + words.width_em(step.label) * NOTE + 30
        if left + width > right:
            return
        sheet.canvas.box(left, y - 15, left + SWATCH, y + 15, step.color, border=tokens.line)
        sheet.canvas.text(left + SWATCH + 12, y, step.label, size=NOTE, color=tokens.muted)
        left += width


def communities(
    sheet: Sheet,
    heading: Heading,
    verdict: Verdict,
    *,
    places: pd.DataFrame,
    place_word: str,
    steps: Sequence[LegendStep],
    face: str,
) -> go.Figure:
    """Draw rows of `community_progress` beside the room of the map; `face` stands at its foot."""
    sheet.draw_heading(heading)
    sheet.draw_verdict(verdict)
    area = map_area(sheet)
    face_left = area.right - words.width_em(face) * NOTE
    sheet.canvas.text(area.right, sheet.canvas.bottom - 38, face, size=NOTE, anchor="right",
                      weight=600)  # fmt: skip
    _draw_legend(sheet, area.left, face_left - 30, steps)
    if area.right < sheet.main.right:
        beside = Area(area.right + COLUMN_GAP, sheet.main.top, sheet.main.right, area.bottom + 60)
        worst = places.sort_values("overdue_count", ascending=False, kind="stable")
        _draw_list(sheet, beside, worst.to_dict("records"), place_word)
    return sheet.figure()
