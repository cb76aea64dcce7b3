"""The faults of a machine, one by one: what happens then, and what is said."""

import os
import random
import resource
import shutil
import time
from collections.abc import Callable
from datetime import date, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from tally import clock
from tally.disks import file_system_of, network_sentence, wanted_bytes
from tally.registry import RegistryUnusable, registry_of
from tally.safekeeping.backups import check_backup, make_backup
from tally.store import CannotWrite, HomeDamaged, LedgersFault
from tally.submissions import Given, Terms
from tally.submissions.jobs import CannotStart, Jobs
from tests.safekeeping.homes import LEDGERS, examined, months_in_force, opened, send, working
from tests.safekeeping.killed import LOADED
from tests.safekeeping.test_kills import copied, kills, let_go, months_on_disk

NOBODY = 65534
ALL_OF_IT = {"campaign": "trial", "as_of": date(2022, 12, 31)}


def in_child(work: Callable[..., None], *words: Any) -> list[Any]:
    """Do a work in a process of its own and return what it told of."""
    here, there = LOADED.Pipe(duplex=False)
    child = LOADED.Process(target=work, args=(*words, there))
    child.start()
    there.close()
    told = []
    try:
        while True:
            told.append(here.recv())
    except EOFError:
        child.join()
    assert child.exitcode == 0, f"the child died: {child.exitcode}"
    return told


def fill_the_disk(home: Path, spare_bytes: int, told: Connection) -> None:
    """Publish until no file may grow any more; then read, and say how long that took."""
    with working(home) as office:
        largest = max(path.stat().st_size for path in home.iterdir() if path.is_file())
        limit = largest + spare_bytes
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
        try:
            for place in range(400):
                month = f"{2023 + place // 12}-{place % 12 + 1:02}"
                send(office, month)
                told.send(month)
        except (CannotWrite, RegistryUnusable, OSError) as full:
            told.send(type(full).__name__)
        began_at = time.monotonic()
        assert office.ask("tickets", "12-31")
        told.send(time.monotonic() - began_at)


@kills(2, 20)
def test_full_disk_keeps_what_was_acknowledged_and_reads_go_on(home: Path, kill_count: int) -> None:
    chance = random.Random(kill_count)
    for _ in range(kill_count):
        spoilt = copied(home)
        *acknowledged, fault, seconds = in_child(
            fill_the_disk, spoilt, chance.randrange(4_000, 400_000)
        )
        assert fault in ("CannotWrite", "RegistryUnusable", "OSError")
        assert seconds < 10
        examined(spoilt)
        months = months_on_disk(spoilt)
        assert set(acknowledged) <= set(months)
        assert set(months.values()) == {3}
        let_go(spoilt)


@kills(30, 300)
def test_damaged_file_is_found_before_any_figure_or_says_the_same(
    home: Path, kill_count: int
) -> None:
    chance = random.Random(kill_count)
    sound, whole = (home / LEDGERS).read_bytes(), examined(home)
    found = 0
    for number in range(kill_count):
        spoilt = bytearray(sound)
        place = chance.randrange(len(spoilt))
        if number % 3 == 0:
            spoilt[place] ^= 1 << chance.randrange(8)
        elif number % 3 == 1:
            spoilt[place : place + 4096] = bytes(len(spoilt[place : place + 4096]))
        else:
            del spoilt[place:]
        (home / LEDGERS).write_bytes(spoilt)
        try:
            assert examined(home) == whole, "a damaged file was read as something else"
        except HomeDamaged:
            found += 1
    assert found >= kill_count // 3


def look_without_writing(home: Path, told: Connection) -> None:
    """Open a home that this process may not write, as somebody who owns nothing."""
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)
    with opened(home) as found:
        told.send(found.database.is_read_only)
        told.send(len(found.database.ask("tickets", ALL_OF_IT).to_pylist()))
        try:
            with found.database.write(lambda: None):
                told.send("written")
        except CannotWrite as refusal:
            told.send(str(refusal))
        try:
            Jobs(found.database).start(b"", "台账.xlsx", Given(), Terms())
        except CannotStart as refusal:
            told.send(str(refusal))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become nobody")
