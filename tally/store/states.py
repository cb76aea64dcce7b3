"""Items as they stood, kept: each question reads them instead of rebuilding them from all lists.

How an item stands changes only on days on which something is said of it: by a list, a step, a
check, a reason. Between two such days lies a stretch. What is kept of a stretch names what it
stands on; a publication or an undo makes another hash, and the stretch is no longer read. So
what is kept is never mended, and holds nothing that cannot be made again.

Most of what leaders ask is answered from less: what was counted of a day, like items as one row,
in memory until the data change.
"""

import threading
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import product
from typing import Any, Protocol

import duckdb
import pyarrow as pa

from tally.store.questions import store_sql
from tally.store.unkept import Refusal, refusal_of, unless_refused

# What of a campaign is kept at most: the months of three years, and some days between.
STRETCHES_MAX = 48
# The days counted at most before they are counted anew.
COUNTED_MAX = 96
ALWAYS = (date(1, 1, 1), date(9999, 12, 31))


@dataclass(frozen=True)
class Stretch:
    """A run of days on which nothing was said of a campaign's items; `until_on` is after it."""

    number: int
    asked_on: date
    from_on: date
    until_on: date

    def holds(self, day: date) -> bool:
        """Whether the day is one of the stretch."""
        return self.from_on <= day < self.until_on


class StateStore(Protocol):
    """What the states are made of and kept in: the database."""

    @property
    def version(self) -> int:
        """A number that grows with every write."""

    def stored(self, step: str, parameters: Mapping[str, Any] | None = None) -> pa.Table:
        """Return the rows of a step that is a SELECT."""

    def transaction(self) -> Any:
        """Give a Writing on a transaction that changes nothing a question could tell."""

    def rows(
        self, sql: str, parameters: Mapping[str, Any] | None = None, before: str = ""
    ) -> pa.Table:
        """Return the rows of one statement, on a cursor that is first told `before`."""


@dataclass(frozen=True)
class Reading:
    """What a cursor is told before it reads what is kept, and of which turn of the data that is."""

    before: str
    turn: int


@dataclass
class KeptItems:
    """Which stretches hold at the data's version, and how more of them are made.

    The database is given with each call: kept here, it would keep itself open.
    """

    _version: int = -1
    _held: dict[str, tuple[Stretch, ...]] = field(default_factory=dict)
    # The days counted, by what was counted and the campaign; None for what does not ask for a day.
    _counted: dict[tuple[str, str], set[date | None]] = field(default_factory=dict)
    _turn: int = 0
    _lock: threading.RLock = field(default_factory=threading.RLock)
    # One makes and counts at a time; who asks for what is there does not wait for it.
    _making: threading.RLock = field(default_factory=threading.RLock)

    def held(self, store: StateStore, campaign: str) -> tuple[Stretch, ...]:
        """Return the stretches of a campaign that hold now."""
        with self._lock:
            self._follow(store)
            if campaign not in self._held:
                self._held[campaign] = _in_force(store, campaign)
            return self._held[campaign]

    def reading(self, store: StateStore, campaigns: Sequence[str]) -> Reading:
        """Return what lets a cursor read what is kept of these campaigns."""
        with self._lock:
            held = {campaign: self.held(store, campaign) for campaign in campaigns}
            return Reading(_told(held, self._counted_of_all(campaigns), self._turn), self._turn)

    def _counted_of_all(self, campaigns: Sequence[str]) -> dict[str, set[date | None]]:
        """Return what was counted of all of the campaigns, and on which days if it asks for one."""
        of_each = {
            name: [self._counted.get((name, slug), set()) for slug in campaigns]
            for name in sorted({name for name, _ in self._counted})
        }
        return {name: set.intersection(*days) for name, days in of_each.items() if days}

    def is_current(self, store: StateStore, reading: Reading) -> bool:
        """Tell whether the data are still those that a reading was of."""
        with self._lock:
            self._follow(store)
            return self._turn == reading.turn

    def make(self, store: StateStore, campaigns: Sequence[str], refusal: Refusal) -> None:
        """Keep or count what a question was refused for."""
        if refusal.name:
            self.count(store, campaigns, refusal.days, refusal.name)
        else:
            self.keep(store, campaigns, refusal.days)

    def count(
        self, store: StateStore, campaigns: Sequence[str], days: Sequence[date], name: str
    ) -> None:
        """Count of the campaigns what `name` says, on those of the days that lack it.

        Without days it is what a whole turn of the data has, whatever the day.

        A publication that comes between leaves some uncounted; who asks is refused again.
        """
        with self._making, unless_refused():
            self.keep(store, campaigns, days)
            with self._lock:
                if sum(map(len, self._counted.values())) > COUNTED_MAX:
                    self._turn_over(store)
            for campaign in campaigns:
                told = self._counted.get((name, campaign), set())
                if missing := sorted(set(days) - told):
                    self._count(store, campaign, missing, name)
                elif not days and not told:
                    self._count(store, campaign, [], name)

    def _count(self, store: StateStore, campaign: str, days: list[date], name: str) -> None:
        reading = self.reading(store, [campaign])
        asked = {"campaign": campaign, "turn": reading.turn} | ({"days": days} if days else {})
        step = f"keep_{name}_of_{'day' if days else 'turn'}"
        try:
            store.rows(store_sql(step), asked, reading.before)
        except duckdb.InvalidInputException as error:
            refusal = refusal_of(error)
            if refusal is None or not refusal.days:
                raise
            # It looks at days before those asked about: once they are kept it is asked for again.
            self.keep(store, [campaign], refusal.days)
        else:
            with self._lock:
                if reading.turn == self._turn:
                    self._counted.setdefault((name, campaign), set()).update(days or [None])

    def _follow(self, store: StateStore) -> None:
        version = store.version
        if version != self._version:
            self._held = {}
            self._turn_over(store)
            # Not before: a turn that could not begin has no roster.
            self._version = version

    def _turn_over(self, store: StateStore) -> None:
        store.rows(store_sql("begin_turn"), before=_told_turn(self._turn + 1))
        self._turn, self._counted = self._turn + 1, {}

    def keep(self, store: StateStore, campaigns: Iterable[str], days: Sequence[date]) -> None:
        """Make the stretches of these days that are not kept yet, one transaction a campaign."""
        with self._making:
            for campaign in campaigns:
                held = self.held(store, campaign)
                missing = [day for day in days if not any(one.holds(day) for one in held)]
                if missing:
                    is_full = len(held) + len(missing) > STRETCHES_MAX
                    # Nobody may be told of a stretch while it is being dropped.
                    with self._lock if is_full else nullcontext():
                        _make(store, campaign, missing, held)
                        with self._lock:
                            self._held.pop(campaign, None)


