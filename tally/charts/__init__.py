"""A question's rows in, a Plotly figure out; a module is named for its question."""

from plotly.graph_objects import Figure

__all__ = ["Figure"]
