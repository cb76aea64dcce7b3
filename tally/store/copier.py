"""The process that copies a lake: told on its input what to copy, it says what the copy holds."""

import json
import os
import sys
import threading
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb

from tally.addresses import Lake
from tally.store.abode import quoted
from tally.store.copying import Held, copy_ledgers
from tally.store.holding import cursor_of
from tally.store.lake import attaching, load_extensions
from tally.store.refusing import HomeUnusable

# Beside a server that answers: the copy takes its time, and what it needs beside goes to the disk.
SETTINGS = ("threads = 1", "memory_limit = '1GB'")
LOOKING_SECONDS = 1.0


def main() -> None:
    """Copy what is asked for, and say as JSON what was copied or why it was not."""
    asked = json.load(sys.stdin)
    threading.Thread(target=_end_with, args=[asked["parent"]], daemon=True).start()
    print(json.dumps(_answer(Lake(**asked["lake"]), Path(asked["path"]))), flush=True)


def _end_with(parent: int) -> None:
    """End when the server has ended: nobody waits for the copy any more."""
    while os.getppid() == parent:
        time.sleep(LOOKING_SECONDS)
    os._exit(1)


def _answer(lake: Lake, path: Path) -> dict[str, Any]:
    try:
        held = _copied(lake, path)
    except (duckdb.Error, HomeUnusable) as fault:
        return {"fault": str(fault)}
    return {"schema": held.schema, "mark": held.mark, "standing": held.standing}


def _copied(lake: Lake, path: Path) -> Held:
    with closing(duckdb.connect(":memory:")) as connection:
        load_extensions(connection, lake)
        for setting in (*SETTINGS, f"temp_directory = '{quoted(path)}.tmp'"):
            connection.execute(f"SET {setting}")
        connection.execute(attaching(lake, "store", is_read_only=True))
        with cursor_of(connection) as cursor:
            return copy_ledgers(cursor, path)


if __name__ == "__main__":
    main()
