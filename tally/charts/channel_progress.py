"""Problems by the channel they came by: closed, closed of the due, on time, verified (B17)."""

import pandas as pd
import plotly.graph_objects as go

from tally.charts.canvas import Canvas
from tally.charts.share_rows import Count, Layout, Share, share_rows

SHARES = (
    Share("销号 / 总数", "closed_of_all_share", "closed_count", "item_count"),
    Share("到期销号 / 到期", "closed_share", "closed_due_count", "due_count"),
)
COUNTS = (
    Count("按期", "on_time_count"),
    Count("核实", "verified_count"),
    Count("逾期", "overdue_count", is_late=True),
)


def channel_progress(
    channels: pd.DataFrame,
    *,
    theme: str,
    width: float = 1085,
    height: float = 436,
    scale: float = 1.0,
) -> go.Figure:
    """Draw rows of `channel_progress` in the pack's order; a row can be chosen."""
    canvas = Canvas(theme, width, height, scale)
    rows = channels.rename(columns={"channel": "name"}).to_dict("records")
    layout = Layout("来源", 230, Count("件数", "item_count"), SHARES, COUNTS, count_room=74)
    return share_rows(canvas, layout, rows)
