"""冻结本次会议, and the meetings frozen before, from which each can be opened again."""

import streamlit as st

from tally import clock, service, words
from tally.board.asking import Filters, ask
from tally.board.frozen import open_meeting
from tally.board.handler import handler_field
from tally.submissions.meetings import CannotFreeze, Seen, freeze

SHOWN_MAX = 12


def freeze_button(chosen: Filters) -> None:
    """Draw the button that freezes what the meeting looks at; nothing in a reopened one."""
    if chosen.known_at:
        return
    with st.popover("冻结本次会议"), st.container(width=520):
        st.markdown("留下此刻的数据、筛选和议程顺序，以后随时能照原样打开。")
        by = handler_field("meeting_handler")
        note = st.text_input("备注（可不填）", key="meeting_note", placeholder="如 10月份调度会")
        if st.button("冻结", type="primary", key="freeze_meeting"):
            _freeze(chosen, note, by)


def _freeze(chosen: Filters, note: str, by: str) -> None:
    seen = Seen(
        *(chosen.campaign, chosen.as_of, chosen.league, chosen.unit, chosen.dimension, chosen.post)
    )
    try:
        with st.spinner("正在冻结…"):
            number = freeze(service.database(), chosen.pack, seen, note, by)
    except CannotFreeze as refusal:
        st.error(words.escape_markdown(str(refusal)))
        return
    st.success(f"已冻结，编号 {number}；在“历次会议”里打开")


def meetings_list(chosen: Filters) -> None:
    """Draw the meetings of the campaign that were frozen, newest first, each to be opened."""
    frozen = ask("meetings", campaign=chosen.campaign)
    with st.popover("历次会议", disabled=frozen.empty), st.container(width=620):
        for row in frozen.head(SHOWN_MAX).to_dict("records"):
            moment = clock.in_shanghai(row["known_at"].to_pydatetime())
            note = "" if words.is_missing(row["note"]) else f"，{row['note']}"
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(
                    words.escape_markdown(
                        f"{moment:%Y-%m-%d %H:%M}，数据截至 {words.iso_day(row['as_of'])}，"
                        f"{row['frozen_by']}{note}"
                    ),
                    width="stretch",
                )
                st.button(
                    "打开", key=f"open-{row['meeting']}", on_click=open_meeting,
                    args=(int(row["meeting"]),),
                )  # fmt: skip
