"""红黑榜: the red list and the black one of the month or the quarter, each entry proven (D2).

An address with `?roll_span=本月` opens the month.
"""

import streamlit as st

from tally import board
from tally.board.honours import draw_rolls, honours_of, span_switch
from tally.board.ranking_use import stop_without_ranking

chosen = board.filters()
board.stop_without_data(chosen)
stop_without_ranking(chosen)
left, right = st.columns([1.9, 1], vertical_alignment="center")
with right, st.container(horizontal_alignment="right"):
    span = span_switch()
rolls, opening = honours_of(chosen, span)
with left:
    board.verdict(opening)
draw_rolls(chosen, rolls)
