"""Where a year will end, from the newest of its figures (C1)."""

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


@dataclass(frozen=True)
class Projection:
    """A year's total or year-end level with the interval that holds it in `level_share` of cases.

    `method` is one line for the reader. `tested_count` earlier years were projected from the same
    month with what was known then; `covered_share` of them fell into their interval (None when
    no year could be tested). `based_on` is the end of the newest period used; a total is that of
    the year from `first_month` on.
    """

    value: float
    low: float
    high: float
    method: str
    tested_count: int
    covered_share: float | None
    based_on: date
    first_month: int = 1
    level_share: float = LEVEL_SHARE


@dataclass(frozen=True)
class _Fit:
    """Logarithms of low, value and high, and how many years they stand on."""

    low: float
    value: float
    high: float
    year_count: int
    is_of_growths: bool = False


def sums_since_march(singles: pd.Series) -> pd.Series:
    """Return the sums of single months from March on, up to the first month a year lacks.

    For what is not published for January and February alone, as retail sales since 2012: the
    Spring Festival falls into either. Takes and returns figures by month end.
    """
    known = singles[pd.DatetimeIndex(singles.index).month >= 3].dropna().sort_index()
    ends = pd.DatetimeIndex(known.index)
    years = known.groupby(ends.year)
    return years.cumsum()[(years.cumcount() + 3 == ends.month).to_numpy()]


def project_year_end(
    figures: pd.Series, year: int, is_cumulative: bool, first_month: int = 1
) -> Projection | None:
    """Project a year's end from the newest of its figures (C1), in the figures' unit.

    `figures` are indexed by period end (months or quarters): sums since New Year, or since
    `first_month`, where `is_cumulative`, else levels at the period's end; missing ones are NaN or
    absent, and none after the day asked about may be among them. With six earlier growths or more
    it is the middle, value and bounds alike (Lichtendahl et al., Management Science 59(7), 2013),
    of two: the year's
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
        told = reported, reported, reported, "全年已公布", 0, None, based_on, first_month
        return Projection(*told)
    fit = _fit(levels, year, month)
    if fit is None:
        return None
    earlier = figures[pd.DatetimeIndex(figures.index).year < year]
    tests = back_test(earlier, (month,), since_year=year - TESTED_YEARS)
    covered = float(tests["is_covered"].mean()) if len(tests) else None
    floor = reported if is_cumulative else 0.0
    value, low, high = (max(float(np.exp(one)), floor) for one in (fit.value, fit.low, fit.high))
    method = _method(fit, month, first_month if is_cumulative else 0)
    return Projection(value, low, high, method, len(tests), covered, based_on, first_month)


def _levels_by_year(figures: pd.Series) -> pd.DataFrame:
    """Return years by months; what is not above 0 has no growth and counts as missing."""
    ends = pd.DatetimeIndex(figures.index)
    levels = pd.Series(figures.to_numpy("float64"), index=[ends.year, ends.month])
    levels = levels.where(levels > 0).dropna().unstack()
    if levels.empty:
        return levels
    return levels.reindex(range(levels.index.min(), levels.index.max() + 1))


def back_test(
    figures: pd.Series, months: Sequence[int] = range(1, 12), since_year: int = 0
) -> pd.DataFrame:
    """Project every year that is over from these of its months with what was known by then.

    Takes figures as `project_year_end` does; returns one row per origin: year, month, value, low,
    high, actual, is_covered.
    """
    levels = _levels_by_year(figures)
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
    low, value, high = ((by_growth + by_ratio) / 2).tolist()
    return _Fit(low, value, high, len(past), True)


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


def _method(fit: _Fit, month: int, first_month: int) -> str:
    """Return one line for the reader; `first_month` is 0 for levels."""
    period = f"{first_month}–{month}月" if first_month else f"{month}月末"
    whole = {0: "年末", 1: "全年"}.get(first_month, f"{first_month}–12月")
    if fit.is_of_growths:
        return f"按近{fit.year_count}年{period}增速与{whole}增速的关系、{whole}与{period}之比推算"
    return f"按近{fit.year_count}年{whole}与{period}之比推算"
