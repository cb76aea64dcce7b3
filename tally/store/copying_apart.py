"""A lake copied into a file by a process of its own: what ends that process ends no server.

Where PostgreSQL goes away in the middle of a copy, the engine may end the whole process.
"""

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tally.addresses import Lake, without_password
from tally.store.copying import Held

ROOT = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-P", "-m", "tally.store.copier")
# Of what the process says at its end, as much as a line of the log takes.
TOLD_MAX = 500


class CopyEnded(RuntimeError):
    """The lake was not copied; the message is for the log."""


def copied_apart(lake: Lake, path: Path) -> Held:
    """Copy a lake into a new file in a process of its own; CopyEnded whatever becomes of it."""
    asked = {"lake": asdict(lake), "path": str(path.resolve()), "parent": os.getpid()}
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
        told = without_password(done.stderr)[-TOLD_MAX:]
        raise CopyEnded(f"its process ended with status {done.returncode}: {told}") from None
    if "fault" in said:
        raise CopyEnded(without_password(said["fault"]))
    return Held(**said, rows=None)
