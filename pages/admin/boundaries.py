"""地图边界: boundaries of a campaign's map, uploaded and taken back; the intranet's tiles."""

import streamlit as st

from tally import board
from tally.board.boundaries import boundaries_verdict, history_panel, tiles_panel, upload_panel

chosen = board.filters()
board.verdict(boundaries_verdict(chosen))
left, right = st.columns([1.5, 1])
with left:
    upload_panel(chosen)
with right:
    history_panel(chosen)
    tiles_panel()
