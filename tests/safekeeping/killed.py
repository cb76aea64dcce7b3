"""Work that is killed at a random moment: done in a child process that has everything loaded."""

import importlib
import multiprocessing
import os
import random
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from tally.registry import registry_of
from tally.safekeeping.backups import backups, backups_folder, make_backup
from tally.safekeeping.restoring import restore
from tests.safekeeping.homes import PACKS, opened, send, working

# Asked for on first use: a child that may read nothing could not find it any more.
importlib.import_module("pandas")

# One process has everything imported, and each child is its copy: a kill costs no import.
LOADED = multiprocessing.get_context("forkserver")
LOADED.set_forkserver_preload(["tests.safekeeping.killed"])
READY_SECONDS = 60.0
Work = Callable[[Path, Connection], None]


def publish_month_by_month(home: Path, told: Connection) -> None:
    """Publish one month after the other, and tell of each when it is acknowledged."""
    with working(home) as office:
        told.send("ready")
        for place in range(60):
            month = f"{2023 + place // 12}-{place % 12 + 1:02}"
            send(office, month)
            told.send(month)


def back_up_again_and_again(home: Path, told: Connection) -> None:
    """Make one backup after the other, and tell of each."""
    with opened(home, is_scanned=False) as found:
        told.send("ready")
        for _ in range(60):
            backup = make_backup(home, found.database.copy_to, registry_of(home), "手动")
            told.send(backup.manifest.name)


def restore_again_and_again(home: Path, told: Connection) -> None:
    """Restore the newest backup over and over, and tell of each."""
    told.send("ready")
    for _ in range(60):
        restore(home, backups(backups_folder(home))[0])
        told.send("restored")


def migrate(home: Path, told: Connection) -> None:
    """Open a home of an older schema."""
    told.send("ready")
    with opened(home, PACKS):
        told.send("migrated")


def killed(work: Work, home: Path, most_seconds: float, chance: random.Random) -> list[Any]:
    """Begin a work, kill it at a random moment, and return what it had told of by then."""
    here, there = LOADED.Pipe(duplex=False)
    child = LOADED.Process(target=work, args=(home, there))
    child.start()
    there.close()
    told = []
    try:
        if here.poll(READY_SECONDS):
            told.append(here.recv())
        child.join(chance.uniform(0, most_seconds))
        if child.pid and child.is_alive():
            os.kill(child.pid, signal.SIGKILL)
        child.join()
        while here.poll(0):
            told.append(here.recv())
    except EOFError:
        # The pipe of a child that is gone ends after its last word: all it told has been read.
        child.join()
    finally:
        here.close()
    assert told[:1] == ["ready"], "the child never began"
    return told[1:]
