"""Projections (C1), rank stability (C4), overtaking (C7): real series, simulation, bare Python."""

import math
import random
from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd
import pytest
from python_calamine import CalamineWorkbook
from statsmodels.tsa.holtwinters import SimpleExpSmoothing

from manage import ROOT
from tally.statistics import (
    Line,
    back_test,
    overtaking,
    project_year_end,
    rank_stability,
    sums_since_march,
)

REAL = ROOT.parent / "shared" / "real" / "indicators"
needs_real = pytest.mark.skipif(not REAL.exists(), reason="the real files are not here")
# Each with the month its year is counted from: retail has not been published for January and
# February since 2012, so that its year here is March to December.
SERIES = (
    ("社零.xlsx", "社会消费品零售总额:当月值"),
    ("固定资产投资.xlsx", "固定资产投资完成额:累计值"),
    ("财政.xlsx", "一般公共预算收入:累计值"),
    ("财政.xlsx", "一般公共预算支出:累计值"),
)


def read(file: str, title: str) -> pd.Series:
    """Return a published series by month end, oldest first; single months added up from March."""
    [sheet] = CalamineWorkbook.from_path(REAL / file).sheet_names
    head, *rows = CalamineWorkbook.from_path(REAL / file).get_sheet_by_name(sheet).to_python()
    column = head.index(title)
    known = {str(row[1]): float(row[column]) for row in rows[5:] if row[1] and row[column] != ""}
    months = pd.DatetimeIndex([f"{month}-01" for month in known]) + pd.offsets.MonthEnd(0)
    figures = pd.Series(list(known.values()), months).sort_index()
    return sums_since_march(figures) if "当月" in title else figures


def grown(years: int, chance: np.random.Generator, last_month: int = 12) -> pd.Series:
    """Return sums since New Year of months that grow by 8 % or so a year."""
    ends = pd.date_range("2000-01-31", periods=12 * (years - 1) + last_month, freq="ME")
    singles = 100 * 1.08 ** (ends.year - 2000) * np.exp(chance.normal(0, 0.05, len(ends)))
    return pd.Series(singles, ends).groupby(ends.year).cumsum()


@needs_real
def test_projection_covers_70_percent_of_the_real_years(capsys: pytest.CaptureFixture) -> None:
    tests = {title: back_test(read(file, title)) for file, title in SERIES}
    covered = {title: rows["is_covered"].mean() for title, rows in tests.items()}
    every = pd.concat(tests.values())
    with capsys.disabled():
        print(
            f"\n80 % interval covered {every['is_covered'].mean():.1%} of {len(every)}: {covered}"
        )
    assert len(every) > 1000
    assert every["is_covered"].mean() >= 0.7
    assert min(covered.values()) >= 0.7
    # An interval that covers because it is wide says nothing: half of them are within ±10 %.
    assert ((every["high"] / every["low"]) ** 0.5 - 1).median() < 0.1


@needs_real
def test_projection_of_a_real_year_comes_near_and_answers_at_once() -> None:
    figures = read("财政.xlsx", "一般公共预算收入:累计值")
    until = figures[: pd.Timestamp("2024-09-30")]
    projected = project_year_end(until, 2024, True)
    changed = until.where(until.index.year != 2024, until * 1.1)
    assert project_year_end(changed, 2024, True).value > projected.value
    assert projected.based_on == date(2024, 9, 30)
    assert projected.low < projected.value < projected.high
    assert abs(projected.value / figures[pd.Timestamp("2024-12-31")] - 1) < 0.05
    assert projected.tested_count == 15
    assert projected.covered_share >= 0.7


def test_projection_on_made_up_years_covers_what_it_promises() -> None:
    rows = back_test(grown(30, np.random.default_rng(7)))
    assert 0.7 <= rows["is_covered"].mean() <= 0.95


def test_projection_from_few_years_is_the_mean_ratio_by_bare_arithmetic() -> None:
    months = pd.DatetimeIndex(
        [f"{year}-{end}" for year in (2018, 2019, 2020) for end in ("09-30", "12-31")]
        + ["2021-06-30", "2021-09-30"]
    )
    figures = pd.Series([70.0, 100.0, 80.0, 120.0, 90.0, 125.0, 50.0, 100.0], months)
    projected = project_year_end(figures, 2021, True)
    ratios = [math.log(100 / 70), math.log(120 / 80), math.log(125 / 90)]
    mean = sum(ratios) / 3
    spread = math.sqrt(sum((ratio - mean) ** 2 for ratio in ratios) / 2)
    t_of_2 = 1.885618083164127  # the 90 % quantile with two degrees of freedom, from a table
    assert projected.value == pytest.approx(100 * math.exp(mean))
    assert projected.high == pytest.approx(
        100 * math.exp(mean + t_of_2 * spread * math.sqrt(4 / 3))
    )
    assert projected.method == "按近3年全年与1–9月之比推算"
    assert (projected.tested_count, projected.covered_share) == (0, None)
    assert project_year_end(figures["2019-01-01":], 2021, True) is None


def test_projection_smooths_ratios_as_statsmodels_does() -> None:
    figures = grown(14, np.random.default_rng(3), last_month=8)
    levels = np.log(figures.groupby([figures.index.year, figures.index.month]).first().unstack())
    ratios = (levels[12] - levels[8]).dropna().tail(10).to_numpy()
    model = SimpleExpSmoothing(ratios, initialization_method="known", initial_level=ratios[0])
    smoothed = model.fit(smoothing_level=0.5, optimized=False).forecast(1)[0]
    growths = levels.diff().dropna(subset=[12]).tail(12)
    slope, start = np.polyfit(growths[8], growths[12], 1)
    now = levels.index[-1]
    by_growth = levels.at[now - 1, 12] + start + slope * (levels.at[now, 8] - levels.at[now - 1, 8])
    expected = math.exp((by_growth + levels.at[now, 8] + smoothed) / 2)
    assert project_year_end(figures, now, True).value == pytest.approx(expected)


