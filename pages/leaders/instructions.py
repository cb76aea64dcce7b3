"""批示交办: how far every instruction has come, and what was promised in public (D17, D22).

An address with `?view=曝光承诺` opens the exposures, apologies and commitments.
"""

import streamlit as st

from tally import board
from tally.board.commitments import commitments_view
from tally.board.instructions import instructions_view
from tally.board.meeting import instruct_button

VIEWS = {"批示交办": instructions_view, "曝光承诺": commitments_view}

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
view = VIEWS.get(label or "", instructions_view)(chosen)
with left:
    board.verdict(view.opening)
view.draw()
