"""The agenda of a meeting in letters that a room reads: the part around the entry talked about."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tally import words
from tally.charts.canvas import Canvas, Target
from tally.charts.meeting_changes import cut
from tally.finding_words import LEVEL_COLORS, LEVELS
from tally.meeting_words import COUNTED, DECIDE, INFORM

NAME_TEXT, SENTENCE_TEXT = 32, 29
LOWEST_ROW = 104
NUMBER_RIGHT, BADGE_LEFT, BADGE_WIDTH, TEXT_LEFT = 62.0, 76.0, 112.0, 204.0
NOBODY = "多个单位"


def meeting_agenda(
    agenda: pd.DataFrame,
    *,
    theme: str,
    position: int,
    width: float = 1128,
    height: float = 735,
    scale: float = 1.0,
) -> go.Figure:
    """Draw rows of `meeting_agenda` around a position; a row can be chosen by its position."""
    canvas = Canvas(theme, width, height, scale)
    rows = agenda.to_dict("records")
    room = max(int(canvas.bottom // LOWEST_ROW), 1)
    first = min(max(position - 1 - room // 2, 0), max(len(rows) - room, 0))
    pitch = canvas.bottom / room
    targets: list[Target] = []
    for index, row in enumerate(rows[first : first + room]):
        area = (0.0, index * pitch + 2, canvas.right, (index + 1) * pitch - 2)
        _draw_row(canvas, row, area[1], pitch)
        if row["position"] == position:
            canvas.box(*area, border=canvas.tokens.primary, border_width=4, is_on_top=True)
        elif index:
            canvas.rule(0, area[1], canvas.right, area[1], canvas.tokens.grid)
        targets.append((area, (int(row["position"]),), spoken_entry(row)))
    canvas.targets(targets)
    return canvas.figure()


def _draw_row(canvas: Canvas, row: dict[str, Any], top: float, pitch: float) -> None:
    """Draw the badge and the unit over the sentence; since when on the right."""
    tokens, upper, lower = canvas.tokens, top + pitch * 0.28, top + pitch * 0.69
    look = tokens.states[LEVEL_COLORS[row["level"]]]
    canvas.text(
        NUMBER_RIGHT, upper, str(row["position"]), size=NAME_TEXT, weight=700, anchor="right"
    )
    canvas.box(BADGE_LEFT, upper - 20, BADGE_LEFT + BADGE_WIDTH, upper + 20, look.ground)
    word = DECIDE if row["is_decision"] else INFORM
    middle = BADGE_LEFT + BADGE_WIDTH / 2
    canvas.text(
        middle, upper, word, size=SENTENCE_TEXT, weight=700, anchor="center", color=look.text
    )
    since = _since(row)
    canvas.text(
        canvas.right - 12, upper, since, size=SENTENCE_TEXT, anchor="right", color=tokens.muted
    )
    room = canvas.right - 24 - words.width_em(since) * SENTENCE_TEXT - TEXT_LEFT
    name = cut(f"{LEVELS[row['level']].shape} {_whose(row)}", NAME_TEXT, room)
    canvas.text(TEXT_LEFT, upper, name, size=NAME_TEXT, weight=700, color=look.text)
    sentence = cut(str(row["sentence"]), SENTENCE_TEXT, canvas.right - TEXT_LEFT - 12)
    canvas.text(TEXT_LEFT, lower, sentence, size=SENTENCE_TEXT)


def _whose(row: dict[str, Any]) -> str:
    unit = NOBODY if words.is_missing(row["unit"]) else str(row["unit"])
    count = int(row["entry_count"])
    return unit if count == 1 else f"{unit}　{words.count(count, COUNTED[row['kind']])}"


def _since(row: dict[str, Any]) -> str:
    return f"自 {words.iso_day(row['since_on'])}　{words.days(row['open_days'])}"


def spoken_entry(row: dict[str, Any]) -> str:
    """Return an entry of the agenda as one says it."""
    word = DECIDE if row["is_decision"] else INFORM
    return f"{word}：{_whose(row)}，{row['sentence']}，{_since(row)}"
