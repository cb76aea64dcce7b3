"""The home held by this process: its database, and the socket the command line works through."""

import json
import logging
import os
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, BinaryIO

from tally.desk import Desk, Reply, Request
from tally.packs import packs
from tally.store import Database
from tally.submissions import are_samples_wanted, load_samples, origin_of, tile_server
from tally.submissions.jobs import Jobs

LOG = logging.getLogger(__name__)
DEFAULT_HOME = Path(__file__).resolve().parent.parent / "data"
SOCKET_NAME = "tally.sock"
GREETING_SECONDS = 10.0


def home_from_environment() -> Path:
    """Return the home folder: `TALLY_HOME`, or `data/` beside the program."""
    return Path(os.environ.get("TALLY_HOME") or DEFAULT_HOME).resolve()


@cache
def _database(home: Path) -> Database:
    return Database(home, packs())


def database() -> Database:
    """Return this process's database of the current home, opened on first use."""
    return _database(home_from_environment())


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


@cache
def _jobs(home: Path) -> Jobs:
    return Jobs(_database(home))


def jobs() -> Jobs:
    """Return this process's imports into the current home: no page or viewer owns them."""
    return _jobs(home_from_environment())


def close() -> None:
    """Let this process's home go."""
    jobs().stop()
    database().close()
    _let_go()


def _let_go() -> None:
    _jobs.cache_clear()
    _database.cache_clear()
    _tile_origin.cache_clear()


@contextmanager
def _socket_address(home: Path) -> Iterator[str]:
    """Give a short name of the home's socket: the system allows about 100 bytes only."""
    descriptor = os.open(home, os.O_RDONLY)
    try:
        link = Path(f"/proc/self/fd/{descriptor}")
        yield str((link if link.exists() else home) / SOCKET_NAME)
    finally:
        os.close(descriptor)


class Service:
    """A running server's side: answers the command line until stopped."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.database = _database(home)
        self._jobs = _jobs(home)
        self._desk = Desk(self.database)
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        (home / SOCKET_NAME).unlink(missing_ok=True)
        with _socket_address(home) as address:
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
                _send(stream, {"holder": os.getpid()})
                reply = self._desk.do(json.loads(stream.readline()))
            except Exception:
                LOG.exception("a request of the command line failed")
                reply = {"error": "服务器处理这个请求时出错，详情见日志 tally.log"}
            with suppress(OSError):
                _send(stream, reply)

    def is_healthy(self) -> bool:
        """Whether the store answers."""
        return self.database.rows("SELECT 1 AS one").num_rows == 1

    def stop(self) -> None:
        """Stop answering and let the home go."""
        with suppress(OSError):  # closing alone leaves the thread waiting in accept()
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        (self.home / SOCKET_NAME).unlink(missing_ok=True)
        self._jobs.stop()
        self.database.close()
        _let_go()


def start(home: Path, with_samples: bool) -> Service:
    """Hold the home, load the sample campaigns into an empty one, and listen; HomeHeld if taken."""
    service = Service(home)
    if with_samples and are_samples_wanted(service.database):
        for number, outcome in enumerate(load_samples(service.database), start=1):
            print(f"演示数据 {number}：{outcome.file}　{outcome.sentence}", flush=True)
    return service


def ask_server(home: Path, request: Request) -> Reply | None:
    """Hand a request to the server that holds the home; None when none answers."""
    if not (home / SOCKET_NAME).exists():
        return None
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(GREETING_SECONDS)
            with _socket_address(home) as address:
                connection.connect(address)
            with connection.makefile("rwb") as stream:
                # The system accepts for a server that hangs: only its greeting says it lives.
                if not stream.readline():
                    return None
                connection.settimeout(None)
                _send(stream, request)
                line = stream.readline()
    except OSError:
        return None  # nobody behind the socket, or nobody who answers
    reply: dict[str, Any] | None = json.loads(line) if line else None
    return reply


def _send(stream: BinaryIO, message: Mapping[str, Any]) -> None:
    stream.write(json.dumps(dict(message), ensure_ascii=False).encode() + b"\n")
    stream.flush()
