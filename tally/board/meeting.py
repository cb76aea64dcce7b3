"""会上交办: what a leader tells somebody to do in a meeting, in two lines (D22)."""

from datetime import date, timedelta
from typing import NamedTuple

import streamlit as st

from tally import clock, service, words
from tally.board.asking import Filters, ask
from tally.board.finding_slip import instruction_slip
from tally.board.handler import handler_field
from tally.board.projected import projected_px
from tally.registry import RegistryUnusable
from tally.submissions.instructions import CannotInstruct, instruct
from tally.viewers import NotAllowed

USUAL_DAYS = 7
COUNT_KEY, GIVEN_KEY, REFUSED_KEY = "_instructed_count", "_instructed", "_instruct_refused"


class Given(NamedTuple):
    """What was told in this session, by the number it got."""

    campaign: str
    number: str
    title: str
    unit: str
    due_on: date | None
    given_by: str


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
    title = st.text_input("交办什么", key=_title_key(), placeholder="如 一周内拿出围挡拆除方案")
    unit_key = f"instruct_unit-{whose}" if whose else "instruct_unit"
    left, middle, right = st.columns([1.3, 1, 1])
    with left:
        st.selectbox(
            "交给谁", units, index=units.index(whose) if whose in units else None, key=unit_key
        )
    with middle:
        st.date_input(
            "哪天办结", value=clock.today() + timedelta(days=USUAL_DAYS), key="instruct_due"
        )
    with right:
        st.text_input("交办人职务", key="instruct_by", placeholder="如 管委会主任")
    handler_field("instruct_handler")
    st.button(
        "交办", type="primary", key="instruct_now", on_click=_enter,
        args=(chosen.campaign, unit_key),
    )  # fmt: skip
    _told(chosen, title)


def _title_key() -> str:
    """Return the key of the title's field, another one after every entry."""
    return f"instruct_title-{st.session_state.get(COUNT_KEY, 0)}"


def _enter(campaign: str, unit_key: str) -> None:
    """Enter what stands in the form."""
    held = st.session_state
    given = (
        *(held.get(_title_key(), ""), held[unit_key] or ""),
        *(held["instruct_due"], held["instruct_by"]),
    )
    count = held.get(COUNT_KEY, 0)
    # A second click may come while this one is at work: it finds the next field, and no title.
    held[COUNT_KEY] = count + 1
    try:
        number = instruct(service.database(), campaign, *given, entered_by=held["instruct_handler"])
    except (CannotInstruct, NotAllowed, RegistryUnusable) as refusal:
        held[COUNT_KEY], held[REFUSED_KEY] = count, str(refusal)
        return
    held[GIVEN_KEY] = Given(campaign, number, *given)


def _told(chosen: Filters, title: str) -> None:
    """Say why nothing was entered, and until the next title is typed what was entered last."""
    if refusal := st.session_state.pop(REFUSED_KEY, ""):
        st.error(words.escape_markdown(refusal))
    given: Given | None = st.session_state.get(GIVEN_KEY)
    if given and given.campaign == chosen.campaign and not title:
        st.success(f"已交办，编号 {given.number}；在“批示交办”里跟踪")
        instruction_slip(chosen, *given[1:])


def _units(chosen: Filters) -> list[str]:
    return ask("unit_reporting", campaign=chosen.campaign, as_of=chosen.as_of)["unit"].tolist()
