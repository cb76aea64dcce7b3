"""What all screens of the wall share: heading, verdict, key numbers, and rows between them."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from tally import words
from tally.charts.canvas import Canvas
from tally.packs import DEMO
from tally.rooms import SMALLEST
from tally.sentences import Verdict

MARGIN = 44
TITLE, NAME, NOTE = 40, 36, 30
VERDICT_TEXT, LESS_VERDICT_TEXT, NUMBER_TEXT, LABEL_TEXT, UNIT_TEXT = 76, 64, 92, 32, 34
TALLEST_ROW, LOWEST_ROW = 88, 60
# Below these heights of the grid the screen says less instead of writing smaller.
WHOLE_HEIGHT, NUMBERS_HEIGHT = 900, 560
TWO_COLUMNS_WIDTH, THREE_COLUMNS_WIDTH = 1500, 2500
COLUMN_GAP = 96


@dataclass(frozen=True)
class Age:
    """How old the data are, at length and in short, and whether the next should have come."""

    words: str
    short: str
    is_stale: bool


@dataclass(frozen=True)
class Heading:
    """The line above every screen; `place` is which screen it is, as `2 / 6`."""

    campaign: str
    about: str
    age: Age
    is_demo: bool
    place: str


@dataclass(frozen=True)
class Number:
    """A key number: its label, value, unit, what changed, and its state."""

    label: str
    value: str
    unit: str = ""
    change: str = ""
    state: str = ""


@dataclass(frozen=True)
class Area:
    """A part of the screen, in units of the grid."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From the left to the right edge."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From the upper to the lower edge."""
        return self.bottom - self.top

    def columns(self, count: int) -> list["Area"]:
        """Return `count` areas side by side."""
        width = (self.width - COLUMN_GAP * (count - 1)) / count
        lefts = [self.left + index * (width + COLUMN_GAP) for index in range(count)]
        return [Area(left, self.top, left + width, self.bottom) for left in lefts]


class Sheet:
    """One screen: the window in px, and `scale`, the px per unit of the grid."""

    def __init__(self, theme: str, width_px: float, height_px: float, scale: float) -> None:
        self.canvas = Canvas(theme, width_px, height_px, scale, smallest=SMALLEST)
        self.is_whole = self.canvas.bottom >= WHOLE_HEIGHT
        self.head_height = 84 if self.is_whole else 68
        self.verdict_height = 184 if self.is_whole else 150
        has_numbers = self.canvas.bottom >= NUMBERS_HEIGHT
        self.numbers_height = (212 if self.is_whole else 176) if has_numbers else 0
        # The verdict for readers of the screen, once it is drawn.
        self.spoken = ""

    @property
    def verdict_area(self) -> Area:
        """Where the verdict stands."""
        top = self.head_height
        return Area(MARGIN, top, self.canvas.right - MARGIN, top + self.verdict_height)

    @property
    def main(self) -> Area:
        """What is left between the verdict and the key numbers."""
        top = self.head_height + self.verdict_height
        return Area(
            MARGIN, top, self.canvas.right - MARGIN, self.canvas.bottom - self.numbers_height
        )

    def columns(self) -> list[Area]:
        """Return the main part in as many columns as the window has room for."""
        width = self.canvas.right
        count = 3 if width >= THREE_COLUMNS_WIDTH else 2 if width >= TWO_COLUMNS_WIDTH else 1
        return self.main.columns(count)

    def state_text(self, state: str) -> str:
        """Return the colour of a state's words; grey words are dark enough for a wall."""
        tokens = self.canvas.tokens
        return tokens.muted if state == "unreported" else tokens.states[state].text

    def draw_heading(self, heading: Heading) -> None:
        """Write the campaign and what is looked at, and on the right how old the data are."""
        canvas, y = self.canvas, self.head_height / 2 + 4
        tokens, right = canvas.tokens, canvas.right - MARGIN
        age_color = self.state_text("soon") if heading.age.is_stale else tokens.muted
        is_narrow = canvas.right < TWO_COLUMNS_WIDTH
        said = heading.age.short if is_narrow else heading.age.words
        age = f"{'▲' if heading.age.is_stale else '●'} {said}"
        beside = f"{heading.place}　{DEMO}" if heading.is_demo else heading.place
        for said, color, weight in (
            (beside, tokens.muted, 400),
            (age, age_color, 600 if heading.age.is_stale else 400),
        ):
            canvas.text(right, y, said, size=NOTE, color=color, anchor="right", weight=weight)
            right -= words.width_em(said) * NOTE + 40
        left = MARGIN + words.width_em(heading.campaign) * NAME + 40
        canvas.text(MARGIN, y, heading.campaign, size=NAME, weight=700, room=right - MARGIN)
        if right - left > 6 * NOTE:
            canvas.text(left, y, heading.about, size=NOTE, color=tokens.muted, room=right - left)
        self._rule(self.head_height - 2)

    def draw_verdict(self, verdict: Verdict, width: float | None = None) -> None:
        """Write the sentence in the colour of its state, and who is meant below."""
        self.spoken = verdict.spoken
        area, tokens = self.verdict_area, self.canvas.tokens
        room = width or area.width
        calm = verdict.state not in ("overdue", "soon")
        color = tokens.text if calm else self.state_text(verdict.state)
        y = area.top + area.height * 0.37
        size = VERDICT_TEXT if self.is_whole else LESS_VERDICT_TEXT
        self.canvas.text(
            area.left, y, verdict.headline, size=size, weight=700, color=color, room=room
        )
        self.canvas.text(
            area.left, area.bottom - 38, verdict.detail_text, size=34, room=area.width,
            color=tokens.muted,
        )  # fmt: skip
        self._rule(area.bottom - 6)

    def draw_numbers(self, numbers: Sequence[Number]) -> None:
        """Write the key numbers side by side at the foot, as many as there is room for."""
        if not self.numbers_height:
            return
        self._rule(self.main.bottom)
        shown = numbers[: max(1, int((self.canvas.right - 2 * MARGIN) // 280))]
        step = (self.canvas.right - 2 * MARGIN) / len(shown)
        for index, number in enumerate(shown):
            self._draw_number(number, MARGIN + index * step, step - 20)

    def _draw_number(self, number: Number, left: float, room: float) -> None:
        canvas, tokens = self.canvas, self.canvas.tokens
        color = self.state_text(number.state) if number.state else tokens.text
        top = self.main.bottom
        label = f"{number.label}　{number.change}" if number.change else number.label
        if words.width_em(label) * LABEL_TEXT > room:
            label = number.label
        canvas.text(left, top + 44, label, size=LABEL_TEXT, color=tokens.muted, room=room)
        y = top + 44 + (self.numbers_height - 60) * 0.56
        canvas.text(left, y, number.value, size=NUMBER_TEXT, weight=700, color=color, room=room)
        beside = left + words.width_em(number.value) * NUMBER_TEXT + 8
        # A number in 万 goes without its unit rather than into the next one.
        if beside + words.width_em(number.unit) * UNIT_TEXT <= left + room:
            canvas.text(beside, y + 22, number.unit, size=UNIT_TEXT, weight=700, color=color)

    def draw_title(self, area: Area, title: str, heads: Sequence[tuple[float, str]] = ()) -> Area:
        """Write a column's title and, at their right edges, its heads; return the area below."""
        y = area.top + 42
        self.canvas.text(area.left, y, title, size=TITLE, weight=700, room=area.width)
        for right, head in heads:
            self.canvas.text(
                right, y + 2, head, size=NOTE, color=self.canvas.tokens.muted, anchor="right"
            )
        return Area(area.left, area.top + 78, area.right, area.bottom)

    def rows(self, area: Area, count: int) -> tuple[int, float]:
        """Return how many rows of a list have room in an area, and how high each is."""
        shown = min(count, max(1, int(area.height // LOWEST_ROW)))
        return shown, min(TALLEST_ROW, area.height / max(shown, 1))

    def draw_line(self, area: Area, y: float) -> None:
        """Draw the line below a row."""
        self.canvas.rule(area.left, y, area.right, y, self.canvas.tokens.grid, width=1.5)

    def draw_left_out(self, area: Area, y: float, said: str) -> None:
        """Say below the rows what is not shown."""
        self.canvas.text(
            area.left, y, said, size=NOTE, color=self.canvas.tokens.muted, room=area.width
        )

    def _rule(self, y: float) -> None:
        tokens = self.canvas.tokens
        self.canvas.rule(MARGIN, y, self.canvas.right - MARGIN, y, tokens.line, width=1.5)

    def figure(self) -> go.Figure:
        """Return the figure, as large as the window."""
        return self.canvas.figure()
