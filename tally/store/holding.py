"""The connection that all cursors come from, made anew when a fault has poisoned it.

After a fault that DuckDB calls fatal (a disk that is full at a checkpoint) every connection of
the process fails, those that only read too, until all are closed. What was committed is there.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import duckdb

from tally.store.idle_cursors import IdleCursors
from tally.store.refusing import POISONED

LOG = logging.getLogger(__name__)
# Whoever reads at that moment fails as well, at once, and lets go.
LETTING_GO_SECONDS = 8.0
# What an attached file says after a checkpoint that failed is no fatal exception.
INVALIDATED = "has been invalidated"
Opening = Callable[[], duckdb.DuckDBPyConnection]


def let_go(cursor: duckdb.DuckDBPyConnection) -> None:
    """End a cursor's transaction, if there is one, and close it.

    Closed with a transaction that PostgreSQL has lost, a cursor would end the whole process.
    """
    for ending in (cursor.rollback, cursor.close):
        with suppress(duckdb.Error):
            ending()


@contextmanager
def cursor_of(
    connection: duckdb.DuckDBPyConnection,
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a cursor of a connection that is let go of when the block is left."""
    cursor = connection.cursor()
    try:
        yield cursor
    finally:
        let_go(cursor)


class Holding:
    """One attached home; `cursor` gives a cursor of its own to each call."""

    def __init__(self, opening: Opening) -> None:
        self._opening = opening
        self._connection = opening()
        self._changed = threading.Condition()
        self._cursor_count = 0
        self._is_poisoned = False
        self._own = threading.local()
        self._idle = IdleCursors()

    @contextmanager
    def cursor(self, told: str = "") -> Iterator[duckdb.DuckDBPyConnection]:
        """Give a cursor that was told these words, whose answer is taken whole inside the block.

        A fatal fault on it makes the next call open the home anew.
        """
        self._mend()
        with self._changed:
            self._cursor_count += 1
        self._own.depth = self._depth + 1
        cursor = None
        try:
            cursor = self._idle.get(told) or self._told(told)
            yield cursor
            self._idle.put(told, cursor)
            cursor = None
        except duckdb.Error as fault:
            self.tell(fault)
            raise
        finally:
            if cursor is not None:
                let_go(cursor)
            del cursor
            self._own.depth = self._depth - 1
            with self._changed:
                self._cursor_count -= 1
                self._changed.notify_all()

    def _told(self, told: str) -> duckdb.DuckDBPyConnection:
        cursor = self._connection.cursor()
        if told:
            cursor.execute(told)
        return cursor

    def tell(self, fault: duckdb.Error) -> None:
        """Say that a fault happened: a fatal one makes the next call open the home anew."""
        if isinstance(fault, POISONED) or INVALIDATED in str(fault):
            self._is_poisoned = True

    @property
    def _depth(self) -> int:
        """How many cursors this thread holds."""
        return getattr(self._own, "depth", 0)

    @property
    def can_be_asked_again(self) -> bool:
        """Whether a call that failed fatally may be tried once more by this thread."""
        return self._is_poisoned and self._depth == 0

    def _mend(self) -> None:
        """Open the home anew after a fatal fault, once every cursor is closed."""
        # A thread that still holds a cursor would wait for itself.
        if not self._is_poisoned or self._depth:
            return
        with self._changed:
            if not self._is_poisoned:
                return
            self._changed.wait_for(lambda: self._cursor_count == 0, LETTING_GO_SECONDS)
            LOG.warning("the database is opened anew after a fatal fault")
            self._idle.close()
            with suppress(duckdb.Error):
                self._connection.close()
            self._connection = self._opening()
            self._is_poisoned = False

    def close(self) -> None:
        """Let the home go."""
        self._idle.close()
        self._connection.close()
