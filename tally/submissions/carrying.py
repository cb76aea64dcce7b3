"""Open items of an ended campaign become a draft list of the next one (A15), never twice."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from tally import clock, words
from tally.contracts import contracts
from tally.intake.cells.names import Names
from tally.notices.template import template
from tally.packs import Pack
from tally.store import Database
from tally.submissions.archives import is_archived
from tally.submissions.conflicts import STATE_ITEMS
from tally.submissions.outcome import Outcome
from tally.submissions.rosters import packs_with_rosters
from tally.submissions.staging import Given, Terms, read_file, submit

Row = Mapping[str, Any]
# What an item's new life begins without: its closing, and the extensions of its deadline.
LEFT_BEHIND = ("closed_on", "applied_on", "confirmed_on", "extended_to", "extended_on")


class CannotCarry(ValueError):
    """Nothing can be carried over; the message says why."""


@dataclass(frozen=True)
class Carrying:
    """What carrying over would do, ledger by ledger.

    `rows` are the items still to be carried, as rows of the other campaign; `done_count` how many
    were carried before; `unknown_units` are those that the other campaign's roster lacks.
    `month` is that before its first: no list of its own is due for it.
    """

    source: Pack
    target: Pack
    month: date
    rows: Mapping[str, tuple[Row, ...]]
    done_count: int
    unknown_units: tuple[str, ...]

    @property
    def row_count(self) -> int:
        """How many items there are to be carried."""
        return sum(len(rows) for rows in self.rows.values())


def carrying(database: Database, source: str, target: str) -> Carrying:
    """Return what would be carried from an ended campaign to another; CannotCarry when nothing may.

    Nothing is changed.
    """
    packs = packs_with_rosters(database)
    old, new = packs[source], packs[target]
    if source == target:
        raise CannotCarry("结转要写两个不同的专项行动")
    if clock.today() <= old.campaign.end_on:
        ended = words.iso_day(old.campaign.end_on)
        raise CannotCarry(f"“{old.campaign.name}”到 {ended} 才结束，还不能结转")
    if is_archived(database, target):
        raise CannotCarry(f"“{new.campaign.name}”已归档，不能接收结转的事项")
    marks = set(database.stored("carried_marks", {"campaign": target})["carried_from"].to_pylist())
    on_day = {"campaign": source, "as_of": clock.today()}
    open_rows = {k: database.stored(f"open_{k}", on_day).to_pylist() for k in STATE_ITEMS}
    carried = {
        kind: tuple(
            row for item in items if (row := _carried(old, item))["carried_from"] not in marks
        )
        for kind, items in open_rows.items()
    }
    units = Names(new).units
    named = {row["unit"]: None for rows in carried.values() for row in rows}
    return Carrying(
        source=old,
        target=new,
        month=(new.campaign.start_on.replace(day=1) - timedelta(days=1)).replace(day=1),
        rows={kind: rows for kind, rows in carried.items() if rows},
        done_count=sum(map(len, open_rows.values())) - sum(map(len, carried.values())),
        unknown_units=tuple(unit for unit in named if unit and units.find(unit) is None),
    )


def carry_over(database: Database, source: str, target: str, by: str = "") -> tuple[Outcome, ...]:
    """Draft the open items of an ended campaign in another, one generated workbook a ledger.

    The workbook is kept as the draft's original. An item keeps its first deadline and says where
    it is from (`carried_from`: campaign and old number); one that was carried before stays out.
    CannotCarry when there is nothing to carry, or a draft of it waits already.
    """
    found = carrying(database, source, target)
    if not found.rows:
        raise CannotCarry(_nothing(found))
    for kind in found.rows:
        _check_drafts(database, found, kind)
    return tuple(_drafted(database, found, kind, by) for kind in found.rows)


def _nothing(found: Carrying) -> str:
    name = found.source.campaign.name
    if found.done_count:
        return f"“{name}”未办结的 {found.done_count} 项都已经结转过"
    return f"“{name}”没有未办结的事项"


def _carried(old: Pack, item: Row) -> Row:
    """Return an open item as a row of the other campaign's list."""
    number, name = item.get("item_no"), old.campaign.name
    moved = {
        # Its old number may be another item's in the other campaign.
        "item_no": f"{number}({old.campaign.end_on.year}结转)" if number else None,
        "carried_from": item.get("carried_from") or f"{name} {number or item['item_key']}",
        "is_due_derived": False,
    }
    return {**item, **dict.fromkeys(LEFT_BEHIND), **moved}


def _check_drafts(database: Database, found: Carrying, kind: str) -> None:
    slice_of = {"campaign": found.target.slug, "ledger": kind, "period": found.month, "unit": ""}
    if drafts := database.stored("drafts_of_slice", slice_of)["upload"].to_pylist():
        raise CannotCarry(f"已有一份结转的草稿（{drafts[0]} 号），请先发布或撤回")


def _drafted(database: Database, found: Carrying, kind: str, by: str) -> Outcome:
    """Draft one ledger; what was carried there before stays in the list, which it replaces."""
    contract, target = contracts()[kind], found.target
    held = database.slice_rows(kind, target.slug, "", [found.month]).to_pylist()
    content = template(contract, target, "", [*held, *found.rows[kind]], found.month)
    file = f"结转自{found.source.campaign.name}的{contract.title}.xlsx"
    given = Given(campaign=target.slug, ledger=kind, month=found.month)
    # Items of one unit alone are still part of everybody's list.
    reading = replace(read_file(database, content, file, given), unit="")
    reason = f"结转自“{found.source.campaign.name}”"
    return submit(database, reading, content, Terms(by, reason, is_draft=True))
