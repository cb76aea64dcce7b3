"""Where does what is overdue sit? Units by deadline month, with ages and totals (B4, E5)."""

from datetime import date

import pandas as pd
import plotly.graph_objects as go

from tally.charts.canvas import Canvas
from tally.charts.overdue_grid import columns
from tally.charts.overdue_table import Look, overdue_table


def overdue_by_unit(
    cells: pd.DataFrame,
    ageing: pd.DataFrame,
    reporting: pd.DataFrame,
    as_of: date,
    *,
    theme: str,
    look: Look,
    width: float = 1132,
    height: float = 690,
    scale: float = 1.0,
) -> go.Figure:
    """Draw rows of `overdue_by_unit`, `overdue_ageing`, `unit_reporting` as one heat table.

    A past cell can be chosen; its customdata is (unit, month, first month, last month), where
    the last two bound the deadlines it holds and (unit, month) is what `look.chosen` takes.
    """
    canvas = Canvas(theme, width, height, scale)
    return overdue_table(canvas, cells, ageing, reporting, columns(cells, as_of), look)
