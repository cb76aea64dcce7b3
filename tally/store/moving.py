"""Ledgers moved between a home's file and a lake: whole, in one transaction, and compared."""

import logging
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import duckdb

from tally.addresses import Lake, without_password
from tally.store.abode import quoted
from tally.store.copying import STORAGE_VERSION, Held, held
from tally.store.holding import cursor_of
from tally.store.lake import attaching, load_extensions
from tally.store.migrating import SCHEMA_NUMBER
from tally.store.refusing import HomeHeld, HomeUnusable, is_lock
from tally.store.turns import turn_to_write
from tally.store.witnessing import MADE_AGAIN, columns_of

LOG = logging.getLogger(__name__)
DIFFERENT = "迁移后两边的校验值不一致；来源未动，请清空目标后重试"


@dataclass(frozen=True)
class Moved:
    """What was moved: the rows of each table, and what both sides hold."""

    row_counts: Mapping[str, int]
    held: Held


class Side(Protocol):
    """One side of a move."""

    def attach(self, connection: duckdb.DuckDBPyConnection, name: str) -> None:
        """Attach the ledgers under a name; HomeHeld, HomeUnusable."""


@dataclass(frozen=True)
class FileSide:
    """A home's closed database file."""

    path: Path
    is_read_only: bool = False

    def attach(self, connection: duckdb.DuckDBPyConnection, name: str) -> None:
        """Attach the file under a name; HomeHeld while a process has it open."""
        how = "READ_ONLY" if self.is_read_only else f"STORAGE_VERSION '{STORAGE_VERSION}'"
        try:
            connection.execute(f"ATTACH '{quoted(self.path)}' AS {name} ({how})")
        except duckdb.Error as error:
            if is_lock(error):
                raise HomeHeld(self.path.parent, str(error)) from error
            raise HomeUnusable(f"{self.path.name} 打不开，或已损坏") from error


@dataclass(frozen=True)
class LakeSide:
    """A lake that nobody writes to while it is moved."""

    lake: Lake

    def attach(self, connection: duckdb.DuckDBPyConnection, name: str) -> None:
        """Attach the lake under a name."""
        load_extensions(connection, self.lake)
        try:
            connection.execute(attaching(self.lake, name))
        except duckdb.Error as error:
            LOG.warning("the lake cannot be attached: %s", without_password(str(error)))
            raise HomeUnusable(f"共享数据库 {self.lake.shown} 打不开，详情见日志") from None


def has_ledgers(lake: Lake) -> bool:
    """Tell whether there are ledgers in a lake, empty ones too."""
    with closing(duckdb.connect(":memory:")) as connection:
        LakeSide(lake).attach(connection, "target")
        with cursor_of(connection) as cursor:
            return bool(columns_of(cursor, "target"))


def move_into_lake(path: Path, lake: Lake, *, is_begun_anew: bool = False) -> Moved:
    """Copy a closed home's ledgers into an empty lake; HomeUnusable when both differ after.

    With `is_begun_anew` what an earlier try left in the lake is taken out first.
    """
    with turn_to_write(lake):
        if is_begun_anew:
            _empty(lake)
        return _move(FileSide(path, is_read_only=True), LakeSide(lake))


def move_out_of_lake(lake: Lake, path: Path) -> Moved:
    """Copy a lake's ledgers into a new file; HomeUnusable when both differ after."""
    with turn_to_write(lake):
        return _move(LakeSide(lake), FileSide(path))


def held_by(side: Side) -> Held:
    """Return what one side holds, every row of it read."""
    with closing(duckdb.connect(":memory:")) as connection:
        side.attach(connection, "store")
        with cursor_of(connection) as cursor:
            return held(cursor, is_scanned=True)


def _move(source: Side, target: Side) -> Moved:
    told = held_by(source)
    if told.schema != SCHEMA_NUMBER:
        raise HomeUnusable(f"来源的结构是 {told.schema}，请先用本版本打开，升级到 {SCHEMA_NUMBER}")
    with closing(duckdb.connect(":memory:")) as connection:
        source.attach(connection, "source")
        target.attach(connection, "target")
        with cursor_of(connection) as cursor:
            counts = _copied(cursor)
    kept = held_by(target)
    if (told.mark, told.standing, told.rows) != (kept.mark, kept.standing, kept.rows):
        raise HomeUnusable(DIFFERENT)
    return Moved(counts, kept)


def _empty(lake: Lake) -> None:
    with closing(duckdb.connect(":memory:")) as connection:
        LakeSide(lake).attach(connection, "target")
        with cursor_of(connection) as cursor:
            cursor.execute("BEGIN")
            for table in columns_of(cursor, "target"):
                cursor.execute(f"DROP TABLE target.main.{table}")
            cursor.execute("COMMIT")


def _copied(cursor: duckdb.DuckDBPyConnection) -> Mapping[str, int]:
    """Copy every table of `source` into an empty `target`; return their numbers of rows."""
    if columns_of(cursor, "target"):
        raise HomeUnusable("目标里已经有数据；请迁移到空的数据库和文件夹")
    counts = {}
    cursor.execute("BEGIN")
    for table in columns_of(cursor, "source").keys() - MADE_AGAIN:
        rows = f"SELECT * FROM source.main.{table}"
        if table == "setting":
            # By what its items are kept is said of each home alone.
            rows += " WHERE name <> 'kept_by'"
        cursor.execute(f"CREATE TABLE target.main.{table} AS {rows} LIMIT 0")
        found = cursor.execute(f"INSERT INTO target.main.{table} {rows}").fetchone()
        counts[table] = int(found[0]) if found else 0
    cursor.execute("COMMIT")
    return counts
