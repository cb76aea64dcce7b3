"""社区地图: places coloured by one measure, month by month, worst first beside it; to the items."""

import streamlit as st

from tally import board, verdicts

chosen = board.filters()
board.stop_without_data(chosen)
ground = board.ground_or_stop(chosen)
opening = st.container()
left, right = st.columns([1.75, 1])
with left, board.panel("", height=784):
    above = st.container()
    shown = board.at_month(chosen)
    communities = board.places_of(shown, ground)
    with above:
        measure, layer = board.map_switches(shown)
        picked = board.community_deck(shown, ground, communities, measure, layer)
with opening:
    rows = communities.to_dict("records")
    board.verdict(verdicts.communities(rows, measure=measure, place=ground.place_word))
with right:
    list_px = board.list_height_px(communities)
    with board.panel(f"各{ground.place_word}", "按所选指标，差的在前", list_px):
        listed = board.community_table(communities, measure, ground.place_word)
    with board.panel("", height=784 - 17 - list_px):
        name = board.place_chosen(chosen, ground, communities, (listed, picked))
        board.community_card(shown, ground, communities, name)
