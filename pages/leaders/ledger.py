"""台账查询: find any ledger row by words, unit, state and days; its card, history and cell.

An address with upload, sheet and row shows that row until another is chosen.
"""

import streamlit as st

from tally import board

chosen = board.filters()
board.stop_without_data(chosen)
opening = st.container()
search = board.search_row()
rows = board.found_rows(chosen, search)
with opening:
    board.verdict(board.found_verdict(search, rows))

left, right = st.columns([1.75, 1])
with left, board.panel("台账", "点一行看详情与来源", 708):
    key = board.found_table(search, rows)
if key:
    board.leave_link()
with right, board.panel("", height=708):
    if board.has_link():
        board.linked_card()
    else:
        board.found_card(chosen, search, rows, key)
