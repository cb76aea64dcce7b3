"""Turns at drawing: of many viewers who come at once, each is served whole before the next."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

# While one page waits for an answer another one is drawn.
AT_ONCE = 1 + (os.cpu_count() or 1)
_turns = BoundedSemaphore(AT_ONCE)


@contextmanager
def turn() -> Iterator[None]:
    """Wait for a turn: pages drawn all at once would all be ready as late as the last one."""
    with _turns:
        yield
