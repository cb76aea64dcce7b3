"""What became of all that was reported closed: found true, found false, not checked (B4)."""

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go

from tally import words
from tally.charts.canvas import Canvas

BAR_TOP, BAR_BOTTOM = 34, 62
LABEL_Y, NOTE_Y = 84, 14
NARROWEST = 3


def closing_stock(
    totals: Mapping[str, Any],
    refuted_count: int,
    *,
    theme: str,
    width: float = 640,
    height: float = 100,
    scale: float = 1.0,
) -> go.Figure:
    """Draw a row of `campaign_totals`: of the reported closed, verified, refuted and unchecked.

    `refuted_count` are those a check found false while their list still calls them closed.
    """
    canvas = Canvas(theme, width, height, scale)
    whole, verified = int(totals["reported_closed_count"]), int(totals["verified_count"])
    canvas.text(0, NOTE_Y, f"自报销号 {words.count(whole, '项')}", size=17, weight=700)
    if not whole:
        canvas.text(0, (BAR_TOP + BAR_BOTTOM) / 2, "还没有自报销号的事项")
        return canvas.figure()
    states = canvas.tokens.states
    parts = (
        ("◆ 核实", verified, states["verified"].fill, states["verified"].text),
        ("■ 不实", refuted_count, states["overdue"].fill, states["overdue"].text),
        ("○ 未核查", whole - verified - refuted_count, canvas.tokens.nonefill, canvas.tokens.muted),
    )
    left = 0.0
    for position, (word, count, fill, color) in enumerate(parts):
        right = left + max(count / whole * canvas.right, NARROWEST if count else 0)
        canvas.box(left, BAR_TOP, min(right, canvas.right), BAR_BOTTOM, fill)
        x = position * canvas.right / len(parts)
        text = f"{word} {words.count(count)}（{words.share(count / whole)}）"
        canvas.text(x, LABEL_Y, text, size=17, weight=700, color=color)
        left = right
    return canvas.figure()
