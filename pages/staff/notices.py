"""通报: draft the month's or quarter's notice, take it as a file, issue it, see what was issued.

An address with `?notice=3` opens that issued notice, rebuilt as it was.
"""

import streamlit as st

from tally import board, words
from tally.board import notices
from tally.notices.bulletin import TemplateError

PANEL_PX, UPPER_PX, LOWER_PX = 784, 620, 148

chosen = board.filters()
board.stop_without_data(chosen)
issued = board.ask("notices", campaign=chosen.campaign)
head = st.container()
left, right = st.columns([1, 1.62])
with left, board.panel("起草", "月份在页顶选", UPPER_PX):
    terms = notices.terms_form(chosen)
    notices.downloads(terms)
    notices.issue_row(terms)
with head:
    board.verdict(notices.draft_verdict(terms, issued))
with left, board.panel("已签发", "选一行，照原样重建", LOWER_PX):
    notices.issued_list(issued)
opened = notices.linked_notice(issued)
with (
    right,
    board.panel("已签发的通报" if opened else "预览", height=PANEL_PX),
    st.container(key="paper"),
):
    if opened:
        notices.issued_notice(opened)
    else:
        try:
            notices.preview(notices.laid_out(terms))
        except TemplateError as fault:
            st.error(words.escape_markdown(str(fault)))
