"""Tickets and petitions side by side: closed, resolved, satisfied, on time, what is left (B9)."""

import pandas as pd
import plotly.graph_objects as go

from tally.charts.canvas import Canvas
from tally.charts.share_rows import Count, Layout, Share, share_rows

GROUPS = {"channel": "渠道", "unit": "承办单位", "community": "社区"}
SHARES = (
    Share("办结 / 收到", "closed_share", "closed_count", "received_count"),
    Share("解决 / 回访", "resolved_share", "resolved_count", "said_count"),
    Share("满意 / 评价", "satisfied_share", "satisfied_count", "rated_count", "satisfied_state"),
    Share("按期 / 到期", "on_time_share", "on_time_count", "due_count"),
)
COUNTS = (Count("在办", "open_count"), Count("超期", "overdue_count", is_late=True))


def appeal_funnel(
    funnel: pd.DataFrame,
    grouped_by: str,
    *,
    theme: str,
    width: float = 1085,
    height: float = 436,
    scale: float = 1.0,
) -> go.Figure:
    """Draw rows of `appeal_funnel` of one group below their total; a row can be chosen.

    A satisfied share that is surely under the total's carries ■, one that may be so ▲.
    """
    canvas = Canvas(theme, width, height, scale)
    total = funnel[funnel["grouped_by"] == "total"].assign(name="合计", is_total=True)
    rows = funnel[funnel["grouped_by"] == grouped_by].assign(is_total=False)
    layout = Layout(GROUPS[grouped_by], 168, Count("收到", "received_count"), SHARES, COUNTS)
    return share_rows(canvas, layout, [*total.to_dict("records"), *rows.to_dict("records")])
