"""What a page shows is sent together: each message alone would wake the thread that sends."""

import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock
from typing import NoReturn

import streamlit as st
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import get_script_run_ctx

# No viewer sees so short a wait; a question asked within it is waited for as well.
TOGETHER_SECONDS = 0.05


class Parcel:
    """Messages of one run that wait to be sent, in the order in which they were drawn."""

    def __init__(self, send: Callable[[ForwardMsg], None]) -> None:
        self._send = send
        self._waiting: deque[ForwardMsg] = deque()
        self._sending = Lock()
        self._sent_at = time.monotonic()

    def add(self, message: ForwardMsg) -> None:
        """Keep a message for a moment, from whichever thread of the run."""
        self._waiting.append(message)
        self.send_what_waited()

    def send_what_waited(self) -> None:
        """Send what waits if nothing was sent for so long."""
        if time.monotonic() - self._sent_at >= TOGETHER_SECONDS:
            self.send()

    def send(self) -> None:
        """Send what waits. Raises what ends the run when it is to end; the rest waits on."""
        with self._sending:
            self._sent_at = time.monotonic()
            while self._waiting:
                self._send(self._waiting.popleft())


_parcel: ContextVar[Parcel | None] = ContextVar("parcel", default=None)


@contextmanager
def sent_together() -> Iterator[None]:
    """Send what this run draws in parcels; where nothing runs, such as in a test, do nothing."""
    run = get_script_run_ctx(suppress_warning=True)
    if run is None:
        yield
        return
    at_once = run._enqueue
    parcel = Parcel(at_once)
    told = _parcel.set(parcel)
    run._enqueue = parcel.add
    try:
        yield
    finally:
        run._enqueue = at_once
        _parcel.reset(told)
        parcel.send()


def send_what_waited() -> None:
    """Send what was drawn, unless some was sent just now: what comes next may take a while.

    Sent before each of twenty short questions, a page would be drawn twenty times in the browser.
    """
    if parcel := _parcel.get():
        parcel.send_what_waited()


def stop() -> NoReturn:
    """End the page here: `st.stop` would drop what was drawn and has not been sent."""
    if parcel := _parcel.get():
        parcel.send()
    st.stop()
