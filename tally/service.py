"""The home held by this process: its database, and the socket the command line works through."""

import json
import logging
import os
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import cache, lru_cache
from pathlib import Path

from tally.accounts import Access, Book, access_of, book_of
from tally.accounts.older import seal_older_secrets
from tally.addresses import STORE_VARIABLE, lake_at
from tally.desk import Desk
from tally.packs import packs
from tally.registry import Event, Recorded, RegistryUnusable, close_registry
from tally.safekeeping.keeper import Keeper
from tally.safekeeping.opening import OpenHome, open_home
from tally.sealing import KeyUnusable
from tally.server_socket import SOCKET_NAME, send, socket_address
from tally.standstill import Stopped, examined
from tally.store import Database, HomeDamaged, HomeUnusable, LedgersFault, Progress
from tally.submissions import (
    are_samples_wanted,
    encrypt_originals,
    load_samples,
    origin_of,
    tile_server,
)
from tally.submissions.deeds import tell
from tally.submissions.jobs import Jobs
from tally.submissions.older import mask_older

LOG = logging.getLogger(__name__)
DEFAULT_HOME = Path(__file__).resolve().parent.parent / "data"


def home_from_environment() -> Path:
    """Return the home folder: `TALLY_STORE` or `TALLY_HOME`, or `data/` beside the program.

    With a lake in `TALLY_STORE` it is where this server keeps what is its own.
    """
    store = os.environ.get(STORE_VARIABLE, "")
    folder = store if store and lake_at(store) is None else os.environ.get("TALLY_HOME")
    return _resolved(folder or str(DEFAULT_HOME))


@cache
def _resolved(folder: str) -> Path:
    # Every question asks for the home; the way to it is walked once.
    return Path(folder).resolve()


# What runs for each home: another home's is never taken for it, nor ended with it.
_OPENED: dict[Path, OpenHome] = {}
_KEEPERS: dict[Path, Keeper] = {}
_JOBS: dict[Path, Jobs] = {}
_OPENING = threading.RLock()


def _opened(home: Path, progress: Progress | None = None) -> OpenHome:
    # Of a home that is open there is one: a second would be refused by the first.
    with _OPENING:
        if home not in _OPENED:
            _OPENED[home] = open_home(home, packs(), is_scanned=True, progress=progress)
        return _OPENED[home]


def _database(home: Path) -> Database:
    return _opened(home).database


def database() -> Database:
    """Return this process's database of the current home, opened on first use."""
    return _database(home_from_environment())


def book() -> Book:
    """Return this process's book of the current home's accounts, opened on first use."""
    home = home_from_environment()
    # A page in a home of its own may be the first that needs the folder.
    home.mkdir(parents=True, exist_ok=True)
    return book_of(home)


@cache
def _access(home: Path) -> Access:
    return access_of(home)


def access() -> Access:
    """Return how the network reaches the current home, as it was told at the start."""
    return _access(home_from_environment())


@lru_cache(maxsize=4)
def _tile_origin(held: Database, version: int) -> str:
    address = tile_server(held)
    return origin_of(address) if address else ""


def tile_origin() -> str:
    """Return scheme and host of the intranet's tile server, '' while none is set.

    Every request asks: it is read again only after something was written.
    """
    held = database()
    return _tile_origin(held, held.version)


def _keeper(home: Path) -> Keeper:
    with _OPENING:
        if home not in _KEEPERS:
            _KEEPERS[home] = Keeper(_database(home))
        return _KEEPERS[home]


def keeper() -> Keeper:
    """Return who makes this process's backups of the current home."""
    return _keeper(home_from_environment())


def _jobs(home: Path) -> Jobs:
    with _OPENING:
        if home not in _JOBS:
            _JOBS[home] = Jobs(_database(home))
        return _JOBS[home]


def jobs() -> Jobs:
    """Return this process's imports into the current home: no page or viewer owns them."""
    return _jobs(home_from_environment())


def unfinished() -> tuple[Recorded, ...]:
    """Return the writes that were interrupted before this start; nothing changed by them."""
    return _opened(home_from_environment()).unfinished


