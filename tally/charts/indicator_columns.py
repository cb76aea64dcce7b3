"""The lower strip of an indicator's months: each period alone beside that of the year before."""

from collections.abc import Mapping, Sequence
from typing import Any

from tally import words
from tally.charts.canvas import Canvas

LEFT, RIGHT = 30, 150
TOP, FOOT = 26, 28
# Columns of single months stand below the line of totals.
LOWER_SHARE = 0.34
Row = Mapping[str, Any]


def known_values(*values: float | None) -> list[float]:
    """Return the values that are not missing."""
    return [value for value in values if not words.is_missing(value)]


def draw_singles(
    canvas: Canvas, xs: Sequence[float], rows: Sequence[Row], slots: list[int], *, is_alone: bool
) -> None:
    """Draw columns of single periods with last year's beside them, and their growth above.

    Where they stand alone, no totals being known, they have the whole height and their values.
    """
    tokens = canvas.tokens
    bottom = canvas.bottom - FOOT
    top = TOP + 38 if is_alone else bottom - (bottom - TOP) * LOWER_SHARE + 30
    singles = [(slot, row) for slot, row in zip(slots, rows, strict=True)
               if known_values(row["single_value"])]  # fmt: skip
    values = [
        value
        for _, row in singles
        for value in known_values(row["single_value"], row["single_before"])
    ]
    if not values:
        return
    low, high = min([0.0, *values]), max([0.0, *values])
    per_unit = (bottom - top) / max(high - low, 1e-9)
    zero = bottom + low * per_unit
    step = xs[1] - xs[0]
    canvas.rule(xs[0] - step / 2, zero, xs[-1] + step / 2, zero, tokens.line)
    left = canvas.right - RIGHT + 14
    canvas.text(left, top + 6, "■当期　□上年同期", color=tokens.muted, room=RIGHT - 16)
    canvas.text(left, top + 26, "顶上为同比", color=tokens.muted, room=RIGHT - 16)
    for slot, row in singles:
        half = min(step * 0.22, 20)
        middle = xs[slot] - (step / 2 if row["span_count"] == 2 else 0)
        for side, column, is_own in ((-1, "single_before", False), (1, "single_value", True)):
            for value in known_values(row[column]):
                x0, x1 = sorted((middle, middle + side * half * 1.6))
                y0, y1 = sorted((zero, zero - value * per_unit))
                border = None if is_own else tokens.line
                canvas.box(x0, y0, x1, y1, tokens.bar if is_own else None, border=border)
        growth = known_values(row["reported_single_growth_share"]) or known_values(
            row["single_growth_share"]
        )
        y = zero - max(known_values(row["single_value"], row["single_before"], 0.0)) * per_unit - 11
        if growth and step > 44:
            said = words.growth(growth[0])
            canvas.text(middle, y, said, size=13, anchor="center", color=tokens.muted)
        if is_alone:
            said = words.amount(row["single_value"])
            canvas.text(middle, y - 19, said, size=14, weight=700, anchor="center")
