"""The checks before a meeting, each with its shape and what to do, in letters a room reads."""

from collections.abc import Sequence

import plotly.graph_objects as go

from tally import words
from tally.charts.canvas import Canvas
from tally.charts.meeting_changes import cut

NAME_TEXT, SENTENCE_TEXT = 29, 26
NAME_LEFT, SAID_LEFT = 56.0, 230.0


def self_test(
    checks: Sequence[tuple[str, str, str, str]],
    *,
    theme: str,
    width: float = 1820,
    height: float = 690,
    scale: float = 1.0,
) -> go.Figure:
    """Draw checks (state, name, what was found, what to do) one under the other."""
    canvas = Canvas(theme, width, height, scale)
    pitch = min(canvas.bottom / max(len(checks), 1), 96.0)
    for index, (state, name, found, remedy) in enumerate(checks):
        y = (index + 0.5) * pitch
        color = canvas.tokens.states[state].text
        canvas.text(16, y, words.STATES[state].shape, size=NAME_TEXT, color=color)
        canvas.text(NAME_LEFT, y, name, size=NAME_TEXT, weight=700, color=color)
        said = f"{found}。{remedy}" if remedy else found
        room = canvas.right - SAID_LEFT - 12
        canvas.text(SAID_LEFT, y, cut(said, SENTENCE_TEXT, room), size=SENTENCE_TEXT)
        if index:
            canvas.rule(0, index * pitch, canvas.right, index * pitch, canvas.tokens.grid)
    return canvas.figure()
