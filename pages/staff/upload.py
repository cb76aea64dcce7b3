"""数据上传: choose files, see what was recognised and what is wrong, publish, take back."""

import streamlit as st

from tally import board
from tally.board.left_behind import offer_left_behind

chosen = board.filters()
offer_left_behind()
opening = st.container()
left, right = st.columns([1, 2.6])
with left, board.panel("选择文件", "拖到这里，或点击选择", height=244):
    board.choose_files()
with left, board.panel("最近的导入", height=218):
    board.recent_imports()
with left, board.panel("上传记录", height=288):
    board.upload_list(chosen)
with opening:
    shown = board.opening()
with right:
    answers = board.file_findings(shown.outcome, shown.content, shown.is_compared)
if answers:
    board.answer(shown, answers)
