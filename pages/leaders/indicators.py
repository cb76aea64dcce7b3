"""指标进度: every indicator against its target and the time, and one of them in depth.

An address with `?indicator=…` opens that indicator.
"""

import streamlit as st

from tally import board
from tally.board import indicator_detail, indicator_parts, indicators
from tally.charts.indicator_progress import indicator_progress

MAIN_PX, UPPER_PX, LOWER_PX, CHART_PX = 784, 409, 358, 211

chosen = board.filters()
board.stop_without_data(chosen)
latest = indicators.latest_rows(chosen)
indicators.stop_without_indicators(latest, chosen)
opening_place = st.container()
left, right = st.columns([1, 1.4])
with left, board.panel("", height=MAIN_PX):
    latest = indicators.group_switch(latest)
    opening = indicators.indicators_verdict(latest.to_dict("records"), chosen.as_of)
    indicator = indicators.chosen_indicator(latest)
    picked = board.figure(
        indicator_progress(latest, theme=board.theme(), chosen=indicator),
        key="indicator_progress",
        alt=opening.spoken,
        is_selectable=True,
    )
    indicators.want_indicator(picked)
with opening_place:
    board.verdict(opening)
row = latest[latest["indicator"] == indicator].iloc[0].to_dict()
with right:
    upper = st.container()
    parts, signals = st.columns([1.12, 1])
with parts:
    indicator_parts.contribution_panel(chosen, row, LOWER_PX)
with signals:
    indicator_parts.signals_panel(chosen, indicator, LOWER_PX)
# Last, as the year's end is reckoned: all else stands on the page by then.
with upper, board.panel("", height=UPPER_PX):
    with st.container(horizontal=True, vertical_alignment="center"):
        indicators.indicator_choice(latest, indicator)
        indicator_detail.badges(row)
        st.space("stretch")
        explained = st.container(width="content")
    projection = indicator_detail.months_panel(chosen, row, CHART_PX)
    with explained:
        indicator_parts.methods(chosen, row, projection)
