"""How firmly a rank of a composite index stands when its weights move (C4)."""

import hashlib

import numpy as np
import pandas as pd

DRAWN_RANK_SHARES = (0.05, 0.95)
# Sums that differ by less are ties: the order of adding must not decide a rank.
TIE_DIGITS = 12


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