def _in_force(store: StateStore, campaign: str) -> tuple[Stretch, ...]:
    kept = store.stored("kept_stretches", {"campaign": campaign}).to_pylist()
    basis = _basis(store, campaign, [row["asked_on"] for row in kept])
    holding = []
    for row in kept:
        stands_on, next_on = basis[row["asked_on"]]
        if row["stands_on"] == stands_on:
            until_on = min(row["until_on"], next_on or ALWAYS[1])
            holding.append(Stretch(row["stretch"], row["asked_on"], row["from_on"], until_on))
    return _apart(holding)


def _apart(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """Return stretches of which none holds a day of another.

    One kept before a publication and one kept after it hold the same days again once it is
    undone: both are right, and counted together they would be twice too much.
    """
    held: list[Stretch] = []
    for one in sorted(stretches, key=lambda stretch: (stretch.from_on, stretch.number)):
        from_on = max(one.from_on, held[-1].until_on) if held else one.from_on
        if from_on < one.until_on:
            held.append(replace(one, from_on=from_on))
    return tuple(held)


def _basis(
    store: StateStore, campaign: str, days: Sequence[date]
) -> dict[date, tuple[str, date | None]]:
    """Return what the items stand on, on each of the days, and the next day anything is said of."""
    if not days:
        return {}
    rows = store.stored("stretch_basis", {"campaign": campaign, "days": days}).to_pylist()
    return {row["asked_on"]: (row["stands_on"], row["next_on"]) for row in rows}


def _make(store: StateStore, campaign: str, days: Sequence[date], held: Sequence[Stretch]) -> None:
    """Keep the stretches of the days, and drop those that hold no longer or are too many."""
    with store.transaction() as writing:
        asked = {"campaign": campaign, "days": list(days)}
        made = [Stretch(0, *row) for row in writing.run("stretch_ends", asked)]
        first = int(writing.run("next_stretch", {})[0][0])
        made = [replace(one, number=first + place) for place, one in enumerate(made)]
        writing.forget_kept(campaign, [one.number for one in held][-(STRETCHES_MAX - len(made)) :])
        asked["days"] = [one.asked_on for one in made]
        stands_on = {row[0]: row[1] for row in writing.run("stretch_basis", asked)}
        writing.insert("item_stretch", [_row(campaign, one, stands_on) for one in made])
        numbers = {"stretches": [one.number for one in made]}
        writing.run("keep_items", asked | numbers)
        writing.run("keep_tallies", numbers)


def _row(campaign: str, one: Stretch, stands_on: Mapping[date, str]) -> dict[str, Any]:
    return {
        "stretch": one.number,
        "campaign": campaign,
        "asked_on": one.asked_on,
        "from_on": one.from_on,
        "until_on": one.until_on,
        "stands_on": stands_on[one.asked_on],
    }


def _told_turn(turn: int) -> str:
    return f"SET VARIABLE turn = {turn}::BIGINT"


def _told(
    held: Mapping[str, Sequence[Stretch]], counted: Mapping[str, Iterable[date | None]], turn: int
) -> str:
    stretches = [one for of_campaign in held.values() for one in of_campaign]
    covered = [ALWAYS]
    for of_campaign in held.values():
        spans = [(one.from_on, one.until_on) for one in of_campaign]
        meeting = ((max(a[0], b[0]), min(a[1], b[1])) for a, b in product(covered, spans))
        covered = [span for span in meeting if span[0] < span[1]]
    numbered = ", ".join(_literal(one.from_on, one.until_on, one.number) for one in stretches)
    listed = "".join(
        f"SET VARIABLE counted_{name} = [{', '.join(sorted(map(_day_literal, days)))}]::DATE[]; "
        for name, days in counted.items()
    )
    return (
        "SET search_path = 'kept,main'; "
        f"SET VARIABLE stretches = [{numbered}]::STRUCT(from_on DATE, until_on DATE, "
        "stretch BIGINT)[]; "
        f"SET VARIABLE covered = [{', '.join(_literal(*span) for span in covered)}]"
        "::STRUCT(from_on DATE, until_on DATE)[]; "
        f"{listed}{_told_turn(turn)}"
    )


def _literal(from_on: date, until_on: date, *number: int) -> str:
    days = f"from_on: {_day_literal(from_on)}, until_on: {_day_literal(until_on)}"
    return f"{{{days}{''.join(f', stretch: {one}' for one in number)}}}"


def _day_literal(day: date | None) -> str:
    return f"DATE '{day.isoformat()}'" if day else "NULL"
