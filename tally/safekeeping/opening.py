"""How a home is opened for work: examined first, watched while it is written, backed up before
its schema changes.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tally.addresses import lake_in_use
from tally.disks import is_writable, network_sentence
from tally.packs import Pack
from tally.registry import (
    REGISTRY_FILE,
    BatchRecord,
    Event,
    Recorded,
    RegistryUnusable,
    open_registry,
    registry_of,
)
from tally.safekeeping.backups import LEDGERS_FILE, Copier, backups_folder, make_backup
from tally.safekeeping.checking import Examination, at_risk
from tally.safekeeping.restoring import finish_restore
from tally.store import SCHEMA_NUMBER, Care, Database, HomeDamaged, HomeUnusable, Progress
from tally.submissions.deeds import tell


@dataclass(frozen=True)
class OpenHome:
    """A home that passed its examination; `unfinished` writes were interrupted, nothing changed."""

    database: Database
    unfinished: tuple[Recorded, ...] = ()


def open_home(
    home: Path,
    packs: Mapping[str, Pack],
    *,
    is_scanned: bool = False,
    progress: Progress | None = None,
) -> OpenHome:
    """Open a home's database; HomeDamaged before any figure could be asked for.

    With `is_scanned` every block is read and compared with the record of writes: a server's
    start, which `progress` hears of. Without, the newest write is looked for: a command's.
    """
    is_shared = lake_in_use() is not None
    if refused := "" if is_shared else network_sentence(home):
        raise HomeUnusable(refused)
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise HomeUnusable(f"{home} 不能用作数据文件夹（{error.strerror}）") from error
    if not is_writable(home):
        return _opened_to_read(home, packs, is_scanned, progress)
    finish_restore(home)
    _check_left_alone(home)
    record = BatchRecord(registry_of(home))
    folder = backups_folder(home)
    examination = Examination(record, folder)
    begun: list[int] = []
    care = Care(
        witness=record,
        examine=examination,
        # A lake's files are checked by their store; to read them all at each start of each server
        # would hold up whoever writes.
        is_scanned=is_scanned and not is_shared,
        before_migrating=_backup_before(home, begun),
        copies_folder=folder,
        progress=progress,
    )
    with _alarming(home, begun, record, folder):
        database = Database(home, packs, care)
    return OpenHome(database, examination.unfinished)


@contextmanager
def _alarming(
    home: Path, begun: Sequence[int], record: BatchRecord, folder: Path
) -> Iterator[None]:
    """Record that a home is damaged, or that its migration failed; said also if unrecorded."""
    try:
        yield
    except HomeUnusable as found:
        event = Event.INTEGRITY if isinstance(found, HomeDamaged) else Event.MIGRATION
        if begun or event is Event.INTEGRITY:
            sentence = "；".join([str(found), *getattr(found, "remarks", ())])
            with suppress(RegistryUnusable):
                tell(home, event, sentence, thing="账本", is_success=False)
        if isinstance(found, HomeDamaged) and not found.remarks:
            raise HomeDamaged(str(found), at_risk(record, folder)) from found
        raise


def _backup_before(home: Path, begun: list[int]) -> Callable[[int, Copier], None]:
    def make(schema: int, copy: Copier) -> None:
        make_backup(home, copy, registry_of(home), f"从结构 {schema} 升级前")
        # What cannot be recorded is not begun.
        about = {"thing": "账本", "count_before": schema, "count_after": SCHEMA_NUMBER}
        tell(home, Event.MIGRATION, f"数据库结构从 {schema} 升级到 {SCHEMA_NUMBER}", **about)
        begun.append(schema)

    return make


def _check_left_alone(home: Path) -> None:
    """Refuse a write-ahead log without its ledgers: beginning anew would bury what was there."""
    if (home / f"{LEDGERS_FILE}.wal").exists() and not (home / LEDGERS_FILE).exists():
        raise HomeDamaged(f"{LEDGERS_FILE} 不见了，只剩它的日志")


def _opened_to_read(
    home: Path, packs: Mapping[str, Pack], is_scanned: bool, progress: Progress | None
) -> OpenHome:
    """Open a home that cannot be written; its record is read from a copy."""
    if not (home / LEDGERS_FILE).exists():
        raise HomeUnusable(f"{home} 只读，里面也没有数据库；请核对文件夹的写入权限")
    with tempfile.TemporaryDirectory() as beside:
        for path in home.glob(f"{REGISTRY_FILE}*"):
            shutil.copyfile(path, Path(beside) / path.name)
        registry = open_registry(Path(beside))
        try:
            examination = Examination(BatchRecord(registry), backups_folder(home))
            care = Care(
                examine=examination, is_scanned=is_scanned, progress=progress, is_read_only=True
            )
            return OpenHome(Database(home, packs, care))
        finally:
            registry.close()
