"""Who is who: the key that follows an item from month to month."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tally.contracts import Contract

MADE_OF_WORDS = "~"
NOT_ALPHANUMERIC = re.compile(r"[\W_]+")


def same_text(text: str) -> str:
    """Return the text without what offices vary: width, case, spaces and punctuation."""
    return NOT_ALPHANUMERIC.sub("", unicodedata.normalize("NFKC", text).casefold())


def item_key(contract: Contract, row: Mapping[str, Any], tag: str = "") -> str:
    """Return the ledger's stable number, or a key made of text and unit.

    A running number (序号) is never a key: it is given anew every month. Ledgers whose
    rows are told apart by more than text and unit say so (`identity`). Masked texts of two
    persons may be alike: `tag` tells them apart.
    """
    number = row.get(contract.key) if contract.key else None
    if number:
        return _number_key(str(number))
    title, *others = _worded_by(contract)
    parts = [same_text(str(row.get(title) or "")), *(str(row.get(name) or "") for name in others)]
    parts += [tag] if tag else []
    return MADE_OF_WORDS + hashlib.sha256("|".join(parts).encode()).hexdigest()[:12]


def _worded_by(contract: Contract) -> tuple[str, ...]:
    return ("title", "unit") if contract.follows_items else _told_by(contract)


def personal_words(contract: Contract, texts: Mapping[str, str]) -> str:
    """Return what of a row's words was masked, if its key is made of them; '' for nothing."""
    return "|".join(same_text(texts[name]) for name in _worded_by(contract) if name in texts)


def _told_by(contract: Contract) -> tuple[str, ...]:
    return contract.identity or ("title", "unit")


def _number_key(number: str) -> str:
    return (number if number.isascii() else unicodedata.normalize("NFKC", number)).strip()


def keyed_rows(
    contract: Contract, rows: pa.Table, tags: Mapping[int, str] | None = None
) -> pa.Table:
    """Return the rows with `item_key`; a row met twice keeps a mark, so that none is dropped.

    `tags` tell rows apart whose words are masked, by their place.
    """
    keys = _own_keys(contract, rows, tags or {})
    # Many rows follow one item: a later check of it is another happening.
    if not contract.follows_items and len(keys.unique()) < len(keys):
        keys = pa.array(_marked(keys.to_pylist(), rows["period"].to_pylist()), pa.string())
    return rows.append_column("item_key", keys)


def _own_keys(contract: Contract, rows: pa.Table, tags: Mapping[int, str]) -> pa.Array:
    """Return each row's number as its key, or one made of its words where it has none."""
    if contract.key and rows.num_rows:
        numbers = rows[contract.key].combine_chunks()
        is_plain = pc.all(pc.string_is_ascii(numbers), skip_nulls=False).as_py()
        shortest = pc.min(pc.utf8_length(pc.utf8_trim_whitespace(numbers))).as_py()
        if is_plain and shortest:
            return pc.utf8_trim_whitespace(numbers)
    named = dict.fromkeys((contract.key, "title", "unit", *_told_by(contract)))
    said = rows.select([name for name in named if name in rows.column_names])
    keys = (item_key(contract, row, tags.get(at, "")) for at, row in enumerate(said.to_pylist()))
    return pa.array(list(keys), pa.string())


def followed(contract: Contract, before: pa.Table, rows: pa.Table) -> pa.Table:
    """Return keyed rows, those that word an item as its last report did under its key.

    A person may have said that a reworded item is the old one: it then goes by the old words'
    key, and next month's row, worded the new way, is still that item.
    """
    held = before["item_key"].to_pylist()
    keys = rows["item_key"].to_pylist()
    missing = set(held) - set(keys)
    named = [name for name in _told_by(contract) if name in before.column_names]
    own = (
        {
            item_key(contract, said): key
            for key, said in zip(held, before.select(named).to_pylist(), strict=True)
            if key in missing and key.startswith(MADE_OF_WORDS)
        }
        if any(key.startswith(MADE_OF_WORDS) for key in missing)
        else {}
    )
    return with_keys(rows, [own.get(key, key) for key in keys]) if own else rows


def with_keys(rows: pa.Table, keys: Sequence[str]) -> pa.Table:
    """Return keyed rows under other keys."""
    return rows.set_column(
        rows.column_names.index("item_key"), "item_key", pa.array(keys, pa.string())
    )


def _marked(keys: list[str], periods: list[Any]) -> list[str]:
    """Return the keys of one month made different: the second of a key is `key#2`."""
    met: Counter[tuple[Any, str]] = Counter()
    marked = []
    for period, key in zip(periods, keys, strict=True):
        met[period, key] += 1
        marked.append(key if met[period, key] == 1 else f"{key}#{met[period, key]}")
    return marked
