"""A PostgreSQL that vanishes without a word, as when a cable is pulled: given up in seconds."""

import ctypes
import re
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from tally.addresses import STORE_VARIABLE, Lake, lake_at, lake_in_use
from tally.registry import RegistryUnusable, registry_of
from tally.registry.looking_up import Wanted, records
from tally.store import CannotWrite, StoreAway
from tally.store.turns import turn_to_write
from tests.lake.servers import marks_in_force, publish, wait_until_reached
from tests.office import Office
from tests.safekeeping.homes import working

# What the program says of every connection, only shorter, and on PostgreSQL's side of it.
SOON = {
    "connect_timeout": 2,
    "keepalives_idle": 1,
    "keepalives_interval": 1,
    "keepalives_count": 2,
    "tcp_user_timeout": 3000,
}
SOON_GIVEN_UP = "SET tcp_keepalives_idle = 1; SET tcp_keepalives_interval = 1; " + (
    "SET tcp_keepalives_count = 2; SET tcp_user_timeout = 3000"
)
SECONDS = 25
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="no cable to pull")
# Linux's option that filters what a socket is given, and the filter that lets nothing through.
SO_ATTACH_FILTER, SO_DETACH_FILTER = 26, 27
NOTHING = ctypes.create_string_buffer(struct.pack("=HBBI", 0x06, 0, 0, 0))


def cut(end: socket.socket) -> None:
    """Let no packet in any more, not even to be acknowledged."""
    program = struct.pack("@HP", 1, ctypes.addressof(NOTHING))
    end.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, program)


class Cable:
    """What lies between a server and PostgreSQL: passes all on until it is pulled."""

    def __init__(self, port: int) -> None:
        self._far = ("127.0.0.1", port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._ends: list[socket.socket] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                far = socket.create_connection(self._far)
                self._ends += [near, far]
                for ends in ((near, far), (far, near)):
                    threading.Thread(target=self._pass_on, args=ends, daemon=True).start()

    @staticmethod
    def _pass_on(source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while piece := source.recv(1 << 16):
                target.sendall(piece)
            target.shutdown(socket.SHUT_WR)

    def pull(self) -> None:
        """Swallow all that either side says, without a word to it."""
        for end in (self._listener, *self._ends):
            cut(end)

    def plug_in(self) -> None:
        """Pass on what is said on new connections."""
        self._listener.setsockopt(socket.SOL_SOCKET, SO_DETACH_FILTER, 0)
        self._ends.clear()

    def close(self) -> None:
        """Let go of it."""
        for end in (self._listener, *self._ends):
            end.close()


@pytest.fixture
def direct(new_lake: Callable[[], str]) -> Lake:
    """A lake as it is reached without a cable."""
    lake = lake_at(new_lake())
    assert lake is not None
    return lake


@pytest.fixture
def cable(direct: Lake, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cable]:
    """The cable by which every home that the test opens reaches that lake."""
    monkeypatch.setattr("tally.addresses.PATIENCE", SOON)
    monkeypatch.setattr("tally.store.turns.GIVEN_UP", SOON_GIVEN_UP)
    found = re.search(r"port=(\d+)", direct.dsn)
    assert found
    cable = Cable(int(found[1]))
    dsn = direct.dsn.replace(found[0], f"port={cable.port}")
    monkeypatch.setenv(STORE_VARIABLE, f"ducklake:postgres:{dsn}?data={direct.data}")
    yield cable
    cable.close()


@pytest.fixture
def office(cable: Cable, tmp_path: Path) -> Iterator[Office]:
    """An office at the other end of the cable that has published a list."""
    with working(tmp_path / "server") as office:
        publish(office, "2022-09", "one/0")
        yield office
    registry_of.cache_clear()


def test_cable_that_is_pulled_in_the_middle_of_an_answer_holds_nobody(
    office: Office, cable: Cable, direct: Lake
) -> None:
    database, registry = office.database, registry_of(office.database.home)

    def write() -> None:
        with database.write(lambda: None):
            pytest.fail("something could be written")

    asked: list[tuple[Callable[[], object], type[Exception]]] = [
        (lambda: database.ask("published_months"), StoreAway),
        (lambda: marks_in_force(office), StoreAway),
        (database.reach, StoreAway),
        (lambda: list(records(registry, Wanted())), RegistryUnusable),
        (write, CannotWrite),
    ]
    with psycopg.connect(direct.dsn) as holding, ThreadPoolExecutor(len(asked)) as threads:
        # PostgreSQL takes what it is asked and keeps its answer back.
        holding.execute(
            "LOCK TABLE ducklake_snapshot, registry.audit_event IN ACCESS EXCLUSIVE MODE"
        )
        answers = [threads.submit(ask) for ask, _ in asked]
        time.sleep(1.5)
        assert [answer.done() for answer in answers[:-1]] == [False] * 4
        cable.pull()
        pulled_at = time.monotonic()
        for answer, (_, refusal) in zip(answers, asked, strict=True):
            with pytest.raises(refusal):
                answer.result(SECONDS)
        assert time.monotonic() - pulled_at < SECONDS
    cable.plug_in()
    wait_until_reached(office)
    assert marks_in_force(office)["2022-09"][0][0] == "one/0"


def test_turn_of_a_server_behind_a_pulled_cable_goes_to_the_next(
    cable: Cable, direct: Lake
) -> None:
    behind = lake_in_use()
    assert behind is not None
    with pytest.raises(StoreAway), turn_to_write(behind) as still_ours:
        cable.pull()
        pulled_at = time.monotonic()
        # PostgreSQL notices as well: else nobody could write for two hours.
        with turn_to_write(direct):
            assert time.monotonic() - pulled_at < SECONDS
        still_ours()
    assert time.monotonic() - pulled_at < 2 * SECONDS
