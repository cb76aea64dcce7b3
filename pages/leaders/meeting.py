"""会议: what changed since the last one, the agenda with its clock, and the checks before it.

An address with `?view=议程` opens the agenda, `&item=3` its third entry; `?meeting=12` shows a
frozen meeting as it was.
"""

import streamlit as st

from tally import board
from tally.board.agenda import agenda_view
from tally.board.frozen import check_agreement
from tally.board.meeting import instruct_button
from tally.board.meeting_changes import changes_view
from tally.board.meetings import freeze_button, meetings_list
from tally.board.self_test import self_test_view

VIEWS = {"较上次会议": changes_view, "议程": agenda_view, "会前自检": self_test_view}

chosen = board.filters()
board.stop_without_data(chosen)
left, right = st.columns([1.6, 1], vertical_alignment="center")
with (
    right,
    st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center"),
):
    label = st.segmented_control(
        "看",
        list(VIEWS),
        default=next(iter(VIEWS)),
        required=True,
        key="view",
        bind="query-params",
        label_visibility="collapsed",
    )
    if label != "议程":
        instruct_button(chosen)
    freeze_button(chosen)
    meetings_list(chosen)
view = VIEWS.get(label or "", changes_view)(chosen)
with left:
    board.verdict(view.opening)
view.draw()
check_agreement()
