"""暖民心 as a table of heat: actions by communities, each share with its sample (C10)."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tally import words
from tally.charts.canvas import Area, Canvas
from tally.charts.theme import NAME_TEXT

HEAD = 40
NAME_ROOM = 176
CELL_GAP = 4
TALLEST_ROW = 58
ALL = "全部"
# What each measure is called, and of how many it is a part.
MEASURES = {
    "aware": ("知晓率", "asked_count"),
    "joined": ("参与率", "asked_count"),
    "satisfied": ("满意率", "rated_count"),
}
SMALL = "样本少"
NOT_ASKED = "未调查"
FAULTY = "数字矛盾"
Row = Mapping[str, Any]


def is_few(row: Row, measure: str) -> bool:
    """Tell whether too few were asked, or rated, for the share to say much."""
    return bool(row["is_few_rated" if measure == "satisfied" else "is_small"])


def share_words(row: Row, measure: str) -> str:
    """Return a share with its part, whole and interval: `75.0%，45 / 60，62.8%–84.2%`."""
    title, whole = MEASURES[measure]
    part = words.ratio(row[f"{measure}_count"], row[whole])
    interval = words.interval(row[f"{measure}_low"], row[f"{measure}_high"])
    return f"{title} {words.share(row[f'{measure}_share'])}，{part}，95% 区间 {interval}"


def _named(value: Any) -> str:
    return ALL if words.is_missing(value) else str(value)


def _draw_cell(canvas: Canvas, row: Row, measure: str, area: Area) -> None:
    tokens, value = canvas.tokens, row[f"{measure}_share"]
    x, y, room = (area[0] + area[2]) / 2, (area[1] + area[3]) / 2, area[2] - area[0] - 10
    if words.is_missing(value):
        unasked = FAULTY if row["faulty_count"] else NOT_ASKED
        unsaid = "无人评价" if measure == "satisfied" else "未填"
        word = unsaid if row["asked_count"] else unasked
        canvas.box(*area, tokens.nonefill)
        canvas.text(x, y, word, anchor="center", color=tokens.muted, room=room)
        return
    level = row[f"{measure}_state"]
    state = words.state_name(level) if level in ("behind", "low") else ""
    colors = tokens.states[state] if state else None
    size = words.count(row[MEASURES[measure][1]])
    if is_few(row, measure):
        canvas.box(*area, tokens.bg, border=tokens.line, dash="dot")
        note = f"{SMALL} n={size}"
    else:
        ground = colors.ground if colors else tokens.bg2 if row["is_total"] else tokens.bg
        canvas.box(*area, ground, border=tokens.grid)
        note = f"n={size}"
    shape = f"{words.STATES[state].shape} " if state else ""
    color = colors.text if colors else tokens.text
    canvas.text(x, y - 9, f"{shape}{words.share(value)}", size=19, weight=700, anchor="center",
                color=color, room=room)  # fmt: skip
    canvas.text(x, y + 13, note, size=14, anchor="center", color=tokens.muted, room=room)


def satisfaction_shares(
    shares: pd.DataFrame,
    *,
    theme: str,
    measure: str = "satisfied",
    chosen: tuple[str, str] | None = None,
    width: float = 1085,
    height: float = 690,
    scale: float = 1.0,
) -> go.Figure:
    """Draw rows of `satisfaction_shares`: actions down, communities across, sums at the edges.

    `measure` is 'aware', 'joined' or 'satisfied'. A cell can be chosen; its customdata is
    (action, community), 全部 where it is a sum, and that is what `chosen` takes.
    """
    canvas = Canvas(theme, width, height, scale)
    if shares.empty:
        canvas.notice("还没有调查")
        return canvas.figure()
    cells = {(_named(r["action"]), _named(r["community"])): r for r in shares.to_dict("records")}
    actions = list(dict.fromkeys(action for action, _ in cells))
    places = [*dict.fromkeys(place for _, place in cells if place != ALL), ALL]
    pitch = min(TALLEST_ROW, (canvas.bottom - HEAD) / len(actions))
    step = (canvas.right - NAME_ROOM) / len(places)
    for across, place in enumerate(places):
        x = NAME_ROOM + (across + 0.5) * step - CELL_GAP / 2
        name = "全部社区" if place == ALL else place
        canvas.text(
            x, HEAD / 2 - 4, name, anchor="center", color=canvas.tokens.muted, room=step - 6
        )
    areas = []
    for down, action in enumerate(actions):
        y = HEAD + (down + 0.5) * pitch
        name, weight = ("全部行动", 700) if action == ALL else (action, 400)
        canvas.text(2, y, name, size=NAME_TEXT, weight=weight, room=NAME_ROOM - 12)
        for across, place in enumerate(places):
            x0, half = NAME_ROOM + across * step, (pitch - CELL_GAP) / 2
            area = (x0, y - half, x0 + step - CELL_GAP, y + half)
            row = cells.get((action, place))
            if row is None:
                continue
            _draw_cell(canvas, row, measure, area)
            if (action, place) == chosen:
                canvas.box(*area, border=canvas.tokens.primary, border_width=4, is_on_top=True)
            areas.append((area, (action, place), f"{name}，{place}：{share_words(row, measure)}"))
    canvas.targets(areas)
    return canvas.figure()
