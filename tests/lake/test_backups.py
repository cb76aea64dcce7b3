"""Backups of a lake: read by a process of its own that may die, made once by all servers."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tally.addresses import STORE_VARIABLE, lake_in_use
from tally.registry import registry_of
from tally.safekeeping.backups import (
    LEDGERS_FILE,
    UNFINISHED,
    back_up,
    backups,
    check_backup,
)
from tally.safekeeping.keeper import Keeper
from tally.store import CannotWrite, HomeDamaged, TurnTaken
from tests.lake.postgres import Postgres
from tests.lake.servers import publish, wait_until, wait_until_reached
from tests.office import Office
from tests.safekeeping.homes import opened, working

ENDED = "没有备份：读取共享数据库的进程中途结束"


@pytest.fixture(scope="module")
def office(
    new_lake: Callable[[], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Office]:
    """An office on a lake that has published a list."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(STORE_VARIABLE, new_lake())
        with working(tmp_path_factory.mktemp("server")) as office:
            publish(office, "2022-09", "one/0")
            yield office
    registry_of.cache_clear()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which all servers of a test keep their backups."""
    monkeypatch.setenv("TALLY_BACKUPS", str(tmp_path / "backups"))
    return tmp_path / "backups"


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keepers that wait for nothing."""
    for name in ("LOOKING_SECONDS", "QUIET_SECONDS", "RETRY_SECONDS"):
        monkeypatch.setattr(f"tally.safekeeping.keeper.{name}", 0.1)


def copier() -> int:
    """Return the number of the process that copies for this one, 0 while there is none."""
    for path in Path("/proc").glob("[0-9]*"):
        try:
            is_copier = b"tally.store.reader" in (path / "cmdline").read_bytes()
            if is_copier and f"PPid:\t{os.getpid()}\n" in (path / "status").read_text():
                return int(path.name)
        except (FileNotFoundError, ProcessLookupError):
            continue
    return 0


def marks(folder: Path) -> list[str]:
    """Return the newest write that each backup of a folder holds."""
    return [one.manifest.mark for one in backups(folder)]


@contextmanager
def dying(folder: Path, ending: signal.Signals) -> Iterator[None]:
    """End the next process that copies into a folder of backups while it does."""

    def end() -> None:
        wait_until(lambda: list(folder.glob(f"{UNFINISHED}*/{LEDGERS_FILE}")))
        os.kill(copier(), ending)

    thread = threading.Thread(target=end)
    thread.start()
    yield
    thread.join()


def test_process_that_copies_and_dies_leaves_no_backup_and_the_next_is_made(
    office: Office, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with dying(folder, signal.SIGKILL), pytest.raises(CannotWrite, match=ENDED):
        back_up(office.database, "手动")
    assert list(folder.iterdir()) == []
    assert "the lake was not read: its process ended with status -9" in caplog.text
    backup = back_up(office.database, "手动")
    check_backup(backup)
    assert backup.manifest.agrees(office.database.held())


def test_server_says_that_its_backup_was_not_made_and_makes_it_later(
    office: Office, folder: Path, hasty: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tally.safekeeping.keeper.RETRY_SECONDS", 3.0)
    with dying(folder, signal.SIGABRT):
        keeper = Keeper(office.database)
        wait_until(lambda: keeper.failure)
    assert ENDED in keeper.failure
    assert keeper.newest() is None
    wait_until(keeper.newest)
    wait_until(lambda: not keeper.failure)
    keeper.stop()
    [backup] = backups(folder)
    assert backup.manifest.agrees(office.database.held())


def test_servers_with_one_folder_make_one_backup_of_a_publication(
    office: Office, folder: Path, hasty: None, tmp_path: Path
) -> None:
    with opened(tmp_path / "other") as other:
        keepers = [Keeper(office.database), Keeper(other.database)]
        publish(office, "2022-09", "one/1")
        held = office.database.mark()
        wait_until(lambda: held in marks(folder))
        # Longer than any keeper waits before it saves what it has seen.
        time.sleep(2)
        for keeper in keepers:
            keeper.stop()
    assert marks(folder).count(held) == 1, "one publication was saved twice"


def test_backup_waits_for_the_one_of_another_server(
    office: Office, hasty: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tally.store.turns.WAIT_SECONDS", 1)
    keeper: Keeper | None = None
    with opened(tmp_path / "other") as other:
        with other.database.turn_to_back_up(is_waited_for=False):
            keeper = Keeper(office.database)
            with pytest.raises(TurnTaken, match=r"进程 \d+ 正在备份（已 \d+ 秒），等了 1 秒"):
                back_up(office.database, "手动")
            assert (keeper.newest(), keeper.failure) == (None, "")
            # Who writes waits for no backup.
            publish(office, "2022-10", "one/0")
        wait_until(keeper.newest)
        keeper.stop()


def test_reading_that_an_outage_ends_is_no_damage_and_a_spoilt_file_is(
    office: Office, postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    database, lake = office.database, lake_in_use()
    assert lake is not None
    # What stands in the catalogue is put into files.
    monkeypatch.setattr("tally.store.lake.SMALL_FILES_MAX", -1)
    database.checkpoint()
    held = database.held()
    assert sum(one.row_count for one in held.rows or ()) > 0
    postgres.stop()
    try:
        with pytest.raises(CannotWrite, match="没有核对：共享数据库暂时连不上"):
            database._abode.held(database._holding)
    finally:
        postgres.start()
    wait_until_reached(office)
    files = {path: path.read_bytes() for path in Path(lake.ledgers).rglob("*.parquet")}
    for path in files:
        path.write_bytes(b"spoilt")
    with pytest.raises(HomeDamaged, match="读不出的数据块"):
        database.held()
    for path, content in files.items():
        path.write_bytes(content)
    assert database.held() == held
