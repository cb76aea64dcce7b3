"""Turns at drawing: of many viewers who come at once, each is served whole before the next.

Python draws one page at a time in any case: pages drawn side by side, and the thread that sends
them, only take it from each other, hundreds of times a page.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Condition, get_ident

from tally.board.sending import send_what_waited, sent_together

# While some pages wait for their answers another one is drawn.
AT_ONCE = 1 + (os.cpu_count() or 1)
# A page that takes longer, such as one that writes, no longer keeps the others from drawing.
DRAWING_SECONDS = 0.1


class Floor:
    """Who draws: one page until it is whole, waits for an answer, or has drawn for long."""

    def __init__(self) -> None:
        self._given = Condition()
        self._drawing, self._until = 0, 0.0

    def take(self) -> None:
        """Wait until nobody draws who has not drawn for long, and draw."""
        with self._given:
            while (left := self._until - time.monotonic()) > 0:
                self._given.wait(left)
            self._drawing, self._until = get_ident(), time.monotonic() + DRAWING_SECONDS

    def give(self) -> bool:
        """Let the next one draw; say whether it was this thread that drew."""
        with self._given:
            is_drawing = self._drawing == get_ident()
            if is_drawing:
                self._drawing, self._until = 0, 0.0
                self._given.notify()
        return is_drawing


_begun = BoundedSemaphore(AT_ONCE)
_floor = Floor()


@contextmanager
def turn() -> Iterator[None]:
    """Wait for a turn: pages drawn all at once would all be ready as late as the last one."""
    with _begun, sent_together():
        _floor.take()
        try:
            yield
        finally:
            _floor.give()


@contextmanager
def aside() -> Iterator[None]:
    """Let others draw while this page waits for an answer."""
    send_what_waited()
    is_drawing = _floor.give()
    try:
        yield
    finally:
        if is_drawing:
            _floor.take()