def close() -> None:
    """Let this process's home go."""
    home = home_from_environment()
    jobs().stop()
    if home in _KEEPERS:
        keeper().stop()
    database().close()
    _let_go(home)


def _let_go(home: Path) -> None:
    for running in (_JOBS, _KEEPERS, _OPENED):
        running.pop(home, None)
    _tile_origin.cache_clear()
    # Another home may come to lie in this one's place.
    close_registry(home)
    book_of.cache_clear()


class Service:
    """A running server's side: answers the command line until stopped."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.database = _database(home)
        self._jobs = _jobs(home)
        self._keeper = _keeper(home)
        self._desk = Desk(self.database)
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        if self.database.is_read_only:
            return  # no socket can be made there, and nothing could be done through it
        (home / SOCKET_NAME).unlink(missing_ok=True)
        with socket_address(home) as address:
            self._listener.bind(address)
        (home / SOCKET_NAME).chmod(0o600)
        self._listener.listen()
        threading.Thread(target=self._listen, name="tally-socket", daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return  # the listener was closed: the service is stopping
            threading.Thread(target=self._answer, args=[connection], daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rwb") as stream:
            try:
                send(stream, {"holder": os.getpid()})
                reply = self._desk.do(json.loads(stream.readline()))
            except Exception:
                LOG.exception("a request of the command line failed")
                reply = {"error": "服务器处理这个请求时出错，详情见日志 tally.log"}
            with suppress(OSError):
                send(stream, reply)

    def is_healthy(self) -> bool:
        """Whether the store answers."""
        return self.database.rows("SELECT 1 AS one").num_rows == 1

    def stop(self) -> None:
        """Stop answering and let the home go."""
        with suppress(OSError):  # closing alone leaves the thread waiting in accept()
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with suppress(OSError):  # a folder that cannot be written held no socket
            (self.home / SOCKET_NAME).unlink(missing_ok=True)
        self._jobs.stop()
        self._keeper.stop()
        with suppress(RegistryUnusable):  # what stops the service may be that it cannot record
            tell(self.home, Event.START_STOP, "停止", thing="服务")
        self.database.close()
        _let_go(self.home)


def _protect(held: Database) -> None:
    """Mask and encrypt what an earlier version kept as it was written, secrets of codes too."""
    try:
        mask_older(held)
        encrypt_originals(held.home)
        seal_older_secrets(book_of(held.home))
    except KeyUnusable as missing:
        LOG.warning("旧数据中的个人信息还没有加密：%s", missing)


def start(
    home: Path, with_samples: bool, tell_progress: Callable[[str], None] = lambda _: None
) -> Service | Stopped:
    """Hold the home, load the sample campaigns into an empty one, and listen; HomeHeld if taken.

    A damaged home is not held, so that it can be restored while the server says what is wrong.
    `tell_progress` is given a sentence as soon as the home is ours, and then how far it is.
    """
    try:
        if (home / "tally.duckdb").exists():
            print("正在核对数据 …", file=sys.stderr, flush=True)
        _opened(home, lambda *counts: tell_progress(examined(*counts)))
        service = Service(home)
    except HomeDamaged as damaged:
        LOG.error("%s", "；".join([str(damaged), *damaged.remarks]))
        return Stopped(damaged)
    for one in _opened(home).unfinished:
        LOG.warning("batch %s (%s) was not finished: nothing changed", one.number, one.deed)
    if service.database.is_read_only:
        return service
    tell(home, Event.START_STOP, "启动", thing="服务")
    _protect(service.database)
    if with_samples and are_samples_wanted(service.database):
        for number, outcome in enumerate(load_samples(service.database), start=1):
            print(f"演示数据 {number}：{outcome.file}　{outcome.sentence}", flush=True)
            tell_progress(f"正在装入演示数据，已装入 {number} 份")
    tell_progress("正在汇总最近各月")
    with suppress(HomeUnusable, LedgersFault):  # the keeper tries again
        service.database.settle()
    return service
