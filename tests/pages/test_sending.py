"""What a page draws leaves together, in order, and nothing of it is lost."""

from pathlib import Path

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.testing.v1 import AppTest

from tally.board import sending
from tally.board.sending import Parcel

ROOT = Path(__file__).resolve().parents[2]


def message(told: str) -> ForwardMsg:
    """Return a message that can be told from others."""
    return ForwardMsg(hash=told)


def told(messages: list[ForwardMsg]) -> str:
    """Return what the messages can be told by."""
    return "".join(one.hash for one in messages)


def test_messages_wait_for_each_other_and_leave_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "TOGETHER_SECONDS", 60.0)
    sent: list[ForwardMsg] = []
    parcel = Parcel(sent.append)
    for letter in "abc":
        parcel.add(message(letter))
    assert not sent
    parcel.send()
    assert told(sent) == "abc"
    parcel.send()
    assert told(sent) == "abc"


def test_what_has_waited_for_long_leaves_with_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "TOGETHER_SECONDS", 0.0)
    sent: list[ForwardMsg] = []
    parcel = Parcel(sent.append)
    parcel.add(message("a"))
    assert told(sent) == "a"
    monkeypatch.setattr(sending, "TOGETHER_SECONDS", 60.0)
    parcel.add(message("b"))
    parcel.send_what_waited()
    assert told(sent) == "a"
    monkeypatch.setattr(sending, "TOGETHER_SECONDS", 0.0)
    parcel.send_what_waited()
    assert told(sent) == "ab"


def test_run_that_is_to_end_takes_one_message_with_it_and_no_more() -> None:
    sent: list[ForwardMsg] = []

    def send(one: ForwardMsg) -> None:
        if one.hash == "b":
            raise StopIteration
        sent.append(one)

    parcel = Parcel(send)
    for letter in "abc":
        parcel.add(message(letter))
    with pytest.raises(StopIteration):
        parcel.send()
    parcel.send()
    assert told(sent) == "ac"


def test_page_that_is_ended_shows_what_was_drawn() -> None:
    def page() -> None:
        import streamlit as st

        from tally.board.sending import sent_together, stop

        with sent_together():
            st.markdown("before")
            st.markdown("after")
            stop()

    drawn = AppTest.from_function(page).run()
    assert [one.value for one in drawn.markdown] == ["before", "after"]


def test_where_no_page_runs_nothing_is_held_back() -> None:
    with sending.sent_together():
        sending.send_what_waited()
        assert sending._parcel.get() is None


def test_no_page_is_ended_in_another_way() -> None:
    """`st.stop` refuses every message that comes after it, those that waited too."""
    scripts = [path for part in ("tally", "pages") for path in (ROOT / part).rglob("*.py")]
    ending = [path.name for path in scripts if "st.stop()" in path.read_text("utf-8")]
    assert ending == ["sending.py"]
