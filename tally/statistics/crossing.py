"""The year one place overtakes another, with its interval (C7)."""

from dataclasses import dataclass

import numpy as np

from tally.statistics.projection import LEVEL_SHARE

FEWEST_PAST_GROWTHS = 3


@dataclass(frozen=True)
class Line:
    """What grows (C7): its value at the start, its growth a year (0.08 is 8 %), past growths."""

    value: float
    growth_share: float
    past_growth_shares: tuple[float, ...] = ()


@dataclass(frozen=True)
class Overtaking:
    """The first year the one behind is ahead, and the interval of that year; None: not in sight."""

    year: int | None
    low_year: int | None
    high_year: int | None


def overtaking(own: Line, other: Line, from_year: int, horizon_year: int) -> Overtaking:
    """Say in which year the one behind at the end of `from_year` is ahead of the other (C7).

    The year is the first at whose end value × (1 + growth)^years is above the other's; on equal
    values the faster one counts as behind. The interval is that of two random walks with drift on
    logarithms, whose variance after h years is s²h(1 + h/n) (Hyndman & Athanasopoulos,
    Forecasting: Principles and Practice, 5.5, with the mean of n growths): `low_year` is the first
    year with a chance of 10 % or more of being ahead, `high_year` the first with 90 %. It needs
    three past growths of each line. None is later than `horizon_year`. Values must be above 0 and
    growths above -1.
    """
    behind = min(own, other, key=lambda line: (line.value, -line.growth_share))
    ahead = other if behind is own else own
    steps = np.arange(1, max(horizon_year - from_year, 0) + 1)
    gains = behind.value * (1 + behind.growth_share) ** steps
    is_ahead = gains > ahead.value * (1 + ahead.growth_share) ** steps
    half = _half_width(own, other, steps)
    year = _first_year(is_ahead, from_year)
    if half is None:
        return Overtaking(year, None, None)
    gap = np.log(behind.value / ahead.value) + steps * np.log(
        (1 + behind.growth_share) / (1 + ahead.growth_share)
    )
    return Overtaking(
        year, _first_year(gap + half > 0, from_year), _first_year(gap - half > 0, from_year)
    )


def _first_year(is_reached: np.ndarray, from_year: int) -> int | None:
    return from_year + 1 + int(is_reached.argmax()) if is_reached.any() else None


def _half_width(own: Line, other: Line, steps: np.ndarray) -> np.ndarray | None:
    """Return half the interval of the gap in logarithms after each number of years."""
    from scipy.stats import t

    counts = [len(line.past_growth_shares) for line in (own, other)]
    if min(counts) < FEWEST_PAST_GROWTHS:
        return None
    spreads = [np.log1p(line.past_growth_shares).var(ddof=1) for line in (own, other)]
    variances = [
        spread * steps * (1 + steps / many) for spread, many in zip(spreads, counts, strict=True)
    ]
    return t.ppf((1 + LEVEL_SHARE) / 2, min(counts) - 1) * np.sqrt(sum(variances))
