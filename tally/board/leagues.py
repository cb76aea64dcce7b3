"""One league at a time, and the units too small to be ranked."""

from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from tally import words
from tally.board.asking import Filters, ask, records
from tally.board.tables import plain_table


def one_league(chosen: Filters) -> Filters:
    """Return the filters with a league: the chosen one, else the pack's first."""
    return replace(chosen, league=chosen.league or chosen.pack.leagues[0].name)


def reporting(chosen: Filters) -> pd.DataFrame:
    """Return `unit_reporting` of the units that the filters leave."""
    rows = ask("unit_reporting", chosen)
    if chosen.unit:
        rows = rows[rows["unit"].isin(chosen.unit)]
    return rows[rows["leader_post"] == chosen.post] if chosen.post else rows


def _reporting_records(chosen: Filters) -> list[dict[str, Any]]:
    return [
        row
        for row in records("unit_reporting", chosen)
        if (not chosen.unit or row["unit"] in chosen.unit)
        and (not chosen.post or row["leader_post"] == chosen.post)
    ]


def small_samples(ranking: pd.DataFrame) -> None:
    """Draw the units without a rank: their n / N and interval, and whether they reported."""
    unranked = ranking[ranking["rank"].isna()]
    if unranked.empty:
        st.markdown(":gray[没有样本不足的单位]")
        return
    rows = [
        {
            "单位": unit["unit"],
            "销号 / 到期": words.ratio(unit["closed_due_count"], unit["due_count"]),
            "销号率": words.share(unit["closed_share"]),
            "95% 区间": words.interval(unit["share_low"], unit["share_high"]),
            "本月": "● 已报" if unit["is_reported"] else "○ 未报",
        }
        for unit in unranked.to_dict("records")
    ]
    shown = pd.DataFrame(rows)
    plain_table(shown, rows_max=3)


def standing(chosen: Filters) -> dict[str, Any]:
    """Return what verdicts say besides: who has not reported, and what falls due next month."""
    months = records("campaign_months", chosen)
    due_next = None
    if following := [month for month in months if not month["is_reported"]]:
        now = [month for month in months if month["is_reported"]][-1]
        due_next = int(now["planned_remaining_count"] - following[0]["planned_remaining_count"])
    return {
        "reporting": _reporting_records(chosen),
        "month": f"{chosen.as_of:%Y-%m}",
        "due_next_count": due_next,
    }
