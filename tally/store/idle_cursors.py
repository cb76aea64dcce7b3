"""Cursors that were told what they read from, waiting for the next question that reads the same."""

import threading

import duckdb

IDLE_MAX = 16


class IdleCursors:
    """A few cursors, each taken by one caller at a time; telling one anew takes longer than asking.

    Only those told the newest words are kept: what was told before names data that has changed.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._told = ""
        self._idle: list[duckdb.DuckDBPyConnection] = []

    def get(self, told: str) -> duckdb.DuckDBPyConnection | None:
        """Take a cursor that was told these words, None when there is none."""
        if not told:
            return None
        with self._lock:
            return self._idle.pop() if told == self._told and self._idle else None

    def put(self, told: str, cursor: duckdb.DuckDBPyConnection) -> None:
        """Give a cursor back whose last answer was taken whole; one told nothing is closed."""
        if not told:
            cursor.close()
            return
        with self._lock:
            if told != self._told:
                self._close_all()
                self._told = told
            if len(self._idle) < IDLE_MAX:
                self._idle.append(cursor)
            else:
                cursor.close()

    def close(self) -> None:
        """Close them all."""
        with self._lock:
            self._close_all()

    def _close_all(self) -> None:
        while self._idle:
            self._idle.pop().close()
