"""Whose turn it is to write to a lake, or to back it up: PostgreSQL advisory locks.

Each is held on a connection of its own. The server keeps the queue and its order; a process that
dies loses its connection, and with it the turn. Without the turn two writers of a new month would
both commit, and all servers would back up one publication.
"""

import logging
import os
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import psycopg

from tally.addresses import Lake
from tally.store.abode import StillOurs
from tally.store.refusing import StoreAway, TurnTaken

LOG = logging.getLogger(__name__)
WAIT_SECONDS = 60
AWAY_SECONDS = 2
# A server that vanishes without a word is given up by PostgreSQL, and its turn ends.
GIVEN_UP = (
    "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; "
    "SET tcp_keepalives_count = 2; SET tcp_user_timeout = 20000"
)


@dataclass(frozen=True)
class Queue:
    """What servers take turns for: any number as a key that nobody else uses in the database."""

    key: int
    deed: str


WRITERS, BACKERS_UP = Queue(0x7A11_1E5, "写入"), Queue(0x7A11_1E7, "备份")
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
        return psycopg.connect(lake.patient_dsn, autocommit=True, application_name=name[:63])
    except psycopg.Error as error:
        LOG.warning("the lake's PostgreSQL cannot be reached: %s", error)
        raise StoreAway from error


def own_name() -> str:
    """Return how others see who writes: this machine and process, in ASCII as PostgreSQL wants."""
    return f"{socket.gethostname()[:40]}/{os.getpid()}"


def _said(row: Sequence[Any], deed: str) -> str:
    """Say who has the turn and for how long."""
    machine, _, process = str(row[0]).partition(":")[2].rpartition("/")
    return f"{machine} 进程 {process} 正在{deed}（已 {row[1]} 秒）"


@contextmanager
def turn_to_write(lake: Lake) -> Iterator[StillOurs]:
    """Wait for the turn and keep it while the block runs; TurnTaken names who has it."""
    with _turn(lake, WRITERS, is_waited_for=True) as still_ours:
        yield still_ours


@contextmanager
def turn_to_back_up(lake: Lake, is_waited_for: bool) -> Iterator[StillOurs]:
    """Take the turn and keep it while the block runs; TurnTaken names who has it."""
    with _turn(lake, BACKERS_UP, is_waited_for) as still_ours:
        yield still_ours


@contextmanager
def _turn(lake: Lake, queue: Queue, is_waited_for: bool) -> Iterator[StillOurs]:
    connection = connected(lake, f"tally:{own_name()}")
    try:
        _take(connection, queue, is_waited_for)

        def still_ours() -> None:
            try:
                connection.execute("SELECT 1")
            except psycopg.Error as error:
                raise StoreAway from error

        yield still_ours
    finally:
        with suppress(psycopg.Error):
            connection.close()


def _take(connection: psycopg.Connection, queue: Queue, is_waited_for: bool) -> None:
    try:
        connection.execute(GIVEN_UP)
        row = connection.execute("SELECT pg_try_advisory_lock(%s)", [queue.key]).fetchone()
        if row and row[0]:
            return
        holder = _holder(connection, queue)
        if not is_waited_for:
            raise TurnTaken(holder)
        LOG.info("waiting for a turn: %s", holder)
        connection.execute(f"SET lock_timeout = '{WAIT_SECONDS}s'")
        connection.execute("SELECT pg_advisory_lock(%s)", [queue.key])
    except psycopg.errors.LockNotAvailable as late:
        raise TurnTaken(
            f"{_holder(connection, queue)}，等了 {WAIT_SECONDS} 秒还没有轮到，"
            f"这次没有{queue.deed}任何内容；请稍后重试"
        ) from late
    except psycopg.Error as error:
        raise StoreAway from error


def _holder(connection: psycopg.Connection, queue: Queue) -> str:
    """Say who has the turn and for how long."""
    row = connection.execute(HOLDER, [queue.key]).fetchone()
    return _said(row, queue.deed) if row else f"另一台服务器正在{queue.deed}"


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
        row = self._asked(HOLDER, [WRITERS.key])
        return _said(row, WRITERS.deed) if row else ""

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
