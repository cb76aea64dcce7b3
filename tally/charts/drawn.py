"""Figures remembered: of many viewers who look at the same rows, one waits for the drawing."""

import pickle
from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import ParamSpec

from cachetools import LRUCache
from plotly.graph_objects import Figure

FIGURES_MAX = 256
Given = ParamSpec("Given")

_figures: LRUCache[bytes, Figure] = LRUCache(FIGURES_MAX)
_lock = Lock()


def drawn_once(draw: Callable[Given, Figure]) -> Callable[Given, Figure]:
    """Let a function draw the same figure for the same rows and words once.

    Who is given a figure changes nothing in it. To write the rows down, which tells whether they
    are the same, takes a twentieth of drawing them.
    """

    @wraps(draw)
    def drawn(*given: Given.args, **named: Given.kwargs) -> Figure:
        key = pickle.dumps((draw.__name__, given, named), pickle.HIGHEST_PROTOCOL)
        with _lock:
            figure = _figures.get(key)
        if figure is None:
            figure = _told_once(draw(*given, **named))
            with _lock:
                _figures[key] = figure
        return figure

    return drawn


def _told_once(figure: Figure) -> Figure:
    """Let a figure say from memory what it is: to write its arrays down took a tenth of a page."""
    told = figure.to_dict()
    figure.to_dict = lambda: told
    return figure
