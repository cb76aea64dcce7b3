"""A lake read to its end by a process of its own: what ends that process ends no server.

Where PostgreSQL goes away in the middle of it, the engine may end the whole process.
"""

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tally.addresses import Lake, without_password
from tally.batches import RowsDigest
from tally.store.copying import Held

ROOT = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-P", "-m", "tally.store.reader")
# Of what the process says at its end, as much as a line of the log takes.
TOLD_MAX = 500


class ReadingEnded(RuntimeError):
    """The lake was not read to its end; the message is for the log.

    `is_damage` says that what is there cannot be read, if it was there to be read.
    """

    def __init__(self, message: str, *, is_damage: bool = False) -> None:
        super().__init__(without_password(message))
        self.is_damage = is_damage


def read_apart(lake: Lake, copy: Path | None = None) -> Held:
    """Return what a lake holds, each row read, in a process of its own; ReadingEnded.

    With `copy` it is copied into that new file instead, and the rows are left to whoever reads it.
    """
    path = str(copy.resolve()) if copy else ""
    asked = {"lake": asdict(lake), "copy": path, "parent": os.getpid()}
    done = subprocess.run(
        COMMAND,
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        errors="replace",
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    try:
        said: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        told = f"its process ended with status {done.returncode}: {done.stderr[-TOLD_MAX:]}"
        raise ReadingEnded(told) from None
    if "fault" in said:
        raise ReadingEnded(said["fault"], is_damage=said["is_damage"])
    rows = said.pop("rows")
    return Held(**said, rows=None if rows is None else tuple(RowsDigest(**row) for row in rows))
