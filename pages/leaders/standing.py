"""位次与指数: where we stand among our peers, in an index, against the ranks we are to reach.

An address with `?peers_of=…&scope=…` opens that comparison, `?standing=综合指数` the index.
"""

import streamlit as st

from tally import board
from tally.board import composite_index, peers, rank_goals

VIEWS = ("位次", "综合指数", "目标与考评")

chosen = board.filters()
board.stop_without_data(chosen)
ranking = peers.compared(board.ask("peer_ranking", chosen))
peers.stop_without_peers(ranking, chosen)
head, beside = st.columns([1.5, 1], vertical_alignment="bottom")
# Two rows with more between them would reach into the line above the page.
switches = beside.container(gap="xxsmall")
with switches, st.container(horizontal=True, horizontal_alignment="right"):
    view = st.segmented_control(
        "看", VIEWS, default=VIEWS[0], required=True, key="standing", bind="query-params",
        label_visibility="collapsed",
    )  # fmt: skip
    peers.methods()
row = switches.container(horizontal=True, horizontal_alignment="right")
goals = board.ask("goal_standing", chosen) if view in VIEWS[1:] else None
if view == VIEWS[1]:
    with row:
        asked = composite_index.index_filters(chosen)
    rows = composite_index.index_rows(chosen, asked) if asked else ranking.iloc[:0]
    opening = composite_index.index_verdict(rows, goals)
    with head:
        board.verdict(opening)
    composite_index.index_view(chosen, asked, rows, opening.spoken)
elif view == VIEWS[2]:
    opening = rank_goals.goals_verdict(goals)
    with head:
        board.verdict(opening)
    rank_goals.goals_view(chosen, ranking, goals)
else:
    with row:
        indicator, scope, is_growth = peers.peers_filters(ranking)
    if is_growth:
        ranking = board.ask("peer_ranking", chosen, by="growth")
    rows = ranking[(ranking["indicator"] == indicator) & (ranking["scope"] == scope)]
    opening = peers.peers_verdict(rows, is_growth)
    with head:
        board.verdict(opening)
    peers.peers_view(chosen, rows.reset_index(drop=True), is_growth, opening)