def test_projection_of_a_published_year_is_that_year() -> None:
    figures = grown(5, np.random.default_rng(1))
    projected = project_year_end(figures, 2004, True)
    assert projected.low == projected.value == projected.high == figures.iloc[-1]
    assert project_year_end(figures, 2005, True) is None


def test_projected_total_is_never_below_what_is_already_reached() -> None:
    rows = {f"{year}-11-30": 100.0 for year in range(2016, 2021)}
    rows |= {
        f"{year}-12-31": whole
        for year, whole in zip(range(2016, 2020), (101, 130, 102, 150), strict=True)
    }
    figures = pd.Series(rows.values(), pd.DatetimeIndex(list(rows)), dtype="float64")
    assert project_year_end(figures, 2020, True).low == 100
    assert project_year_end(figures, 2020, False).low < 100


def walked(behind: Line, ahead: Line, since: int, until: int) -> int | None:
    """Return the year of overtaking by adding growth year by year."""
    low, high = behind.value, ahead.value
    for year in range(since + 1, until + 1):
        low += low * behind.growth_share
        high += high * ahead.growth_share
        if low > high:
            return year
    return None


def test_overtaking_year_agrees_with_a_walk_through_the_years() -> None:
    chance = random.Random(5)
    found = set()
    for _ in range(200):
        lines = [Line(chance.uniform(50, 200), chance.uniform(-0.05, 0.2)) for _ in range(2)]
        behind, ahead = sorted(lines, key=lambda line: line.value)
        years = {overtaking(*pair, 2024, 2050).year for pair in (lines, lines[::-1])}
        assert years == {walked(behind, ahead, 2024, 2050)}
        found |= years
    assert None in found
    assert len(found) > 10


def drawn_share_ahead(behind: Line, ahead: Line, years: int, draws: int = 20000) -> float:
    """Return how often the one behind is ahead after so many years of random growth."""
    chance = np.random.default_rng(1)

    def walk(line: Line) -> np.ndarray:
        spread = np.log1p(line.past_growth_shares).std(ddof=1)
        many = len(line.past_growth_shares)
        drift = math.log1p(line.growth_share) + chance.normal(0, spread / math.sqrt(many), draws)
        return (
            math.log(line.value)
            + years * drift
            + chance.normal(0, spread * math.sqrt(years), draws)
        )

    return float((walk(behind) > walk(ahead)).mean())


def past(mean: float, many: int = 40) -> tuple[float, ...]:
    """Return so many growths about a mean: enough that t and normal quantiles agree."""
    return tuple(mean + (0.03 if step % 2 else -0.03) for step in range(many))


def test_overtaking_interval_agrees_with_drawn_futures() -> None:
    own, other = Line(100, 0.09, past(0.09)), Line(140, 0.05, past(0.05))
    found = overtaking(own, other, 2024, 2060)
    assert found.low_year <= found.year <= found.high_year
    for year, share in ((found.low_year, 0.1), (found.high_year, 0.9)):
        assert drawn_share_ahead(own, other, year - 2024 - 1) < share + 0.02
        assert drawn_share_ahead(own, other, year - 2024) > share - 0.02


@pytest.mark.parametrize("growths", [(), (0.05, 0.06)])
def test_overtaking_without_a_spread_has_no_interval(growths: Sequence[float]) -> None:
    found = overtaking(Line(100, 0.09, tuple(growths)), Line(101, 0.05), 2024, 2030)
    assert (found.year, found.low_year, found.high_year) == (2025, None, None)


def test_rank_stability_tells_a_clear_lead_from_a_close_one() -> None:
    scores = pd.DataFrame(
        {"税收": [90.0, 60.0, 30.0, None], "投资": [95.0, 30.0, 60.5, 50.0]},
        index=["甲区", "乙区", "丙区", "丁区"],
    )
    weights = pd.Series({"投资": 5, "税收": 5})
    rows = rank_stability(scores, weights).set_index("place")
    assert list(rows.index) == ["甲区", "丙区", "乙区", "丁区"]
    assert rows.loc["甲区", ["rank", "rank_low", "rank_high", "held_share"]].tolist() == [1] * 3 + [
        1.0
    ]
    assert rows.loc["丙区", ["rank", "rank_low", "rank_high"]].tolist() == [2, 2, 3]
    # 丙区 leads where 30.5 x investment > 30 x tax: drawn here one by one, uniformly.
    chance = random.Random(1)
    pairs = [(chance.uniform(4, 6), chance.uniform(4, 6)) for _ in range(20000)]
    held = sum(30.5 * investment > 30 * tax for investment, tax in pairs) / len(pairs)
    assert rows.at["丙区", "held_share"] == pytest.approx(held, abs=0.02)
    assert math.isnan(rows.at["丁区", "rank"])
    pd.testing.assert_frame_equal(
        rank_stability(scores[::-1], weights[::-1] * 3).set_index("place"), rows
    )


def test_rank_stability_keeps_ties() -> None:
    scores = pd.DataFrame({"a": [1.0, 1.0, 0.0], "b": [2.0, 2.0, 0.1]}, index=["甲", "乙", "丙"])
    rows = rank_stability(scores, pd.Series({"a": 1.0, "b": 2.0}))
    assert rows["rank"].tolist() == [1, 1, 3]
    assert rows["held_share"].tolist() == [1, 1, 1]
