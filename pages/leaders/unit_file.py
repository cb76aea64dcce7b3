"""一单位一档: one unit's year on one page, to be printed and judged by people (D19).

An address with `?subject_unit=招商发展局` opens that unit.
"""

import streamlit as st

from tally import board
from tally.board.unit_file import chosen_file, draw_file, file_head

chosen = board.filters()
board.stop_without_data(chosen)
left, right = st.columns([3, 1], vertical_alignment="center")
with right:
    file = chosen_file(chosen)
with left:
    file_head(file)
draw_file(file)
