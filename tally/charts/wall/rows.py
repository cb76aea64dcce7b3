"""Rows of the wall's lists: one line each, its shape and word in the colour of its state."""

from collections.abc import Iterable, Mapping
from typing import Any

from tally import words
from tally.charts.wall.sheet import NAME, NOTE, Area, Sheet

SHAPE_ROOM, NAME_GAP = 50, 10
TICK_WIDTH = 6
Row = Mapping[str, Any]


def is_urgent(state: str) -> bool:
    """Whether a state's colour is shown: what needs no attention stays plain."""
    return state in ("overdue", "soon")


def name_room(names: Iterable[str], most: float) -> float:
    """Return the room that the longest of names takes with the gap after it, at most `most`."""
    return min(most, max(words.width_em(name) for name in names) * NAME + NAME_GAP)


def draw_name(sheet: Sheet, area: Area, y: float, name: str, state: str, room: float) -> None:
    """Write a row's name behind the shape of its state."""
    canvas, tokens = sheet.canvas, sheet.canvas.tokens
    shape_color = sheet.state_text(state)
    canvas.text(area.left, y, words.STATES[state].shape, size=NAME, color=shape_color)
    canvas.text(
        area.left + SHAPE_ROOM, y, name, size=NAME, room=room - SHAPE_ROOM,
        weight=600 if is_urgent(state) else 400,
        color=shape_color if is_urgent(state) else tokens.text,
    )  # fmt: skip


def draw_bar(
    sheet: Sheet, span: tuple[float, float], y: float, share: float | None, state: str,
    tick: float | None,
) -> None:  # fmt: skip
    """Draw a share (0-1) as a bar in its track, and where it should be as a tick."""
    canvas, tokens = sheet.canvas, sheet.canvas.tokens
    left, right = span
    canvas.box(left, y - 14, right, y + 14, tokens.bg2)
    if not words.is_missing(share):
        fill = tokens.states[state].fill if is_urgent(state) else tokens.bar
        canvas.box(left, y - 14, left + (right - left) * min(max(share, 0.0), 1.0), y + 14, fill)
    if not words.is_missing(tick):
        x = left + (right - left) * min(max(tick, 0.0), 1.0)
        canvas.rule(x, y - 22, x, y + 22, tokens.text, width=TICK_WIDTH, is_on_top=True)


def draw_right(
    sheet: Sheet, x: float, y: float, said: str, *, size: float = NAME, color: str | None = None,
    weight: int = 400, room: float = 400,
) -> None:  # fmt: skip
    """Write a value with its right edge at `x`."""
    sheet.canvas.text(x, y, said, size=size, color=color, anchor="right", weight=weight, room=room)


def draw_empty(sheet: Sheet, area: Area, said: str) -> None:
    """Say in an area why nothing stands in it."""
    sheet.canvas.text(
        area.left, area.top + 60, said, size=NOTE, color=sheet.canvas.tokens.muted, room=area.width
    )
