"""The original files, encrypted under their SHA-256 where the home keeps its uploads."""

import hashlib
from pathlib import Path

from tally.addresses import lake_in_use
from tally.sealing import (
    HEAD_BYTES,
    CannotOpen,
    KeyRing,
    KeyUnusable,
    is_sealed,
    key_ring,
    known_ring,
    opened,
    sealed,
    sealed_by,
)
from tally.submissions.shelves import FOLDER, Shelf, shelf_of

LOST = "{what}，只能显示读入的值；请从备份恢复 uploads 文件夹"


class OriginalLost(ValueError):
    """The original is gone from the home, cannot be decrypted, or is not the file that came in."""


def sha256_of(content: bytes) -> str:
    """Return the SHA-256 of a file's bytes in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def name_of(sha256: str) -> str:
    """Return the name of the original with that SHA-256 on its shelf."""
    return f"{sha256[:2]}/{sha256}"


def original_path(home: Path, sha256: str) -> Path:
    """Return where the original with that SHA-256 lies, or would lie, in a home of its own."""
    return home / FOLDER / name_of(sha256)


def has_original(home: Path, sha256: str) -> bool:
    """Tell whether the original with that SHA-256 is there."""
    return shelf_of(home).has(name_of(sha256))


def keep_original(home: Path, content: bytes) -> str:
    """Write the bytes encrypted under their SHA-256, whole or not at all, and return it.

    KeyUnusable when there is no key to encrypt them with.
    """
    sha256 = sha256_of(content)
    shelf, ring = shelf_of(home), key_ring(home)
    if not _is_kept(shelf, sha256, ring):
        shelf.put(name_of(sha256), sealed(ring, content, sha256))
    return sha256


def _is_kept(shelf: Shelf, sha256: str, ring: KeyRing) -> bool:
    """Tell whether a file lies there that a key of ours opens: with a lost key it is no use."""
    try:
        return sealed_by(shelf.read(name_of(sha256))[:HEAD_BYTES]) in ring.keys
    except FileNotFoundError:
        return False


def read_original(home: Path, sha256: str) -> bytes:
    """Return an original as it came in; OriginalLost says what became of it."""
    try:
        content = shelf_of(home).read(name_of(sha256))
        if is_sealed(content):
            content = opened(known_ring(), content, sha256)
    except OSError as error:
        raise OriginalLost(LOST.format(what="原始文件不在了")) from error
    except (KeyUnusable, CannotOpen) as error:
        raise OriginalLost(f"原始文件已加密，现在打不开：{error}") from error
    if sha256_of(content) != sha256:
        raise OriginalLost(LOST.format(what="原始文件与上传时的不一致"))
    return content


def encrypt_originals(home: Path) -> int:
    """Encrypt the originals that an earlier version kept as they were; return how many.

    Each is written anew beside the old one and takes its place when it is on the disk: cut off
    at any moment, the file is there, the one way or the other. KeyUnusable.
    """
    if lake_in_use():
        # What comes into a lake was encrypted before.
        return 0
    count, shelf = 0, shelf_of(home)
    for name in list(shelf.names()):
        content, sha256 = shelf.read(name), name.partition("/")[2]
        # Left over from a write that was cut off, or not ours: it is no original.
        if is_sealed(content) or sha256_of(content) != sha256:
            continue
        shelf.put(name, sealed(key_ring(home), content, sha256))
        count += 1
    return count
