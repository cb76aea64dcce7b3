"""How long has what is overdue been so? A bar of four ages at the end of a unit's row (E5)."""

from collections.abc import Mapping, Sequence
from typing import Any

from tally import words
from tally.charts.canvas import Canvas
from tally.charts.theme import SMALLEST_TEXT

AGES = (
    ("days_1_7_count", "1–7 天"),
    ("days_8_30_count", "8–30 天"),
    ("days_31_90_count", "31–90 天"),
    ("days_over_90_count", "90 天以上"),
)
TOTAL_ROOM = 72
SWATCH = 11


def ages_of(row: Mapping[str, Any]) -> list[int]:
    """Return the counts of the four ages of an `overdue_ageing` row, missing as 0."""
    return [0 if words.is_missing(row.get(key)) else int(row[key]) for key, _ in AGES]


def over_30(ages: Sequence[int]) -> int:
    """Return how many of the four ages' items are more than 30 days overdue."""
    return ages[2] + ages[3]


def draw_legend(canvas: Canvas, left: float, y: float) -> None:
    """Write what the four colours mean, spread from `left` to the right edge."""
    lengths = [SWATCH + 5 + words.width_em(word) * SMALLEST_TEXT for _, word in AGES]
    gap = max(4.0, (canvas.right - left - sum(lengths)) / (len(AGES) - 1))
    x = left
    for (_, word), color, length in zip(AGES, canvas.tokens.ageing, lengths, strict=True):
        canvas.box(x, y - SWATCH / 2, x + SWATCH, y + SWATCH / 2, color)
        canvas.text(x + SWATCH + 5, y, word, size=SMALLEST_TEXT, color=canvas.tokens.muted)
        x += length + gap


def draw_ages(
    canvas: Canvas, ages: Sequence[int], left: float, y: float, half: float, most: int
) -> None:
    """Draw one unit's bar and total; `most` is the largest total of the figure."""
    per_item = (canvas.right - TOTAL_ROOM - left) / max(most, 1)
    x = left
    for number, color in zip(ages, canvas.tokens.ageing, strict=True):
        if number:
            end = x + number * per_item
            canvas.box(x, y - half, end, y + half, color, border=canvas.tokens.bg)
            x = end
    if x > left:
        canvas.text(
            x + 10, y, words.count(sum(ages), "项"), size=16, weight=700, room=canvas.right - x - 10
        )
    else:
        canvas.text(left + 10, y, "0", color=canvas.tokens.faint)
