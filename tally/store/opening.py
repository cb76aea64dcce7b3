"""How a home's database is opened: attached, brought to today's schema, given its definitions."""

import json
import logging
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from threading import Lock

import duckdb
import pyarrow as pa
from cachetools import LRUCache, cached

from tally.addresses import without_password
from tally.batches import Witness
from tally.packs import Pack
from tally.store.abode import Abode, quoted
from tally.store.bound import TABLES_BESIDE, connected, definitions
from tally.store.copying import Held, Progress, copy_ledgers, held
from tally.store.holding import cursor_of
from tally.store.migrating import SCHEMA_NUMBER, migrate
from tally.store.pack_tables import pack_rows
from tally.store.questions import store_sql
from tally.store.refusing import HomeDamaged, NewerSchema, StoreAway
from tally.store.witnessing import begin_record, schema_of

LOG = logging.getLogger(__name__)
# Whatever a question needs beside its rows goes to the disk, and not without end.
TEMPORARY_MAX = "8GB"
MEMORY_SHARE = 0.6
PACKS_MAX = 4
SETTINGS = (
    # Viewers ask at the same time: an answer that keeps to one core takes less of all of them.
    "threads = 1",
    "enable_external_access = false",
    "autoinstall_known_extensions = false",
    "autoload_known_extensions = false",
    "lock_configuration = true",
)


@dataclass(frozen=True)
class Care:
    """What is done about a home beyond opening it.

    `examine` is given what the ledgers hold before anything is asked of them, raises HomeDamaged,
    and says whether the record begins with them; with `is_scanned` every block is read for it.
    `before_migrating` makes a backup of a home of that older schema, with what copies it.
    `progress` hears how far that reading is.
    """

    witness: Witness | None = None
    examine: Callable[[Held], bool] | None = None
    is_scanned: bool = False
    before_migrating: Callable[[int, Callable[[Path], Held]], None] | None = None
    copies_folder: Path | None = None
    progress: Progress | None = None
    is_read_only: bool = False


@dataclass(frozen=True)
class Said:
    """What packs say, as tables by their names; `hash` is another when they or our words differ.

    The packs are held: what is remembered by where they lie must not outlive them.
    """

    packs: tuple[Pack, ...]
    tables: Mapping[str, pa.Table]
    hash: str


def opened(
    abode: Abode, folder: Path, packs: Mapping[str, Pack], care: Care
) -> duckdb.DuckDBPyConnection:
    """Return a connection with the ledgers as `store`; raises what a home can lack.

    `folder` takes whatever a question needs beside its rows.
    """
    connection, knows_words = connected(wants_words=not abode.keeps_apart)
    try:
        with _damage_named(abode):
            abode.attach(connection, care.is_read_only)
            with abode.turn(), cursor_of(connection) as cursor:
                prepare(cursor, abode.shown, care)
        with cursor_of(connection) as cursor:
            for tables in TABLES_BESIDE:
                cursor.execute(store_sql(tables))
            if not knows_words:
                cursor.execute(abode.placed(definitions()))
            _tell_packs(cursor, packs, abode, care.is_read_only)
        connection.execute(f"SET temp_directory = '{quoted(folder / 'tmp')}'")
        connection.execute(f"SET max_temp_directory_size = '{TEMPORARY_MAX}'")
        connection.execute(f"SET memory_limit = '{_memory_limit()}'")
        folders = abode.directories() + ([f"{care.copies_folder}/"] if care.copies_folder else [])
        if folders:
            # Said before external access is closed: no other folder can be opened afterwards.
            listed = ", ".join(f"'{quoted(one)}'" for one in folders)
            connection.execute(f"SET allowed_directories = [{listed}]")
        for setting in SETTINGS:
            connection.execute(f"SET {setting}")
    except BaseException:
        connection.close()
        raise
    return connection


def _memory_limit() -> str:
    """Return what DuckDB may take: a share of the machine's memory, or `TALLY_MEMORY`."""
    if given := os.environ.get("TALLY_MEMORY"):
        return given.replace("'", "")
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return f"{int(pages * MEMORY_SHARE) >> 20}MiB"


