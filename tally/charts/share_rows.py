"""A figure of rows with several shares side by side: each with its n / N and its bar."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from tally import words
from tally.charts.canvas import Canvas
from tally.charts.theme import NAME_TEXT

HEAD = 38
TALLEST_ROW = 68
LOWEST_ROW = 33
RATIO_LEFT = 72
GAP = 18
BAR_HALF = 3.5
COUNT_TEXT = 18
# The sign of lateness takes its room too, and a number keeps its distance from the one before.
SIGN_ROOM, APART = 14, 8
ELSEWHERE = "未注明"


@dataclass(frozen=True)
class Share:
    """A share's head, its column, and the columns of its part and its whole.

    `state` is the column that says how it stands against the others, where one does.
    """

    title: str
    share: str
    part: str
    whole: str
    state: str = ""


@dataclass(frozen=True)
class Count:
    """A count's head and column; `is_late` numbers above 0 carry the sign of lateness."""

    title: str
    column: str
    is_late: bool = False


@dataclass(frozen=True)
class Layout:
    """What stands in a row, from the left: its name, a count, shares, counts."""

    name_title: str
    name_room: float
    first: Count
    shares: Sequence[Share]
    counts: Sequence[Count] = ()
    count_room: float = 66

    def share_room(self, canvas: Canvas) -> float:
        """Return how many px each share has, its gap included."""
        others = self.name_room + self.count_room + sum(map(self.room_of, self.counts))
        return (canvas.right - others) / len(self.shares)

    def room_of(self, count: Count) -> float:
        """Return how many px a count on the right has."""
        return self.count_room + (SIGN_ROOM if count.is_late else 0)

    def placed_counts(self, canvas: Canvas) -> Iterator[tuple[Count, float, float]]:
        """Yield the counts on the right, each with its right edge and its room in px."""
        right = canvas.right - sum(map(self.room_of, self.counts))
        for count in self.counts:
            right += self.room_of(count)
            yield count, right - 2, self.room_of(count) - APART


def _draw_head(canvas: Canvas, layout: Layout) -> None:
    muted, y = canvas.tokens.muted, HEAD / 2 - 3
    canvas.text(2, y, layout.name_title, color=muted)
    left = layout.name_room + layout.count_room
    canvas.text(left, y, layout.first.title, color=muted, anchor="right")
    room = layout.share_room(canvas)
    for position, entry in enumerate(layout.shares):
        canvas.text(left + position * room + GAP, y, entry.title, color=muted, room=room - GAP)
    for count, right, _ in layout.placed_counts(canvas):
        canvas.text(right, y, count.title, color=muted, anchor="right")
    canvas.rule(0, HEAD - 4, canvas.right, HEAD - 4, canvas.tokens.grid)


def _draw_share(
    canvas: Canvas, row: Mapping[str, Any], entry: Share, x: float, y: float, room: float
) -> None:
    tokens, width = canvas.tokens, room - GAP
    value = row[entry.share]
    ratio = words.ratio(row[entry.part], row[entry.whole])
    level = row[entry.state] if entry.state else None
    state = words.state_name(level) if level in ("behind", "low") else ""
    color = tokens.states[state].text if state else tokens.text
    color = tokens.muted if words.is_missing(value) else color
    canvas.text(x, y - 7, words.share(value), size=18, weight=700, color=color)
    shown = _uncut(canvas, ratio, words.STATES[state].shape if state else "", width - RATIO_LEFT)
    canvas.text(
        x + RATIO_LEFT, y - 7, shown, color=color if state else tokens.muted,
        room=width - RATIO_LEFT,
    )  # fmt: skip
    canvas.box(x, y + 12 - BAR_HALF, x + width, y + 12 + BAR_HALF, tokens.bg2)
    if not words.is_missing(value) and value > 0:
        end = x + min(value, 1.0) * width
        canvas.box(x, y + 12 - BAR_HALF, end, y + 12 + BAR_HALF, tokens.bar)


def _uncut(canvas: Canvas, ratio: str, shape: str, room: float) -> str:
    """Return n / N with its sign as it fits, or the sign alone: cut, it says another number."""
    whole = f"{ratio} {shape}".rstrip()
    forms = (whole, whole.replace(" ", ""))
    fitting = (form for form in forms if words.width_em(form) * canvas.smallest <= room)
    return next(fitting, shape)


def _draw_count(
    canvas: Canvas, count: Count, value: Any, right: float, y: float, room: float
) -> None:
    tokens = canvas.tokens
    is_late = count.is_late and not words.is_missing(value) and value > 0
    shown = words.count(value)
    if is_late:
        shown = f"{words.STATES['overdue'].shape} {shown}"
        # Close together it is still the same number.
        is_fitting = words.width_em(shown) * COUNT_TEXT <= room
        shown = shown if is_fitting else shown.replace(" ", "")
    canvas.text(
        right, y, shown, size=COUNT_TEXT, weight=700 if is_late else 400,
        color=tokens.states["overdue"].text if is_late else tokens.text, anchor="right",
    )  # fmt: skip


def _draw_row(canvas: Canvas, layout: Layout, row: Mapping[str, Any], y: float) -> None:
    name = words.text(row["name"]) if not words.is_missing(row["name"]) else ELSEWHERE
    is_total = bool(row.get("is_total"))
    weight = 700 if is_total or len(layout.shares) > 2 else 400
    canvas.text(2, y, name, size=NAME_TEXT, weight=weight, room=layout.name_room - 6)
    left = layout.name_room + layout.count_room
    _draw_count(canvas, layout.first, row[layout.first.column], left, y, layout.count_room)
    room = layout.share_room(canvas)
    for position, entry in enumerate(layout.shares):
        _draw_share(canvas, row, entry, left + position * room + GAP, y, room)
    for count, right, its_room in layout.placed_counts(canvas):
        _draw_count(canvas, count, row[count.column], right, y, its_room)


def share_rows(canvas: Canvas, layout: Layout, rows: Sequence[Mapping[str, Any]]) -> go.Figure:
    """Draw rows in their order, as many as fit legibly, and say how many were left out.

    A row has `name` (missing: not named), the layout's columns, and `is_total` where it stands
    for the others. Its customdata is (name,), '' where it is not named; a total cannot be chosen.
    """
    if not rows:
        canvas.notice("没有数据")
        return canvas.figure()
    room = int((canvas.bottom - HEAD) // LOWEST_ROW)
    left_out = len(rows) - room + 1 if len(rows) > room else 0
    shown = rows[: len(rows) - left_out]
    pitch = min(TALLEST_ROW, (canvas.bottom - HEAD) / (len(shown) + (left_out > 0)))
    _draw_head(canvas, layout)
    areas = []
    for index, row in enumerate(shown):
        top = HEAD + index * pitch
        if row.get("is_total"):
            canvas.box(0, top - 3, canvas.right, top + pitch - 3, canvas.tokens.bg2, opacity=0.6)
        else:
            name = "" if words.is_missing(row["name"]) else str(row["name"])
            area = (0.0, top, canvas.right, top + pitch)
            areas.append((area, (name,), f"{name or ELSEWHERE}：点开看明细"))
        _draw_row(canvas, layout, row, top + pitch / 2 - 2)
        canvas.rule(0, top + pitch - 3, canvas.right, top + pitch - 3, canvas.tokens.grid)
    if left_out:
        y = HEAD + (len(shown) + 0.5) * pitch
        canvas.text(2, y, f"另有 {left_out} 行，未列出", color=canvas.tokens.muted)
    canvas.targets(areas)
    return canvas.figure()
