"""The stock of old petitions, who assigned cases, and the kinds of claims: how far each is (B9)."""

import pandas as pd
import plotly.graph_objects as go

from tally.charts.canvas import Canvas
from tally.charts.share_rows import Count, Layout, Share, share_rows

SHARES = (
    Share("办结", "closed_share", "closed_count", "petition_count"),
    Share("满意", "satisfied_share", "satisfied_count", "rated_count"),
)


def petition_sources(
    sources: pd.DataFrame,
    *,
    theme: str,
    width: float = 662,
    height: float = 178,
    scale: float = 1.0,
) -> go.Figure:
    """Draw rows of `petition_sources` of one axis, in the pack's order."""
    canvas = Canvas(theme, width, height, scale)
    title = "交办来源" if (sources["axis"] == "assigned_by").all() else "处置类别"
    late = Count("超期", "overdue_count", is_late=True)
    layout = Layout(title, 150, Count("件数", "petition_count"), SHARES, (late,), count_room=62)
    return share_rows(canvas, layout, sources.to_dict("records"))
