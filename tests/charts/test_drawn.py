"""A figure is drawn once for the same rows, and anew for others."""

import pandas as pd
from plotly.graph_objects import Figure

from tally.charts.drawn import drawn_once

drawings: list[int] = []


@drawn_once
def bars(rows: pd.DataFrame, *, theme: str) -> Figure:
    drawings.append(len(rows))
    return Figure()


def test_figure_is_drawn_anew_only_for_other_rows_or_words() -> None:
    rows = pd.DataFrame({"unit": ["招商部", None], "share": [0.5, float("nan")]})
    first = bars(rows, theme="light")
    assert bars(rows.copy(), theme="light") is first and drawings == [2]
    assert bars(rows, theme="dark") is not first
    assert bars(rows.assign(share=[0.5, 0.6]), theme="light") is not first
    assert bars(rows.head(1), theme="light") is not first
    assert drawings == [2, 2, 2, 1]
