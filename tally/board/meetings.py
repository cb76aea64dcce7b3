"""冻结本次会议, and the meetings frozen before, from which each can be opened again."""

import streamlit as st

from tally import clock, service, words
from tally.board.asking import Filters, ask
from tally.board.frozen import Row, open_meeting
from tally.board.handler import handler_field
from tally.board.projected import projected_px
from tally.submissions.meetings import CannotFreeze, Seen, freeze


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
        *(chosen.campaign, chosen.as_of, chosen.league, chosen.unit, chosen.dimension, chosen.post),
        left_out_unit=chosen.left_out_unit,
        left_out_dimension=chosen.left_out_dimension,
    )
    try:
        with st.spinner("正在冻结…"):
            number = freeze(service.database(), chosen.pack, seen, note, by)
    except CannotFreeze as refusal:
        st.error(words.escape_markdown(str(refusal)))
        return
    st.success(f"已冻结，编号 {number}；在“历次会议”里打开")


def meetings_list(chosen: Filters) -> None:
    """Draw the choice of the campaign's frozen meetings, newest first; any of them is opened."""
    rows = ask("meetings", campaign=chosen.campaign).to_dict("records")
    told = {int(row["meeting"]): _told(row) for row in rows}
    key = f"meeting_to_open-{chosen.campaign}"
    with st.popover("历次会议", disabled=not told), st.container(width=projected_px(620)):
        st.selectbox(
            f"共 {len(told)} 次，最近的在前；打年月、备注或岗位可查找",
            list(told),
            format_func=lambda meeting: told.get(meeting, ""),
            key=key,
        )
        st.button("打开", type="primary", key="open_meeting", on_click=_open_chosen, args=(key,))


def _open_chosen(key: str) -> None:
    if number := st.session_state[key]:
        open_meeting(number)


def _told(row: Row) -> str:
    """Say when a meeting was frozen, what its data were, by whom, and what was noted."""
    moment = clock.in_shanghai(row["known_at"].to_pydatetime())
    note = "" if words.is_missing(row["note"]) else f"，{row['note']}"
    held = f"{moment:%Y-%m-%d %H:%M}，数据截至 {words.iso_day(row['as_of'])}"
    return f"{held}，{row['frozen_by']}{note}，编号 {row['meeting']}"
