"""台账查询: find any ledger row by words, unit, state and dates; its card and its history."""

import streamlit as st

from tally import board

chosen = board.filters()
board.stop_without_data(chosen)
opening = st.container()
items = board.ask("items", chosen, **board.search_row())
with opening:
    board.verdict(board.found_verdict(items))

left, right = st.columns([1.75, 1])
with left, board.panel("台账", "点一行看详情与来源", 720):
    item_key = board.ledger_table(items)
with right, board.panel("", height=720):
    board.item_card(chosen, item_key or board.first_key(items))
