"""数据上传: choose files, see what was recognised and what is wrong, publish, take back."""

import streamlit as st

from tally import board

chosen = board.filters()
opening = st.container()
left, right = st.columns([1, 2.6])
with left, board.panel("选择文件", height=443):
    outcomes = board.staged(*board.choose())
with opening:
    outcome = board.opening(outcomes)
with left, board.panel("上传记录", height=324):
    board.upload_list(chosen)
with right:
    board.file_findings(outcome)
