"""A book of accounts of its own for each test, with hashes that take no time."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tally import clock
from tally.accounts import Book
from tally.registry import open_registry
from tests.accounts.people import CHEAP

Turn = Callable[..., None]


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """The book of an empty home."""
    registry = open_registry(tmp_path)
    yield Book(registry, *CHEAP)
    registry.close()


@pytest.fixture
def turn_clock(monkeypatch: pytest.MonkeyPatch) -> Turn:
    """Return what turns the clock on, or back: `turn_clock(minutes=-60)`."""
    began: datetime = clock.now()
    turned = timedelta()

    def turn(**by: float) -> None:
        nonlocal turned
        turned += timedelta(**by)
        monkeypatch.setattr(clock, "now", lambda: began + turned)

    turn()
    return turn
