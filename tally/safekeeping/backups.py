"""Backups: the ledgers, the registry and the originals, whole, signed, and read once more.

A backup is made in a folder of another name and gets its own only when it is complete: what is
interrupted leaves nothing that looks like a backup.
"""

import logging
import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import tally
from tally import clock
from tally.disks import flush, room_sentence
from tally.registry import REGISTRY_FILE, BatchRecord, Event, Registry, registry_of
from tally.safekeeping.manifests import (
    MANIFEST_FILE,
    BackupUnsound,
    Manifest,
    check_files,
    read_manifest,
    sha256_of_file,
    write_manifest,
)
from tally.store import READ_ONLY, CannotWrite, Database, Held, StillOurs, held_by_copy
from tally.submissions.deeds import tell
from tally.submissions.shelves import FolderShelf, shelf_of

LOG = logging.getLogger(__name__)
LEDGERS_FILE = "tally.duckdb"
ORIGINALS = "originals"
UNFINISHED = ".unfinished-"
SPARE_BYTES = 10_000_000
# Kept: every one of a week, one a week of eight weeks, one a month of a year, and the newest.
ALL_DAYS, WEEKLY_DAYS, MONTHLY_DAYS = 7, 56, 366
Copier = Callable[[Path], Held]


@dataclass(frozen=True)
class Backup:
    """One backup in a folder."""

    folder: Path
    manifest: Manifest

    @property
    def made_at(self) -> datetime:
        """When it was made, UTC."""
        return datetime.fromisoformat(self.manifest.made_at)

    @property
    def made_on(self) -> date:
        """The day in Shanghai it was made."""
        return clock.in_shanghai(self.made_at).date()


def backups_folder(home: Path) -> Path:
    """Return where a home's backups lie: `TALLY_BACKUPS`, else `backups` in the home."""
    given = os.environ.get("TALLY_BACKUPS")
    return Path(given).resolve() if given else home / "backups"


def back_up(database: Database, why: str) -> Backup:
    """Make a backup, after one that is being made; raises what stands against it."""
    if database.is_read_only:
        raise CannotWrite(READ_ONLY)
    with database.turn_to_back_up(is_waited_for=True) as still_ours:
        home = database.home
        return make_backup(home, database.copy_to, registry_of(home), why, still_ours)


def make_backup(
    home: Path,
    copy: Copier,
    registry: Registry | None,
    why: str,
    still_ours: StillOurs = lambda: None,
) -> Backup:
    """Make a backup, read it once more, and let go of those that are old.

    CannotWrite when there is no room, BackupUnsound when the copy is not what was copied. Whoever
    lost the turn meanwhile leaves nothing: another server may have swept what was unfinished.
    """
    folder = backups_folder(home)
    ledgers = home / LEDGERS_FILE
    wanted = 2 * (ledgers.stat().st_size if ledgers.exists() else 0) + SPARE_BYTES
    if missing := room_sentence(folder, wanted):
        raise CannotWrite(missing)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _sweep(folder)
    made_at = clock.now()
    name, unfinished = _begun(folder, made_at)
    last = next(iter(backups(folder)), None)
    known = last.manifest.originals if last else {}
    try:
        held = _copied(copy, unfinished / LEDGERS_FILE, registry)
        if registry:
            registry.copy_to(unfinished / REGISTRY_FILE)
            _copy_seals(home, unfinished)
        manifest = Manifest(
            name=name,
            made_at=made_at.isoformat(),
            why=why,
            schema=held.schema,
            mark=held.mark,
            standing=held.standing,
            rows=tuple((r.upload, r.ledger, r.row_count, r.digest) for r in held.rows or ()),
            files={path.name: _measured(path) for path in sorted(unfinished.iterdir())},
            originals=_copy_originals(home, folder / ORIGINALS, known),
            program=tally.VERSION,
        )
        if registry:
            _record(home, manifest)
        write_manifest(unfinished, manifest)
        still_ours()
        _put_in_place(unfinished, folder / name)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    _let_go_of_old(folder)
    return Backup(folder / name, manifest)


def _begun(folder: Path, made_at: datetime) -> tuple[str, Path]:
    """Return the name of a new backup and the folder that has it until it is complete."""
    name = f"{clock.in_shanghai(made_at):%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
    unfinished = folder / f"{UNFINISHED}{os.getpid()}-{name}"
    unfinished.mkdir(mode=0o700)
    return name, unfinished


def _put_in_place(unfinished: Path, complete: Path) -> None:
    for path in unfinished.iterdir():
        flush(path)
    unfinished.rename(complete)
    flush(complete.parent)


def _copied(copy: Copier, path: Path, registry: Registry | None) -> Held:
    """Copy the ledgers, read the copy to its end, and compare it with what was recorded."""
    told, held = copy(path), held_by_copy(path)
    is_same = (told.mark, told.standing) == (held.mark, held.standing)
    if registry and held.mark and is_same:
        number = int(held.mark.partition(":")[0])
        is_same = set(BatchRecord(registry).rows(number)) == set(held.rows or ())
    if not is_same:
        raise BackupUnsound("备份与账本不一致，没有保留；请执行 manage.py verify")
    return held


