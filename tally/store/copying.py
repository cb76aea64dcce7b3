"""Ledgers copied whole into another file while they are used, and a copy read to its end."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import duckdb

from tally.batches import RowsDigest
from tally.store.refusing import HomeDamaged, HomeHeld, is_lock
from tally.store.witnessing import (
    MADE_AGAIN,
    Columns,
    columns_of,
    mark_of,
    row_counts,
    rows_digests,
    schema_of,
    standing_digest,
)
from tally.store.writing import tables_of_uploads

LOG = logging.getLogger(__name__)
STORAGE_VERSION = "v1.5.0"
# Given the number of rows that were read, and of all.
Progress = Callable[[int, int], None]
# So many rows are read in less than a second, and what is read next is told.
ROWS_AT_ONCE = 50_000


@dataclass(frozen=True)
class Held:
    """What the ledgers hold as they are opened; `rows` only when they were read to the end."""

    schema: int
    mark: str
    standing: str
    rows: tuple[RowsDigest, ...] | None


def held(
    cursor: duckdb.DuckDBPyConnection, is_scanned: bool, progress: Progress | None = None
) -> Held:
    """Return what the ledgers hold; HomeDamaged when a block cannot be read.

    With `is_scanned` every row of every table is read, and `progress` hears how far it is.
    """
    try:
        columns = columns_of(cursor)
        rows = None
        if is_scanned:
            rows = _rows_read(cursor, columns, progress)
            for table in columns.keys() - tables_of_uploads():
                sql = f"SELECT bit_xor(hash(kept)) FROM store.main.{table} AS kept"
                cursor.execute(sql).fetchall()
        return Held(schema_of(cursor), mark_of(cursor), standing_digest(cursor, columns), rows)
    except duckdb.Error as error:
        LOG.info("a block of the ledgers cannot be read: %s", error)
        raise HomeDamaged("账本有读不出的数据块，文件已损坏") from error


def _rows_read(
    cursor: duckdb.DuckDBPyConnection, columns: Columns, progress: Progress | None
) -> tuple[RowsDigest, ...]:
    """Return what each upload holds in each ledger, read some uploads at a time."""
    known = row_counts(cursor, columns)
    tell = progress or (lambda *_: None)
    read_count, all_count = 0, sum(count for *_, count in known)
    read: list[RowsDigest] = []
    tell(read_count, all_count)
    for ledger, uploads, count in _at_once(known):
        read += rows_digests(cursor, columns, {ledger: uploads})
        read_count += count
        tell(read_count, all_count)
    return tuple(sorted(read, key=lambda one: (one.upload, one.ledger)))


def _at_once(known: Iterable[tuple[str, int, int]]) -> Iterator[tuple[str, list[int], int]]:
    """Put the uploads of a ledger together until they have enough rows."""
    for ledger, ones in groupby(known, key=itemgetter(0)):
        uploads: list[int] = []
        count = 0
        for _, upload, row_count in ones:
            uploads.append(upload)
            count += row_count
            if count >= ROWS_AT_ONCE:
                yield ledger, uploads, count
                uploads, count = [], 0
        if uploads:
            yield ledger, uploads, count


def copy_ledgers(cursor: duckdb.DuckDBPyConnection, path: Path) -> Held:
    """Copy the store as it stands now into a new file, and say what is in force in it.

    What can be made again from the rest is left out, so that the copy stays small.
    """
    quoted = str(path).replace("'", "''")
    cursor.execute(f"ATTACH '{quoted}' AS copy (STORAGE_VERSION '{STORAGE_VERSION}')")
    try:
        cursor.execute("BEGIN")
        cursor.execute("COPY FROM DATABASE store TO copy (SCHEMA)")
        for table in columns_of(cursor, "copy").keys() - MADE_AGAIN:
            cursor.execute(f"INSERT INTO copy.main.{table} SELECT * FROM store.main.{table}")
        cursor.execute("DELETE FROM copy.main.setting WHERE name = 'kept_by'")
        found = held(cursor, is_scanned=False)
        cursor.execute("COMMIT")
        cursor.execute("CHECKPOINT copy")
    finally:
        # Of a copy that failed the transaction still holds the file, for all later copies too.
        with suppress(duckdb.Error):
            cursor.rollback()
        cursor.execute("DETACH copy")
    return found


def held_by_copy(path: Path) -> Held:
    """Return what a closed database file holds, every block of it read; HomeDamaged."""
    quoted = str(path).replace("'", "''")
    with closing(duckdb.connect(":memory:")) as connection:
        try:
            connection.execute(f"ATTACH '{quoted}' AS store (READ_ONLY)")
            with closing(connection.cursor()) as cursor:
                return held(cursor, is_scanned=True)
        except duckdb.Error as error:
            if is_lock(error):
                raise HomeHeld(path.parent, str(error)) from error
            raise HomeDamaged(f"{path.name} 已损坏") from error


class LetAlone:
    """Keeps every other process from opening a home's database until it is closed."""

    def __init__(self, path: Path) -> None:
        """HomeHeld when a process has it open; a file that is damaged nobody can hold."""
        quoted = str(path).replace("'", "''")
        self._connection = duckdb.connect(":memory:")
        try:
            if path.exists():
                self._connection.execute(f"ATTACH '{quoted}' AS store (READ_ONLY)")
        except duckdb.Error as error:
            if is_lock(error):
                self._connection.close()
                raise HomeHeld(path.parent, str(error)) from error

    def close(self) -> None:
        """Let the file be opened again."""
        self._connection.close()
