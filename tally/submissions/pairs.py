"""A row's cells as written beside what was read from them, and what is not what stands there."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tally import words
from tally.contracts import Column, Contract, Sheet
from tally.intake.cells.answers import plain
from tally.intake.cells.names import Names
from tally.intake.opening.grids import Workbook
from tally.intake.source import SourceCell, section_above, source_row
from tally.intake.tables.headers import title_of
from tally.packs import Pack
from tally.secrecy import LABELS, WITHHELD, ColumnClass, Label
from tally.submissions.records import sheets_of
from tally.submissions.unfolded import ELSEWHERE, cells_of_figure, is_unfolded

CONVERTED, ALIAS, DERIVED = "换算", "别名", "推算"
NAMED_TYPES = ("state", "units", "dimension", "community", "result", "choice", "class")
POSITION = ("longitude", "latitude")
SECTION, SUBMITTER = "分节行", "填报单位"
ANSWERED: Mapping[str, Sequence[str]] = {
    "列名": ("column",),
    "名称": ("unit", "community", "dimension"),
}
Kept = Mapping[str, str | None]


@dataclass(frozen=True)
class Pair:
    """One cell as written beside what it was read as.

    `mark` is 换算, 别名 or 推算 where the value is not what stands there, '' otherwise;
    `remark` what was said of the cell. `cell` is '' for a value that no cell holds.
    """

    cell: str
    header: str
    content: str
    column: str = ""
    value: str = ""
    mark: str = ""
    remark: str = ""


class Pairing:
    """Sets one row's cells beside what was kept of them."""

    def __init__(
        self,
        contract: Contract,
        pack: Pack,
        kept: Kept,
        record: Mapping[str, Any],
        item_key: str,
    ) -> None:
        self.contract, self.pack, self.kept, self.record = contract, pack, kept, record
        self.item_key = item_key
        self.problems = json.loads(record["problems"] or "[]")
        self.answers = json.loads(record["answers"] or "{}")

    def pairs(self, book: Workbook, recognised: Sheet, row: int) -> tuple[Pair, ...]:
        """Return the row's cells in the order of the file, then what stands in none of them."""
        sheet = recognised.name
        # A blank cell under the dimension says nothing: the section above it does.
        cells = [
            cell
            for cell in source_row(book, recognised, row)
            if cell.content or cell.column != self._dimension
        ]
        if is_unfolded(self.contract, recognised):
            cells = list(cells_of_figure(cells, row, self.kept))
        told = {cell.column for cell in cells}
        shown = [self._pair(cell, sheet) for cell in cells if self._is_telling(cell, sheet)]
        if self._dimension not in told and (section := self._section(book, recognised, row)):
            shown.append(section)
            told.add(self._dimension)
        return (*shown, *self._elsewhere(told))

    def values(self) -> tuple[Pair, ...]:
        """Return what was kept, where the original can no longer be shown."""
        values = [(column, self._value(column.name)) for column in self.contract.columns]
        return tuple(Pair("", "", "", column.title, value) for column, value in values if value)

    def recognised(self, sheet: str, row: int) -> list[Sheet]:
        """Return what was recognised around the row, from the left: the last headers above it."""
        above = [
            entry
            for entry in sheets_of(self.record["recognised"])
            if (entry.name, entry.ledger) == (sheet, self.contract.kind) and entry.header_row < row
        ]
        last = [
            entry
            for entry in above
            if not any(
                other.header_row > entry.header_row and _share_columns(entry, other)
                for other in above
            )
        ]
        return sorted(last, key=lambda entry: entry.columns_at)

    def own(self, parts: Sequence[tuple[Workbook, Sheet]], row: int) -> tuple[Workbook, Sheet]:
        """Return the part whose cells say most of what was kept of the row, its title first.

        Of parts that say the same the first holds the item, a later one its double (`~1a#2`).
        """
        if len(parts) == 1:
            return parts[0]
        said = [self._said(source_row(book, sheet, row)) for book, sheet in parts]
        best = [part for part, names in zip(parts, said, strict=True) if names == max(said)]
        return best[-1] if "#" in self.item_key else best[0]

    def _said(self, cells: Sequence[SourceCell]) -> tuple[bool, int]:
        """Return whether a row's cells say its title, and how much of the whole they say."""
        names = [cell.column for cell in cells if self._says(cell)]
        return title_of(self.contract) in names, len(names)

    def _says(self, cell: SourceCell) -> bool:
        """Tell whether a cell says what was kept, in the same words or by an alias."""
        if not cell.column or not (value := self._value(cell.column)):
            return False
        column = self.contract.column(cell.column)
        if column.type == "units":
            admits = self.contract.admits_organs
            bodies = self.names.bodies if admits else self.names.units
            return bodies.read(cell.content).lead == value
        if column.type == "community":
            return self.names.places.find(cell.content) == value
        return _is_same(column, cell.content, value)

    @cached_property
    def names(self) -> Names:
        """The names by which units and communities were read."""
        return Names(self.pack, self.answers)

    def _is_telling(self, cell: SourceCell, sheet: str) -> bool:
        """Tell whether a cell holds something, or its emptiness was filled or remarked on."""
        filled = bool(cell.column) and self._value(cell.column) != ""
        return bool(cell.content) or filled or bool(self.remarks(sheet, cell.cell))

    def remarks(self, sheet: str, place: str) -> list[str]:
        """Return what was said of a place when the file was read."""
        return [
            problem["expected"]
            for problem in self.problems
            if problem["sheet"] == sheet and problem["cell"] == place
        ]

    def _pair(self, cell: SourceCell, sheet: str) -> Pair:
        remarks = self.remarks(sheet, cell.cell)
        if cell.merged_from:
            remarks.insert(0, f"合并单元格，值在 {cell.merged_from}")
        remarks += self._answered(cell)
        if not cell.column:
            return Pair(cell.cell, cell.header, cell.content, remark="；".join(remarks))
        column = self.contract.column(cell.column)
        value = self._value(column.name)
        if column.column_class is ColumnClass.SENSITIVE:
            remarks.insert(0, LABELS[column.column_class])
        if value == WITHHELD:
            return Pair(cell.cell, cell.header, "", column.title, value, remark=Label.SENSITIVE)
        if column.name == self.contract.deadline and self._is_derived:
            remarks.append(self._derived_remark())
        mark = self._mark(column, cell.content, value)
        if mark and column.name in POSITION:
            remarks.append("坐标换算为 WGS-84")
        return Pair(
            cell.cell, cell.header, cell.content, column.title, value, mark, "；".join(remarks)
        )

    def _answered(self, cell: SourceCell) -> Iterator[str]:
        """Yield that a header or a name was explained by the person who uploaded the file."""
        for kind, word in (("列名", cell.header), ("名称", cell.content)):
            keys = (f"{name}:{word}" for name in ANSWERED[kind])
            if word and any(key in self.answers for key in keys):
                yield f"{kind}按上传时的说明"

    @property
    def _is_derived(self) -> bool:
        return self.kept.get("is_due_derived") == "true"

    def _derived_remark(self) -> str:
        days = {deadline.kind: deadline.working_days for deadline in self.pack.deadlines}
        count = days.get(self.contract.kind)
        start = self.contract.happened or "found_on"
        title = self.contract.column(start).title
        return f"没有写明，自{title}起{f' {count} 个' if count else ''}工作日"

    def _mark(self, column: Column, content: str, value: str) -> str:
        """Return in which way a value is not what stands in its cell."""
        if not value or _is_same(column, content, value):
            return ""
        if not content or (column.name == self.contract.deadline and self._is_derived):
            return DERIVED
        if column.type == "units":
            names = [self.kept.get("unit") or "", *(self.kept.get("partners") or "").split("、")]
            return CONVERTED if all(name in plain(content) for name in names) else ALIAS
        return ALIAS if column.type in NAMED_TYPES else CONVERTED

    def _value(self, name: str) -> str:
        """Return what is kept of a column, in the words of the pages; '' for nothing."""
        value = self.kept.get(name)
        if name == self.contract.deadline and value is None and self.kept.get("due_text"):
            return "没有期限"
        return "" if value is None else VALUE_WORDS.get(self._type(name), str)(value)

    def _type(self, name: str) -> str:
        column = self.contract.columns_by_name.get(name)
        return column.type if column else "text"

    @property
    def _dimension(self) -> str:
        return next((c.name for c in self.contract.columns if c.type == "dimension"), "")

    def _section(self, book: Workbook, sheet: Sheet, row: int) -> Pair | None:
        """Return the section's line that gave a row its dimension, or None."""
        value = self.kept.get(self._dimension)
        entry = next((one for one in self.pack.dimensions if one.name == value), None)
        if entry is None:
            return None
        known = [plain(word) for word in (entry.name, *entry.aliases)]
        found = section_above(book, sheet, row, lambda text: any(word in text for word in known))
        if found is None:
            return None
        title = self.contract.column(self._dimension).title
        mark = "" if plain(found.content) == plain(entry.name) else ALIAS
        return Pair(found.cell, SECTION, found.content, title, entry.name, mark)

    def _elsewhere(self, told: set[str]) -> Iterator[Pair]:
        """Yield the values that stand in no cell of the row, and where they are from."""
        for column in self.contract.columns:
            value = self._value(column.name)
            if value and column.name not in told:
                header, remark = self._origin(column)
                yield Pair("", header, "", column.title, value, DERIVED, remark)

    def _origin(self, column: Column) -> tuple[str, str]:
        if column.name == self.contract.deadline and self._is_derived:
            return "", self._derived_remark()
        if column.type == "dimension":
            return SECTION, "取自上方的分节行"
        if self.contract.unfolds and column.name in self.contract.identity:
            return "", ELSEWHERE
        if column.name == "unit":
            return SUBMITTER, "本行没有写，按填报单位"
        if column.name == "partners":
            return "", "与责任单位写在一格"
        if column.name == "state":
            return "", "没有状态列，按有无销号日期"
        return "", "取自本行的其他格" if column.name == "progress_share" else ""


def _share_columns(one: Sheet, other: Sheet) -> bool:
    (first, last), (other_first, other_last) = one.columns_at, other.columns_at
    return first <= other_last and other_first <= last


def _is_same(column: Column, content: str, value: str) -> bool:
    """Tell whether a value is what stands in the cell, but for width and blanks."""
    if plain(content) == plain(value):
        return True
    if column.type == "number":
        return _number(content) is not None and _number(content) == _number(value)
    return False


def _number(text: str) -> float | None:
    try:
        return float(plain(text).replace(",", ""))
    except ValueError:
        return None


def _percent(value: str) -> str:
    return f"{float(value) * 100:.10g}%"


VALUE_WORDS: Mapping[str, Callable[[str], str]] = {
    "state": lambda value: words.ITEM_STATE_WORDS.get(value, value),
    "share": _percent,
    "result": lambda value: "是" if value == "true" else "否",
    "number": lambda value: f"{float(value):.15g}",
    "month": lambda value: value[:7],
}
