"""The seals: the hash of every audit record, in a text file that lies outside the registry.

Whoever cuts the newest records off, or puts another registry in its place, leaves them behind.
A seal is written after its record: when the program ends between the two, a record has none,
and that is no sign of anything.
"""

import secrets
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from sqlalchemy import Connection

AUDIT_FOLDER = "audit"
SEALS_FILE = "seals.txt"
KEY = "tally.seals"
SERVER_FILE = "server.txt"


class SealsUnwritable(OSError):
    """The seals cannot be written, so that what was to be recorded must not be done."""


def seals_path(home: Path) -> Path:
    """Return where a home keeps its seals."""
    return home / AUDIT_FOLDER / SEALS_FILE


@contextmanager
def sealing(connection: Connection, home: Path) -> Iterator[None]:
    """Seal what `seal_on_commit` was told inside the block, once the block has committed."""
    told: list[str] = []
    connection.info[KEY] = home, told
    try:
        yield
    finally:
        connection.info.pop(KEY)
    if told:
        with _appending(home) as stream:
            stream.write("".join(told))


def seal_on_commit(connection: Connection, records: Sequence[tuple[int, str]]) -> None:
    """Let records (number, hash) be sealed; SealsUnwritable while they can still be dropped."""
    home, told = connection.info[KEY]
    with _appending(home):
        told += [f"{number} {digest}\n" for number, digest in records]


def is_sealing(connection: Connection) -> bool:
    """Tell whether a writing connection was told of records to be sealed."""
    return bool(connection.info[KEY][1])


def server_of(home: Path) -> str:
    """Return what tells this home's server from others that share its registry.

    It lies outside the folder of the seals: whoever takes that away does not make it a new server.
    """
    path = home / SERVER_FILE
    try:
        if not path.exists():
            path.write_text(secrets.token_hex(8), "ascii")
        return path.read_text("ascii").strip()
    except OSError as error:
        raise SealsUnwritable(error.strerror or str(error)) from error


def home_of(connection: Connection) -> Path:
    """Return the home of a registry's writing connection."""
    home: Path = connection.info[KEY][0]
    return home


@contextmanager
def _appending(home: Path) -> Iterator[TextIO]:
    path = seals_path(home)
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        with path.open("a", encoding="utf-8") as stream:
            yield stream
    except OSError as error:
        raise SealsUnwritable(error.strerror or str(error)) from error


def keep_seals_until(home: Path, last_number: int, aside: Path) -> None:
    """Copy the seals aside and keep those of records up to a number: the others were lost."""
    path = seals_path(home)
    if not path.is_file():
        return
    shutil.copyfile(path, aside / SEALS_FILE)
    lines = path.read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if int(line.partition(" ")[0]) <= last_number]
    path.write_text("".join(kept), "utf-8")


def read_seals(home: Path) -> dict[int, set[str]] | None:
    """Return the hashes sealed under each number, None where there is no file.

    A line that is no seal stands under the number -1.
    """
    path = seals_path(home)
    if not path.is_file():
        return None
    seals: dict[int, set[str]] = {}
    for line in path.read_bytes().decode("utf-8", "replace").splitlines():
        number, _, digest = line.partition(" ")
        is_seal = number.isdecimal() and len(digest) == 64
        seals.setdefault(int(number) if is_seal else -1, set()).add(digest)
    return seals
