"""会上交办: what a leader tells somebody to do in a meeting, in two lines (D22)."""

from datetime import timedelta

import streamlit as st

from tally import clock, service, words
from tally.board.asking import Filters, ask
from tally.board.finding_slip import instruction_slip
from tally.board.handler import handler_field
from tally.board.projected import projected_px
from tally.submissions.instructions import CannotInstruct, instruct

USUAL_DAYS = 7


def instruct_button(chosen: Filters, whose: str | None = None) -> None:
    """Draw the button that opens the two lines, for a unit where one is meant already.

    In a reopened meeting nothing is entered.
    """
    if chosen.known_at:
        return
    with st.popover("会上交办"), st.container(width=projected_px(600)):
        _instruct_form(chosen, whose)


def _instruct_form(chosen: Filters, whose: str | None) -> None:
    units = _units(chosen)
    title = st.text_input("交办什么", key="instruct_title", placeholder="如 一周内拿出围挡拆除方案")
    left, middle, right = st.columns([1.3, 1, 1])
    with left:
        unit = st.selectbox(
            "交给谁",
            units,
            index=units.index(whose) if whose in units else None,
            key=f"instruct_unit-{whose}" if whose else "instruct_unit",
        )
    with middle:
        due_on = st.date_input(
            "哪天办结", value=clock.today() + timedelta(days=USUAL_DAYS), key="instruct_due"
        )
    with right:
        given_by = st.text_input("交办人职务", key="instruct_by", placeholder="如 管委会主任")
    by = handler_field("instruct_handler")
    if st.button("交办", type="primary", key="instruct_now"):
        try:
            number = instruct(
                service.database(), chosen.campaign, title, unit or "", due_on, given_by,
                entered_by=by,
            )  # fmt: skip
        except CannotInstruct as refusal:
            st.error(words.escape_markdown(str(refusal)))
            return
        st.success(f"已交办，编号 {number}；在“批示交办”里跟踪")
        instruction_slip(chosen, number, title, unit or "", due_on, given_by)


def _units(chosen: Filters) -> list[str]:
    return ask("unit_reporting", campaign=chosen.campaign, as_of=chosen.as_of)["unit"].tolist()