def test_folder_that_cannot_be_written_is_shown_and_says_so(home: Path) -> None:
    for path in (home.parent.parent, home.parent, home, *home.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o444)
    is_read_only, count, *refusals = in_child(look_without_writing, home)
    assert (is_read_only, count) == (True, 6)
    assert refusals == ["数据文件夹只读，现在只能查看，不能上传、发布或登记"] * 2


def test_write_that_cannot_be_recorded_is_not_done(home: Path) -> None:
    with working(home) as office:
        with registry_of(home).writing() as connection:
            connection.execute(text("ALTER TABLE batch RENAME TO taken_away"))
        with pytest.raises(RegistryUnusable):
            send(office, "2022-09")
        with registry_of(home).writing() as connection:
            connection.execute(text("ALTER TABLE taken_away RENAME TO batch"))
    assert months_in_force(home) == ["2022-07", "2022-08"]


def test_clock_that_jumps_back_changes_no_order(
    home: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    an_hour_ago = clock.now() - timedelta(hours=1)
    with working(home) as office:
        monkeypatch.setattr(clock, "now", lambda: an_hour_ago)
        tickets = "ticket_no | received_on\nN1 | 2022-08-09"
        office.send("2022-08", tickets, kind="tickets", listed="2022-08")
        found = {row["title"] for row in office.ask("tickets", "08-31")}
    assert "N1" in found and "2022-08-1" not in found
    assert "the clock went back" in caplog.text


def test_memory_that_is_short_ends_the_query_and_not_the_process(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TALLY_MEMORY", "60MB")
    with opened(home) as found:
        database = found.database
        with pytest.raises(CannotWrite, match="内存不足"), database.write(lambda: None) as writing:
            writing._cursor.execute(
                "CREATE TEMP TABLE wide AS SELECT list(i) FROM range(90000000) AS all_of(i)"
            )
        assert database.ask("tickets", ALL_OF_IT).num_rows == 6


def test_memory_that_ran_out_under_an_answer_is_there_for_publications_and_backups(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TALLY_MEMORY", "60MB")
    with working(home) as office:
        with pytest.raises(LedgersFault, match="Out of Memory"):
            office.database.rows("SELECT list(i) FROM range(90000000) AS all_of(i)")
        send(office, "2022-11")
        copy = office.database.copy_to
        check_backup(make_backup(home, copy, registry_of(home), "手动"))
    assert "2022-11" in months_in_force(home)


def test_upload_that_a_killed_server_was_reading_is_offered_again(home: Path) -> None:
    with opened(home) as found:
        killed_server = Jobs(found.database)
        killed_server._pool.shutdown()  # nobody comes to read it
        with pytest.raises(RuntimeError):
            killed_server.start(b"not a workbook", "九月.xlsx", Given("trial"), Terms("办公室"))
        jobs = Jobs(found.database)
        [waiting] = jobs.left()
        assert (waiting.file, waiting.given.campaign) == ("九月.xlsx", "trial")
        assert waiting.path.stat().st_mode & 0o777 == 0o600
        job = jobs.wait(jobs.take_up(waiting).number, 60)
        assert job and job.outcome and job.outcome.status == "refused"
        assert jobs.left() == ()
        jobs.stop()
        assert list((home / "waiting").iterdir()) == []


def test_file_that_the_disk_has_no_room_for_is_not_taken_in(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(9, 8, 1))
    with opened(home) as found, pytest.raises(CannotStart, match="磁盘空间不足"):
        Jobs(found.database).start(b"x", "台账.xlsx", Given(), Terms())


def test_room_asked_for_grows_with_the_file_and_the_ledgers(home: Path) -> None:
    ledgers = home / LEDGERS
    assert wanted_bytes(0, ledgers) == 500_000_000
    assert wanted_bytes(200_000_000, ledgers) == 1_000_000_000
    os.truncate(ledgers, 400_000_000)
    assert wanted_bytes(0, ledgers) == 800_000_000


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs", "smb3"])
def test_network_file_system_is_refused(tmp_path: Path, kind: str) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda / ext4 rw 0 0\nserver:/x {tmp_path} {kind} rw 0 0\n", "utf-8")
    assert f"网络文件系统（{kind}）" in network_sentence(tmp_path / "home", mounts)
    assert network_sentence(tmp_path.parent, mounts) == ""
    assert file_system_of(tmp_path / "home", tmp_path / "none") == ""
