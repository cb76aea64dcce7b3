"""Backups: whole and signed or not there at all; what is restored equals what was saved."""

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from time import sleep

import pytest

from tally import clock
from tally.board.backups import backups_verdict, store_words
from tally.packs import packs
from tally.registry import BatchRecord, Event, registry_of
from tally.registry.looking_up import Wanted, records
from tally.safekeeping import keeper
from tally.safekeeping.backups import (
    Backup,
    backups,
    backups_folder,
    kept_ones,
    make_backup,
)
from tally.safekeeping.manifests import BackupUnsound
from tally.safekeeping.replaying import replay
from tally.safekeeping.restoring import restore
from tally.safekeeping.sealing import fetch_copy, send_copy
from tally.safekeeping.verifying import verify
from tally.store import CannotWrite, Pulse
from tally.submissions import Given, Terms, import_file
from tests.safekeeping.homes import (
    LEDGERS,
    PACKS,
    back_up,
    examined,
    months_in_force,
    opened,
    send,
    working,
)


def newest(home: Path) -> Backup:
    return backups(backups_folder(home))[0]


def flip(path: Path, place: int) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 0x10
    path.write_bytes(content)


def test_restored_home_equals_what_was_saved(home: Path) -> None:
    back_up(home)
    held = examined(home)
    (home / LEDGERS).write_bytes(b"spoilt")
    aside = restore(home, newest(home))
    assert examined(home) == held
    assert (aside / LEDGERS).read_bytes() == b"spoilt"
    assert months_in_force(home) == ["2022-07", "2022-08"]


def test_what_a_restored_backup_lacks_is_replayed_from_the_originals(home: Path) -> None:
    real = {**PACKS, "xiangshan": packs()["xiangshan"]}
    unit = real["xiangshan"].units[0].name
    content = f"受理编号,受理日期,诉求内容,承办单位\nT9,2022-09-03,路灯不亮,{unit}\n".encode()
    about = {"campaign": "xiangshan", "as_of": date(2022, 9, 30)}
    with opened(home, real) as before:
        given = Given("xiangshan", ledger="tickets")
        outcome = import_file(before.database, content, "九月.csv", given, Terms("办公室"))
        assert outcome.status == "published", (outcome.sentence, outcome.problems)
        [ticket] = before.database.ask("tickets", about).to_pylist()
    restore(home, newest(home))
    with opened(home, real) as restored:
        done = [(one.number, one.is_done) for one in replay(restored.database)]
        # August's original is no workbook: whoever restores is told of it.
        assert done == [(4, False), (5, False), (6, True), (7, True)]
        assert list(replay(restored.database)) == []
        [again] = restored.database.ask("tickets", about).to_pylist()
    assert again == ticket | {"upload": again["upload"]}


def test_backup_that_was_altered_is_refused(home: Path) -> None:
    backup = newest(home)
    said = json.loads((backup.folder / "manifest.json").read_text("utf-8"))
    said["mark"] = "9:ff"
    (backup.folder / "manifest.json").write_text(json.dumps(said), "utf-8")
    assert backups(backups_folder(home)) == ()


@pytest.mark.parametrize("name", ["tally.duckdb", "registry.sqlite"])
def test_backup_with_a_flipped_bit_is_refused_before_its_ledgers_are_opened(
    home: Path, name: str
) -> None:
    backup = newest(home)
    flip(backup.folder / name, 5000)
    with pytest.raises(BackupUnsound, match=f"{name} 缺失或已损坏"):
        restore(home, backup)
    assert months_in_force(home) == ["2022-07", "2022-08"]


