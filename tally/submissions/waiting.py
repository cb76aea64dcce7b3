"""Files on their way in, on the disk until their import has ended: a server that is killed finds
them again and offers them, for nothing of what they say was kept. They lie there encrypted.
"""

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from tally import clock
from tally.sealing import key_ring, known_ring, opened, sealed
from tally.submissions.staging import Given, Terms

FOLDER = "waiting"
KEPT_DAYS = 7


@dataclass(frozen=True)
class Waiting:
    """One file that is being read, or was when the server was killed."""

    path: Path
    file: str
    given: Given
    terms: Terms
    started_at: datetime

    def content(self) -> bytes:
        """Return the file's bytes; CannotOpen, KeyUnusable when the key is gone."""
        return opened(known_ring(), self.path.read_bytes(), self.path.stem)

    def let_go(self) -> None:
        """Take the file from the disk; twice does no harm."""
        for path in (_told(self.path), self.path):
            path.unlink(missing_ok=True)


def _told(path: Path) -> Path:
    return path.with_suffix(".json")


def keep_waiting(home: Path, content: bytes, file: str, given: Given, terms: Terms) -> Waiting:
    """Put a file on the disk with what was said beside it, for its owner alone."""
    folder = home / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / f"{secrets.token_hex(8)}.file"
    waiting = Waiting(path, file, given, terms, clock.now())
    _write(path, sealed(key_ring(home), content, path.stem))
    said: Mapping[str, Any] = {
        "file": file,
        "given": {**asdict(given), "month": given.month and given.month.isoformat()},
        "terms": asdict(terms),
        "started_at": waiting.started_at.isoformat(),
    }
    # Written last: a file without it was not there whole, and its sender was told nothing.
    _write(_told(path), json.dumps(said, ensure_ascii=False).encode())
    return waiting


def _write(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def left_behind(home: Path) -> tuple[Waiting, ...]:
    """Return the files that a killed server was reading, oldest first; sweep what is older."""
    found = []
    oldest_at = clock.now() - timedelta(days=KEPT_DAYS)
    for path in sorted((home / FOLDER).glob("*.file")):
        waiting = _read(path)
        if waiting and waiting.started_at >= oldest_at:
            found.append(waiting)
        else:
            path.unlink(missing_ok=True)
            _told(path).unlink(missing_ok=True)
    return tuple(sorted(found, key=lambda one: one.started_at))


def _read(path: Path) -> Waiting | None:
    try:
        said = json.loads(_told(path).read_text("utf-8"))
        month = said["given"]["month"]
        given = Given(**{**said["given"], "month": month and date.fromisoformat(month)})
        started_at = datetime.fromisoformat(said["started_at"])
        return Waiting(path, said["file"], given, Terms(**said["terms"]), started_at)
    except (OSError, ValueError, TypeError, KeyError):
        return None
