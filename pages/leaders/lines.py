"""三条线与倍增: where the lines lead, who overtakes whom when, and the multiples on their way.

An address with `?line_of=…` opens that indicator's lines, `?lines=倍增` the multiples.
"""

import streamlit as st

from tally import board
from tally.board.lines import lines_page
from tally.board.panels import UPLOAD_PAGE

chosen = board.filters()
board.stop_without_data(chosen)
if board.ask("growth_lines", chosen).empty and not chosen.pack.multiples:
    st.title("○ 还没有三条线和倍增目标", anchor=False)
    st.markdown("方案包里写上三条线或倍增目标，并上传有逐年数的“指标台账”，这里就有数。")
    board.way_to(UPLOAD_PAGE, "去上传")
    board.stop()
lines_page(chosen)
