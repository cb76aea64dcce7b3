"""In which dimension or class is each unit overdue? Units by dimension, with ages (B4, E5)."""

import pandas as pd
import plotly.graph_objects as go

from tally.charts.canvas import Canvas
from tally.charts.overdue_grid import dimension_columns
from tally.charts.overdue_table import Look, overdue_table


def overdue_by_dimension(
    cells: pd.DataFrame,
    ageing: pd.DataFrame,
    reporting: pd.DataFrame,
    *,
    theme: str,
    look: Look,
    width: float = 1132,
    height: float = 690,
    scale: float = 1.0,
) -> go.Figure:
    """Draw rows of `overdue_by_dimension`, `overdue_ageing`, `unit_reporting` as one heat table.

    A cell can be chosen; its customdata is (unit, dimension, dimension, dimension), where '' is
    what names none; the first two are what `look.chosen` takes.
    """
    canvas = Canvas(theme, width, height, scale)
    named = cells.assign(month=cells["dimension"].fillna(""))
    return overdue_table(canvas, named, ageing, reporting, dimension_columns(cells), look)
