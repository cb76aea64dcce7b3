"""The key that closes the chain of audit records: without it nobody can compute the chain anew.

A stretch of records begins where a key came into use. Its mark, made with the key, stands in the
registry; a mark of another key, or of none, says that the stretch cannot be checked here.
"""

import hmac
import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select

from tally.registry.tables import SETTING
from tally.sealing import KeyUnusable, home_key

LOG = logging.getLogger(__name__)
PURPOSE = NAME = "audit"
NO_MARK = ""


@dataclass(frozen=True)
class Stretch:
    """Records from a number on; `key` None where the key of this machine did not begin it."""

    first_number: int
    mark: str
    key: bytes | None = field(repr=False)


def stretches(connection: Connection, home: Path) -> list[Stretch]:
    """Return the stretches of a registry in their order; none before a key was ever in use."""
    asked = select(SETTING.c.value).where(SETTING.c.name == NAME)
    told = json.loads(connection.execute(asked).scalar_one_or_none() or "[]")
    key = _key(home)
    return [
        Stretch(number, mark, key if key and mark == _mark(key, number) else None)
        for number, mark in told
    ]


def begun(connection: Connection, home: Path, number: int) -> tuple[bytes | None, str]:
    """Return the key for a record of this number, and what to record of a key that changed.

    Where there is no key the records go on in a stretch without: who may not enter for want of
    a key could not put it back, and whoever verifies is told.
    """
    key, known = _key(home), stretches(connection, home)
    if known and (known[-1].key or not (key or known[-1].mark)):
        return known[-1].key, ""
    told = [[one.first_number, one.mark] for one in known] + [[number, _mark(key, number)]]
    connection.execute(delete(SETTING).where(SETTING.c.name == NAME))
    connection.execute(insert(SETTING).values(name=NAME, value=json.dumps(told)))
    return key, _said(known, key, number)


def _said(known: Sequence[Stretch], key: bytes | None, number: int) -> str:
    if not known and number == 1:
        return ""
    if key is None:
        return "审计校验密钥不在，此后的记录只有链，没有密钥校验"
    if known:
        return "审计校验密钥换过，此后的记录用新的密钥"
    # A mark that somebody took out looks the same: only who upgraded knows that it was they.
    return "此前的审计记录没有密钥校验，此后的有；若近日没有升级程序，请核对审计记录"


def _key(home: Path) -> bytes | None:
    try:
        return home_key(home, PURPOSE)
    except KeyUnusable as missing:
        LOG.warning("audit records are not keyed: %s", missing)
        return None


def _mark(key: bytes | None, number: int) -> str:
    if key is None:
        return NO_MARK
    return hmac.digest(key, f"from {number}".encode(), sha256).hex()
