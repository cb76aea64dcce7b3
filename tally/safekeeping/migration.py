"""A whole home moved into the store that servers share, or back: ledgers, registry, originals.

Only servers that share a lake have its driver installed: nothing else imports this module.
"""

import shutil
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tally.addresses import Lake, lake_at, lake_in_use
from tally.packs import packs
from tally.registry import Event, Registry, open_registry, record, registry_of
from tally.registry.shared import (
    begin_moving_in,
    copy_registry,
    end_moving_in,
    is_moving_in,
    open_shared_registry,
)
from tally.safekeeping.backups import LEDGERS_FILE
from tally.safekeeping.opening import open_home
from tally.store import HomeUnusable
from tally.store.moving import Moved, has_ledgers, move_into_lake, move_out_of_lake
from tally.submissions.shelves import FOLDER, FolderShelf, Shelf, shelf_of_lake

# Where a home is put together that comes out of a lake.
UNFINISHED = ".unfinished"


@dataclass(frozen=True)
class Migrated:
    """What was moved, after both sides were read to the end and found equal."""

    row_count: int
    upload_row_count: int
    original_count: int
    mark: str


def migrate_store(home: Path, address: str) -> Migrated:
    """Move what a home or its lake holds to an address where nothing is yet; the source stays.

    HomeUnusable, HomeHeld, HomeDamaged; WrongAddress for an address that is none.
    """
    source, target = lake_in_use(), lake_at(address)
    if (source is None) == (target is None):
        raise HomeUnusable("只能在本机文件夹与共享数据库之间迁移；请核对 TALLY_STORE 与 --to")
    if target:
        return _into_lake(home, target)
    assert source is not None, "one of both is a lake"
    return _out_of_lake(home, source, Path(address).resolve())


def _into_lake(home: Path, lake: Lake) -> Migrated:
    # Brought to today's schema and examined as at every start; then nobody has it open.
    open_home(home, packs(), is_scanned=True).database.close()
    is_begun_anew = is_moving_in(lake)
    if not is_begun_anew and has_ledgers(lake):
        raise HomeUnusable("目标里已经有数据；请迁移到空的数据库和文件夹")
    # Whatever ends this before the end: no server opens the lake, and the next try does it all.
    begin_moving_in(lake)
    with closing(open_shared_registry(home, lake, is_mover=True)) as shared:
        count = _bring(registry_of(home), shared, FolderShelf(home / FOLDER), shelf_of_lake(lake))
        moved = move_into_lake(home / LEDGERS_FILE, lake, is_begun_anew=is_begun_anew)
        _tell(shared, f"从本机文件夹迁入共享数据库，{count} 份原始文件")
    end_moving_in(lake)
    return _migrated(moved, count)


def _out_of_lake(home: Path, lake: Lake, folder: Path) -> Migrated:
    unfinished = folder / UNFINISHED
    if folder.exists() and set(folder.iterdir()) - {unfinished}:
        raise HomeUnusable(f"{folder} 里已经有文件；请迁移到空的文件夹")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    moved = move_out_of_lake(lake, unfinished / LEDGERS_FILE)
    for kept in ("audit", "templates"):
        if (home / kept).is_dir():
            shutil.copytree(home / kept, unfinished / kept)
    for kept in ("keys.txt", "access.toml"):
        if (home / kept).is_file():
            shutil.copyfile(home / kept, unfinished / kept)
    with closing(open_registry(unfinished)) as own:
        shelf = FolderShelf(unfinished / FOLDER)
        count = _bring(registry_of(home), own, shelf_of_lake(lake), shelf)
        _tell(own, f"从共享数据库迁到本机文件夹，{count} 份原始文件")
    # Until all is there it is no home.
    for path in [*unfinished.iterdir()]:
        path.rename(folder / path.name)
    unfinished.rmdir()
    return _migrated(moved, count)


def _bring(source: Registry, target: Registry, originals: Shelf, shelf: Shelf) -> int:
    """Copy the registry and the originals, and return how many originals there are."""
    copy_registry(source, target)
    names = list(originals.names())
    for name in names:
        shelf.put(name, originals.read(name))
    return len(names)


def _tell(registry: Registry, sentence: str) -> None:
    record(registry, Event.MIGRATION, account="服务器", sentence=sentence, thing="账本")


def _migrated(moved: Moved, original_count: int) -> Migrated:
    rows = moved.held.rows or ()
    in_ledgers = sum(one.row_count for one in rows)
    return Migrated(sum(moved.row_counts.values()), in_ledgers, original_count, moved.held.mark)
