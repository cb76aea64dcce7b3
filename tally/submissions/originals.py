"""The original files, kept under their SHA-256 in the home's `uploads` folder."""

import hashlib
import os
import tempfile
from pathlib import Path


def sha256_of(content: bytes) -> str:
    """Return the SHA-256 of a file's bytes in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def original_path(home: Path, sha256: str) -> Path:
    """Return where the original with that SHA-256 lies, or would lie."""
    return home / "uploads" / sha256[:2] / sha256


def keep_original(home: Path, content: bytes) -> str:
    """Write the bytes under their SHA-256, whole or not at all, and return it."""
    sha256 = sha256_of(content)
    path = original_path(home, sha256)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, half_written = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(half_written).replace(path)
    return sha256
