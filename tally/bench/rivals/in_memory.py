"""What both rival pages show: all rows in a frame, asked by pandas."""

import os
from dataclasses import dataclass
from functools import cache

import pandas as pd


@dataclass(frozen=True)
class Shown:
    """The rows of the cards and bars, of the line and of the list."""

    counted: pd.DataFrame
    months: pd.DataFrame
    worst: pd.DataFrame


@cache
def rows_in_memory() -> pd.DataFrame:
    """Return all rows of the file that `TALLY_BENCH_ROWS` names, read once."""
    rows = pd.read_parquet(os.environ["TALLY_BENCH_ROWS"])
    # Days come as objects, which compare with nothing.
    return rows.assign(due_on=pd.to_datetime(rows["due_on"]))


def shown_of(rows: pd.DataFrame, units: list[str]) -> Shown:
    """Return what the page shows of these units, of all for none."""
    day = pd.Timestamp(os.environ["TALLY_BENCH_DAY"])
    shown = rows[rows["unit"].isin(units)] if units else rows
    shown = shown[shown["period"] == shown["period"].max()]
    shown = shown.assign(
        is_closed=shown["state"] == "closed",
        is_overdue=(shown["due_on"] < day) & (shown["state"] != "closed"),
    )
    counted = shown.groupby("dimension").agg(
        items=("item_key", "count"), closed=("is_closed", "sum"), overdue=("is_overdue", "sum")
    )
    counted["share"] = counted["closed"] / counted["items"]
    months = rows.groupby(["period", "state"]).size().reset_index(name="count")
    worst = shown[shown["is_overdue"]].sort_values("due_on").head(10)
    return Shown(counted.reset_index(), months, worst)