def test_backup_signed_with_another_key_is_refused(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TALLY_KEY_FILE", str(tmp_path / "other.key"))
    assert backups(backups_folder(home)) == ()
    assert (tmp_path / "other.key").stat().st_mode & 0o777 == 0o600


def test_home_that_another_process_holds_is_let_alone(home: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from tally.store import HomeHeld, LetAlone\n"
        "try: LetAlone(Path(sys.argv[1]))\n"
        "except HomeHeld: sys.exit(3)"
    )
    command = [sys.executable, "-c", program, str(home / LEDGERS)]
    with opened(home):
        assert subprocess.run(command, check=False).returncode == 3
    assert subprocess.run(command, check=False).returncode == 0


def test_second_copy_is_unreadable_without_the_key_and_restores_whole(
    home: Path, tmp_path: Path
) -> None:
    back_up(home)
    held, second = examined(home), tmp_path / "second"
    sent = send_copy(newest(home), second)
    for path in (path for path in second.rglob("*") if path.suffix == ".sealed"):
        assert b"2022-08-1" not in path.read_bytes()
    fetched = fetch_copy(sent, tmp_path / "new" / "backups")
    restore(tmp_path / "new", fetched)
    assert examined(tmp_path / "new") == held
    flip(sent / "tally.duckdb.sealed", 60)
    with pytest.raises(BackupUnsound, match="已损坏"):
        fetch_copy(sent, tmp_path / "again")


def test_backup_that_finds_no_room_is_not_begun(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(100, 99, 1))
    with opened(home) as found, pytest.raises(CannotWrite, match="磁盘空间不足"):
        make_backup(home, found.database.copy_to, registry_of(home), "手动")
    assert len(backups(backups_folder(home))) == 1


def test_backups_stay_a_week_then_weekly_then_monthly_and_never_none(home: Path) -> None:
    today = date(2026, 11, 22)
    made = newest(home)

    class Aged(Backup):
        @property
        def made_on(self) -> date:
            return today - timedelta(days=int(self.manifest.name))

    def aged(days: int) -> Aged:
        return Aged(made.folder, replace(made.manifest, name=str(days)))

    found = [aged(days) for days in range(800)]
    stay = sorted(int(name) for name in kept_ones(found, today))
    assert stay[:8] == list(range(8))
    weeks = {(today - timedelta(days)).isocalendar()[:2] for days in stay if 7 < days <= 56}
    months = {(today - timedelta(days)).replace(day=1) for days in stay}
    assert (len(weeks), len(months), max(stay) <= 366) == (7, 13, True)
    assert len(stay) <= 30
    assert kept_ones([aged(5000)], today) == {"5000"}


def test_verify_names_each_part_that_is_not_sound(home: Path) -> None:
    with working(home) as office:
        upload = send(office, "2022-09")
        assert [one.is_sound for one in verify(office.database)] == [True] * 4
        flip(newest(home).folder / LEDGERS, 9000)
        next((home / "uploads").glob("??/*")).unlink()
        found = {one.subject.split()[0]: one for one in verify(office.database)}
    assert upload and found["账本"].is_sound
    assert "不在了" in found["原始文件"].sentence and "已损坏" in found["备份"].sentence


def test_lost_writes_are_kept_in_the_record_after_a_restoration(home: Path) -> None:
    restore(home, newest(home))
    states = [one.state for one in BatchRecord(registry_of(home)).after(0)]
    assert states == ["done", "done", "done", "lost", "lost"]


def test_night_reads_the_newest_backup_again_and_raises_the_alarm(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "LOOKING_SECONDS", 0.01)
    back_up(home)
    flip(newest(home).folder / LEDGERS, 5000)
    spoilt = f"备份 {newest(home).manifest.name}"
    with opened(home) as found:
        nightly = keeper.Keeper(found.database)
        # Eight in the evening in UTC is four in the morning in Shanghai, a day later.
        evening = datetime.combine(clock.today(), time(20))
        monkeypatch.setattr(clock, "now", lambda: evening)
        monkeypatch.setattr(clock, "today", lambda: evening.date() + timedelta(days=1))
        while not nightly.verified:
            sleep(0.02)
        nightly.stop()
    assert [one.subject for one in nightly.verified if not one.is_sound] == [spoilt]
    [alarm] = records(registry_of(home), Wanted(events=(Event.INTEGRITY,)))
    assert (alarm["thing"], alarm["is_success"]) == (spoilt, False)
    verdict = backups_verdict(backups(backups_folder(home)), nightly.failure, nightly.verified)
    assert (verdict.state, verdict.sentence) == ("overdue", "夜间核对发现 1 处有损")


@pytest.mark.parametrize(
    ("pulse", "said"),
    [
        (Pulse("tally.duckdb", False, 0.0, 90.0), "账本在本机文件，最近写入在 1 分钟前"),
        (
            Pulse("dbname=tally", True, 0.02, None, "app2 进程 7 正在写入（已 3 秒）"),
            "账本在共享库 dbname=tally，20 毫秒应答，app2 进程 7 正在写入（已 3 秒）",
        ),
    ],
)
def test_store_is_named_with_its_answer_and_its_age(pulse: Pulse, said: str) -> None:
    assert store_words(pulse) == said
