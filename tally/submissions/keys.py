"""Who is who: the key that follows an item from month to month."""

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from tally.contracts import Contract


def same_text(text: str) -> str:
    """Return the text without what offices vary: width, case, spaces and punctuation."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in folded if letter.isalnum())


def item_key(contract: Contract, row: Mapping[str, Any]) -> str:
    """Return the ledger's stable number, or a key made of text and unit.

    A running number (序号) is never a key: it is given anew every month. Tickets
    without a number add the day of receipt.
    """
    number = row.get(contract.key) if contract.key else None
    if number:
        return unicodedata.normalize("NFKC", str(number)).strip()
    parts = [same_text(str(row.get("title") or "")), str(row.get("unit") or "")]
    if contract.nature == "event" and contract.kind == "tickets":
        parts.append(str(row.get(contract.happened)))
    return "~" + hashlib.sha256("|".join(parts).encode()).hexdigest()[:12]


def keyed_rows(contract: Contract, rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows with `item_key`; a row met twice keeps a mark, so that none is dropped."""
    met: Counter[tuple[Any, str]] = Counter()
    keyed = []
    for row in rows:
        key = item_key(contract, row)
        # A later check of the same item on another day is another happening.
        if contract.kind != "checks":
            met[row.get("period"), key] += 1
            times = met[row.get("period"), key]
            key = key if times == 1 else f"{key}#{times}"
        keyed.append({**row, "item_key": key})
    return keyed
