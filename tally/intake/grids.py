"""What a spreadsheet holds before anyone asks what it means; the child process speaks it as JSON.

The child imports this module, so it keeps to cheap imports: no dataclasses, no contracts.
"""

import json
from datetime import date, datetime
from typing import Any, NamedTuple

MAX_ANSWER_CHARACTERS = 64_000_000


class Refusal(Exception):
    """A file that cannot be read at all: what it is, what was expected, what to do."""

    def __init__(self, found: str, expected: str, remedy: str) -> None:
        super().__init__(f"{found}　{expected}　{remedy}")
        self.found, self.expected, self.remedy = found, expected, remedy

    def __reduce__(self) -> tuple[Any, ...]:
        """Rebuild from the three sentences, not from their sum."""
        return Refusal, (self.found, self.expected, self.remedy)


class Fault(NamedTuple):
    """A cell that shows an error (`#N/A`) or a formula that was saved without its result."""

    shown: str


Cell = str | int | float | bool | date | datetime | Fault | None


class Merge(NamedTuple):
    """A merged range, 0-based and inclusive."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


class Grid(NamedTuple):
    """One sheet from its cell A1; rows may differ in length, a blank cell is None."""

    name: str
    cells: list[list[Cell]]
    merges: tuple[Merge, ...] = ()
    is_hidden: bool = False
    hidden_row_count: int = 0
    hidden_column_count: int = 0


class Workbook(NamedTuple):
    """A file's sheets; `is_1904` tells from which day its serial numbers count."""

    form: str
    grids: tuple[Grid, ...]
    is_1904: bool = False
    has_macros: bool = False


def place(row: int, column: int) -> str:
    """Return the name a spreadsheet shows for a 0-based cell: (0, 0) is `A1`."""
    return f"{column_letters(column)}{row + 1}"


def column_letters(column: int) -> str:
    """Return the letters of a 0-based column: 0 is `A`, 26 is `AA`."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return letters


def _tagged(cell: Cell) -> Any:
    if isinstance(cell, Fault):
        return {"fault": cell.shown}
    if isinstance(cell, datetime):
        return {"time": cell.isoformat()}
    if isinstance(cell, date):
        return {"day": cell.isoformat()}
    return cell


def _untagged(value: Any) -> Cell:
    if not isinstance(value, dict):
        return value
    if "fault" in value:
        return Fault(value["fault"])
    return datetime.fromisoformat(value["time"]) if "time" in value else _day(value["day"])


def _day(text: str) -> date:
    return date.fromisoformat(text)


def encode(workbook: Workbook) -> str:
    """Return the workbook as JSON; Refusal when its text would fill the parent's memory."""
    character_count = 0
    grids = []
    for grid in workbook.grids:
        character_count += sum(len(c) for row in grid.cells for c in row if isinstance(c, str))
        if character_count > MAX_ANSWER_CHARACTERS:
            raise Refusal("文字总量过大", "应为一份台账的内容", "请拆成几个文件分别导入")
        grids.append(grid._replace(cells=[[_tagged(cell) for cell in row] for row in grid.cells]))
    return json.dumps(workbook._replace(grids=tuple(grids)), ensure_ascii=False)


def decode(text: str) -> Workbook:
    """Rebuild the workbook that `encode` wrote."""
    form, grids, is_1904, has_macros = json.loads(text)
    return Workbook(form, tuple(_grid(*fields) for fields in grids), is_1904, has_macros)


def _grid(name: str, rows: list[list[Any]], merges: list[list[int]], *others: Any) -> Grid:
    cells = [[_untagged(value) for value in row] for row in rows]
    return Grid(name, cells, tuple(Merge(*merge) for merge in merges), *others)
