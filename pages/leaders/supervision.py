"""预警督办: what the rules found, what is new, what is still open, and what was done about it.

An address with `?view=红绿灯` opens the lights of the months.
"""

import streamlit as st

from tally import board
from tally.board.finding_lights import lights_view
from tally.board.meeting import instruct_button
from tally.board.supervision import findings_view

VIEWS = {"预警": findings_view, "红绿灯": lights_view}

chosen = board.filters()
board.stop_without_data(chosen)
left, right = st.columns([1.9, 1], vertical_alignment="center")
with (
    right,
    st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center"),
):
    instruct_button(chosen)
    label = st.segmented_control(
        "看",
        list(VIEWS),
        default=next(iter(VIEWS)),
        required=True,
        key="view",
        bind="query-params",
        label_visibility="collapsed",
    )
view = VIEWS.get(label or "", findings_view)(chosen)
with left:
    board.verdict(view.opening)
view.draw()
