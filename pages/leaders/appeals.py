"""诉求信访: tickets and petitions by channel, unit or community; trips, old matters, cases."""

import streamlit as st

from tally import board
from tally.board.appeal_cases import cases_panel
from tally.board.appeals import (
    appeals_of,
    funnel_figure,
    page_verdict,
    stock_panel,
    stop_without_appeals,
    trips_panel,
    view_switch,
)

chosen = board.filters()
board.stop_without_data(chosen)
appeals = appeals_of(chosen)
stop_without_appeals(chosen, appeals)
opening = page_verdict(appeals)

board.verdict(opening)
# Without a petition list the funnel and its cases take the room of both rows.
funnel_px, cases_px = (520, 455) if appeals.has_petitions else (784, 784)
left, right = st.columns([1.6, 1])
with left:
    with board.panel("", height=funnel_px):
        with st.container(horizontal=True, horizontal_alignment="distribute"):
            board.heading("办理漏斗", "点一行看明细；比率旁为分子 / 分母")
            view = view_switch(appeals)
        funnel_figure(appeals, view, opening.spoken, height=funnel_px - 84)
    if appeals.has_petitions:
        with board.panel("", height=247):
            trips_panel(appeals, view)
with right:
    if appeals.has_petitions:
        with board.panel("", height=312):
            stock_panel(appeals)
    with board.panel("", height=cases_px):
        cases_panel(chosen, appeals, view, rows_max=6 if appeals.has_petitions else 15)
