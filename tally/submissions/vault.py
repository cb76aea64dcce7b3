"""What files say of persons, kept apart from the ledgers: each row by itself, encrypted.

It lies in the ledgers' own database, in the transaction that keeps the rows, so that a draft
that is dropped takes it along and a backup carries both or neither. The key lies elsewhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyarrow as pa

from tally.contracts import Contract, Problem, Reading, contracts
from tally.persons import PersonalRow
from tally.sealing import CannotOpen, DataKey, KeyRing, KeyUnusable, key_ring, known_ring
from tally.store import Database, Writing
from tally.submissions.conflicts import Rows
from tally.submissions.keys import keyed_rows, personal_words

APART = ("vault", "vault_key")
# Between columns and between a column and its text.
BETWEEN, IS = "\x1e", "\x1f"
NO_KEY = "个人信息和原始文件要加密保存，现在没有可用的密钥"


class CannotReveal(ValueError):
    """What was kept apart cannot be shown; the message says why."""


@dataclass(frozen=True)
class KeptApart:
    """What is kept apart of one row: columns no ledger has, masked, and which row it is."""

    upload: int
    sheet: str
    row: int
    ledger: str
    item_key: str
    shown: Mapping[str, str]
    sealed: bytes = field(repr=False)
    wrapped: bytes | None = field(repr=False)


def with_key(reading: Reading, home: Path) -> tuple[Reading, KeyRing | None]:
    """Return a reading with the key to keep it with, or with the error that there is none."""
    try:
        return reading, key_ring(home)
    except KeyUnusable as missing:
        found = Problem("error", "", "", "", NO_KEY, str(missing), "请系统管理员处理后再传")
        return replace(reading, problems=(found, *reading.problems), questions=()), None


def keyed_ledgers(reading: Reading, ring: KeyRing) -> dict[str, Rows]:
    """Return a reading's rows with their keys, under the kinds of their ledgers."""
    return {
        ledger.kind: keyed_rows(contract, ledger.table, _tags(ring, contract, reading))
        for ledger in reading.ledgers
        for contract in (contracts()[ledger.kind],)
    }


def _tags(ring: KeyRing, contract: Contract, reading: Reading) -> dict[int, str]:
    """Return what tells rows apart whose key is made of words that are masked, by place."""
    own = (row for row in reading.personal if row.kind == contract.kind)
    worded = ((row.at, personal_words(contract, row.texts)) for row in own)
    return {at: ring.tag(words) for at, words in worded if words}


def keep_apart(
    writing: Writing, home: Path, upload: int, reading: Reading, ledgers: Mapping[str, Rows]
) -> None:
    """Keep what an upload's rows said of persons, under a key of the upload's own."""
    if reading.personal:
        keys = {kind: rows["item_key"].to_pylist() for kind, rows in ledgers.items()}
        item_keys = [keys[row.kind][row.at] for row in reading.personal]
        keep_rows_apart(writing, key_ring(home), upload, reading.personal, item_keys)


def keep_rows_apart(
    writing: Writing,
    ring: KeyRing,
    upload: int,
    personal: Sequence[PersonalRow],
    item_keys: Sequence[str],
) -> None:
    """Keep what rows said of persons, each with its item's key."""
    key = DataKey.new()
    hidden = [
        key.seal(_joined(row.texts), _about(upload, row.kind, row.sheet, row.row, item_key))
        for row, item_key in zip(personal, item_keys, strict=True)
    ]
    columns = {
        "upload": pa.repeat(pa.scalar(upload, pa.int64()), len(hidden)),
        "ledger": pa.array([row.kind for row in personal]),
        "sheet": pa.array([row.sheet for row in personal]),
        "row": pa.array([row.row for row in personal], pa.int64()),
        "item_key": pa.array(item_keys, pa.string()),
        "shown": pa.array([_joined(row.shown) for row in personal]),
        "sealed": pa.array(hidden, pa.binary()),
    }
    writing.insert("vault", pa.table(columns))
    writing.insert(
        "vault_key", [{"upload": upload, "wrapped": key.wrapped(ring, _key_about(upload))}]
    )


def _joined(said: Mapping[str, str]) -> str:
    """Return columns with their texts as one text; reading left no control signs in them."""
    return BETWEEN.join([f"{name}{IS}{text}" for name, text in said.items()])


def _parted(joined: str) -> dict[str, str]:
    pairs = (pair.partition(IS) for pair in joined.split(BETWEEN) if pair)
    return {name: text for name, _, text in pairs}


def _about(upload: int, kind: str, sheet: str, row: int, item_key: str) -> str:
    return f"{upload}{IS}{kind}{IS}{sheet}{IS}{row}{IS}{item_key}"


def _key_about(upload: int) -> str:
    return f"upload {upload}"


def kept_apart(
    database: Database, upload: int, sheet: str, row: int, ledger: str = "", item_key: str = ""
) -> KeptApart | None:
    """Return what is kept apart of a row, still encrypted; None when it said nothing personal."""
    asked = {"upload": upload, "sheet": sheet, "row": row, "ledger": ledger, "item_key": item_key}
    found = database.stored("vault_row", asked).to_pylist()
    if not found:
        return None
    first = found[0]
    shown = _parted(first.pop("shown"))
    return KeptApart(upload, sheet, row, shown=shown, **first)


def opened_row(kept: KeptApart) -> dict[str, str]:
    """Return a row's cells as written, by column or head; CannotReveal.

    Only `reveal` may ask for them: it asks who looks, and why, and records it.
    """
    try:
        if kept.wrapped is None:
            raise CannotReveal("这一批的密钥不在了")
        key = DataKey.unwrapped(known_ring(), kept.wrapped, _key_about(kept.upload))
        about = _about(kept.upload, kept.ledger, kept.sheet, kept.row, kept.item_key)
        return _parted(key.open(kept.sealed, about))
    except (KeyUnusable, CannotOpen) as shut:
        raise CannotReveal(f"原文打不开：{shut}") from shut
