"""How far a reading has come, told to whoever started it.

Reading is called from a command line, from tests and from a server's jobs; only the last
listens. So what is told goes through the context and through no function's signature.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Literal

Phase = Literal["wait", "open", "recognise", "check", "compare", "keep"]


@dataclass(frozen=True)
class Step:
    """Where a file is: its phase, the share of the phase done (None: not known), who is before it.

    `ahead_count` is how many files are read before this one while it waits.
    """

    phase: Phase
    share: float | None = None
    ahead_count: int = 0


Listener = Callable[[Step], None]


def _nobody(_step: Step) -> None:
    """Hear nothing: a reading that nobody watches."""


_listener: ContextVar[Listener] = ContextVar("listener", default=_nobody)


def tell(phase: Phase, share: float | None = None, ahead_count: int = 0) -> None:
    """Tell the listener how far the reading is; what the listener raises ends the reading."""
    _listener.get()(Step(phase, share, ahead_count))


@contextmanager
def heard_by(listener: Listener) -> Iterator[None]:
    """Let the listener hear what is told inside the block, in this thread."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)
