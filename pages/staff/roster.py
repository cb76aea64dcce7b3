"""报送花名册: who has sent what, who is asked to, what goes back, which month is sealed."""

import streamlit as st

from tally import board
from tally.verdicts import roster as roster_verdict

chosen = board.filters()
opening, choice = st.columns([5, 1], vertical_alignment="center")
with choice:
    month = board.roster_month(chosen)
roster = board.roster_rows(chosen, month)
with opening:
    board.verdict(roster_verdict(roster.to_dict("records"), month))
left, right = st.columns([2.3, 1])
with left, board.panel("报送花名册", "应报、已报、迟报与未报"):
    row = board.roster_table(roster)
with left, board.panel("去向不明的事项", "后一期台账没有列出、也没有说明原因"):
    board.missing_items(chosen)
with right, board.panel("所选台账", "在左边勾选一行"):
    board.roster_actions(chosen, month, row)
with right, board.panel("催报"):
    board.reminder_text(chosen, month, roster)
with right, board.panel("封账"):
    board.seal_row(chosen, month)
