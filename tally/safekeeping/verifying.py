"""Whether everything is as it should be: ledgers, record, originals, backups. A sentence each."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

from tally.registry import BatchRecord, RegistryUnusable, registry_of
from tally.safekeeping.backups import (
    Backup,
    backups_folder,
    check_backup,
    folders_of_backups,
)
from tally.safekeeping.checking import Examination
from tally.safekeeping.manifests import BackupUnsound, read_manifest
from tally.sealing import KeyUnusable
from tally.store import Database, HomeDamaged
from tally.submissions.audits import check_audit
from tally.submissions.originals import OriginalLost, read_original


@dataclass(frozen=True)
class Verified:
    """One thing that was looked at: whether it is sound, and what is to be said of it."""

    subject: str
    is_sound: bool
    sentence: str

    def to_json(self) -> dict[str, Any]:
        """Return the object that `verify --json` prints."""
        return asdict(self)


def verify(database: Database, *, is_newest_only: bool = False) -> list[Verified]:
    """Look at everything, each part for itself: one that is damaged hides no other.

    With `is_newest_only` the newest backup is read and no older one: what a night has time for.
    """
    home = database.home
    parts: dict[str, Callable[[], str]] = {
        "账本": partial(_ledgers, database),
        "原始文件": partial(_originals, database),
        "审计记录": partial(_audit, home),
    }
    found = [_looked_at(subject, look) for subject, look in parts.items()]
    folders = folders_of_backups(backups_folder(home))
    for path in folders[-1:] if is_newest_only else folders:
        found.append(_looked_at(f"备份 {path.name}", partial(_backup, path)))
    if len(found) == len(parts):
        found.append(Verified("备份", False, "还没有备份；请执行 manage.py backup"))
    return found


def _looked_at(subject: str, look: Callable[[], str]) -> Verified:
    try:
        return Verified(subject, True, look())
    except HomeDamaged as damaged:
        return Verified(subject, False, "；".join([str(damaged), *damaged.remarks]))
    except (BackupUnsound, RegistryUnusable, KeyUnusable, OSError) as unsound:
        return Verified(subject, False, str(unsound))


def _audit(home: Path) -> str:
    chain = check_audit(home)
    if chain.wrong:
        raise HomeDamaged(chain.wrong[0], chain.wrong[1:])
    return f"{chain.record_count} 条连续完好，末条指纹 {chain.last_hash[:16]}"


def _ledgers(database: Database) -> str:
    record = BatchRecord(registry_of(database.home))
    # A write that was begun meanwhile would be taken for one that was interrupted.
    with database.undisturbed():
        held = database.held()
        # The newest backup knows of no later write than the record: that is asked at each start.
        Examination(record, backups_folder(database.home))(held)
    row_count = sum(one.row_count for one in held.rows or ())
    number = held.mark.partition(":")[0] or "0"
    return f"{row_count} 行逐行核对，与登记记录一致（第 {number} 次）"


def _originals(database: Database) -> str:
    kept = database.stored("originals_wanted").column("sha256").to_pylist()
    for sha256 in kept:
        try:
            read_original(database.home, sha256)
        except OriginalLost as lost:
            raise BackupUnsound(f"原始文件 {sha256[:12]}：{lost}") from lost
    return f"{len(kept)} 份原始文件能打开，与上传时一致"


def _backup(folder: Path) -> str:
    backup = Backup(folder, read_manifest(folder))
    check_backup(backup)
    return f"{backup.manifest.row_count} 行，签名、校验值和账本一致"
