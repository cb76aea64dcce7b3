"""Rows that an earlier version kept as they were written: masked once, what they said kept apart.

Columns that no ledger has were not kept then; their originals, encrypted, still say them. All of
it is one transaction: cut off, nothing has happened and the next start begins anew.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

from tally.contracts import Contract, contracts
from tally.intake.cells.masking import masked, personal_spans, suspects
from tally.intake.tables.personal_cells import NUMBERS
from tally.persons import PersonalRow
from tally.registry import Event
from tally.sealing import KeyRing, key_ring
from tally.store import Database
from tally.submissions.deeds import LIST, doing
from tally.submissions.keys import item_key, personal_words
from tally.submissions.vault import keep_rows_apart
from tally.viewers import Action

PLACE = ("upload", "sheet", "row", "item_key")
TOLD = ("file", "problems", "questions")
NAMED = ("withdrawal",)


def mask_older(database: Database) -> int:
    """Mask the rows of a home that an earlier version wrote; return how many. KeyUnusable."""
    if not database.stored("is_as_written").num_rows:
        return 0
    ring = key_ring(database.home)
    found = {kind: _found(database, contract) for kind, contract in contracts().items()}
    keys = {
        old: new
        for kind, rows in found.items()
        for row, texts in rows
        if (old := row["item_key"]) != (new := _new_key(ring, contracts()[kind], row, texts))
    }
    count = sum(map(len, found.values()))
    about = {"thing": LIST, "count_after": count}
    sentence = "遮盖旧台账中的个人信息"
    with doing(database, Action.CONFIGURE, Event.MIGRATION, sentence, **about) as deed:
        for kind, rows in found.items():
            deed.writing.change(kind, [row for row, _ in rows], PLACE)
        deed.writing.rename_items((*contracts(), *NAMED), keys)
        for upload, said in _by_upload(found, keys).items():
            keep_rows_apart(deed.writing, ring, upload, *said)
        deed.writing.change("upload", _told(database), ("upload",))
        for campaign in database.stored("campaigns_told").column("campaign").to_pylist():
            deed.writing.forget_kept(campaign)
        deed.writing.run("mark_masked", {})
    database.forget_findings()
    database.checkpoint()
    return count


Said = tuple[dict[str, Any], dict[str, str]]


def _found(database: Database, contract: Contract) -> list[Said]:
    """Return the rows of a ledger that say something personal, masked, with what they said."""
    names = [c.name for c in contract.columns if c.type == "text" and c.name not in NUMBERS]
    if not names:
        return []
    # The others that a key is made of.
    wording = {"title", "unit", *contract.identity} & contract.columns_by_name.keys() - {*names}
    columns = ", ".join((*PLACE, *names, *sorted(wording)))
    rows = database.rows(f"SELECT {columns} FROM store.main.{contract.kind}")
    texts = {name: rows[name].to_pylist() for name in names}
    places = sorted({place for held in texts.values() for place, _ in suspects(held)})
    masked_rows = []
    for row in rows.take(pa.array(places, pa.int64())).to_pylist():
        spans = {name: personal_spans(row[name]) for name in names if row[name]}
        said = {name: row[name] for name, found in spans.items() if found}
        if said:
            hidden = {name: masked(row[name], spans[name]) for name in said}
            masked_rows.append(({**row, **hidden}, said))
    return masked_rows


def _new_key(ring: KeyRing, contract: Contract, row: Mapping[str, Any], said: dict) -> str:
    """Return a row's key as an import gives it today: numbers stay, words carry a tag."""
    own, mark, number = row["item_key"].partition("#")
    worded = personal_words(contract, said)
    if not own.startswith("~") or not worded:
        return str(row["item_key"])
    return item_key(contract, {**row, contract.key: None}, ring.tag(worded)) + mark + number


def _by_upload(
    found: Mapping[str, Iterable[Said]], keys: Mapping[str, str]
) -> dict[int, tuple[list[PersonalRow], list[str]]]:
    """Return what the rows of each upload said, with their keys."""
    by_upload: dict[int, tuple[list[PersonalRow], list[str]]] = {}
    for kind, rows in found.items():
        for row, said in rows:
            personal, item_keys = by_upload.setdefault(row["upload"], ([], []))
            personal.append(PersonalRow(kind, 0, row["sheet"] or "", row["row"] or 0, said, {}))
            item_keys.append(keys.get(row["item_key"], row["item_key"]))
    return by_upload


def _told(database: Database) -> list[dict[str, Any]]:
    """Return the uploads of which something was told that is to be masked."""
    rows = database.rows(f"SELECT upload, {', '.join(TOLD)} FROM store.main.upload").to_pylist()
    shown = [{**row, **{name: masked(row[name]) for name in TOLD if row[name]}} for row in rows]
    return [new for new, old in zip(shown, rows, strict=True) if new != old]
