"""A backup put in a home's place: prepared and checked beside it, then moved, never half.

What lay there before is moved aside and never deleted. A plan is written before anything is
moved; whoever opens the home next carries it out to its end.
"""

import fcntl
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tally import clock
from tally.disks import flush
from tally.registry import (
    REGISTRY_FILE,
    BatchRecord,
    Event,
    close_registry,
    registry_of,
    set_seals_aside,
)
from tally.safekeeping.backups import LEDGERS_FILE, ORIGINALS, Backup, check_backup
from tally.safekeeping.manifests import BackupUnsound
from tally.store import HomeHeld, LetAlone, held_by_copy
from tally.submissions.deeds import tell

PLAN = "restoring.json"
PREPARED = ".restoring"
ASIDE = "aside"
LOCK = "restoring.lock"
BESIDE_LEDGERS = (f"{LEDGERS_FILE}.wal",)
BESIDE_REGISTRY = (f"{REGISTRY_FILE}-wal", f"{REGISTRY_FILE}-shm")


def restore(home: Path, backup: Backup, *, with_registry: bool = False) -> Path:
    """Put a backup in the home's place and return the folder that the old files were moved to.

    HomeHeld while a process has the home open; BackupUnsound when the backup is not as it was
    made. With `with_registry` accounts, audit and record go back as well: only when they are lost.
    """
    home.mkdir(parents=True, exist_ok=True)
    check_backup(backup)
    with _alone(home):
        finish_restore_alone(home)
        alone = LetAlone(home / LEDGERS_FILE)
        try:
            prepared = home / PREPARED
            shutil.rmtree(prepared, ignore_errors=True)
            prepared.mkdir(mode=0o700)
            is_registry_wanted = with_registry or not (home / REGISTRY_FILE).exists()
            names = [LEDGERS_FILE]
            if is_registry_wanted and REGISTRY_FILE in backup.manifest.files:
                names.append(REGISTRY_FILE)
            for name in names:
                shutil.copyfile(backup.folder / name, prepared / name)
                flush(prepared / name)
            if not backup.manifest.agrees(held_by_copy(prepared / LEDGERS_FILE)):
                raise BackupUnsound("恢复出的账本与备份不一致，原来的数据未动")
            _bring_originals(backup, home / "uploads")
            stamp = f"{clock.in_shanghai(clock.now()):%Y%m%d-%H%M%S}"
            _write_plan(home, {"stamp": stamp, "names": names, "number": backup.manifest.number})
        finally:
            alone.close()
        finish_restore_alone(home)
    return home / ASIDE / stamp


def finish_restore(home: Path) -> None:
    """Carry out a restoration that was interrupted; HomeHeld while another process does."""
    if (home / PLAN).exists():
        with _alone(home):
            finish_restore_alone(home)


def finish_restore_alone(home: Path) -> None:
    """Carry out what is planned, from wherever it was left."""
    path = home / PLAN
    if not path.exists():
        return
    plan = json.loads(path.read_text("utf-8"))
    aside, prepared = home / ASIDE / plan["stamp"], home / PREPARED
    aside.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = {LEDGERS_FILE: BESIDE_LEDGERS, REGISTRY_FILE: BESIDE_REGISTRY}
    if REGISTRY_FILE in plan["names"]:
        close_registry(home)
    for name in plan["names"]:
        if not (prepared / name).exists():
            continue
        for old in (*beside[name], name):
            if (home / old).exists() and not (aside / old).exists():
                (home / old).rename(aside / old)
        (prepared / name).rename(home / name)
        (home / name).chmod(0o600)
    flush(home)
    _void_later_writes(home, plan["number"])
    if REGISTRY_FILE in plan["names"]:
        set_seals_aside(registry_of(home), aside)
    about = {"thing": "备份", "name": plan["stamp"]}
    restored = f"恢复{'、'.join(plan['names'])}到第 {plan['number']} 次登记"
    sentence = f"{restored}，原来的文件移到 {ASIDE}/{plan['stamp']}"
    tell(home, Event.RESTORE, sentence, **about)
    path.unlink()
    shutil.rmtree(prepared, ignore_errors=True)


def _void_later_writes(home: Path, number: int) -> None:
    """Say in the record that what was written after the backup is lost, so that it is known."""
    record = BatchRecord(registry_of(home))
    later = [one.number for one in record.after(number + 1) if one.state in ("begun", "done")]
    if later:
        record.settle(later, "lost")


def _bring_originals(backup: Backup, uploads: Path) -> None:
    for name in backup.manifest.originals:
        path = uploads / name
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            half_written = path.with_name(f"tmp-{path.name}")
            shutil.copyfile(backup.folder.parent / ORIGINALS / name, half_written)
            flush(half_written)
            half_written.replace(path)


def _write_plan(home: Path, plan: dict[str, object]) -> None:
    half_written = home / f"{PLAN}.half"
    half_written.write_text(json.dumps(plan), "utf-8")
    flush(half_written)
    half_written.replace(home / PLAN)
    flush(home)


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """Let one process at a time restore a home; the lock goes with the process."""
    with (home / LOCK).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise HomeHeld(home, "") from error
        yield
