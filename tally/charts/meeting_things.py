"""The things behind one kind of change, one a line: what, whose, when."""

import pandas as pd
import plotly.graph_objects as go

from tally import words
from tally.charts.canvas import Canvas
from tally.charts.meeting_changes import cut

THING_TEXT = 21
ROW_HEIGHT = 44
UNIT_ROOM, DAY_ROOM = 176.0, 66.0


def meeting_things(
    things: pd.DataFrame,
    *,
    counted: int,
    theme: str,
    width: float = 622,
    height: float = 690,
    scale: float = 1.0,
) -> go.Figure:
    """Draw rows with `title`, `unit`, `moved_on`; one is chosen by its kind and entry.

    `counted` is how many there are in all: more than rows where the list was cut.
    """
    canvas = Canvas(theme, width, height, scale)
    rows = things.to_dict("records")
    room = int(canvas.bottom // ROW_HEIGHT)
    shown = rows if counted <= room else rows[: room - 1]
    unit_left = canvas.right - DAY_ROOM - UNIT_ROOM
    targets = []
    for index, row in enumerate(shown):
        y = (index + 0.5) * ROW_HEIGHT
        title = cut(words.text(row["title"]), THING_TEXT, unit_left - 12)
        unit = cut(words.text(row["unit"]), THING_TEXT, UNIT_ROOM - 12)
        moved = words.EMPTY if words.is_missing(row["moved_on"]) else f"{row['moved_on']:%m-%d}"
        canvas.text(0, y, title, size=THING_TEXT)
        canvas.text(unit_left, y, unit, size=THING_TEXT, color=canvas.tokens.muted)
        canvas.text(
            canvas.right, y, moved, size=THING_TEXT, anchor="right", color=canvas.tokens.muted
        )
        low = (index + 1) * ROW_HEIGHT
        canvas.rule(0, low, canvas.right, low, canvas.tokens.grid)
        spoken = f"{words.text(row['title'])}（{words.text(row['unit'])}）"
        targets.append(
            ((0.0, low - ROW_HEIGHT, canvas.right, low), (row["kind"], row["entry"]), spoken)
        )
    if len(shown) < counted:
        rest = f"另有 {counted - len(shown):,} 条未列出"
        canvas.text(0, (len(shown) + 0.5) * ROW_HEIGHT, rest, size=THING_TEXT)
    canvas.targets(targets)
    return canvas.figure()
