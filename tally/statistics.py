"""What must be fitted or simulated; the one door of statsmodels and scipy, loaded on first use.

Projections of a year's end (C1), the year one place overtakes another (C7), and how firmly a rank
of a composite index stands when its weights move (C4). Closed-form figures are SQL, not here.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

LEVEL_SHARE = 0.8
# The relation of growths is read from this many years, from at least so many of them.
GROWTH_YEARS = 12
FEWEST_GROWTHS = 6
# The ratio of a year to its period is smoothed over this many years; half of each year's news is
# believed.
RATIO_YEARS = 10
SMOOTHING_SHARE = 0.5
# With fewer growths, the mean ratio; below three years no interval stands on anything.
MEAN_YEARS = 5
FEWEST_RATIOS = 3
# A projection is tested on no more years: older ones say little of today and take their time.
TESTED_YEARS = 15
FEWEST_PAST_GROWTHS = 3
DRAWN_RANK_SHARES = (0.05, 0.95)
# Sums that differ by less are ties: the order of adding must not decide a rank.
TIE_DIGITS = 12


@dataclass(frozen=True)
class Projection:
    """A year's total or year-end level with the interval that holds it in `level_share` of cases.

    `method` is one line for the reader. `tested_count` earlier years were projected from the same
    month with what was known then; `covered_share` of them fell into their interval (None when
    no year could be tested). `based_on` is the end of the newest period used.
    """

    value: float
    low: float
    high: float
    method: str
    tested_count: int
    covered_share: float | None
    based_on: date
    level_share: float = LEVEL_SHARE


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


@dataclass(frozen=True)
class _Fit:
    """Logarithms of low, value and high, and how many years they stand on."""

    low: float
    value: float
    high: float
    year_count: int
    is_of_growths: bool = False


def project_year_end(figures: pd.Series, year: int, is_cumulative: bool) -> Projection | None:
    """Project a year's end from the newest of its figures (C1), in the figures' unit.

    `figures` are indexed by period end (months or quarters): sums since New Year where
    `is_cumulative`, else levels at the period's end; missing ones are NaN or absent, and none
    after the day asked about may be among them. With six earlier growths or more it is the middle,
    value and bounds alike (Lichtendahl et al., Management Science 59(7), 2013), of two: the year's
    growth regressed on the growth up to the same month (statsmodels; prediction interval of a new
    observation: Montgomery, Peck & Vining, Introduction to Linear Regression Analysis, 2.5), and
    the smoothed ratio of year to period (simple exponential smoothing, spread of its one-step
    errors: Hyndman & Athanasopoulos, Forecasting, 8.1). With three to five, it is the mean ratio
    (t prediction interval: Hahn & Meeker, Statistical Intervals, 4.8). All is on logarithms.
    None without a figure in the year, with fewer than three earlier years that have both that
    month and the year's end, or where values are not above 0. Both compare each month only with
    itself, so that the Spring Festival's moves within January and February cancel in 1-2月.
    """
    levels = _levels_by_year(figures)
    if year not in levels.index or levels.loc[year].isna().all():
        return None
    month = int(levels.loc[year].last_valid_index())
    reported = float(levels.at[year, month])
    based_on = (pd.Timestamp(year, month, 1) + pd.offsets.MonthEnd(0)).date()
    if month == 12:
        return Projection(reported, reported, reported, "全年已公布", 0, None, based_on)
    fit = _fit(levels, year, month)
    if fit is None:
        return None
    tests = _tested(levels.loc[: year - 1], (month,), since_year=year - TESTED_YEARS)
    covered = float(tests["is_covered"].mean()) if len(tests) else None
    floor = reported if is_cumulative else 0.0
    bounds = (max(float(np.exp(bound)), floor) for bound in (fit.value, fit.low, fit.high))
    return Projection(*bounds, _method(fit, month, is_cumulative), len(tests), covered, based_on)


def back_test(figures: pd.Series) -> pd.DataFrame:
    """Project every year that is over from each of its months with what was known by then.

    Takes figures as `project_year_end` does; returns one row per origin: year, month, value, low,
    high, actual, is_covered.
    """
    levels = _levels_by_year(figures)
    return _tested(levels, tuple(month for month in levels.columns if month < 12))


def _levels_by_year(figures: pd.Series) -> pd.DataFrame:
    """Return years by months; what is not above 0 has no growth and counts as missing."""
    ends = pd.DatetimeIndex(figures.index)
    levels = pd.Series(figures.to_numpy("float64"), index=[ends.year, ends.month])
    levels = levels.where(levels > 0).dropna().unstack()
    if levels.empty:
        return levels
    return levels.reindex(range(levels.index.min(), levels.index.max() + 1))


def _tested(levels: pd.DataFrame, months: Sequence[int], since_year: int = 0) -> pd.DataFrame:
    columns = ["year", "month", "value", "low", "high", "actual", "is_covered"]
    rows: list[tuple] = []
    over = levels.index[levels[12].notna() & (levels.index >= since_year)] if 12 in levels else ()
    for year, month in ((year, month) for year in over for month in months if month in levels):
        fit = _fit(levels, year, month)
        if fit:
            actual = levels.at[year, 12]
            low, value, high = np.exp([fit.low, fit.value, fit.high])
            rows.append((year, month, value, low, high, actual, low <= actual <= high))
    return pd.DataFrame(rows, columns=columns)


def _fit(levels: pd.DataFrame, year: int, month: int) -> _Fit | None:
    """Fit on the years before `year` only."""
    at = int(year - levels.index[0])
    used = slice(max(at - GROWTH_YEARS - 1, 0), at + 1)
    if 12 not in levels or np.isnan(levels[month].iat[at]):
        return None
    periods, wholes = (np.log(levels[column].to_numpy()[used]) for column in (month, 12))
    ratios = (wholes - periods)[:-1]
    growths, past = np.diff(periods), np.column_stack([np.diff(periods), np.diff(wholes)])[:-1]
    past = past[~np.isnan(past).any(axis=1)]
    if len(past) < FEWEST_GROWTHS or np.isnan([growths[-1], wholes[-2]]).any():
        return _fit_mean_ratio(ratios[-MEAN_YEARS:], periods[-1])
    by_growth = wholes[-2] + _growth_bounds(past, growths[-1])
    by_ratio = periods[-1] + _ratio_bounds(ratios[~np.isnan(ratios)][-RATIO_YEARS:])
    return _Fit(*((by_growth + by_ratio) / 2).tolist(), len(past), True)


def _growth_bounds(past: np.ndarray, growth: float) -> np.ndarray:
    from statsmodels.regression.linear_model import OLS

    model = OLS(past[:, 1], np.column_stack([np.ones(len(past)), past[:, 0]]))
    predicted = model.fit().get_prediction(np.array([[1.0, growth]]))
    [(low, high)] = predicted.conf_int(obs=True, alpha=1 - LEVEL_SHARE)
    return np.array([low, predicted.predicted_mean[0], high])


def _ratio_bounds(ratios: np.ndarray) -> np.ndarray:
    from scipy.signal import lfilter
    from scipy.stats import t

    news = [SMOOTHING_SHARE], [1.0, SMOOTHING_SHARE - 1]
    smoothed, _ = lfilter(*news, ratios, zi=[(1 - SMOOTHING_SHARE) * ratios[0]])
    errors = ratios[1:] - smoothed[:-1]
    half = t.ppf((1 + LEVEL_SHARE) / 2, len(errors)) * np.sqrt((errors**2).mean())
    return smoothed[-1] + np.array([-half, 0.0, half])


def _fit_mean_ratio(ratios: np.ndarray, reported: float) -> _Fit | None:
    from scipy.stats import t

    ratios = ratios[~np.isnan(ratios)]
    many = len(ratios)
    if many < FEWEST_RATIOS:
        return None
    middle = reported + ratios.mean()
    half = t.ppf((1 + LEVEL_SHARE) / 2, many - 1) * ratios.std(ddof=1) * np.sqrt(1 + 1 / many)
    return _Fit(middle - half, middle, middle + half, many)


def _method(fit: _Fit, month: int, is_cumulative: bool) -> str:
    period = f"1–{month}月" if is_cumulative else f"{month}月末"
    whole = "全年" if is_cumulative else "年末"
    if fit.is_of_growths:
        return f"按近{fit.year_count}年{period}增速与{whole}增速的关系、{whole}与{period}之比推算"
    return f"按近{fit.year_count}年{whole}与{period}之比推算"


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


def rank_stability(
    scores: pd.DataFrame,
    weights: pd.Series,
    spread_share: float = 0.2,
    draw_count: int = 2000,
    seed: str = "位次稳健性",
) -> pd.DataFrame:
    """Say how firmly ranks of a composite index stand when each weight moves on its own (C4).

    `scores` holds places by indicators, scaled alike and more being better; `weights` is indexed
    by the indicators. Weights are drawn from w(1 ± spread) by a Latin hypercube (scipy) and
    brought back to a sum of 1, as the OECD's Handbook on Constructing Composite Indicators (2008,
    step 7) tests them. Returns, best first, place, score, rank, rank_low and rank_high (between
    which 90 % of draws lie, low being the better) and held_share (draws that keep the rank); a
    place without all scores has no rank. The same seed gives the same draws.
    """
    from scipy.stats import qmc

    parts = sorted(weights.index)
    known = scores[parts].dropna()
    digits = int(hashlib.sha256(seed.encode()).hexdigest(), 16)
    cube = qmc.LatinHypercube(d=len(parts), rng=np.random.default_rng(digits))
    factors = 1 + spread_share * (2 * cube.random(draw_count) - 1)
    base = weights[parts].to_numpy("float64")
    score = _weighted(known, base[None, :])[0]
    rank = _ranks(score[None, :])[0]
    drawn = _ranks(_weighted(known, factors * base))
    low, high = np.quantile(drawn, DRAWN_RANK_SHARES, axis=0, method="inverted_cdf")
    held = (drawn == rank).mean(axis=0)
    columns = {"score": score, "rank": rank, "rank_low": low, "rank_high": high, "held_share": held}
    ranked = pd.DataFrame(columns, index=known.index).reindex(scores.index)
    return ranked.rename_axis("place").sort_values("rank", kind="stable").reset_index()


def _weighted(scores: pd.DataFrame, weights: np.ndarray) -> np.ndarray:
    """Return draws by places."""
    return (weights / weights.sum(axis=1, keepdims=True)) @ scores.to_numpy("float64").T


def _ranks(totals: np.ndarray) -> np.ndarray:
    """Return the rank of each place in each draw; 1 is best and ties share a rank."""
    from scipy.stats import rankdata

    if not totals.shape[1]:
        return totals
    return rankdata(-np.round(totals, TIE_DIGITS), method="min", axis=1)
