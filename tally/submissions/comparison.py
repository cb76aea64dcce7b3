"""What a submission changes: added, changed, vanished and gone backwards, with old and new."""

import difflib
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tally.contracts import Contract
from tally.submissions.keys import same_text

Kind = Literal["added", "changed", "vanished", "reversed"]
Row = Mapping[str, Any]

ALIKE_RATIO = 0.8
# Comparing every text with every other grows with the square of a list that changed whole.
ALIKE_PAIRS_MAX = 40_000
CHOICES_MAX = 5
FALLING_COLUMNS = ("progress_share", "value")
# Without a state, these days say that a thing is done.
DONE_COLUMNS = (
    *("done_on", "issued_on", "matter_settled_on", "people_settled_on"),
    *("handed_in_on", "effective_on", "fulfilled_on"),
)
NAMES = (
    *("title", "name", "indicator", "activity", "object", "action", "work", "subject"),
    *("criterion", "item_no", "reason", "unit"),
)
SHOWN = ("item_key", *NAMES, "sheet", "row")


@dataclass(frozen=True)
class Change:
    """One difference from what is in force; `sheet` and `row` lead to the cell of the new file."""

    kind: Kind
    item_key: str
    title: str
    unit: str
    column: str = ""
    old: Any = None
    new: Any = None
    sheet: str = ""
    row: int = 0


@dataclass(frozen=True)
class Comparison:
    """All differences of one submission; one item may be both changed and reversed.

    The added rows stay a table: a first list has a hundred thousand of them, and no
    old value to show.
    """

    changes: tuple[Change, ...] = ()
    added: tuple[pa.Table, ...] = ()

    def count(self, kind: Kind) -> int:
        """How many items have at least one change of that kind."""
        if kind == "added":
            return sum(rows.num_rows for rows in self.added)
        return len({change.item_key for change in self.changes if change.kind == kind})

    def of(self, kind: Kind) -> tuple[Change, ...]:
        """The changes of one kind."""
        if kind == "added":
            return tuple(
                _change("added", row)
                for rows in self.added
                for row in rows.select(
                    [name for name in SHOWN if name in rows.column_names]
                ).to_pylist()
            )
        return tuple(change for change in self.changes if change.kind == kind)

    def __add__(self, other: "Comparison") -> "Comparison":
        return Comparison((*self.changes, *other.changes), (*self.added, *other.added))


def _change(kind: Kind, row: Row, column: str = "", old: Any = None, new: Any = None) -> Change:
    return Change(
        kind=kind,
        item_key=row["item_key"],
        title=next((row[name] for name in NAMES if row.get(name)), ""),
        unit=row.get("unit") or "",
        column=column,
        old=old,
        new=new,
        sheet=row.get("sheet") or "",
        row=row.get("row") or 0,
    )


def _gone_backwards(column: str, old: Any, new: Any, before: Row) -> bool:
    """Whether a change goes backwards: reopened, progress fallen or lost, a deadline moved."""
    if column in DONE_COLUMNS:
        return old is not None and new is None
    if column == "state":
        return old == "closed" and new not in ("closed", "withdrawn")
    if column in FALLING_COLUMNS:
        return old is not None and (new is None or new < old)
    return column == "due_on" and old is not None and not before.get("is_due_derived")


def _identities(
    contract: Contract, rows: pa.Table, added_periods: Container[date | None]
) -> dict[Any, int]:
    """Return where each thing stands: an item, or one check or step of it; the last wins.

    A number in a month that rows add to is not that of the list's own month.
    """
    is_added = [period in added_periods for period in rows["period"].to_pylist()]
    named = (rows[name].to_pylist() for name in contract.told_apart_by)
    return {key: place for place, key in enumerate(zip(is_added, *named, strict=True))}


def _differing(old: pa.ChunkedArray, new: pa.ChunkedArray) -> Iterator[tuple[int, Any, Any]]:
    """Yield the places at which two columns differ, with both values."""
    is_other = pc.or_(
        pc.fill_null(pc.not_equal(old, new), False),
        pc.not_equal(old.is_null(), new.is_null()),
    )
    places = np.flatnonzero(is_other)
    yield from zip(
        places.tolist(), old.take(places).to_pylist(), new.take(places).to_pylist(), strict=True
    )


def _row_changes(contract: Contract, before: pa.Table, after: pa.Table) -> list[Change]:
    """Return what differs between the same items' rows, item by item."""
    found: list[tuple[int, Change]] = []
    for column in contract.columns:
        if column.name not in before.column_names:
            continue
        old_values = before[column.name].cast(after.schema.field(column.name).type)
        for place, old, new in _differing(old_values, after[column.name]):
            row = after.slice(place, 1).to_pylist()[0]
            found.append((place, _change("changed", row, column.name, old, new)))
            old_row = before.slice(place, 1).to_pylist()[0]
            if contract.nature == "state" and _gone_backwards(column.name, old, new, old_row):
                found.append((place, _change("reversed", row, column.name, old, new)))
    return [change for _, change in sorted(found, key=lambda entry: entry[0])]


