"""The registry of several servers: the same tables in PostgreSQL, one writer at a time.

A writer waits for the others before its first look, and what it reads afterwards is what they
left; a reader sees one state until it is done.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Connection, create_engine, delete, event, insert, select
from sqlalchemy.dialects.postgresql import insert as insert_once
from sqlalchemy.exc import DatabaseError

from tally.addresses import Lake
from tally.registry.opening import Registry, RegistryUnusable, check_number, open_registry
from tally.registry.seals import SealsUnwritable, is_sealing, sealing, server_of
from tally.registry.tables import METADATA, SETTING

SCHEMA = "registry"
MOVING = f"{SCHEMA}.moving_in"
MOVING_SAID = "数据正在迁入，或上次迁入没有做完；请在来源机器上再次执行 migrate-store，会从头做完"
# One key for all who write to a registry; the ledgers' turn has another.
KEY = 0x7A11_1E6
POOL_SIZE = 8
ROWS_AT_ONCE = 5000
AWAY = "账号与审计库暂时连不上，恢复连接后照常使用"


class SharedRegistry(Registry):
    """One registry for the viewers of all servers that share a lake; `home` is this server's."""

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the registry until it is left."""
        options = {"isolation_level": "REPEATABLE READ"}
        with said_away(), self._engine.connect() as free:
            connection = free.execution_options(**options)
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give the one writing connection of all servers: whole when it is left, or nothing."""
        with (
            said_away(),
            self._engine.connect() as connection,
            sealing(connection, self.home),
            connection.begin(),
        ):
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (KEY,))
            yield connection
            if is_sealing(connection):
                said = {"name": self._sealer, "value": "1"}
                connection.execute(insert_once(SETTING).values(said).on_conflict_do_nothing())

    @property
    def _sealer(self) -> str:
        """Under which name it is kept that this server has seals."""
        return f"seals of {server_of(self.home)}"

    def has_sealed(self, connection: Connection) -> bool:
        """Tell whether this server ever sealed a record: each has the seals of its own records."""
        found = select(SETTING).where(SETTING.c.name == self._sealer)
        return connection.execute(found).first() is not None

    def copy_to(self, path: Path) -> None:
        """Copy the registry, as it stands at one moment, into a new file like a home's own."""
        with closing(open_registry(path.parent, path.name)) as target:
            copy_registry(self, target)


@contextmanager
def said_away() -> Iterator[None]:
    """Say in Chinese that the registry cannot be reached; nothing was written then."""
    try:
        yield
    except (DatabaseError, psycopg.Error) as error:
        raise RegistryUnusable(AWAY) from error
    except SealsUnwritable as error:
        raise RegistryUnusable(f"审计封条不能写入（{error}）") from error


def copy_registry(source: Registry, target: Registry) -> None:
    """Put all rows of one registry in the place of another's, in one transaction."""
    with source.reading() as reading, target.writing() as writing:
        for table in METADATA.sorted_tables:
            writing.execute(delete(table))
            held = reading.execute(select(table), execution_options={"yield_per": ROWS_AT_ONCE})
            for rows in held.mappings().partitions():
                writing.execute(insert(table), [dict(row) for row in rows])


def begin_moving_in(lake: Lake) -> None:
    """Say in a lake that a home is being moved into it: until the end no server opens it."""
    with said_away(), _connected(lake) as connection:
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
        connection.execute(f"CREATE TABLE IF NOT EXISTS {MOVING} ()")


def end_moving_in(lake: Lake) -> None:
    """Say that a home was moved in to its end."""
    with said_away(), _connected(lake) as connection:
        connection.execute(f"DROP TABLE {MOVING}")


def is_moving_in(lake: Lake) -> bool:
    """Tell whether a home is being moved into a lake, or was and not to its end."""
    with said_away(), _connected(lake) as connection:
        return _is_moving_in(connection)


def _is_moving_in(connection: psycopg.Connection[Any]) -> bool:
    found = connection.execute("SELECT to_regclass(%s) IS NOT NULL", [MOVING]).fetchone()
    return bool(found and found[0])


def open_shared_registry(home: Path, lake: Lake, *, is_mover: bool = False) -> Registry:
    """Open the registry of a lake, made on first use; RegistryUnusable, NewerRegistry.

    While a home is being moved in nobody opens it but the mover.
    """
    with said_away(), _connected(lake) as connection:
        if not is_mover and _is_moving_in(connection):
            raise RegistryUnusable(MOVING_SAID)
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [KEY])
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
    engine = create_engine(
        "postgresql+psycopg://",
        creator=lambda: _connected(lake),
        pool_size=POOL_SIZE,
        # A connection that PostgreSQL closed when it was started anew is replaced unseen.
        pool_pre_ping=True,
    )
    event.listen(engine, "connect", _settle)
    registry = SharedRegistry(engine, home)
    try:
        with registry.writing() as connection:
            METADATA.create_all(connection)
            check_number(connection, "账号与审计库")
    except BaseException:
        engine.dispose()
        raise
    return registry


def _connected(lake: Lake) -> psycopg.Connection[Any]:
    return psycopg.connect(lake.patient_dsn, application_name="tally")


def _settle(connection: Any, _record: Any) -> None:
    connection.execute(f"SET search_path = {SCHEMA}")
    connection.commit()
