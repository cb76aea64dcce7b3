"""总览: is the campaign on schedule, who holds it back, and in which dimension (A1, B3, B4)."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tally import words
from tally.charts.wall.months import draw_months
from tally.charts.wall.rows import (
    NAME_GAP,
    SHAPE_ROOM,
    draw_bar,
    draw_empty,
    draw_name,
    draw_right,
    name_room,
)
from tally.charts.wall.sheet import NAME, NOTE, Area, Heading, Number, Sheet
from tally.sentences import Verdict

# Beside the verdict stands the whole campaign's bar, where there is room for both.
BAR_WIDTH = 820
RATIO_ROOM, OVERDUE_ROOM, STATE_ROOM = 190, 90, 236
# Of the room of names and bars the names take at most so much.
UNIT_SHARE, DIMENSION_SHARE = 0.64, 0.6


def _draw_whole(sheet: Sheet, totals: dict[str, Any]) -> None:
    canvas, tokens, area = sheet.canvas, sheet.canvas.tokens, sheet.verdict_area
    left, right = area.right - BAR_WIDTH, area.right
    state = words.state_name(totals["state"])
    counted = words.ratio(totals["closed_count"], totals["item_count"])
    y = area.top + 40
    canvas.text(left, y, f"已销号 {counted} 项", size=NAME)
    share = words.share(totals["closed_of_all_share"])
    draw_right(sheet, right, y, share, size=44, weight=700)
    draw_bar(sheet, (left, right), y + 48, totals["closed_of_all_share"], state,
             totals["schedule_share"])  # fmt: skip
    planned = f"序时应达 {words.share(totals['schedule_share'])}"
    draw_right(sheet, right, area.bottom - 38, planned, size=NOTE, color=tokens.muted)


def _lateness(unit: dict[str, Any]) -> tuple[int, bool, float]:
    """Return by what units are ordered: most overdue, then least closed, unknown shares last."""
    share = unit["closed_share"]
    is_unknown = words.is_missing(share)
    return -unit["overdue_count"], is_unknown, 0.0 if is_unknown else share


def _draw_units(sheet: Sheet, area: Area, units: list[dict[str, Any]]) -> None:
    ratio_right = area.right - OVERDUE_ROOM
    bar_right = ratio_right - RATIO_ROOM
    heads = [(area.right, "逾期"), (ratio_right, "销号/到期"), (bar_right - 6, "到期销号率")]
    area = sheet.draw_title(area, "谁拖后", heads)
    late = sorted(units, key=_lateness)
    if not late:
        draw_empty(sheet, area, "没有到期事项的单位")
        return
    count, pitch = sheet.rows(area, len(late))
    shown = late[:count]
    most = (bar_right - area.left) * UNIT_SHARE - SHAPE_ROOM
    room = SHAPE_ROOM + name_room((row["unit"] for row in shown), most)
    for index, row in enumerate(shown):
        y = area.top + (index + 0.5) * pitch
        state = words.state_name(row["state"]) if row["is_reported"] else "unreported"
        draw_name(sheet, area, y, row["unit"], state, room - NAME_GAP)
        span = area.left + room, bar_right
        draw_bar(sheet, span, y, row["closed_share"], state, None)
        ratio = words.ratio(row["closed_due_count"], row["due_count"])
        muted = sheet.canvas.tokens.muted
        draw_right(sheet, ratio_right, y, ratio, size=34, color=muted, room=RATIO_ROOM - 12)
        overdue, is_marked = words.count(row["overdue_count"]), state in ("overdue", "soon")
        color = sheet.state_text(state) if row["overdue_count"] and is_marked else None
        draw_right(sheet, area.right, y, overdue, weight=700, color=color, size=40,
                   room=OVERDUE_ROOM - 10)  # fmt: skip
        sheet.draw_line(area, y + pitch / 2)


def _draw_dimensions(sheet: Sheet, area: Area, rows: list[dict[str, Any]], word: str) -> None:
    area = sheet.draw_title(area, f"各{word}对序时", [(area.right, "百分点")])
    ordered = sorted(rows, key=lambda row: (words.is_missing(row["gap_share"]), row["gap_share"]))
    if not ordered:
        draw_empty(sheet, area, "没有事项")
        return
    count, pitch = sheet.rows(area, len(ordered))
    shown = ordered[:count]
    most = (area.width - STATE_ROOM) * DIMENSION_SHARE
    room = name_room((words.text(row["dimension"]) for row in shown), most)
    for index, row in enumerate(shown):
        y = area.top + (index + 0.5) * pitch
        gap = words.schedule(row["gap_share"])
        state = "normal" if gap == "持平" else words.state_name(row["state"])
        color = sheet.state_text(state)
        is_urgent = state in ("overdue", "soon")
        sheet.canvas.text(
            area.left, y, words.text(row["dimension"]), size=NAME, room=room - NAME_GAP,
            weight=600 if is_urgent else 400, color=color if is_urgent else None,
        )  # fmt: skip
        span = area.left + room, area.right - STATE_ROOM
        draw_bar(sheet, span, y, row["closed_of_all_share"], state, row["schedule_share"])
        said = f"{words.STATES[state].shape} {gap}"
        draw_right(sheet, area.right, y, said, weight=600, color=color, room=STATE_ROOM - 14)
        sheet.draw_line(area, y + pitch / 2)


def _numbers(totals: dict[str, Any], months: pd.DataFrame, unreported_count: int) -> list[Number]:
    reported = months[months["is_reported"]].to_dict("records")
    before = reported[-2] if len(reported) > 1 else None
    now = reported[-1] if reported else {"out_count": None}
    change = "" if before is None else words.change(
        totals["overdue_count"] - before["overdue_count"]
    )  # fmt: skip
    return [
        Number("逾期未销", words.count(totals["overdue_count"]), "项", change,
               "overdue" if totals["overdue_count"] else ""),
        Number("超 30 天", words.count(totals["overdue_30_count"]), "项", "",
               "overdue" if totals["overdue_30_count"] else ""),
        Number("本月销号", words.count(now["out_count"]), "项"),
        Number(f"{int(totals['due_soon_days'])} 天内到期", words.count(totals["due_soon_count"]),
               "项", "", "soon" if totals["due_soon_count"] else ""),
        Number("已核实", words.count(totals["verified_count"]), "项"),
        Number("未报单位", words.count(unreported_count), "个", "",
               "unreported" if unreported_count else ""),
    ]  # fmt: skip


def overview(
    sheet: Sheet,
    heading: Heading,
    verdict: Verdict,
    *,
    totals: dict[str, Any],
    months: pd.DataFrame,
    dimensions: pd.DataFrame,
    units: pd.DataFrame | None,
    unreported_count: int,
    dimension_word: str,
) -> go.Figure:
    """Draw `campaign_totals`, `campaign_months`, `campaign_progress` and `unit_ranking`.

    `units` is None where the campaign does not show its units side by side (D2).
    """
    sheet.draw_heading(heading)
    columns = sheet.columns()
    has_bar = (
        sheet.is_whole and len(columns) > 1 and not words.is_missing(totals["closed_of_all_share"])
    )
    sheet.draw_verdict(verdict, sheet.verdict_area.width - BAR_WIDTH - 60 if has_bar else None)
    if has_bar:
        _draw_whole(sheet, totals)
    if units is not None:
        _draw_units(sheet, columns.pop(0), units.to_dict("records"))
    if columns:
        rows = dimensions.to_dict("records")
        _draw_dimensions(sheet, columns.pop(0), rows, dimension_word)
    if columns:
        draw_months(sheet, columns.pop(0), months)
    sheet.draw_numbers(_numbers(totals, months, unreported_count))
    return sheet.figure()
