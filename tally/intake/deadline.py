"""A file's time: whatever it holds, its reading ends within a minute.

The child that opens it is ended from outside; what comes after asks here, where it goes
through cells, rows and sheets.
"""

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from tally.intake.opening.grids import Refusal

_ends_at: ContextVar[float] = ContextVar("ends_at", default=math.inf)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Give what is done inside the block so many seconds."""
    token = _ends_at.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _ends_at.reset(token)


def postpone(seconds: float) -> None:
    """Let the time end later: a file that waits for its turn is not being read."""
    _ends_at.set(_ends_at.get() + seconds)


def seconds_left() -> float:
    """Return how much time is left; infinity where none was set."""
    return _ends_at.get() - time.monotonic()


def check_time() -> None:
    """Refuse the file when its time is up."""
    if time.monotonic() > _ends_at.get():
        raise too_slow()


def too_slow() -> Refusal:
    """Return what is said of a file that takes too long."""
    return Refusal(
        "读取时间过长",
        "应为普通的台账工作簿，一分钟内能读完",
        "请删去空白行列、图片和无关工作表，或拆成几个文件；电脑正忙时请稍后再传",
    )
