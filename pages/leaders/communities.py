"""社区地图: communities coloured by one measure, worst first beside it, down to the items."""

import streamlit as st

from tally import board, verdicts

chosen = board.filters()
board.stop_without_data(chosen)
board.stop_without_map(chosen)
communities = board.ask("community_progress", chosen)

opening = st.container()
left, right = st.columns([1.75, 1])
with left, board.panel("", height=784):
    measure = board.measure_switch(chosen)
    picked = board.community_deck(chosen, communities, measure)
with opening:
    board.verdict(verdicts.communities(communities.to_dict("records"), measure=measure))
with right:
    list_px = board.list_height_px(communities)
    with board.panel("各社区", "按所选指标，差的在前", list_px):
        listed = board.community_table(communities, measure)
    with board.panel("", height=784 - 17 - list_px):
        board.community_card(chosen, communities, listed or picked)
