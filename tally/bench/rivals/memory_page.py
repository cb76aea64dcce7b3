"""The page in Streamlit, as one writes it: the rows cached, each viewer's run with its own copy."""

import pandas as pd
import plotly.express as px
import streamlit as st

from tally.bench.rivals.in_memory import rows_in_memory, shown_of


@st.cache_data
def all_rows() -> pd.DataFrame:
    """Read the rows once; each viewer's run gets a copy of its own."""
    return rows_in_memory()


rows = all_rows()
with st.popover("更多筛选"):
    chosen = st.multiselect("责任单位", sorted(rows["unit"].unique()), key="unit")
shown = shown_of(rows, chosen)
for name, column in zip(("items", "closed", "overdue"), st.columns(3), strict=True):
    column.metric(name, f"{shown.counted[name].sum():.0f}")
st.plotly_chart(px.bar(shown.counted, x="share", y="dimension", orientation="h"))
st.plotly_chart(px.line(shown.months, x="period", y="count", color="state"))
st.dataframe(shown.worst)
