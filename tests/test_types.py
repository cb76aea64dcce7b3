"""The annotations of the program are true: the checker reads every function by them."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from manage import ROOT


def test_annotations_hold_throughout_the_program() -> None:
    # Kept between runs, so that only what changed is read anew: half a minute becomes seconds.
    cache = Path(tempfile.gettempdir()) / f"tally-mypy-{os.getuid()}"
    command = [sys.executable, "-m", "mypy", "--no-error-summary", "--cache-dir", str(cache)]

    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600)

    assert found.returncode == 0, found.stdout + found.stderr