@contextmanager
def _damage_named(abode: Abode) -> Iterator[None]:
    """Turn what DuckDB says of a damaged file into HomeDamaged, whatever class it says it with."""
    try:
        yield
    except duckdb.Error as error:
        LOG.info("%s cannot be read: %s", abode.shown, without_password(str(error)))
        if abode.is_lost(error):
            raise StoreAway from error
        raise HomeDamaged(f"{abode.shown} 不是本系统的数据库，或已损坏") from error


def prepare(cursor: duckdb.DuckDBPyConnection, name: str, care: Care) -> None:
    """Make the tables, or examine those there are and bring them to today's schema."""
    asked = "SELECT count(*) FROM duckdb_tables() WHERE database_name = 'store'"
    made = cursor.execute(asked).fetchone()
    if made and made[0]:
        schema = schema_of(cursor)
        if schema > SCHEMA_NUMBER:
            raise NewerSchema(
                f"{name} 由更新的版本写成（结构 {schema}，"
                f"本程序认识到 {SCHEMA_NUMBER}）；请升级程序"
            )
    else:
        schema = SCHEMA_NUMBER
        cursor.execute("BEGIN")
        cursor.execute(store_sql("tables"))
        cursor.execute("INSERT INTO store.main.setting VALUES ('schema', ?)", [str(schema)])
        cursor.execute("COMMIT")
    is_new_to_record = care.examine is not None and care.examine(
        held(cursor, care.is_scanned, care.progress)
    )
    if schema < SCHEMA_NUMBER:
        if care.before_migrating:
            care.before_migrating(schema, partial(copy_ledgers, cursor))
        migrate(cursor, schema, care.witness)
    elif is_new_to_record and care.witness and not care.is_read_only:
        _adopt(cursor, care.witness)


def _adopt(cursor: duckdb.DuckDBPyConnection, witness: Witness) -> None:
    """Begin the record with the ledgers as they are."""
    cursor.execute("BEGIN")
    number = begin_record(cursor, witness, "adopt")
    cursor.execute("COMMIT")
    witness.confirms(number)


def _tell_packs(
    cursor: duckdb.DuckDBPyConnection, packs: Mapping[str, Pack], abode: Abode, is_read_only: bool
) -> None:
    said = _said(packs)
    for table, incoming in said.tables.items():
        _insert(cursor, f"memory.main.{table}", incoming)
    if abode.keeps_apart:
        cursor.execute(abode.placed(store_sql("kept_tables")))
    elif not is_read_only:
        _begin_keeping(cursor, said.hash)


def _pack_ids(packs: Mapping[str, Pack]) -> tuple[tuple[str, int], ...]:
    return tuple((slug, id(pack)) for slug, pack in packs.items())


# A process opens many homes of the same packs, and a copy of each home that it verifies.
@cached(LRUCache(PACKS_MAX), key=_pack_ids, lock=Lock())
def _said(packs: Mapping[str, Pack]) -> Said:
    rows = pack_rows(packs)
    written = definitions() + json.dumps(rows, default=str)
    return Said(
        tuple(packs.values()),
        {table: pa.Table.from_pylist(listed) for table, listed in rows.items() if listed},
        sha256(written.encode()).hexdigest(),
    )


def _begin_keeping(cursor: duckdb.DuckDBPyConnection, made_by: str) -> None:
    """Begin anew what is kept when another program or other packs made it."""
    asked = "SELECT value FROM store.main.setting WHERE name = 'kept_by'"
    if cursor.execute(asked).fetchall() != [(made_by,)]:
        cursor.execute("BEGIN")
        cursor.execute(store_sql("kept_tables"))
        cursor.execute("DELETE FROM store.main.setting WHERE name = 'kept_by'")
        cursor.execute("INSERT INTO store.main.setting VALUES ('kept_by', ?)", [made_by])
        cursor.execute("COMMIT")


def _insert(cursor: duckdb.DuckDBPyConnection, table: str, incoming: pa.Table) -> None:
    """Insert rows that DuckDB finds by the argument's name: a view of them takes as long again."""
    cursor.execute(f"INSERT INTO {table} BY NAME FROM incoming")
