"""What moved sliders make of the three lines: reckoned on the page, so that it answers at once.

The same arithmetic as `queries/growth_lines.sql` and `queries/overtaking_year.sql` with other
growths (C7); a test holds one against the other.
"""

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

Row = Mapping[str, Any]
# Growth a year by place and line; 0.08 is 8 %.
Growths = Mapping[tuple[str, str], float]


def moved_lines(lines: pd.DataFrame, growths: Growths) -> pd.DataFrame:
    """Return rows of `growth_lines` of one indicator as they are with other growths.

    `multiple_of_own` is left out: no chart of the page needs it.
    """
    named = pd.Series(list(zip(lines["place"], lines["line"], strict=True)), lines.index)
    growth = named.map(dict(growths)).astype("float64")
    is_moved = growth.notna()
    base = lines["value"].where(lines["year"] == lines["base_year"])
    base = base.groupby(named).transform("first")
    multiple = (1 + growth) ** (lines["year"] - lines["base_year"]).astype("float64")
    return lines.drop(columns="multiple_of_own").assign(
        growth_share=growth.where(is_moved, lines["growth_share"]),
        value=(base * multiple).where(is_moved, lines["value"]),
        multiple=multiple.where(is_moved, lines["multiple"]),
        is_changed=lines["is_changed"].astype(bool) | is_moved,
    )


def moved_pairs(pairs: pd.DataFrame, lines: pd.DataFrame) -> pd.DataFrame:
    """Return rows of `overtaking_year` as they are on these lines, those of `moved_lines`."""
    named = zip(lines["place"], lines["line"], lines["year"], strict=True)
    values = dict(zip(named, lines["value"], strict=True))
    growths = {
        (row["place"], row["line"]): row["growth_share"]
        for row in lines.drop_duplicates(["place", "line"]).to_dict("records")
    }
    found = [_pair(row, values, growths) for row in pairs.to_dict("records")]
    columns = {"crossing_years": "float64", "overtaking_year": "float64"}
    return pd.DataFrame(found, columns=pairs.columns).astype(columns)


def _pair(row: Row, values: Mapping[Any, float], growths: Growths) -> dict[str, Any]:
    ours, other = (row["own_place"], row["own_line"]), (row["place"], row["line"])
    first, last = row["from_year"], row["horizon_year"]
    own_value, value = values[*ours, first], values[*other, first]
    own_growth, growth = growths[ours], growths[other]
    is_ahead = own_value > value or (own_value == value and own_growth < growth)
    crossing = _crossing(own_value / value, (1 + growth) / (1 + own_growth), is_ahead)
    crossed = crossing if crossing is not None and crossing < last - first else None
    return {
        **row,
        "own_value": own_value,
        "value": value,
        "own_growth_share": own_growth,
        "growth_share": growth,
        "is_ahead": is_ahead,
        "crossing_years": crossing,
        "overtaking_year": None if crossed is None else first + math.floor(crossed + 1e-12) + 1,
        "horizon_multiple": values[*other, last] / values[*ours, last],
    }


def _crossing(lead: float, pace: float, is_ahead: bool) -> float | None:
    """Return the years until both are level; `lead` is ours ÷ theirs, `pace` theirs ÷ ours."""
    if is_ahead == (pace > 1) and pace != 1:
        return math.log(lead) / math.log(pace)
    return None
