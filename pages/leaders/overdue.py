"""逾期热力: units by deadline month or dimension, days to come, days early and late."""

import streamlit as st

from tally import board
from tally.board import deadlines

chosen = board.filters()
board.stop_without_data(chosen)
board.stop_without_items(board.ask("overdue_by_unit", chosen))
head = st.container()
left, right = st.columns([1.75, 1])
with left, board.panel("", height=deadlines.PANEL_PX):
    view, look = deadlines.controls(chosen)
    opening = deadlines.deadline_verdict(chosen, view)
    deadlines.draw_view(chosen, view, look, opening.spoken)
with head:
    board.verdict(opening)
with right:
    title, items = deadlines.items_behind(chosen, view)
    list_px = deadlines.list_height_px(view)
    with board.panel(title, height=list_px):
        item_key = deadlines.behind_table(chosen, view, items)
    with board.panel("", height=deadlines.PANEL_PX - deadlines.GAP_PX - list_px):
        if shown_key := item_key or board.first_key(items):
            board.item_card(chosen, shown_key)
        else:
            st.markdown(":gray[没有事项]")
