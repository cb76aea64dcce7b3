"""会议快照 on the screen: opening a frozen meeting, saying so on every page, going back to now."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from tally import clock, service, words
from tally.board.asking import MOMENT_KEY, PUBLISHED_KEY
from tally.board.narrowing import LEFT_OUT
from tally.packs import packs
from tally.submissions.meetings import Changed, changed

MEETING_KEY, MISSING_KEY, AGREEMENT_KEY = "_meeting", "_meeting_missing", "_meeting_agreement"
THEN = "数字全是那时的，之后的发布、更正和办理不在内。"
PARAMETER = "meeting"
# A longer number than the store has would be an error, not a meeting that is not there.
MAX_DIGITS = 15
Row = Mapping[str, Any]


def follow_meeting(is_shown: bool) -> None:
    """Open the meeting that the address names, or keep the open one in the address.

    Runs before the filters are drawn, which it sets to the meeting's. With `is_shown` False
    (a page that is worked on, not looked at) the page shows what is known now.
    """
    kept = st.session_state.get(MEETING_KEY)
    named = st.query_params.get(PARAMETER)
    if named is not None and (kept is None or named != str(kept["meeting"])):
        kept = _opened(named)
    elif kept is not None and named is None:
        st.query_params[PARAMETER] = str(kept["meeting"])
    st.session_state[MOMENT_KEY] = kept["known_at"] if kept and is_shown else None


def _opened(named: str) -> Row | None:
    """Open a meeting by its number; without one of that number say so and show what is now."""
    found = _meeting(named)
    if found is None:
        st.query_params.pop(PARAMETER, None)
        st.session_state[MISSING_KEY] = named
        st.session_state.pop(MEETING_KEY, None)
        return None
    st.session_state[MEETING_KEY] = found
    st.session_state.pop(PUBLISHED_KEY, None)
    st.session_state["campaign"] = packs()[found["campaign"]].campaign.name
    st.session_state["month"] = words.year_month(found["as_of"])
    for key in ("league", "post"):
        st.session_state[key] = found[key]
    for key, column in (("unit", "units"), ("dimension", "dimensions")):
        left_out = found[f"{column}_left_out"]
        st.session_state[key] = list(left_out or found[column] or ())
        st.session_state[LEFT_OUT[key]] = bool(left_out)
    return found


def _meeting(named: str) -> dict[str, Any] | None:
    if not named.isdecimal() or len(named) > MAX_DIGITS:
        return None
    rows = service.database().ask("meetings", {"meeting": int(named)}).to_pylist()
    return rows[0] if rows and rows[0]["campaign"] in packs() else None


def open_meeting(number: int) -> None:
    """Let the next run show a meeting as it was."""
    st.session_state.pop(MEETING_KEY, None)
    st.query_params[PARAMETER] = str(number)


def leave_meeting() -> None:
    """Let the next run show what is known now, under the filters as they stand."""
    for key in (MEETING_KEY, MISSING_KEY, MOMENT_KEY):
        st.session_state.pop(key, None)
    st.query_params.pop(PARAMETER, None)


def frozen_meeting() -> Row | None:
    """Return the meeting that is shown as it was, None when the page shows now."""
    return st.session_state.get(MEETING_KEY) if st.session_state.get(MOMENT_KEY) else None


def meeting_banner() -> None:
    """Say among the filters that a meeting is shown as it was, with the way back to now."""
    meeting = frozen_meeting()
    if meeting is None:
        return
    moment = clock.in_shanghai(meeting["known_at"])
    said = f":orange[**▲ 会议快照：{moment:%Y-%m-%d %H:%M} 冻结**]"
    state, agreement = st.session_state.get(AGREEMENT_KEY, (None, None))
    if agreement is not None and state == _state(meeting):
        said += "　:red[**■ 有出入**]" if agreement.pages else "　:green[**● 与当时一致**]"
    st.markdown(said, width="content")
    note = f"，{meeting['note']}" if meeting["note"] else ""
    st.button(
        "返回现在",
        on_click=leave_meeting,
        key="leave_meeting",
        type="primary",
        help=words.escape_markdown(f"{meeting['frozen_by']}冻结{note}。{THEN}"),
    )


def missing_meeting_line() -> None:
    """Say that the meeting the address names does not exist."""
    if missing := st.session_state.pop(MISSING_KEY, ""):
        said = words.escape_markdown(missing[:MAX_DIGITS])
        st.warning(f"没有编号为 {said} 的会议快照；下面是现在的数据")


def check_agreement() -> None:
    """Compare the reopened meeting with what it answered then; the banner says how it went.

    What is not as it was is named here.
    """
    meeting = frozen_meeting()
    if meeting is None:
        return
    state, agreement = st.session_state.get(AGREEMENT_KEY, (None, None))
    if state == _state(meeting):
        if agreement.pages:
            st.warning(words.escape_markdown(disagreement(agreement)))
        return
    home, version = str(service.database().home), service.database().version
    found = _compared(home, version, int(meeting["meeting"]), meeting)
    st.session_state[AGREEMENT_KEY] = _state(meeting), found
    st.rerun()


def _state(meeting: Row) -> tuple[int, int]:
    return int(meeting["meeting"]), service.database().version


@st.cache_data(max_entries=32, show_spinner="正在与冻结时核对…")
def _compared(home: str, version: int, number: int, _meeting: Row) -> Changed:
    return changed(service.database(), packs()[_meeting["campaign"]], _meeting)


def disagreement(found: Changed) -> str:
    """Say which pages do not answer as they did, and why."""
    causes = (
        (found.is_pack, "方案包在会后改过"),
        (found.is_program, "程序在会后升级过"),
    )
    why = "、".join(cause for is_so, cause in causes if is_so) or "当时的数据在会后被移除"
    return f"与当时不一致：{'、'.join(found.pages)}；{why}"