def _record(home: Path, manifest: Manifest) -> None:
    """Record a backup in the audit log; one that cannot be recorded is not kept."""
    about = {"thing": "备份", "name": manifest.name, "sha256": manifest.files[LEDGERS_FILE][1]}
    tell(home, Event.BACKUP, f"备份（{manifest.why}）", count_after=manifest.row_count, **about)


def _copy_seals(home: Path, folder: Path) -> None:
    """Copy what proves that no audit record was taken away since it was written."""
    for path in sorted((home / "audit").glob("*")):
        if path.is_file():
            shutil.copyfile(path, folder / f"audit-{path.name}")


def _measured(path: Path) -> tuple[int, str]:
    return path.stat().st_size, sha256_of_file(path)


def _copy_originals(
    home: Path, kept: Path, known: Mapping[str, tuple[int, str]]
) -> dict[str, tuple[int, str]]:
    """Copy the originals that are not kept yet; return all of them with size and SHA-256."""
    shelf = shelf_of(home)
    if isinstance(shelf, FolderShelf):
        return _copy_from_folder(shelf.folder, kept, known)
    found: dict[str, tuple[int, str]] = {}
    for name in shelf.names():
        if not (kept / name).exists() or name not in known:
            FolderShelf(kept).put(name, shelf.read(name))
        found[name] = known.get(name) or _measured(kept / name)
    return found


def _copy_from_folder(
    uploads: Path, kept: Path, known: Mapping[str, tuple[int, str]]
) -> dict[str, tuple[int, str]]:
    """Copy the originals that are not kept yet; return all of them with size and SHA-256.

    A copy, not a link: a block that goes bad spoils one of the two. One that was encrypted anew
    is told by its time and copied again.
    """
    found: dict[str, tuple[int, str]] = {}
    for path in sorted(uploads.glob("??/*")):
        if not path.is_file() or path.name.startswith("tmp"):
            continue
        name, stands = f"{path.parent.name}/{path.name}", path.stat()
        copied = kept / name
        if copied.exists() and _age_and_size(copied) == _age_and_size(path) and name in known:
            size_bytes, digest = known[name]  # a list where it was read from JSON
            found[name] = size_bytes, digest
            continue
        copied.parent.mkdir(parents=True, exist_ok=True)
        half_written = copied.with_name(f".{path.name}")
        shutil.copyfile(path, half_written)
        os.utime(half_written, ns=(stands.st_atime_ns, stands.st_mtime_ns))
        flush(half_written)
        half_written.replace(copied)
        found[name] = _measured(copied)
    return found


def _age_and_size(path: Path) -> tuple[int, int]:
    stands = path.stat()
    return stands.st_mtime_ns, stands.st_size


def _sweep(folder: Path) -> None:
    """Take away what interrupted backups left, but for those of processes that live."""
    for path in folder.glob(f"{UNFINISHED}*"):
        number = path.name.removeprefix(UNFINISHED).partition("-")[0]
        if number == str(os.getpid()) or not Path(f"/proc/{number}").exists():
            shutil.rmtree(path, ignore_errors=True)


def backups(folder: Path) -> tuple[Backup, ...]:
    """Return the backups of a folder that are signed by us, newest first."""
    found = []
    for path in folders_of_backups(folder):
        try:
            found.append(Backup(path, read_manifest(path)))
        except BackupUnsound as unsound:
            LOG.warning("%s", unsound)
    return tuple(sorted(found, key=lambda one: (one.manifest.made_at, one.manifest.name))[::-1])


def folders_of_backups(folder: Path) -> tuple[Path, ...]:
    """Return the folders that hold a backup, sound or not, by name."""
    return tuple(sorted(path.parent for path in folder.glob(f"[!.]*/{MANIFEST_FILE}")))


def check_backup(backup: Backup, home_originals: Path | None = None) -> None:
    """Read a backup's files and originals to the end; BackupUnsound names what is not sound."""
    check_files(backup.folder, backup.manifest)
    if not backup.manifest.agrees(held_by_copy(backup.folder / LEDGERS_FILE)):
        raise BackupUnsound(f"备份 {backup.folder.name} 的账本与清单不一致")
    kept = home_originals or backup.folder.parent / ORIGINALS
    for name, (_, sha256) in backup.manifest.originals.items():
        path = kept / name
        if not path.is_file() or sha256_of_file(path) != sha256:
            raise BackupUnsound(f"备份 {backup.folder.name} 的原始文件 {name} 缺失或已损坏")


def kept_ones(found: Iterable[Backup], today: date) -> set[str]:
    """Return the names of the backups that stay: newest first given, the newest always stays."""
    stay: set[str] = set()
    weeks, months = set(), set()
    for place, backup in enumerate(found):
        day = backup.made_on
        age = (today - day).days
        week, month = day - timedelta(days=day.weekday()), day.replace(day=1)
        if (
            place == 0
            or age <= ALL_DAYS
            or (age <= WEEKLY_DAYS and week not in weeks)
            or (age <= MONTHLY_DAYS and month not in months)
        ):
            stay.add(backup.manifest.name)
            weeks.add(week)
            months.add(month)
    return stay


def _let_go_of_old(folder: Path) -> None:
    found = backups(folder)
    stay = kept_ones(found, clock.today())
    for backup in found:
        if backup.manifest.name not in stay:
            shutil.rmtree(backup.folder, ignore_errors=True)
