"""The page as one writes it without a database: all rows in a frame, cached, asked by pandas."""

import os

import pandas as pd
import plotly.express as px
import streamlit as st


@st.cache_data
def all_rows() -> pd.DataFrame:
    """Read the rows once; each viewer's run gets a copy of its own."""
    return pd.read_parquet(os.environ["TALLY_BENCH_ROWS"])


rows = all_rows()
units = sorted(rows["unit"].unique())
with st.popover("更多筛选"):
    chosen = st.multiselect("责任单位", units, key="unit")
day = pd.Timestamp(os.environ["TALLY_BENCH_DAY"])
shown = rows[rows["unit"].isin(chosen)] if chosen else rows
shown = shown[shown["period"] == shown["period"].max()]
shown = shown.assign(
    is_closed=shown["state"] == "closed",
    is_overdue=(shown["due_on"] < day) & (shown["state"] != "closed"),
)
counted = shown.groupby("dimension").agg(
    items=("item_key", "count"), closed=("is_closed", "sum"), overdue=("is_overdue", "sum")
)
counted["share"] = counted["closed"] / counted["items"]
for name, column in zip(counted.columns, st.columns(len(counted.columns)), strict=True):
    column.metric(name, f"{counted[name].sum():.0f}")
st.plotly_chart(px.bar(counted.reset_index(), x="share", y="dimension", orientation="h"))
months = rows.groupby(["period", "state"]).size().reset_index(name="count")
st.plotly_chart(px.line(months, x="period", y="count", color="state"))
st.dataframe(shown[shown["is_overdue"]].sort_values("due_on").head(10))
