"""What the auditor asks: which records, and how many of each event.

The records are asked for where they lie. A question in SQL of the store's would need them copied
into it first, every time, and a copy is what an auditor cannot use.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, or_, select

from tally.registry.audit import AUDIT_EVENT, Event
from tally.registry.opening import Registry

Row = dict[str, Any]


@dataclass(frozen=True)
class Wanted:
    """Which records; None and empty mean all. Moments are UTC, `until_at` is not in it."""

    from_at: datetime | None = None
    until_at: datetime | None = None
    account: str = ""
    events: tuple[Event, ...] = ()
    is_success: bool | None = None
    thing: str = ""
    text: str = ""

    @property
    def conditions(self) -> Sequence[ColumnElement[bool]]:
        """What a record must fulfil."""
        held = AUDIT_EVENT.c
        texts = (held.sentence, held.name, held.campaign, held.sha256, held.address, held.request)
        given: tuple[tuple[Any, Callable[[Any], ColumnElement[bool]]], ...] = (
            (self.from_at, lambda moment: held.at >= moment.isoformat()),
            (self.until_at, lambda moment: held.at < moment.isoformat()),
            (self.account, lambda account: held.account == account),
            (self.events, lambda events: held.event.in_(list(map(str, events)))),
            (self.is_success is not None, lambda _: held.is_success == int(bool(self.is_success))),
            (self.thing, lambda thing: held.thing == thing),
            (self.text, lambda text: or_(*(one.contains(text, autoescape=True) for one in texts))),
        )
        return [condition(value) for value, condition in given if value]


def records(registry: Registry, wanted: Wanted, count_max: int | None = None) -> list[Row]:
    """Return the records, newest first, at most so many of them."""
    asked = select(AUDIT_EVENT).where(*wanted.conditions).order_by(AUDIT_EVENT.c.number.desc())
    with registry.reading() as connection:
        return [dict(row) for row in connection.execute(asked.limit(count_max)).mappings()]


def event_counts(registry: Registry, wanted: Wanted) -> list[Row]:
    """Return event, record_count and failed_count, those with most failures first."""
    failed = func.sum(case((AUDIT_EVENT.c.is_success == 0, 1), else_=0)).label("failed_count")
    count = func.count().label("record_count")
    asked = select(AUDIT_EVENT.c.event, count, failed).where(*wanted.conditions)
    asked = asked.group_by(AUDIT_EVENT.c.event).order_by(failed.desc(), count.desc())
    with registry.reading() as connection:
        return [dict(row) for row in connection.execute(asked).mappings()]


def names_met(registry: Registry, column: str) -> list[str]:
    """Return the accounts or the things that any record names, in order."""
    one = AUDIT_EVENT.c[column]
    with registry.reading() as connection:
        found = connection.execute(select(one).distinct().order_by(one)).scalars()
        return [name for name in found if name]
