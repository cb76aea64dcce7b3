"""A lake as the store's home: a DuckLake whose catalogue is PostgreSQL, attached as `store`.

What can be made again (items as they stood) lies in a file of this process's own, so that reading
never writes to the lake and never makes another server's answers old.
"""

import itertools
import logging
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import duckdb

from tally import clock
from tally.addresses import Lake, without_password
from tally.store.abode import Pulse, StillOurs, follow_clock, quoted
from tally.store.copying import Held
from tally.store.holding import Holding
from tally.store.reading_apart import ReadingEnded, read_apart
from tally.store.refusing import (
    AWAY,
    FULL,
    FULL_SIGNS,
    POISONED,
    CannotWrite,
    HomeDamaged,
    HomeUnusable,
    StoreAway,
    said_plainly,
)
from tally.store.turns import Watch, turn_to_back_up, turn_to_write

LOG = logging.getLogger(__name__)
EXTENSIONS = ("postgres_scanner", "ducklake")
APART = "kept_apart"
MADE_AGAIN = ("item_kept", "tally_kept", "item_stretch")
# What PostgreSQL, or the way to it, says when it is not there.
AWAY_SIGNS = (
    "connection to server",
    "server closed the connection",
    "terminating connection",
    "Unable to connect",
    "no connection to the server",
    "the database system is",
    "Could not connect to server",
    "SSL SYSCALL",
    "could not receive data from server",
    "could not send data to server",
    "Current transaction is aborted",
)
ENDED = "读取共享数据库的进程中途结束，详情见日志；稍后再试"
# Rows that come alone are kept in the catalogue: a file of one row each would slow every question.
INLINED_ROWS_MAX = 200
# More than that of one table's small files, or rows in the catalogue, and they are merged.
SMALL_FILES_MAX, SMALL_BYTES = 40, 4_000_000
SCATTERED_ROWS_MAX = 20_000
# Snapshots and files that nothing names any more go after so long, never while anybody reads them.
KEPT_AGE = timedelta(days=2)
_NUMBERS = itertools.count()


class SharedLake:
    """A lake that several servers read at once and write one at a time."""

    keeps_apart = True

    def __init__(self, lake: Lake, own_folder: Path) -> None:
        self.lake = lake
        self._own_folder = own_folder
        self._apart: Path | None = None
        self._watch = Watch(lake)
        self._writing = threading.RLock()
        self._ours: StillOurs | None = None

    @property
    def shown(self) -> str:
        """The address as it may be shown."""
        return self.lake.shown

    def attach(self, connection: duckdb.DuckDBPyConnection, is_read_only: bool) -> None:
        """Attach the lake and this process's own file; StoreAway, HomeUnusable."""
        load_extensions(connection, self.lake)
        try:
            connection.execute(attaching(self.lake, "store", is_read_only))
        except duckdb.Error as error:
            if self.is_lost(error):
                raise StoreAway from None
            LOG.warning("the lake cannot be attached: %s", without_password(str(error)))
            raise HomeUnusable(f"共享数据库 {self.shown} 打不开，详情见日志") from None
        # The engine asks the catalogue anew for what it could learn of every column of every scan:
        # of a question on twenty tables that is most of the time.
        connection.execute("SET disabled_optimizers = 'statistics_propagation'")
        self._attach_apart(connection)

    def _attach_apart(self, connection: duckdb.DuckDBPyConnection) -> None:
        folder = self._own_folder
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob(f"{APART}-*"):
            number = old.name.split("-")[1]
            if not number.isdecimal() or not Path(f"/proc/{number}").exists():
                old.unlink(missing_ok=True)
        self._forget_apart()
        self._apart = folder / f"{APART}-{os.getpid()}-{next(_NUMBERS)}"
        connection.execute(f"ATTACH '{quoted(self._apart)}' AS {APART}")

    def directories(self) -> list[str]:
        """Return where the lake's files lie."""
        return [self.lake.ledgers]

    def placed(self, sql: str) -> str:
        """Return words of ours with what can be made again in this process's own file."""
        for table in MADE_AGAIN:
            sql = sql.replace(f"store.main.{table}", f"{APART}.main.{table}")
        return sql

    def version(self) -> int:
        """Return the lake's newest snapshot: the same number on every server; StoreAway."""
        return self._watch.newest_snapshot()

    @contextmanager
    def turn(self) -> Iterator[StillOurs]:
        """Let nobody else write, in this process or another; CannotWrite, StoreAway."""
        with self._writing:
            if self._ours is not None:
                # The home is opened anew inside somebody's turn.
                yield self._ours
                return
            with turn_to_write(self.lake) as self._ours:
                try:
                    yield self._ours
                finally:
                    self._ours = None

    @contextmanager
    def turn_to_back_up(self, is_waited_for: bool) -> Iterator[StillOurs]:
        """Let no other server back up, nor a thread of this one; TurnTaken, CannotWrite."""
        with said_plainly(self.is_lost), turn_to_back_up(self.lake, is_waited_for) as still_ours:
            yield still_ours

    def copy(self, holding: Holding, path: Path) -> Held:
        """Copy the lake by a process of its own, whatever becomes of that; CannotWrite."""
        with self._ending_said("没有备份"):
            return read_apart(self.lake, path)

    def held(self, holding: Holding) -> Held:
        """Read every row by a process of its own; CannotWrite, and HomeDamaged only for damage."""
        with self._ending_said("没有核对"):
            return read_apart(self.lake)

    @contextmanager
    def _ending_said(self, undone: str) -> Iterator[None]:
        try:
            yield
        except ReadingEnded as ended:
            LOG.warning("the lake was not read: %s", ended)
            if any(sign in str(ended) for sign in FULL_SIGNS):
                raise CannotWrite(FULL) from ended
            if any(sign in str(ended) for sign in AWAY_SIGNS) or not self._is_reached():
                raise CannotWrite(f"{undone}：{AWAY}") from ended
            if ended.is_damage:
                raise HomeDamaged("账本有读不出的数据块，文件已损坏") from ended
            raise CannotWrite(f"{undone}：{ENDED}") from ended

    def after_turn(self, cursor: duckdb.DuckDBPyConnection) -> None:
        """Keep our clock from falling behind that of the server that wrote last."""
        follow_clock(cursor)

    def is_lost(self, fault: duckdb.Error) -> bool:
        """Tell whether a fault means that PostgreSQL is not there.

        Of a line that breaks in the middle of an answer the engine may say that it erred itself.
        """
        if any(sign in str(fault) for sign in AWAY_SIGNS):
            return True
        return isinstance(fault, POISONED) and not self._is_reached()

    def _is_reached(self) -> bool:
        try:
            return self._watch.newest_snapshot() >= 0
        except StoreAway:
            return False

    def bring_home(self, cursor: duckdb.DuckDBPyConnection) -> None:
        """Put what stands in the catalogue or in many small files into few big ones.

        Never CHECKPOINT: on a lake it also takes away files, those of a write under way too.
        """
        rows, files = self._watch.scattered(SMALL_BYTES)
        if rows > SCATTERED_ROWS_MAX or files > SMALL_FILES_MAX:
            cursor.execute("CALL ducklake_flush_inlined_data('store')")
            cursor.execute("CALL ducklake_merge_adjacent_files('store')")
            # The caller has the turn to write; whoever reads has long been done with what goes.
            before = f"older_than => TIMESTAMPTZ '{clock.now() - KEPT_AGE}+00'"
            cursor.execute(f"CALL ducklake_expire_snapshots('store', {before})")
            cursor.execute(f"CALL ducklake_cleanup_old_files('store', {before})")

    def pulse(self) -> Pulse:
        """Return how fast PostgreSQL answers, the newest snapshot's age, and who writes."""
        began = time.perf_counter()
        self.version()
        answered = time.perf_counter() - began
        age = self._watch.age_seconds()
        return Pulse(self.shown, True, answered, age, self._watch.holder())

    def close(self) -> None:
        """Let go of the connection and of this process's own file."""
        self._watch.close()
        self._forget_apart()

    def _forget_apart(self) -> None:
        if self._apart is not None:
            for path in self._apart.parent.glob(f"{self._apart.name}*"):
                with suppress(OSError):
                    path.unlink()