def compare(
    contract: Contract,
    before: pa.Table,
    after: pa.Table,
    month: date | None = None,
    added_periods: Container[date | None] = (),
) -> Comparison:
    """Compare the rows in force with the rows of a submission, matched on `item_key`.

    An item that an earlier month's list named stays counted when it vanishes. Rows of the
    very month that is replaced (`month`, and the months of the rows) would be gone for
    good: when that takes more than half of them it is a reversal and needs a reason, for
    a list of September that carries three tickets of August along must not silently take
    the place of all of August. Where lists add up, or rows add to months (`added_periods`),
    nothing is missed.
    """
    old_places = _identities(contract, before, added_periods)
    new_places = _identities(contract, after, added_periods)
    is_new = [place for key, place in new_places.items() if key not in old_places]
    held = before["period"].to_pylist()
    missed = [
        place
        for key, place in old_places.items()
        if key not in new_places and not contract.accumulates and held[place] not in added_periods
    ]
    replaced = {month, *after["period"].unique().to_pylist()}
    gone = [row for row in _at(before, missed).to_pylist() if _is_missed(row, replaced)]
    lost = [
        _change("vanished", {**row, "sheet": "", "row": 0}, "state", row.get("state"))
        for row in gone
    ]
    changes = list(lost)
    if gone and contract.nature != "reference":
        emptied = _emptied_months(held, gone, replaced)
        changes += [
            replace(change, kind="reversed", column="", old=None)
            for change, row in zip(lost, gone, strict=True)
            if row["period"] in emptied
        ]
    both = [key for key in new_places if key in old_places]
    changes += _row_changes(
        contract,
        _at(before, [old_places[key] for key in both]),
        _at(after, [new_places[key] for key in both]),
    )
    return Comparison(tuple(changes), (_at(after, is_new),) if is_new else ())


def _at(rows: pa.Table, places: Sequence[int]) -> pa.Table:
    return rows.take(pa.array(places, pa.int64()))


def _emptied_months(
    held_periods: Sequence[date | None], gone: Sequence[Row], replaced: set[date | None]
) -> set[date | None]:
    """Return the months, among those replaced, that would lose more than half of their rows."""
    held = Counter(held_periods)
    lost = Counter(row["period"] for row in gone)
    return {period for period in replaced if 2 * lost[period] > held[period]}


def _is_missed(row: Row, replaced: set[date | None]) -> bool:
    """Whether a row's absence is news.

    A closed item may leave the lists of later months; a row of a month that is replaced
    would be lost.
    """
    return row.get("state") != "closed" or row["period"] in replaced


@dataclass(frozen=True)
class Doubt:
    """An added item and the vanished ones of its unit that it may be, the likeliest first."""

    new: Change
    gone: tuple[Change, ...]


def doubtful_matches(comparison: Comparison) -> list[Doubt]:
    """Return the added items whose texts are so like vanished ones that they may be those.

    Nothing is joined on its own: they are shown and a person decides.
    """
    vanished = _by_unit(comparison.of("vanished"))
    if not vanished:
        return []
    added = _by_unit(comparison.of("added"))
    return [
        Doubt(new, gone)
        for unit in vanished
        if unit in added and len(vanished[unit]) * len(added[unit]) <= ALIKE_PAIRS_MAX
        for new in added[unit]
        if (gone := _alike(new, vanished[unit]))
    ]


def with_exchanged(comparison: Comparison) -> Comparison:
    """Return the comparison with the lists that changed nearly whole gone backwards.

    They are too many to ask about one by one, and hardly all new: a reason is needed.
    """
    vanished = _by_unit(comparison.of("vanished"))
    if not vanished:
        return comparison
    added = _by_unit(comparison.of("added"))
    exchanged = [
        replace(change, kind="reversed", column="", old=None)
        for unit, gone in vanished.items()
        if len(gone) * len(added.get(unit, ())) > ALIKE_PAIRS_MAX
        for change in gone
    ]
    return replace(comparison, changes=(*comparison.changes, *exchanged))


def _by_unit(changes: Iterable[Change]) -> dict[str, list[Change]]:
    found: dict[str, list[Change]] = {}
    for change in changes:
        found.setdefault(change.unit, []).append(change)
    return found


def _alike(new: Change, vanished: Sequence[Change]) -> tuple[Change, ...]:
    matcher = difflib.SequenceMatcher(b=same_text(new.title))
    likely = []
    for gone in vanished:
        matcher.set_seq1(same_text(gone.title))
        if matcher.real_quick_ratio() < ALIKE_RATIO or matcher.quick_ratio() < ALIKE_RATIO:
            continue
        if (ratio := matcher.ratio()) >= ALIKE_RATIO:
            likely.append((ratio, gone))
    likely.sort(key=lambda entry: -entry[0])
    return tuple(gone for _, gone in likely[:CHOICES_MAX])
