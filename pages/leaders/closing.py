"""销号核实: what is truly closed, which deadlines were moved, what comes back.

An address with `?view=延期提级` opens that view.
"""

import streamlit as st

from tally import board
from tally.board.closing import closing_view
from tally.board.closing_sources import sources_view
from tally.board.closing_steps import steps_view

VIEWS = {"真假销号": closing_view, "延期提级": steps_view, "来源复发": sources_view}

chosen = board.filters()
board.stop_without_data(chosen)
board.stop_without_items(board.ask("campaign_totals", chosen))
left, right = st.columns([1.9, 1], vertical_alignment="center")
with right, st.container(horizontal_alignment="right"):
    label = st.segmented_control(
        "看",
        list(VIEWS),
        default=next(iter(VIEWS)),
        required=True,
        key="view",
        bind="query-params",
        label_visibility="collapsed",
    )
view = VIEWS.get(label or "", closing_view)(chosen)
with left:
    board.verdict(view.opening)
view.draw()
