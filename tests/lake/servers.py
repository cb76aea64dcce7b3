"""Servers that share a lake: processes of their own that publish and read, and can be killed."""

import importlib
import multiprocessing
import os
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from tally.addresses import STORE_VARIABLE
from tally.registry import BatchRecord, registry_of
from tally.safekeeping.backups import backups_folder
from tally.safekeeping.checking import Examination
from tally.store import CannotWrite, LedgersFault, StoreAway
from tally.submissions import Terms
from tests.office import Office
from tests.safekeeping.homes import working

# Asked for on first use: a child that may read nothing could not find it any more.
importlib.import_module("pandas")

LOADED = multiprocessing.get_context("forkserver")
LOADED.set_forkserver_preload(["tests.lake.servers"])
READY_SECONDS = 60.0
PATIENCE_SECONDS = 60.0
# What every server publishes over and over, beside a month of its own.
RIVALLED = "2022-12"
ROWS = 5
Work = Callable[[Office, int, Connection], None]


def tickets(month: str, mark: str) -> str:
    """Return a list of some tickets of a month that all say by whom and which they are."""
    lines = [f"{month}-{number} | {month}-{number:02} | {mark}" for number in range(1, ROWS + 1)]
    return "\n".join(["ticket_no | received_on | title", *lines])


def publish(office: Office, month: str, mark: str) -> None:
    """Publish a month's list that carries a mark, anew while others publish it in between."""
    reading = office.reading(month, tickets(month, mark), kind="tickets", listed=month)
    terms = Terms(uploaded_by="办公室", reason="测试")
    until = time.monotonic() + PATIENCE_SECONDS
    while (outcome := office.hand_in(reading, terms)).status == "draft":
        assert "又发布或撤回了" in outcome.sentence, outcome.sentence
        assert time.monotonic() < until, "a writer starves"
    assert outcome.status in ("published", "unchanged"), (outcome.sentence, outcome.problems)


def publish_and_read(office: Office, number: int, told: Connection) -> None:
    """Publish the rivalled month and one's own in turn, and read both after each."""
    for round_number in range(100_000):
        for month in (RIVALLED, f"2022-{7 + number:02}"):
            mark = f"{number}/{round_number}"
            publish(office, month, mark)
            told.send((month, mark, marks_in_force(office)))


def marks_in_force(office: Office) -> dict[str, list[tuple[str, int]]]:
    """Return the marks of the rows in force in each month, with their numbers."""
    found: dict[str, list[tuple[str, int]]] = {}
    asked = (
        "SELECT strftime(rows_kept.period, '%Y-%m') AS month, title, count(*) AS row_count "
        "FROM store.main.tickets AS rows_kept JOIN store.main.slice AS slice "
        "ON slice.upload = rows_kept.upload AND slice.period = rows_kept.period "
        "WHERE slice.from_at IS NOT NULL AND slice.until_at IS NULL GROUP BY 1, 2 ORDER BY 1, 2"
    )
    for row in office.database.rows(asked).to_pylist():
        found.setdefault(row["month"], []).append((row["title"], row["row_count"]))
    return found


def publish_through_outages(office: Office, number: int, told: Connection) -> None:
    """Publish again and again, and tell of each list and of each sentence that refused one."""
    for round_number in range(100_000):
        mark = f"{number}/{round_number}"
        try:
            publish(office, RIVALLED, mark)
            told.send(mark)
        except (CannotWrite, StoreAway) as refused:
            told.send(str(refused))
            time.sleep(0.2)
        except LedgersFault as fault:
            told.send(f"fault: {fault}")
            return


def copy_through_outages(office: Office, number: int, told: Connection) -> None:
    """Copy the ledgers again and again, and tell of each copy and of each that failed."""
    folder = backups_folder(office.database.home)
    folder.mkdir(exist_ok=True)
    for round_number in range(100_000):
        copy = folder / f"copy{round_number}.duckdb"
        try:
            office.database.copy_to(copy)
            told.send("copied")
        except CannotWrite:
            told.send("failed")
            time.sleep(0.2)
        copy.unlink(missing_ok=True)


def _serve(address: str, home: Path, number: int, work: Work, told: Connection) -> None:
    os.environ[STORE_VARIABLE] = address
    with working(home) as office:
        told.send("ready")
        work(office, number, told)


class Server:
    """One server of several: a process with a home of its own and the lake of all."""

    def __init__(self, address: str, home: Path, number: int, work: Work) -> None:
        self._here, there = LOADED.Pipe(duplex=False)
        self._told: list[Any] = []
        self._child = LOADED.Process(target=_serve, args=(address, home, number, work, there))
        with pytest.MonkeyPatch.context() as patch:
            # What children are forked from keeps its variables, for the tests after these as well.
            patch.delenv(STORE_VARIABLE, raising=False)
            self._child.start()
        there.close()

    def wait_ready(self) -> None:
        """Wait until it has opened the lake."""
        assert self._here.poll(READY_SECONDS), "the server never began"
        assert self._here.recv() == "ready"

    def told(self) -> list[Any]:
        """Return all that it has told of so far."""
        # Who was killed has closed the other end; what it told before is there all the same.
        with suppress(EOFError):
            while self._here.poll(0):
                self._told.append(self._here.recv())
        return self._told

    def wait_to_tell(self, enough: Callable[[list[Any]], bool]) -> None:
        """Wait until what it has told of is enough."""
        until = time.monotonic() + PATIENCE_SECONDS
        while not enough(self.told()):
            assert time.monotonic() < until, f"it told only of {self.told()[-3:]}"
            time.sleep(0.1)

    def kill(self) -> list[Any]:
        """Kill it at once and return all that it had told of."""
        self._child.kill()
        self._child.join()
        return self.told()


def assert_whole(marks: dict[str, list[tuple[str, int]]]) -> None:
    """Fail where a month in force is mixed of two lists, doubled, or lacks rows."""
    for month, found in marks.items():
        assert len(found) == 1, f"{month} is mixed: {found}"
        assert found[0][1] == ROWS, f"{month} has {found[0][1]} rows"


def assert_record_agrees(office: Office) -> None:
    """Fail where the lake is not what the record of writes says of it."""
    record = BatchRecord(registry_of(office.database.home))
    Examination(record, office.database.home / "backups")(office.database.held())


def wait_until_reached(office: Office) -> None:
    """Wait until the store answers again: for two seconds after a failure nobody asks it."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        with suppress(StoreAway):
            return office.database.reach()
        time.sleep(0.1)
    return pytest.fail("the store never answered again")


def wait_until(holds: Callable[[], object]) -> None:
    """Wait until something holds."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < until, "it never held"
        time.sleep(0.02)
