"""Old audit records put away in a file: only what is older than must be kept, and never unseen.

The file is written first, then a record that names it and the last hash in it; only then are the
records taken out, all in one transaction. The chain goes on from that hash.
"""

import hashlib
import json
import os
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select

from tally import clock
from tally.registry.audit import AUDIT_EVENT, Entry, append
from tally.registry.chain import ARCHIVED, anchor, archive_path, walk
from tally.registry.opening import Registry

# Six months are 184 days at most; the law asks for no fewer.
KEPT_DAYS = 190


class CannotPutAway(ValueError):
    """The records cannot be put away; the message says why."""


def archive(registry: Registry, before: date, entry: Entry) -> Path:
    """Put the records of before a day (in Shanghai) away and return the file they are in.

    `entry` says who does it; what was done is filled in here. CannotPutAway for days that are
    too near, when there is nothing so old, or when the records are not in order.
    """
    earliest = clock.today() - timedelta(days=KEPT_DAYS)
    if before > earliest:
        raise CannotPutAway(f"审计记录至少留存 {KEPT_DAYS} 天，只能归档 {earliest} 之前的")
    with registry.writing() as connection:
        if wrong := walk(connection, registry).wrong:
            raise CannotPutAway(f"审计记录有异常，先查明再归档：{wrong[0]}")
        asked = select(AUDIT_EVENT).order_by(AUDIT_EVENT.c.number)
        rows = _older(connection.execute(asked).mappings(), before)
        if not rows:
            raise CannotPutAway(f"没有 {before} 之前的审计记录")
        first, last = rows[0], rows[-1]
        path = archive_path(registry.home, first["number"], last["number"])
        told: dict[str, Any] = {"count_before": len(rows), "count_after": 0}
        told |= {"sha256": _written(path, rows), "thing": ARCHIVED}
        told["name"] = anchor(last["number"], last["hash"])
        sentence = f"归档 {before} 之前的审计记录至 {path.name}"
        append(connection, [replace(entry, sentence=sentence, **told)])
        connection.execute(delete(AUDIT_EVENT).where(AUDIT_EVENT.c.number <= last["number"]))
    return path


def _older(records: Any, before: date) -> list[dict[str, Any]]:
    """Return the records from the first one up to the first of the day or later."""
    midnight = datetime.combine(before, time(), clock.SHANGHAI).astimezone(UTC)
    limit = midnight.replace(tzinfo=None).isoformat()
    rows = []
    for row in records:
        if row["at"] >= limit:
            break
        rows.append(dict(row))
    return rows


def _written(path: Path, rows: list[dict[str, Any]]) -> str:
    """Write the records to a file, one a line, down to the disk; return its SHA-256."""
    content = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows).encode()
    with path.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    return hashlib.sha256(content).hexdigest()
