"""How the registry is opened: one file in the home, every write a transaction on the disk."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, insert, select
from sqlalchemy.exc import DatabaseError, OperationalError

from tally.addresses import lake_in_use
from tally.disks import is_writable
from tally.registry.seals import SealsUnwritable, sealing
from tally.registry.tables import METADATA, SETTING

REGISTRY_FILE = "registry.sqlite"
REGISTRY_NUMBER = 1
BUSY_SECONDS = 10


class RegistryUnusable(RuntimeError):
    """The registry cannot be read or written: whoever needs it must not go on."""


class NewerRegistry(RuntimeError):
    """The registry was written by a newer Tally than this one."""


class Registry:
    """One home's registry, for all threads and processes of the machine at once.

    `copied_to` is the folder of its copy when the home cannot be written: that one is only read.
    """

    def __init__(
        self, engine: Engine, home: Path, copied_to: TemporaryDirectory[str] | None = None
    ) -> None:
        self.home = home
        self._engine = engine
        self._copied_to = copied_to

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the registry until it is left."""
        with _said_plainly(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give the one writing connection: whole and on the disk when it is left, or nothing."""
        if self._copied_to:
            raise RegistryUnusable("数据文件夹只读，账号和审计记录不能登记")
        options = {"is_writing": True}
        with _said_plainly(), self._engine.connect() as free:
            connection = free.execution_options(**options)
            with sealing(connection, self.home), connection.begin():
                yield connection

    def has_sealed(self, connection: Connection) -> bool:
        """Tell whether this home must have seals: all records of a registry of its own are its."""
        return True

    def copy_to(self, path: Path) -> None:
        """Copy the registry, as it stands at one moment, into a new file of its own."""
        with _said_plainly(), self._engine.connect() as connection:
            source: Any = connection.connection.driver_connection
            # The driver's own backup: whole, also while others write.
            target = sqlite3.connect(path)
            try:
                source.backup(target)
            finally:
                target.close()

    def close(self) -> None:
        """Let the file go."""
        self._engine.dispose()
        if self._copied_to:
            self._copied_to.cleanup()


@contextmanager
def _said_plainly() -> Iterator[None]:
    try:
        yield
    except (OperationalError, DatabaseError) as error:
        raise RegistryUnusable(f"账号与审计库不能读写（{error.orig}）") from error
    except SealsUnwritable as error:
        raise RegistryUnusable(f"审计封条不能写入（{error}）") from error


def open_registry(home: Path, name: str = REGISTRY_FILE) -> Registry:
    """Open the home's registry, made on first use; RegistryUnusable, NewerRegistry."""
    path = home / name
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _settle)
    event.listen(engine, "begin", _begin)
    registry = Registry(engine, home)
    try:
        with registry.writing() as connection:
            METADATA.create_all(connection)
            check_number(connection, name)
        path.chmod(0o600)
    except BaseException:
        engine.dispose()
        raise
    return registry


@cache
def registry_of(home: Path) -> Registry:
    """Return this process's registry of a home, opened on first use.

    Where several servers share a lake it is theirs together.
    """
    lake = lake_in_use()
    if lake is None:
        return open_registry(home) if is_writable(home) else _copied(home)
    # Only servers that share a lake have its driver installed.
    from tally.registry.shared import open_shared_registry

    return open_shared_registry(home, lake)


def _copied(home: Path) -> Registry:
    """Open a copy of the registry of a home that cannot be written, to be read alone."""
    beside: TemporaryDirectory[str] = TemporaryDirectory(prefix="tally-registry-")
    for path in home.glob(f"{REGISTRY_FILE}*"):
        shutil.copyfile(path, Path(beside.name) / path.name)
    copied = open_registry(Path(beside.name))
    return Registry(copied._engine, home, beside)


def close_registry(home: Path) -> None:
    """Close this process's registry of a home: another file may come to lie in its place."""
    if registry_of.cache_info().currsize:
        with suppress(RegistryUnusable):  # the folder is gone, and the file with it
            registry_of(home).close()
    registry_of.cache_clear()


def _settle(connection: Any, _record: Any) -> None:
    # Transactions are begun by `_begin`, not by the driver, which begins them too late.
    connection.isolation_level = None
    for setting in ("journal_mode = WAL", "synchronous = FULL", "trusted_schema = OFF"):
        connection.execute(f"PRAGMA {setting}")


def _begin(connection: Connection) -> None:
    is_writing = connection.get_execution_options().get("is_writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")


def check_number(connection: Connection, name: str) -> None:
    """Write down the number of the tables, or refuse those of a newer program: NewerRegistry."""
    asked = select(SETTING.c.value).where(SETTING.c.name == "registry")
    found = connection.execute(asked).scalar_one_or_none()
    if found is None:
        connection.execute(insert(SETTING).values(name="registry", value=str(REGISTRY_NUMBER)))
    elif int(found) > REGISTRY_NUMBER:
        raise NewerRegistry(
            f"{name} 由更新的版本写成（结构 {found}，本程序认识到 {REGISTRY_NUMBER}）；请升级程序"
        )
