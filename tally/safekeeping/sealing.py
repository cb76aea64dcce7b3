"""Backups on another disk or host: every file encrypted, so that the copy may lie anywhere.

A file is cut into pieces, each sealed with AES-GCM under its place and under whether it is the
last: a piece that is altered, moved, left out or added is found.
"""

import os
import secrets
import shutil
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tally.safekeeping.backups import ORIGINALS, UNFINISHED, Backup
from tally.safekeeping.manifests import MANIFEST_FILE, BackupUnsound, read_manifest
from tally.sealing import purpose_key

SUFFIX = ".sealed"
HEADER = b"TALLY1"
PIECE_BYTES = 1 << 20
NONCE_BYTES = 8


def seal_file(source: Path, target: Path) -> None:
    """Write a file encrypted, whole or not at all."""
    cipher, prefix = AESGCM(purpose_key("sealed copy")), secrets.token_bytes(NONCE_BYTES)
    half_written = target.with_name(f".{target.name}.half")
    with source.open("rb") as reading, half_written.open("wb") as writing:
        writing.write(HEADER + prefix)
        for place, (piece, is_last) in enumerate(_pieces(reading, PIECE_BYTES)):
            nonce = prefix + struct.pack(">I", place)
            writing.write(cipher.encrypt(nonce, piece, b"last" if is_last else b"more"))
        writing.flush()
        os.fsync(writing.fileno())
    half_written.replace(target)


def open_file(source: Path, target: Path) -> None:
    """Write the decrypted file; BackupUnsound when it is not what was sealed with our key."""
    cipher = AESGCM(purpose_key("sealed copy"))
    with source.open("rb") as reading, target.open("wb") as writing:
        start = reading.read(len(HEADER) + NONCE_BYTES)
        prefix = start[len(HEADER) :]
        try:
            for place, (piece, is_last) in enumerate(_pieces(reading, PIECE_BYTES + 16)):
                nonce = prefix + struct.pack(">I", place)
                writing.write(cipher.decrypt(nonce, piece, b"last" if is_last else b"more"))
        except (InvalidTag, ValueError) as error:
            raise BackupUnsound(f"{source.name} 已损坏，或不是用本机的密钥加密的") from error


def _pieces(stream: BinaryIO, size: int) -> Iterator[tuple[bytes, bool]]:
    """Give the pieces of a stream and whether each is the last; an empty stream has one."""
    piece = stream.read(size)
    while True:
        following = stream.read(size)
        yield piece, not following
        if not following:
            return
        piece = following


def send_copy(backup: Backup, folder: Path) -> Path:
    """Write a backup and its originals encrypted into a folder; originals there stay as they are.

    The manifest stays readable: it names no person, and says which key is needed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / f"{UNFINISHED}{os.getpid()}-{backup.manifest.name}"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir()
    for name in backup.manifest.files:
        seal_file(backup.folder / name, unfinished / f"{name}{SUFFIX}")
    for name in backup.manifest.originals:
        kept = folder / ORIGINALS / f"{name}{SUFFIX}"
        if not kept.exists():
            kept.parent.mkdir(parents=True, exist_ok=True)
            seal_file(backup.folder.parent / ORIGINALS / name, kept)
    shutil.copyfile(backup.folder / MANIFEST_FILE, unfinished / MANIFEST_FILE)
    target = folder / backup.manifest.name
    shutil.rmtree(target, ignore_errors=True)
    unfinished.rename(target)
    return target


def fetch_copy(sealed: Path, folder: Path) -> Backup:
    """Decrypt a sent backup into a folder of backups; BackupUnsound when it is not sound."""
    manifest = read_manifest(sealed)
    target = folder / manifest.name
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name in manifest.files:
        open_file(sealed / f"{name}{SUFFIX}", target / name)
    for name in manifest.originals:
        kept = folder / ORIGINALS / name
        if not kept.exists():
            kept.parent.mkdir(parents=True, exist_ok=True)
            half_written = kept.with_name(f".{kept.name}")
            open_file(sealed.parent / ORIGINALS / f"{name}{SUFFIX}", half_written)
            half_written.replace(kept)
    shutil.copyfile(sealed / MANIFEST_FILE, target / MANIFEST_FILE)
    return Backup(target, manifest)


def is_sealed(folder: Path) -> bool:
    """Tell whether a backup's folder holds encrypted files."""
    return any(folder.glob(f"*{SUFFIX}"))
