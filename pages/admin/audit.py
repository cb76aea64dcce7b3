"""审计: who did what, when, from where and with what result; the chain that shows every change."""

import streamlit as st

from tally import board
from tally.board import auditing

RECORDS_PX, COUNTS_PX, CHAIN_PX, CARD_PX = 784, 302, 132, 318

opening = st.container()
chosen = None
left, right = st.columns([2.2, 1])
with left, board.panel("", height=RECORDS_PX):
    wanted = auditing.filter_records()
    rows = auditing.wanted_records(wanted)
    chosen = auditing.record_table(rows)
counts = auditing.counted(wanted)
with opening:
    board.verdict(auditing.audit_verdict(counts))
with right, board.panel("各类事件", "失败的在前", COUNTS_PX):
    auditing.count_table(counts)
with right, board.panel("", height=CHAIN_PX):
    auditing.chain_panel(wanted)
with right, board.panel("", height=CARD_PX):
    auditing.record_card(chosen)
