"""单位排名 on the wall: n / N, the rate with its interval, and what is chance (B2, E1)."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tally import words
from tally.charts.canvas import SYMBOLS
from tally.charts.wall.rows import NAME_GAP, draw_empty, draw_right, name_room
from tally.charts.wall.sheet import NAME, NOTE, Area, Heading, Sheet
from tally.sentences import Verdict

RANK_ROOM, RATIO_ROOM, SHARE_ROOM, CHANGE_ROOM = 150, 180, 160, 110
NAME_SHARE = 0.3
NARROW = 1100
LOW_STEP = 5


def _low(rows: list[dict[str, Any]]) -> float:
    """Return where the axis begins: the lowest bound, rounded down to twenties of a hundred."""
    bounds = [row["share_low"] for row in rows if not words.is_missing(row["share_low"])]
    return min(0.8, int(min([*bounds, 1.0]) * LOW_STEP + 1e-9) / LOW_STEP)


def _name(row: dict[str, Any]) -> str:
    return row["unit"] if row["is_reported"] else f"{row['unit']} ○{words.UNREPORTED}"


class _Columns:
    """Where the columns of a ranking's rows stand in an area."""

    def __init__(self, area: Area, rows: list[dict[str, Any]]) -> None:
        self.area = area
        self.low = _low(rows)
        self.name = area.left + RANK_ROOM
        name_width = name_room((_name(row) for row in rows), area.width * NAME_SHARE)
        self.ratio = self.name + name_width + RATIO_ROOM
        self.change = area.right
        self.has_change = area.width > NARROW
        self.share = area.right - (CHANGE_ROOM if self.has_change else 0)
        self.axis = self.ratio + 70, self.share - SHARE_ROOM - 40
        self.has_axis = self.axis[1] - self.axis[0] > 120

    def x(self, share: float) -> float:
        """Return where a share (0-1) lies on the axis."""
        left, right = self.axis
        return left + (min(max(share, self.low), 1.0) - self.low) / (1 - self.low) * (right - left)


def _draw_row(sheet: Sheet, row: dict[str, Any], columns: _Columns, y: float) -> None:
    canvas, tokens = sheet.canvas, sheet.canvas.tokens
    level = "level" if words.is_missing(row["state"]) else row["state"]
    state = words.state_name(level)
    color = sheet.state_text(state) if state in ("overdue", "soon") else tokens.text
    place = words.rank(row["rank"], bool(row["is_tied"]))
    canvas.text(columns.area.left, y, place, size=NAME, weight=700, color=color, room=RANK_ROOM - 8)
    room = columns.ratio - RATIO_ROOM - NAME_GAP - columns.name
    canvas.text(columns.name, y, _name(row), size=NAME, weight=700, color=color, room=room)
    ratio = words.ratio(row["closed_due_count"], row["due_count"])
    draw_right(sheet, columns.ratio, y, ratio, size=34, color=tokens.muted, room=RATIO_ROOM - 10)
    fill = tokens.states["closed" if level == "level" else state].fill
    if columns.has_axis:
        if not words.is_missing(row["share_low"]):
            x0, x1 = columns.x(row["share_low"]), columns.x(row["share_high"])
            canvas.box(x0, y - 7, x1, y + 7, fill, opacity=0.38)
        spot = [(columns.x(row["closed_share"]), y)]
        canvas.dots(spot, fill, size=30 if level == "low" else 26, symbol=SYMBOLS[level])
    share, room = words.share(row["closed_share"]), float(SHARE_ROOM)
    if not columns.has_axis:
        # No dot tells the state by its shape there, and colour alone must not.
        share = f"{words.STATES[state].shape} {share}"
        room = max(room, columns.share - columns.ratio - 20)
    draw_right(sheet, columns.share, y, share, size=40, weight=700, color=color, room=room)
    if not columns.has_change:
        return
    is_known = not words.is_missing(row["rank_change"])
    change = words.rank_change(row["rank_change"]) if is_known else words.EMPTY
    draw_right(sheet, columns.change, y, change, size=34, color=tokens.muted)


def _draw_part(sheet: Sheet, columns: _Columns, rows: list[dict[str, Any]]) -> None:
    area, muted = columns.area, sheet.canvas.tokens.muted
    y = area.top + 36
    sheet.canvas.text(area.left, y, "名次", size=NOTE, color=muted)
    head_room = columns.ratio - RATIO_ROOM - columns.name
    sheet.canvas.text(
        columns.name, y, words.text(rows[0]["league"]), size=NOTE, color=muted, room=head_room
    )
    heads = [(columns.ratio, "销号/到期"), (columns.share, "销号率")]
    for x, head in [*heads, *([(columns.change, "较上月")] if columns.has_change else [])]:
        draw_right(sheet, x, y, head, size=NOTE, color=muted)
    if columns.has_axis:
        for share in (columns.low, 1.0):
            sheet.canvas.text(
                columns.x(share), y, f"{round(share * 100)}%", size=NOTE, color=muted,
                anchor="center",
            )  # fmt: skip
    inner = Area(area.left, area.top + 66, area.right, area.bottom)
    _, pitch = sheet.rows(inner, len(rows))
    for index, row in enumerate(rows):
        middle = inner.top + (index + 0.5) * pitch
        _draw_row(sheet, row, columns, middle)
        sheet.draw_line(area, middle + pitch / 2)
    league_share = rows[0]["league_share"]
    if columns.has_axis and not words.is_missing(league_share):
        x = columns.x(league_share)
        sheet.canvas.rule(
            x, inner.top, x, inner.top + len(rows) * pitch, sheet.canvas.tokens.text, width=3,
            dash="4px,6px",
        )  # fmt: skip


def ranking(sheet: Sheet, heading: Heading, verdict: Verdict, *, units: pd.DataFrame) -> go.Figure:
    """Draw the ranked rows of `unit_ranking`; where not all fit, the last places are shown."""
    sheet.draw_heading(heading)
    sheet.draw_verdict(verdict)
    main = Area(sheet.main.left, sheet.main.top, sheet.main.right, sheet.canvas.bottom - 70)
    ranked = units[units["rank"].notna()].sort_values(["rank", "unit"], kind="stable")
    rows = ranked.to_dict("records")
    foot = sheet.canvas.bottom - 40
    if not rows:
        draw_empty(sheet, main, "没有单位参与排名")
        return sheet.figure()
    parts = main.columns(2) if sheet.canvas.right >= 2500 else [main]
    room, _ = sheet.rows(Area(main.left, main.top + 66, main.right, main.bottom), len(rows))
    shown = rows[-room * len(parts) :]
    per_part = -(-len(shown) // len(parts))
    columns = [_Columns(part, shown) for part in parts]
    for index, part in enumerate(columns):
        if held := shown[index * per_part : (index + 1) * per_part]:
            _draw_part(sheet, part, held)
    left_out = f"前面另有 {len(rows) - len(shown)} 个单位　" if len(rows) > len(shown) else ""
    looks = "点为实际值，粗线为 95% 区间；虚线为" if columns[0].has_axis else ""
    league = f"{words.text(rows[0]['league'])} {words.share(rows[0]['league_share'])}"
    sheet.draw_left_out(main, foot, f"{left_out}{looks}{league}")
    return sheet.figure()
