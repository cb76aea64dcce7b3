"""How often would a rule have fired in each month, and how much of it still holds?"""

import pandas as pd
import plotly.graph_objects as go

from tally import words
from tally.charts.canvas import Canvas
from tally.charts.theme import NAME_TEXT

HEAD, FOOT = 40, 34
WIDEST_BAR = 90


def rule_trial(
    trial: pd.DataFrame,
    months: list[str],
    *,
    theme: str,
    width: float = 760,
    height: float = 300,
    scale: float = 1.0,
) -> go.Figure:
    """Draw rows of `rule_trial` by month over these months (YYYY-MM)."""
    canvas = Canvas(theme, width, height, scale)
    counts = trial.set_index("name")[["finding_count", "holding_count"]]
    if counts.empty:
        canvas.notice("这些月份都不会亮")
        return canvas.figure()
    tokens, most = canvas.tokens, int(counts["finding_count"].max())
    canvas.text(2, 12, "■ 至今未消除", color=tokens.states["overdue"].text)
    canvas.text(130, 12, "已消除", color=tokens.muted)
    step = canvas.right / len(months)
    half = min(WIDEST_BAR, step * 0.6) / 2
    floor = canvas.bottom - FOOT
    unit = (floor - HEAD - 20) / most
    for index, month in enumerate(months):
        x = (index + 0.5) * step
        canvas.text(x, floor + 18, words.month(month), anchor="center", color=tokens.muted)
        if month not in counts.index:
            continue
        found, holding = (int(count) for count in counts.loc[month])
        canvas.box(x - half, floor - found * unit, x + half, floor, tokens.nonefill)
        fill = tokens.states["overdue"].fill
        canvas.box(x - half, floor - holding * unit, x + half, floor, fill)
        y = floor - found * unit - 12
        canvas.text(x, y, words.count(found), anchor="center", size=NAME_TEXT, weight=700)
    canvas.rule(0, floor, canvas.right, floor, tokens.line)
    return canvas.figure()
