"""What a backup says of itself: its files with their hashes, what it holds, and who signed it."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tally.sealing import purpose_key
from tally.store import Held

MANIFEST_FILE = "manifest.json"
CHUNK_BYTES = 1 << 20


class BackupUnsound(RuntimeError):
    """A backup is not signed with our key, or not as it was made; the message says which."""


@dataclass(frozen=True)
class Manifest:
    """One backup's contents. `files` and `originals` map a path to size and SHA-256.

    `mark` is the newest write that the ledgers hold, `standing` and `rows` their digests.
    """

    name: str
    made_at: str
    why: str
    schema: int
    mark: str
    standing: str
    rows: tuple[tuple[int, str, int, str], ...]
    files: Mapping[str, tuple[int, str]]
    originals: Mapping[str, tuple[int, str]]
    program: str

    @property
    def number(self) -> int:
        """The number of the newest write that the ledgers hold."""
        return int(self.mark.partition(":")[0] or 0)

    @property
    def row_count(self) -> int:
        """How many rows the ledgers hold."""
        return sum(count for _, _, count, _ in self.rows)

    @property
    def size_bytes(self) -> int:
        """How much the backup's own files take, the originals not counted."""
        return sum(size for size, _ in self.files.values())

    def agrees(self, held: Held) -> bool:
        """Tell whether ledgers hold exactly what this backup says."""
        rows = [(one.upload, one.ledger, one.row_count, one.digest) for one in held.rows or ()]
        return (self.mark, self.standing, [tuple(row) for row in self.rows]) == (
            held.mark,
            held.standing,
            rows,
        )


def sha256_of_file(path: Path) -> str:
    """Return a file's SHA-256 in hexadecimal, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(CHUNK_BYTES):
            digest.update(piece)
    return digest.hexdigest()


def _signature(said: Mapping[str, Any]) -> str:
    text = json.dumps(said, ensure_ascii=False, sort_keys=True)
    return hmac.new(purpose_key("manifest"), text.encode(), hashlib.sha256).hexdigest()


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write a backup's manifest, signed."""
    said = json.loads(json.dumps(asdict(manifest)))
    signed = {**said, "hmac": _signature(said)}
    text = json.dumps(signed, ensure_ascii=False, indent=1)
    (folder / MANIFEST_FILE).write_text(text, "utf-8")


def read_manifest(folder: Path) -> Manifest:
    """Return a backup's manifest; BackupUnsound when it is missing, or not signed by us."""
    try:
        said = json.loads((folder / MANIFEST_FILE).read_text("utf-8"))
        signature = said.pop("hmac")
        manifest = Manifest(**said)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise BackupUnsound(f"备份 {folder.name} 没有可读的清单") from error
    if not hmac.compare_digest(str(signature), _signature(said)):
        raise BackupUnsound(f"备份 {folder.name} 的签名不符：清单被改动过，或不是用本机的密钥做的")
    return manifest


def check_files(folder: Path, manifest: Manifest) -> None:
    """Read every file of a backup; BackupUnsound names the first that is not as it was made."""
    for name, (size, sha256) in manifest.files.items():
        path = folder / name
        if not path.is_file() or path.stat().st_size != size or sha256_of_file(path) != sha256:
            raise BackupUnsound(f"备份 {folder.name} 的 {name} 缺失或已损坏")
