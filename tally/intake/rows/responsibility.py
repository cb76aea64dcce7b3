"""Who leads a row and who takes part, read once for each pair of cells that occurs."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from tally.contracts import Level
from tally.intake.cells.answers import faulty, is_missing
from tally.intake.cells.names import Named, Units, proposal
from tally.intake.deadline import check_time
from tally.intake.opening.grids import Cell
from tally.intake.tables.table import Table


@dataclass(frozen=True)
class Remark:
    """What must be said of one of a row's cells."""

    level: Level
    column: str
    expected: str
    remedy: str


@dataclass(frozen=True)
class Responsibility:
    """The rows' lead units and partners, and the remarks as (row of the ledger, remark)."""

    units: pa.Array
    partners: pa.Array
    remarks: list[tuple[int, Remark]]


@dataclass
class _Pair:
    """One unit cell beside one partner cell."""

    unit: str | None = None
    partners: str | None = None
    remarks: list[Remark] = field(default_factory=list)


class _Reader:
    """Reads pairs of cells against one roster."""

    def __init__(self, units: Units, unit: str, has_partners: bool) -> None:
        self.units = units
        self.unit, self.has_partners = unit, has_partners

    def pair(self, lead: Cell, beside: Cell) -> _Pair:
        """Return who leads and who takes part, and what must be said about it."""
        check_time()
        named, joined = self._named(lead), self._named(beside)
        is_blank = is_missing(lead)
        unit = named.lead or (self.unit if is_blank else "") or None
        others = dict.fromkeys((*named.partners, *named.everybody))
        others |= dict.fromkeys((*joined.all, *joined.everybody, *joined.unknown))
        if unit:
            others.pop(unit, None)
        partners = "、".join(others) or None if self.has_partners else None
        pair = _Pair(unit, partners)
        for column, cell in (("unit", lead), ("partners", beside)):
            if faulty(cell):
                pair.remarks.append(_fault(column))
        pair.remarks += self._lead_remarks(lead, named, joined)
        return pair

    def _named(self, cell: Cell) -> Named:
        return Named() if faulty(cell) else self.units.read(cell)

    def _lead_remarks(self, lead: Cell, named: Named, joined: Named) -> Iterator[Remark]:
        for word in named.unknown:
            yield Remark("error", "unit", f"名册里没有“{word}”", proposal(self.units, word))
        is_silent = is_missing(lead) or faulty(lead)
        if not (is_silent or named.lead or named.unknown):
            yield Remark("error", "unit", "没有写明牵头单位", "请写明由哪个单位牵头")
        for word in joined.unknown:
            yield Remark(
                "warning", "partners", f"名册里没有“{word}”，按原文保留", proposal(self.units, word)
            )
        if joined.everybody or named.everybody:
            column = "partners" if joined.everybody else "unit"
            yield Remark("warning", column, "按原文记为配合", "可改为具体单位")
        if named.lead and (named.partners or named.everybody) and not named.is_lead_marked:
            kept = "其余为配合" if self.has_partners else "其余未记入"
            first = "首个为牵头" if self.has_partners else "首个为责任单位"
            yield Remark("warning", "unit", f"{first}，{kept}", "如不对，请把牵头单位写在最前")


def _fault(column: str) -> Remark:
    return Remark("error", column, "应为单位名称，不是错误值", "请改正公式，或填写单位名称")


def read_responsibility(
    table: Table, units: Units, unit: str, has_partners: bool
) -> Responsibility:
    """Read a table's units and partners; a row whose unit is blank is the submitting unit's."""
    reader = _Reader(units, unit, has_partners)
    leads, besides = table.cells("unit"), table.cells("partners")
    width = len(besides.distinct)
    keys = leads.codes.astype(np.int64) * width + besides.codes
    distinct, choices = np.unique(keys, return_inverse=True)
    pairs = [
        reader.pair(leads.distinct[key // width], besides.distinct[key % width]) for key in distinct
    ]
    chosen = pa.array(choices)
    has_remarks = np.array([bool(pair.remarks) for pair in pairs], bool)
    return Responsibility(
        pa.array([pair.unit for pair in pairs], pa.string()).take(chosen),
        pa.array([pair.partners for pair in pairs], pa.string()).take(chosen),
        [
            (int(row), remark)
            for row in (np.flatnonzero(has_remarks[choices]) if pairs else ())
            for remark in pairs[choices[row]].remarks
        ],
    )
