"""Whose turn it is to write to a lake: one PostgreSQL advisory lock on a connection of its own.

The server keeps the queue and its order; a process that dies loses its connection, and with it
the turn. Without the turn two writers of a new month would both commit.
"""

import logging
import os
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import psycopg

from tally.addresses import Lake
from tally.store.abode import StillOurs
from tally.store.refusing import CannotWrite, StoreAway

LOG = logging.getLogger(__name__)
# One key for all of a database's writers: any number nobody else uses there.
KEY = 0x7A11_1E5
WAIT_SECONDS = 60
CONNECT_SECONDS, AWAY_SECONDS = 5, 2
# A machine that vanishes is noticed in half a minute, and its turn ends.
KEEPALIVES: dict[str, Any] = {
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 4,
}
HOLDER = (
    "SELECT coalesce(activity.application_name, ''), "
    "extract(epoch FROM clock_timestamp() - activity.state_change)::BIGINT "
    "FROM pg_locks JOIN pg_stat_activity AS activity USING (pid) "
    "WHERE pg_locks.locktype = 'advisory' AND pg_locks.objid = %s AND pg_locks.granted "
    "AND pg_locks.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)
# Rows that stand in the catalogue itself, and data files; both as PostgreSQL counts them roughly.
SCATTERED = (
    "SELECT (SELECT coalesce(sum(n_live_tup), 0) FROM pg_stat_user_tables "
    "WHERE relname LIKE 'ducklake_inlined_data_%%' AND relname <> 'ducklake_inlined_data_tables'), "
    "(SELECT coalesce(max(file_count), 0) FROM (SELECT count(*) AS file_count "
    "FROM ducklake_data_file WHERE end_snapshot IS NULL AND file_size_bytes < %s "
    "GROUP BY table_id) AS counted)"
)
NEWEST_AGE = (
    "SELECT extract(epoch FROM clock_timestamp() - max(snapshot_time)) FROM ducklake_snapshot"
)
NEWEST_SNAPSHOT = "SELECT max(snapshot_id) FROM ducklake_snapshot"


def connected(lake: Lake, name: str) -> psycopg.Connection:
    """Return a connection of one's own to the lake's PostgreSQL; StoreAway when there is none."""
    try:
        return psycopg.connect(
            lake.dsn,
            autocommit=True,
            application_name=name[:63],
            connect_timeout=CONNECT_SECONDS,
            **KEEPALIVES,
        )
    except psycopg.Error as error:
        LOG.warning("the lake's PostgreSQL cannot be reached: %s", error)
        raise StoreAway from error


def own_name() -> str:
    """Return how others see who writes: this machine and process, in ASCII as PostgreSQL wants."""
    return f"{socket.gethostname()[:40]}/{os.getpid()}"


def _said(row: Sequence[Any]) -> str:
    """Say who has the turn and for how long."""
    machine, _, process = str(row[0]).partition(":")[2].rpartition("/")
    return f"{machine} 进程 {process} 正在写入（已 {row[1]} 秒）"


@contextmanager
def turn_to_write(lake: Lake) -> Iterator[StillOurs]:
    """Wait for the turn and keep it while the block runs; CannotWrite names who has it."""
    connection = connected(lake, f"tally:{own_name()}")
    try:
        _wait(connection)

        def still_ours() -> None:
            try:
                connection.execute("SELECT 1")
            except psycopg.Error as error:
                raise StoreAway from error

        yield still_ours
    finally:
        with suppress(psycopg.Error):
            connection.close()


def _wait(connection: psycopg.Connection) -> None:
    try:
        if _is_taken(connection, "SELECT pg_try_advisory_lock(%s)"):
            return
        LOG.info("waiting for the turn to write: %s", _holder(connection))
        connection.execute(f"SET lock_timeout = '{WAIT_SECONDS}s'")
        connection.execute("SELECT pg_advisory_lock(%s)", [KEY])
    except psycopg.errors.LockNotAvailable as late:
        raise CannotWrite(
            f"{_holder(connection)}，等了 {WAIT_SECONDS} 秒还没有轮到，"
            "这次没有写入任何内容；请稍后重试"
        ) from late
    except psycopg.Error as error:
        raise StoreAway from error


def _is_taken(connection: psycopg.Connection, sql: str) -> bool:
    row = connection.execute(sql, [KEY]).fetchone()
    return bool(row and row[0])


def _holder(connection: psycopg.Connection) -> str:
    """Say who has the turn and for how long."""
    row = connection.execute(HOLDER, [KEY]).fetchone()
    if not row:
        return "另一台服务器正在写入"
    return _said(row)


class Watch:
    """What the catalogue says now, asked on a connection that is made anew when it breaks."""

    def __init__(self, lake: Lake) -> None:
        self._lake = lake
        self._lock = threading.Lock()
        self._connection: psycopg.Connection | None = None
        self._away_until = 0.0

    def newest_snapshot(self) -> int:
        """Return the number of the lake's newest snapshot; StoreAway."""
        row = self._asked(NEWEST_SNAPSHOT)
        return int(row[0]) if row and row[0] is not None else 0

    def scattered(self, small_bytes: int) -> tuple[int, int]:
        """Return the rows that stand in the catalogue, and the most small files of one table."""
        row = self._asked(SCATTERED, [small_bytes])
        return (int(row[0]), int(row[1])) if row else (0, 0)

    def age_seconds(self) -> float:
        """Return how long ago the newest snapshot was made, by PostgreSQL's clock."""
        row = self._asked(NEWEST_AGE)
        return float(row[0] or 0) if row else 0.0

    def holder(self) -> str:
        """Say who writes just now, '' when nobody does; StoreAway."""
        row = self._asked(HOLDER, [KEY])
        return _said(row) if row else ""

    def _asked(self, sql: str, values: list[Any] | None = None) -> tuple[Any, ...] | None:
        with self._lock:
            if time.monotonic() < self._away_until:
                raise StoreAway
            try:
                return self._once(sql, values)
            except psycopg.Error:
                # The server was started anew, or the line was cut: once more, on a new connection.
                self._let_go()
            try:
                return self._once(sql, values)
            except (psycopg.Error, StoreAway) as error:
                self._let_go()
                # Every request asks, and each would wait for a machine that does not answer.
                self._away_until = time.monotonic() + AWAY_SECONDS
                raise StoreAway from error

    def _once(self, sql: str, values: list[Any] | None) -> tuple[Any, ...] | None:
        if self._connection is None:
            self._connection = connected(self._lake, f"tally-reading:{own_name()}")
        return self._connection.execute(sql, values).fetchone()

    def _let_go(self) -> None:
        if self._connection is not None:
            with suppress(psycopg.Error):
                self._connection.close()
            self._connection = None

    def close(self) -> None:
        """Let the connection go."""
        with self._lock:
            self._let_go()
