"""What a submission changes: added, changed, vanished and gone backwards, with old and new."""

import difflib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from tally.contracts import Contract
from tally.submissions.keys import same_text

Kind = Literal["added", "changed", "vanished", "reversed"]
Row = Mapping[str, Any]

ALIKE_RATIO = 0.8
# Comparing every text with every other grows with the square of a list that changed whole.
ALIKE_PAIRS_MAX = 20_000
FALLING_COLUMNS = ("progress_share", "value")


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
    """All differences of one submission; one item may be both changed and reversed."""

    changes: tuple[Change, ...]

    def count(self, kind: Kind) -> int:
        """How many items have at least one change of that kind."""
        return len({change.item_key for change in self.changes if change.kind == kind})

    def of(self, kind: Kind) -> tuple[Change, ...]:
        """The changes of one kind."""
        return tuple(change for change in self.changes if change.kind == kind)


def _change(kind: Kind, row: Row, column: str = "", old: Any = None, new: Any = None) -> Change:
    title = row.get("title") or row.get("name") or row.get("indicator") or ""
    return Change(
        kind=kind,
        item_key=row["item_key"],
        title=title,
        unit=row.get("unit") or "",
        column=column,
        old=old,
        new=new,
        sheet=row.get("sheet") or "",
        row=row.get("row") or 0,
    )


def _gone_backwards(column: str, old: Any, new: Any, before: Row) -> bool:
    """Whether a change goes backwards: reopened, progress fallen, or a deadline moved."""
    if column == "state":
        return old == "closed" and new not in ("closed", "withdrawn")
    if column in FALLING_COLUMNS:
        return old is not None and new is not None and new < old
    return column == "due_on" and old is not None and not before.get("is_due_derived")


def _row_changes(contract: Contract, before: Row, after: Row) -> list[Change]:
    changes = []
    for column in contract.columns:
        old, new = before.get(column.name), after.get(column.name)
        if old == new:
            continue
        changes.append(_change("changed", after, column.name, old, new))
        if contract.nature == "state" and _gone_backwards(column.name, old, new, before):
            changes.append(_change("reversed", after, column.name, old, new))
    return changes


def _identity(contract: Contract, row: Row) -> tuple[Any, ...]:
    """Return what is one thing: an item, or one check of it on one day."""
    return row["item_key"], row.get(contract.happened) if contract.kind == "checks" else None


def compare(
    contract: Contract, before: Sequence[Row], after: Sequence[Row], month: date | None = None
) -> Comparison:
    """Compare the rows in force with the rows of a submission, matched on `item_key`.

    An item that an earlier month's list named stays counted when it vanishes. Rows of the
    very month that is replaced (`month`, and the months of the rows) would be gone for
    good: when that takes more than half of them it is a reversal and needs a reason, for
    a list of September that carries three tickets of August along must not silently take
    the place of all of August.
    """
    old_rows = {_identity(contract, row): row for row in before}
    new_rows = {_identity(contract, row): row for row in after}
    changes = [_change("added", row) for key, row in new_rows.items() if key not in old_rows]
    gone = [row for key, row in old_rows.items() if key not in new_rows and _is_missed(row)]
    lost = [_change("vanished", {**row, "sheet": "", "row": 0}) for row in gone]
    changes += lost
    if contract.nature != "reference":
        emptied = _emptied_months(before, gone, {row["period"] for row in after} | {month})
        changes += [
            replace(change, kind="reversed")
            for change, row in zip(lost, gone, strict=True)
            if row["period"] in emptied
        ]
    for key, row in new_rows.items():
        if key in old_rows:
            changes += _row_changes(contract, old_rows[key], row)
    return Comparison(tuple(changes))


def _emptied_months(
    before: Sequence[Row], gone: Sequence[Row], replaced: set[date | None]
) -> set[date | None]:
    """Return the months, among those replaced, that would lose more than half of their rows."""
    held = Counter(row["period"] for row in before)
    lost = Counter(row["period"] for row in gone)
    return {period for period in replaced if 2 * lost[period] > held[period]}


def _is_missed(row: Row) -> bool:
    """Whether a row's absence is news: a closed item is told of once, when it leaves the list."""
    return row.get("is_listed", True) or row.get("state") != "closed"


def doubtful_matches(comparison: Comparison) -> list[tuple[Change, Change]]:
    """Return pairs (vanished, added) of one unit whose texts are so alike that they may be one.

    Nothing is joined on its own: the pairs are shown and a person decides.
    """
    vanished, added = comparison.of("vanished"), comparison.of("added")
    if len(vanished) * len(added) > ALIKE_PAIRS_MAX:
        return []
    pairs = []
    for gone in vanished:
        for new in added:
            if gone.unit != new.unit:
                continue
            alike = difflib.SequenceMatcher(None, same_text(gone.title), same_text(new.title))
            if alike.quick_ratio() >= ALIKE_RATIO and alike.ratio() >= ALIKE_RATIO:
                pairs.append((gone, new))
    return pairs
