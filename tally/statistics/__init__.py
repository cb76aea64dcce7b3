"""What must be fitted or simulated; the one door of statsmodels and scipy.

They take seconds to load, so a function imports what it uses, and a server calls `load` early.
Closed-form figures are SQL, not here.
"""

import importlib

from tally.statistics.crossing import Line, Overtaking, overtaking
from tally.statistics.projection import (
    Projection,
    back_test,
    project_year_end,
    sums_since_march,
)
from tally.statistics.ranks import rank_stability

__all__ = [
    "Line",
    "Overtaking",
    "Projection",
    "back_test",
    "load",
    "overtaking",
    "project_year_end",
    "rank_stability",
    "sums_since_march",
]


def load() -> None:
    """Load the libraries before a page waits for them."""
    for name in ("scipy.stats", "scipy.signal", "statsmodels.regression.linear_model"):
        importlib.import_module(name)
