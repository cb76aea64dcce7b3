"""A screen of the wall that has nothing to show but why."""

import plotly.graph_objects as go

from tally.charts.wall.sheet import Heading, Sheet
from tally.sentences import Verdict


def empty(sheet: Sheet, heading: Heading, verdict: Verdict) -> go.Figure:
    """Draw the heading and the sentence."""
    sheet.draw_heading(heading)
    sheet.draw_verdict(verdict)
    return sheet.figure()
