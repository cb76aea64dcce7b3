"""The record of publications outside the ledgers: what was acknowledged can be missed.

A write is intended here, committed there, confirmed here, and only then acknowledged. So at the
next start an intended write that the ledgers do not hold was never acknowledged, and a confirmed
one that they do not hold is lost.
"""

import json
import logging
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Integer,
    RowMapping,
    Table,
    Text,
    insert,
    select,
    update,
)
from sqlalchemy import func as sql

from tally import clock
from tally.batches import Batch, Place, RowsDigest
from tally.registry.opening import Registry, RegistryUnusable
from tally.registry.tables import METADATA

LOG = logging.getLogger(__name__)

# `state` is begun, done, denied (rolled back) or lost (an older copy was restored since).
BATCH = Table(
    "batch",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("token", Text, nullable=False),
    Column("deed", Text, nullable=False),
    Column("uploads", Text, nullable=False),
    Column("removed", Text, nullable=False),
    Column("standing", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("begun_at", Text, nullable=False),
)
BATCH_ROWS = Table(
    "batch_rows",
    METADATA,
    Column("batch", Integer, primary_key=True, autoincrement=False),
    Column("upload", Integer, primary_key=True, autoincrement=False),
    Column("ledger", Text, primary_key=True),
    Column("row_count", Integer, nullable=False),
    Column("digest", Text, nullable=False),
)
BATCH_UPLOAD = Table(
    "batch_upload",
    METADATA,
    Column("batch", Integer, primary_key=True, autoincrement=False),
    Column("upload", Integer, primary_key=True, autoincrement=False),
    Column("campaign", Text, nullable=False),
    Column("months", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("details", Text, nullable=False),
)
# A write that says anew what all ledgers hold: nothing recorded before it is compared any more.
BEGINNINGS = frozenset({"adopt", "migrate", "restore"})
COUNTING = ("begun", "done")
JUMP = timedelta(minutes=5)


@dataclass(frozen=True)
class Recorded:
    """One write as it was recorded."""

    number: int
    token: str
    deed: str
    uploads: tuple[int, ...]
    removed: tuple[int, ...]
    standing: str
    state: str
    begun_at: str

    @property
    def mark(self) -> str:
        """The number and the token as the ledgers hold them."""
        return f"{self.number}:{self.token}"


class BatchRecord:
    """One registry's record of writes: the witness of the ledgers beside it."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def newest(self) -> int:
        """Return the number of the newest write told of, 0 for none."""
        with self._registry.reading() as connection:
            return int(connection.execute(select(sql.max(BATCH.c.number))).scalar() or 0)

    def intends(self, batch: Batch) -> None:
        """Write down what is about to be committed; RegistryUnusable when that cannot be."""
        with self._registry.writing() as connection:
            _tell_of_jump(connection)
            _put(connection, batch, "begun")

    def confirms(self, number: int) -> None:
        """Write down that it was committed.

        Where that fails the write stands all the same: the next start finds it in the ledgers.
        """
        try:
            self.settle([number], "done")
        except RegistryUnusable:
            LOG.exception("batch %s was committed and could not be confirmed", number)

    def denies(self, number: int) -> None:
        """Write down that it was rolled back; left undone, the next start does it."""
        try:
            self.settle([number], "denied")
        except RegistryUnusable:
            LOG.exception("batch %s was rolled back and could not be denied", number)

    def settle(self, numbers: Iterable[int], state: str) -> None:
        """Give recorded writes a new state; of a denied or lost one nothing is compared."""
        with self._registry.writing() as connection:
            chosen = BATCH.c.number.in_(list(numbers))
            connection.execute(update(BATCH).where(chosen).values(state=state))

    def after(self, number: int) -> tuple[Recorded, ...]:
        """Return the writes from that number on, oldest first, that number's included."""
        asked = select(BATCH).where(BATCH.c.number >= number).order_by(BATCH.c.number)
        with self._registry.reading() as connection:
            return tuple(_recorded(row) for row in connection.execute(asked).mappings())

    def rows(self, until: int | None = None) -> tuple[RowsDigest, ...]:
        """Return what each upload that was not removed held in each ledger after a write.

        That is the newest write by default; nothing is known of one before the record began.
        """
        batches = [one for one in self.after(0) if one.state in COUNTING]
        batches = [one for one in batches if until is None or one.number <= until]
        first = max((one.number for one in batches if one.deed in BEGINNINGS), default=0)
        said: dict[int, list[RowsDigest]] = defaultdict(list)
        with self._registry.reading() as connection:
            asked = select(BATCH_ROWS).where(BATCH_ROWS.c.batch >= first)
            for row in connection.execute(asked).mappings():
                told = (row["upload"], row["ledger"], row["row_count"], row["digest"])
                said[row["batch"]].append(RowsDigest(*told))
        held: dict[tuple[int, str], RowsDigest] = {}
        for batch in batches:
            gone = set(batch.removed) if batch.number >= first else set()
            held = {key: one for key, one in held.items() if key[0] not in gone}
            held |= {(one.upload, one.ledger): one for one in said[batch.number]}
        return tuple(held[key] for key in sorted(held))

    def places(self, uploads: Iterable[int] | None = None) -> tuple[Place, ...]:
        """Return what was last said of uploads, all of them by default, by number."""
        asked = select(BATCH_UPLOAD).order_by(BATCH_UPLOAD.c.batch)
        if uploads is not None:
            asked = asked.where(BATCH_UPLOAD.c.upload.in_(list(uploads)))
        with self._registry.reading() as connection:
            found = [_place(row) for row in connection.execute(asked).mappings()]
        newest = {place.upload: place for place in found}
        return tuple(newest[upload] for upload in sorted(newest))


def _tell_of_jump(connection: Connection) -> None:
    """Log that the clock went back; writes keep their order by number."""
    last = connection.execute(select(sql.max(BATCH.c.begun_at))).scalar()
    if last and clock.now() < datetime.fromisoformat(last) - JUMP:
        LOG.warning("the clock went back: the last write was at %s (UTC)", last)


def _put(connection: Connection, batch: Batch, state: str) -> None:
    connection.execute(
        insert(BATCH).values(
            number=batch.number,
            token=batch.token,
            deed=batch.deed,
            uploads=json.dumps(batch.uploads),
            removed=json.dumps(batch.removed),
            standing=batch.standing,
            state=state,
            begun_at=clock.now().isoformat(),
        )
    )
    if rows := [{**asdict(one), "batch": batch.number} for one in batch.rows]:
        connection.execute(insert(BATCH_ROWS), rows)
    if places := [_said(batch.number, place) for place in batch.places]:
        connection.execute(insert(BATCH_UPLOAD), places)


def _said(number: int, place: Place) -> dict[str, Any]:
    details = json.dumps(dict(place.details), ensure_ascii=False)
    return {**asdict(place), "batch": number, "details": details}


def _recorded(row: RowMapping) -> Recorded:
    listed = {name: tuple(json.loads(row[name])) for name in ("uploads", "removed")}
    return Recorded(**{**row, **listed})


def _place(row: RowMapping) -> Place:
    details = json.loads(row["details"])
    named = (row["upload"], row["campaign"], row["months"], row["file"], row["sha256"])
    return Place(*named, details)
