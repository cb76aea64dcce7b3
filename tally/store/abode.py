"""What differs between the two homes of the store; all else is the same SQL on `store`."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import duckdb

from tally import clock
from tally.addresses import lake_in_use
from tally.store.copying import STORAGE_VERSION, Held, copy_ledgers, held
from tally.store.holding import Holding
from tally.store.questions import store_sql
from tally.store.refusing import HomeHeld, HomeUnusable, TurnTaken, is_lock


@dataclass(frozen=True)
class Pulse:
    """How a store does just now: which it is, how fast it answers, how old its newest write is."""

    shown: str
    is_shared: bool
    answer_seconds: float
    age_seconds: float | None
    holder: str = ""


# Asked right before a COMMIT: raises when the turn to write was lost meanwhile.
StillOurs = Callable[[], None]


class Abode(Protocol):
    """Where the ledgers lie: how they are attached, whose turn it is to write, how they are shown.

    `keeps_apart` says that what can be made again lies in a database of this process's own.
    """

    keeps_apart: bool

    @property
    def shown(self) -> str:
        """The address as it may be shown."""

    def attach(self, connection: duckdb.DuckDBPyConnection, is_read_only: bool) -> None:
        """Attach the ledgers as `store`, and whatever else is needed before doors are closed."""

    def directories(self) -> list[str]:
        """Return the folders that the engine must still reach when all others are closed."""

    def placed(self, sql: str) -> str:
        """Return words of ours with the names that hold here."""

    def version(self) -> int:
        """Return a number that changes with every write of another server."""

    def turn(self) -> AbstractContextManager[StillOurs]:
        """Let nobody else write while the block runs; CannotWrite when the wait is too long."""

    def turn_to_back_up(self, is_waited_for: bool) -> AbstractContextManager[StillOurs]:
        """Let nobody else back up while the block runs; TurnTaken, where not waited for at once."""

    def copy(self, holding: Holding, path: Path) -> Held:
        """Copy the ledgers as they stand at one moment into a new file; CannotWrite."""

    def held(self, holding: Holding) -> Held:
        """Read every row and return what the ledgers hold; HomeDamaged, CannotWrite."""

    def is_lost(self, fault: duckdb.Error) -> bool:
        """Tell whether a fault means that the ledgers cannot be reached just now."""

    def after_turn(self, cursor: duckdb.DuckDBPyConnection) -> None:
        """Do what must be done first when the turn to write has come."""

    def bring_home(self, cursor: duckdb.DuckDBPyConnection) -> None:
        """Bring what was committed to where it is to stay."""

    def pulse(self) -> Pulse:
        """Return how the store does just now; StoreAway when it cannot be reached."""

    def close(self) -> None:
        """Let go of all that was held."""


def abode_of(home: Path) -> "Abode":
    """Return where a home's ledgers lie: what `TALLY_STORE` names, else a file in the home.

    HomeUnusable when the folder cannot be made, or what a lake needs is not installed.
    """
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise HomeUnusable(f"{home} 不能用作数据文件夹（{error.strerror}）") from error
    lake = lake_in_use()
    if lake is None:
        return LocalFile(home / "tally.duckdb")
    try:
        # Only servers that share a lake have its driver installed.
        from tally.store.lake import SharedLake
    except ModuleNotFoundError as error:
        raise HomeUnusable(
            f"共享数据库需要 {error.name}；请执行 pip install -r requirements-cluster.txt"
        ) from error
    return SharedLake(lake, home / "tmp")


def follow_clock(cursor: duckdb.DuckDBPyConnection) -> None:
    """Let every moment from now on be later than the newest that the ledgers hold."""
    found = cursor.execute(store_sql("newest_moment")).fetchone()
    if found and found[0]:
        clock.not_before(found[0])


def quoted(text: object) -> str:
    """Return a text as it stands between the single quotes of a statement."""
    return str(text).replace("'", "''")


class LocalFile:
    """A database file in the home: one process holds it, and its threads take turns."""

    keeps_apart = False

    def __init__(self, path: Path) -> None:
        self.path = path
        self._writing = threading.RLock()
        self._backing_up = threading.Lock()

    @property
    def shown(self) -> str:
        """The address as it may be shown."""
        return self.path.name

    def attach(self, connection: duckdb.DuckDBPyConnection, is_read_only: bool) -> None:
        """Attach the file; HomeHeld while another process has it."""
        how = "READ_ONLY" if is_read_only else f"STORAGE_VERSION '{STORAGE_VERSION}'"
        try:
            connection.execute(f"ATTACH '{quoted(self.path)}' AS store ({how})")
        except duckdb.IOException as error:
            if is_lock(error):
                raise HomeHeld(self.path.parent, str(error)) from error
            raise

    def directories(self) -> list[str]:
        """Return none: a file once attached stays open."""
        return []

    def placed(self, sql: str) -> str:
        """Return the words as they are."""
        return sql

    def version(self) -> int:
        """Return 0: nobody else writes."""
        return 0

    @contextmanager
    def turn(self) -> Iterator[StillOurs]:
        """Let one thread write."""
        with self._writing:
            yield lambda: None

    @contextmanager
    def turn_to_back_up(self, is_waited_for: bool) -> Iterator[StillOurs]:
        """Let one thread back up: no other process has the file."""
        if not self._backing_up.acquire(blocking=is_waited_for):
            raise TurnTaken("正在备份")
        try:
            yield lambda: None
        finally:
            self._backing_up.release()

    def copy(self, holding: Holding, path: Path) -> Held:
        """Copy the file by the process that has it open: no other can read it."""
        with holding.cursor() as cursor:
            return copy_ledgers(cursor, path)

    def held(self, holding: Holding) -> Held:
        """Read every row of the file."""
        with holding.cursor() as cursor:
            return held(cursor, is_scanned=True)

    def is_lost(self, fault: duckdb.Error) -> bool:
        """Tell that a file is never lost: it is whole, or damaged."""
        return False

    def after_turn(self, cursor: duckdb.DuckDBPyConnection) -> None:
        """Do nothing: nobody else has written."""

    def bring_home(self, cursor: duckdb.DuckDBPyConnection) -> None:
        """Bring what was committed from the write-ahead log into the file."""
        cursor.execute("CHECKPOINT store")

    def pulse(self) -> Pulse:
        """Return how old the newest write to the file is."""
        files = [path.stat() for path in (self.path, Path(f"{self.path}.wal")) if path.exists()]
        newest = max((one.st_mtime for one in files), default=None)
        age = time.time() - newest if newest else None
        return Pulse(self.shown, False, 0.0, age)

    def close(self) -> None:
        """Hold nothing: the connection has the file."""