def load_extensions(connection: duckdb.DuckDBPyConnection, lake: Lake) -> None:
    """Load the engine's extensions from their installed wheels; HomeUnusable when one is missing.

    Nothing is fetched from any network.
    """
    connection.execute("SET autoinstall_known_extensions = false")
    connection.execute("SET autoload_known_extensions = false")
    for name in (*EXTENSIONS, *(("httpfs",) if lake.is_s3 else ())):
        connection.execute(f"LOAD '{quoted(_extension(name))}'")
    if lake.is_s3:
        connection.execute(_secret(lake))


def _extension(name: str) -> Path:
    spec = find_spec(f"duckdb_extension_{name}")
    place = Path("extensions", f"v{duckdb.__version__}", f"{name}.duckdb_extension")
    found = Path(spec.origin).parent / place if spec and spec.origin else None
    if found is None or not found.is_file():
        raise HomeUnusable(
            f"共享数据库需要 duckdb-extension-{name.replace('_', '-')} {duckdb.__version__}；"
            "请执行 pip install -r requirements-cluster.txt"
        )
    return found


def _secret(lake: Lake) -> str:
    """Return the statement that tells the engine how to reach the S3 store."""
    endpoint = urlsplit(os.environ.get("AWS_ENDPOINT_URL", "https://s3.amazonaws.com"))
    told = {
        "KEY_ID": os.environ.get("AWS_ACCESS_KEY_ID", ""),
        "SECRET": os.environ.get("AWS_SECRET_ACCESS_KEY", ""),
        "REGION": os.environ.get("AWS_REGION", "us-east-1"),
        "ENDPOINT": endpoint.netloc,
        "URL_STYLE": "path",
        "SCOPE": lake.data,
    }
    words = ", ".join(f"{name} '{quoted(value)}'" for name, value in told.items())
    use_ssl = str(endpoint.scheme == "https").lower()
    return f"CREATE SECRET lake (TYPE s3, PROVIDER config, {words}, USE_SSL {use_ssl})"


def attaching(lake: Lake, name: str, is_read_only: bool = False) -> str:
    """Return the statement that attaches a lake under a name."""
    how = f"DATA_PATH '{quoted(lake.ledgers)}', DATA_INLINING_ROW_LIMIT {INLINED_ROWS_MAX}"
    how += ", READ_ONLY" if is_read_only else ""
    return f"ATTACH 'ducklake:postgres:{quoted(lake.patient_dsn)}' AS {name} ({how})"
