"""Who is who: the key that follows an item from month to month."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from tally.contracts import Contract

NOT_ALPHANUMERIC = re.compile(r"[\W_]+")


def same_text(text: str) -> str:
    """Return the text without what offices vary: width, case, spaces and punctuation."""
    return NOT_ALPHANUMERIC.sub("", unicodedata.normalize("NFKC", text).casefold())


def item_key(contract: Contract, row: Mapping[str, Any]) -> str:
    """Return the ledger's stable number, or a key made of text and unit.

    A running number (序号) is never a key: it is given anew every month. Tickets
    without a number add the day of receipt.
    """
    number = row.get(contract.key) if contract.key else None
    if number:
        return _number_key(str(number))
    parts = [same_text(str(row.get("title") or "")), str(row.get("unit") or "")]
    if contract.nature == "event" and contract.kind == "tickets":
        parts.append(str(row.get(contract.happened)))
    return "~" + hashlib.sha256("|".join(parts).encode()).hexdigest()[:12]


def _number_key(number: str) -> str:
    return (number if number.isascii() else unicodedata.normalize("NFKC", number)).strip()


def keyed_rows(contract: Contract, rows: pa.Table) -> pa.Table:
    """Return the rows with `item_key`; a row met twice keeps a mark, so that none is dropped."""
    numbers = rows[contract.key].to_pylist() if contract.key else [None] * rows.num_rows
    keys = [_number_key(number) if number else "" for number in numbers]
    nameless = np.flatnonzero([not key for key in keys])
    named = [name for name in ("title", "unit", contract.happened) if name in rows.column_names]
    for row, said in zip(nameless, rows.select(named).take(nameless).to_pylist(), strict=True):
        keys[row] = item_key(contract, said)
    # A later check of the same item on another day is another happening.
    if contract.kind != "checks":
        _mark_repeated(keys, rows["period"].to_pylist())
    return rows.append_column("item_key", pa.array(keys, pa.string()))


def with_keys(rows: pa.Table, keys: Sequence[str]) -> pa.Table:
    """Return keyed rows under other keys."""
    return rows.set_column(
        rows.column_names.index("item_key"), "item_key", pa.array(keys, pa.string())
    )


def _mark_repeated(keys: list[str], periods: list[Any]) -> None:
    if len(set(keys)) == len(keys):
        return
    met: Counter[tuple[Any, str]] = Counter()
    for row, (period, key) in enumerate(zip(periods, list(keys), strict=True)):
        met[period, key] += 1
        if met[period, key] > 1:
            keys[row] = f"{key}#{met[period, key]}"
