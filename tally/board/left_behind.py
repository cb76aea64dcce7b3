"""What a killed server was reading, offered again; and why nothing can be sent just now."""

import streamlit as st

from tally import service, words
from tally.board.imports import own, show_job
from tally.store import READ_ONLY
from tally.submissions.jobs import CannotStart
from tally.submissions.waiting import Waiting


def offer_left_behind() -> None:
    """Say that the last import did not finish, with the file in hand; nothing when all did."""
    if service.database().is_read_only:
        st.warning(READ_ONLY)
    left = service.jobs().left()
    if not left:
        return
    st.warning(f"上次导入未完成，数据未变；{len(left)} 份文件还在，可以重新读取")
    for waiting in left:
        name, again, gone = st.columns([4, 1, 1], vertical_alignment="center")
        name.text(f"《{waiting.file}》")
        again.button("重新读取", key=f"again_{waiting.path.stem}", on_click=_again, args=[waiting])
        gone.button("不要了", key=f"gone_{waiting.path.stem}", on_click=waiting.let_go)


def _again(waiting: Waiting) -> None:
    try:
        job = service.jobs().take_up(waiting)
    except CannotStart as refusal:
        st.toast(words.escape_markdown(str(refusal)))
    else:
        own(job)
        show_job(job)
