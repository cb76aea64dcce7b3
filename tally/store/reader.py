"""The process that reads a lake to its end, or copies it: told on its input, it answers in JSON."""

import json
import os
import sys
import tempfile
import threading
import time
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

import duckdb

from tally.addresses import Lake
from tally.store.abode import quoted
from tally.store.copying import Held, copy_ledgers, held
from tally.store.holding import cursor_of
from tally.store.lake import attaching, load_extensions
from tally.store.refusing import HomeDamaged, HomeUnusable

# Beside a server that answers it takes its time, and what does not fit goes to the disk.
SETTINGS = ("threads = 1", "memory_limit = '1GB'")
LOOKING_SECONDS = 1.0


def main() -> None:
    """Read what is asked for, and say as JSON what was read or why it was not."""
    asked = json.load(sys.stdin)
    threading.Thread(target=_end_with, args=[asked["parent"]], daemon=True).start()
    print(json.dumps(_answer(Lake(**asked["lake"]), asked["copy"])), flush=True)


def _end_with(parent: int) -> None:
    """End when the server has ended: nobody waits any more."""
    while os.getppid() == parent:
        time.sleep(LOOKING_SECONDS)
    os._exit(1)


def _answer(lake: Lake, copy: str) -> dict[str, Any]:
    try:
        with tempfile.TemporaryDirectory(dir=Path(copy).parent if copy else None) as beside:
            return asdict(_read(lake, copy, beside))
    except (duckdb.Error, HomeUnusable) as fault:
        # Of what cannot be read the engine says why.
        told = str(fault.__cause__ or fault)
        return {"fault": told, "is_damage": isinstance(fault, HomeDamaged)}


def _read(lake: Lake, copy: str, beside: str) -> Held:
    with closing(duckdb.connect(":memory:")) as connection:
        load_extensions(connection, lake)
        for setting in (*SETTINGS, f"temp_directory = '{quoted(beside)}'"):
            connection.execute(f"SET {setting}")
        connection.execute(attaching(lake, "store", is_read_only=True))
        with cursor_of(connection) as cursor:
            return copy_ledgers(cursor, Path(copy)) if copy else held(cursor, is_scanned=True)


if __name__ == "__main__":
    main()
