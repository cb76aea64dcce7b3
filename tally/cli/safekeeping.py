"""备份、恢复、核对: the commands by which nothing is ever lost."""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path

from tally.addresses import lake_in_use
from tally.desk import Reply, Request
from tally.packs import packs
from tally.registry import RegistryUnusable
from tally.safekeeping.backups import Backup, backups, backups_folder, check_backup
from tally.safekeeping.checking import describe
from tally.safekeeping.manifests import BackupUnsound
from tally.safekeeping.opening import open_home
from tally.safekeeping.replaying import lost_writes, replay
from tally.safekeeping.restoring import restore
from tally.safekeeping.sealing import fetch_copy, is_sealed
from tally.sealing import KeyUnusable
from tally.server_socket import ask_server
from tally.store import HomeDamaged, HomeUnusable

REFUSED, HELD = 1, 3
INTO_LAKE = (
    "共享数据库不能就地恢复：请取消 TALLY_STORE，用 restore --to 恢复到本机的空文件夹，"
    "再用 migrate-store 迁入空的共享数据库"
)
Doing = Callable[[Path, Request], Reply]


def back_up(given: argparse.Namespace, home: Path, do: Doing) -> int:
    """Make a backup, and an encrypted copy of it where one is asked for."""
    to = str(given.to.resolve()) if given.to else ""
    reply = do(home, {"work": "backup", "to": to})
    if "error" in reply:
        return _said(reply["error"])
    print(json.dumps(reply, ensure_ascii=False) if given.json else reply["message"])
    return 0


def verify_home(given: argparse.Namespace, home: Path, do: Doing) -> int:
    """Look at everything and say what was found; status 1 when something is not sound."""
    try:
        reply = do(home, {"work": "verify"})
    except HomeDamaged as damaged:
        sentence = "；".join([str(damaged), *damaged.remarks])
        reply = {"found": [{"subject": "账本", "is_sound": False, "sentence": sentence}]}
    if given.json:
        print(json.dumps(reply["found"], ensure_ascii=False, indent=1))
    else:
        for one in reply["found"]:
            print(f"{'完好' if one['is_sound'] else '有问题'}　{one['subject']}　{one['sentence']}")
    return 0 if all(one["is_sound"] for one in reply["found"]) else REFUSED


def restore_home(given: argparse.Namespace, home: Path) -> int:
    """Put the named backup, or the newest sound one, in the home's place."""
    folder = given.source.resolve() if given.source else backups_folder(home)
    if lake_in_use() and not given.list:
        return _said(INTO_LAKE)
    if given.list:
        for backup in backups(folder):
            print(describe_backup(backup))
        return 0
    target = given.to.resolve() if given.to else home
    if ask_server(target, {"work": "campaigns"}) is not None:
        return _said(f"看板正在使用 {target}；请先停止看板，再恢复", HELD)
    try:
        if given.name or not given.only_replay:
            backup = _chosen(folder, given.name, target)
            aside = restore(target, backup, with_registry=given.with_registry)
            print(f"已恢复 {describe_backup(backup)}")
            if aside.exists() and any(aside.iterdir()):
                print(f"原来的文件移到了 {aside}")
        return _opened_again(target, is_replayed=given.replay or given.only_replay)
    except HomeDamaged as damaged:
        return _said("\n".join([str(damaged), *damaged.remarks]))
    except (BackupUnsound, KeyUnusable, RegistryUnusable) as unsound:
        return _said(str(unsound))


def _chosen(folder: Path, name: str | None, target: Path) -> Backup:
    """Return the backup of that name, or the newest one that is sound to its last block."""
    found = [one for one in backups(folder) if name in (None, one.manifest.name)]
    for backup in found:
        try:
            if is_sealed(backup.folder):
                return fetch_copy(backup.folder, backups_folder(target))
            check_backup(backup)
        except (BackupUnsound, HomeUnusable, OSError) as unsound:
            print(f"跳过 {backup.folder.name}：{unsound}", file=sys.stderr)
        else:
            return backup
    which = f"名为 {name} 的" if name else "完好的"
    raise BackupUnsound(f"{folder} 里没有{which}备份")


def _opened_again(home: Path, *, is_replayed: bool) -> int:
    """Open the home as a server would, and say or do again what the backup does not hold."""
    database = open_home(home, packs(), is_scanned=True).database
    try:
        lost = lost_writes(database)
        if lost and not is_replayed:
            print(f"备份之后还有 {len(lost)} 次登记不在其中：")
            for one in lost:
                print(f"　{describe(one)}")
            print("可用 manage.py restore --only-replay 从保存的原始文件补上")
        done = [True]
        for tried in replay(database) if is_replayed else ():
            print(f"{'已补上' if tried.is_done else '未补上'}　{tried.sentence}")
            done.append(tried.is_done)
        database.checkpoint()
    finally:
        database.close()
    return 0 if all(done) else REFUSED


def describe_backup(backup: Backup) -> str:
    """Say in a line which backup it is."""
    manifest = backup.manifest
    return (
        f"{manifest.name}　{manifest.why}　第 {manifest.number} 次登记　"
        f"{manifest.row_count} 行　{manifest.size_bytes / 1e6:.1f} MB"
    )


def migrate_store(given: argparse.Namespace, home: Path) -> int:
    """Move the home into a shared store, or out of one, and say what was moved."""
    try:
        from tally.safekeeping import migration
    except ModuleNotFoundError as error:
        return _said(f"需要 {error.name}；请执行 pip install -r requirements-cluster.txt")
    if lake_in_use() is None and ask_server(home, {"work": "campaigns"}) is not None:
        return _said(f"看板正在使用 {home}；请先停止看板，再迁移", HELD)
    done = migration.migrate_store(home, given.to)
    rows = f"{done.row_count} 行（台账 {done.upload_row_count} 行）"
    print(f"已迁移 {rows}、{done.original_count} 份原始文件，两边逐行核对一致")
    print(f"来源未动。以后用 TALLY_STORE='{given.to}' 启动看板")
    return 0


def _said(sentence: str, status: int = REFUSED) -> int:
    print(sentence, file=sys.stderr)
    return status
