"""A gate in process before an app that answers in a word, and a real server with accounts."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tally.accounts import Book
from tally.registry import open_registry
from tally.viewers import Role
from tests.accounts.people import CHEAP, made
from tests.browser.server import running_server

# By which a proxy in front is asked for the server.
PUBLIC_NAME = "tally.test"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """The book of a home in which the accounts `office` and `leader` are."""
    registry = open_registry(tmp_path)
    own = Book(registry, *CHEAP, remembered_seconds=0.02)
    made(own, "office", Role.OFFICE)
    made(own, "leader", Role.LEADER)
    yield own
    registry.close()


@dataclass(frozen=True)
class Guarded:
    """A running server with the accounts `office` and `leader`, and its book."""

    address: str
    book: Book


@pytest.fixture(scope="session")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    """Return a running server in whose home there are accounts, but no list."""
    home = tmp_path_factory.mktemp("guarded")
    registry = open_registry(home)
    book = Book(registry, *CHEAP)
    for name, role in (("office", Role.OFFICE), ("leader", Role.LEADER), ("leaving", Role.OFFICE)):
        made(book, name, role)
    with running_server(home, with_samples=False, names=[PUBLIC_NAME]) as address:
        yield Guarded(address, book)
    registry.close()
