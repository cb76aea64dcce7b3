"""How a home's database is opened: attached, brought to today's schema, given its definitions."""

import json
import re
from collections.abc import Mapping, Sequence
from contextlib import closing
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from tally.packs import Pack
from tally.store.pack_tables import pack_rows
from tally.store.questions import QUERIES_FOLDER, store_sql

SCHEMA_NUMBER = 6
STORAGE_VERSION = "v1.5.0"
SETTINGS = (
    # Viewers ask at the same time: an answer that keeps to one core takes less of all of them.
    "threads = 1",
    "enable_external_access = false",
    "autoinstall_known_extensions = false",
    "autoload_known_extensions = false",
    "lock_configuration = true",
)


class HomeHeld(RuntimeError):
    """Another process holds the home's database; `holder` is its process number if known."""

    def __init__(self, home: Path, message: str) -> None:
        found = re.search(r"PID (\d+)", message)
        self.holder = int(found[1]) if found else None
        who = f"进程 {self.holder}" if self.holder else "另一个进程"
        super().__init__(f"{home} 正被{who}占用；请先停掉它，或经由正在运行的看板操作")


class HomeUnusable(RuntimeError):
    """The home is no folder of ours, or its database cannot be read."""


class NewerSchema(RuntimeError):
    """The home was written by a newer Tally than this one."""


def opened(path: Path, packs: Mapping[str, Pack]) -> duckdb.DuckDBPyConnection:
    """Return a connection with the home's database as `store`; raises what a home can lack."""
    connection = duckdb.connect(":memory:")
    try:
        _attach(connection, path)
        with closing(connection.cursor()) as cursor:
            _migrate(cursor, path)
            _define(cursor, packs)
        for setting in SETTINGS:
            connection.execute(f"SET {setting}")
    except BaseException:
        connection.close()
        raise
    return connection


def _attach(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    quoted = str(path).replace("'", "''")
    try:
        connection.execute(f"ATTACH '{quoted}' AS store (STORAGE_VERSION '{STORAGE_VERSION}')")
    except duckdb.IOException as error:
        if "lock" in str(error).lower():
            raise HomeHeld(path.parent, str(error)) from error
        raise HomeUnusable(f"{path} 不是本系统的数据库，或已损坏") from error


def _migrate(cursor: duckdb.DuckDBPyConnection, path: Path) -> None:
    made = cursor.execute(
        "SELECT count(*) FROM duckdb_tables() WHERE database_name = 'store'"
    ).fetchone()
    if not made or not made[0]:
        cursor.execute("BEGIN")
        cursor.execute(store_sql("tables"))
        cursor.execute("INSERT INTO store.main.setting VALUES ('schema', ?)", [str(SCHEMA_NUMBER)])
        cursor.execute("COMMIT")
    found = cursor.execute(
        "SELECT value::BIGINT FROM store.main.setting WHERE name = 'schema'"
    ).fetchone()
    if found and found[0] > SCHEMA_NUMBER:
        raise NewerSchema(
            f"{path.name} 由更新的版本写成（结构 {found[0]}，"
            f"本程序认识到 {SCHEMA_NUMBER}）；请升级程序"
        )
    for number in range(found[0] + 1 if found else 1, SCHEMA_NUMBER + 1):
        cursor.execute("BEGIN")
        cursor.execute(store_sql(f"migrate_{number}"))
        cursor.execute("COMMIT")


def _define(cursor: duckdb.DuckDBPyConnection, packs: Mapping[str, Pack]) -> None:
    cursor.execute(store_sql("packs"))
    said = pack_rows(packs)
    for table, rows in said.items():
        _insert(cursor, f"memory.main.{table}", rows)
    cursor.execute(definitions())
    _begin_keeping(cursor, json.dumps(said, default=str))


def _begin_keeping(cursor: duckdb.DuckDBPyConnection, said_by_packs: str) -> None:
    """Begin anew what is kept when another program or other packs made it."""
    made_by = sha256((definitions() + said_by_packs).encode()).hexdigest()
    asked = "SELECT value FROM store.main.setting WHERE name = 'kept_by'"
    if cursor.execute(asked).fetchall() != [(made_by,)]:
        cursor.execute("BEGIN")
        cursor.execute(store_sql("kept_tables"))
        cursor.execute("INSERT INTO store.main.setting VALUES ('kept_by', ?)", [made_by])
        cursor.execute("COMMIT")


def _insert(
    cursor: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Mapping[str, Any]]
) -> None:
    if rows:
        cursor.register("incoming", pa.Table.from_pylist(list(rows)))
        cursor.execute(f"INSERT INTO {table} BY NAME FROM incoming")
        cursor.unregister("incoming")


@cache
def definitions() -> str:
    """Return what the words mean, once: `queries/store/definitions/`, by number, callee first.

    An argument of a macro is never named like a column.
    """
    folder = QUERIES_FOLDER / "store" / "definitions"
    files = sorted(folder.glob("*.sql"), key=lambda path: int(path.stem.partition("_")[0]))
    return "\n".join(path.read_text("utf-8") for path in files)
