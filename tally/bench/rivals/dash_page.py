"""The page in Dash: one callback redraws it for the chosen units. Started as a module."""

import sys
from typing import Any

import plotly.express as px
from dash import Dash, Input, Output, callback, dash_table, dcc, html

from tally.bench.rivals.in_memory import rows_in_memory, shown_of

CARDS = ("items", "closed", "overdue")


@callback(
    *(Output(name, "children") for name in CARDS),
    Output("shares", "figure"),
    Output("months", "figure"),
    Output("worst", "data"),
    Input("unit", "value"),
)
def redraw(units: list[str]) -> tuple[Any, ...]:
    """Return the cards, the two figures and the list for the chosen units."""
    shown = shown_of(rows_in_memory(), units or [])
    return (
        *(f"{shown.counted[name].sum():.0f}" for name in CARDS),
        px.bar(shown.counted, x="share", y="dimension", orientation="h"),
        px.line(shown.months, x="period", y="count", color="state"),
        shown.worst.astype(str).to_dict("records"),
    )


def page() -> Dash:
    """Return the page with its choice of units."""
    app = Dash(__name__, serve_locally=True)
    app.layout = html.Div(
        [
            dcc.Dropdown(sorted(rows_in_memory()["unit"].unique()), multi=True, id="unit"),
            *(html.Div(id=name) for name in CARDS),
            dcc.Graph(id="shares"),
            dcc.Graph(id="months"),
            dash_table.DataTable(id="worst"),
        ]
    )
    return app


if __name__ == "__main__":
    page().run(host="127.0.0.1", port=sys.argv[1], debug=False)
