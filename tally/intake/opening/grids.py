"""What a spreadsheet holds before anyone asks what it means.

The child imports this module, so it keeps to cheap imports: no dataclasses, no contracts.
"""

from array import array
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from itertools import zip_longest
from typing import Any, NamedTuple


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


class Figure(float):
    """A number that its format shows otherwise: as `text`, without one smaller than it is.

    It differs from the plain number: both may stand in one column.
    """

    __slots__ = ("text",)
    text: str

    def __new__(cls, number: float, text: str = "") -> "Figure":
        """Return the number with what is shown of it."""
        figure = super().__new__(cls, number)
        figure.text = text
        return figure

    def __eq__(self, other: object) -> bool:
        """Tell whether the other is the same number, shown the same way."""
        return isinstance(other, Figure) and (float(self), self.text) == (float(other), other.text)

    def __hash__(self) -> int:
        """Return a hash that the plain number need not share."""
        return hash((float(self), self.text))


Cell = str | int | float | bool | date | datetime | Fault | None


class Merge(NamedTuple):
    """A merged range, 0-based and inclusive."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


class Column(NamedTuple):
    """One column of a sheet: its distinct cells, the first of them blank, and each row's choice.

    A ledger repeats a few units, states and days down a hundred thousand rows; each is sent
    and read once.
    """

    distinct: list[Cell]
    codes: "array[int]"

    def cell(self, row: int) -> Cell:
        """Return the cell in a 0-based row."""
        return self.distinct[self.codes[row]]

    def put(self, row: int, cell: Cell) -> None:
        """Put another cell into a row."""
        self.distinct.append(cell)
        self.codes[row] = len(self.distinct) - 1


class Grid(NamedTuple):
    """One sheet from its cell A1, by columns of equal height; a blank cell is None."""

    name: str
    height: int
    columns: list[Column]
    merges: tuple[Merge, ...] = ()
    is_hidden: bool = False
    hidden_row_count: int = 0
    hidden_column_count: int = 0
    filtered_row_count: int = 0

    def line(self, row: int) -> list[Cell]:
        """Return the cells of a 0-based row."""
        return [column.cell(row) for column in self.columns]

    def head(self, count: int) -> list[list[Cell]]:
        """Return the first rows."""
        return [self.line(row) for row in range(min(count, self.height))]

    @property
    def is_empty(self) -> bool:
        """Whether no cell holds anything."""
        return not any(any(column.codes) for column in self.columns)


class Workbook(NamedTuple):
    """A file's sheets; `is_1904` tells from which day its serial numbers count."""

    form: str
    grids: tuple[Grid, ...]
    is_1904: bool = False
    has_macros: bool = False


def cell_of(value: Any) -> Cell:
    """Return what a reader made of a cell as a cell: blanks are None, whole numbers integers."""
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, time | timedelta):
        return str(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value


def percentage(value: float) -> str:
    """Return a number as a percentage shows it: 0.065 is `6.5%`."""
    return f"{value * 100:.10g}%"


def column_of(cells: Iterable[Any], read: Callable[[Any], Cell] = lambda cell: cell) -> Column:
    """Return cells as a column; `read` turns each distinct one into a cell."""
    cells = list(cells)
    places: dict[Any, int] = dict.fromkeys(cells, 0)
    if not places.keys().isdisjoint((0, 1)):
        # 1 and True are one key: truth values stand apart.
        cells = [_Truth(cell) if isinstance(cell, bool) else cell for cell in cells]
        places = dict.fromkeys(cells, 0)
    distinct: list[Cell] = [None]
    for value in places:
        cell = read(value.truth if isinstance(value, _Truth) else value)
        if cell is not None:
            places[value] = len(distinct)
            distinct.append(cell)
    return Column(distinct, array("i", map(places.__getitem__, cells)))


class _Truth(NamedTuple):
    truth: bool


def columns_of(
    rows: Sequence[Sequence[Any]], read: Callable[[Any], Cell] = lambda cell: cell
) -> list[Column]:
    """Return rows, which may differ in length, as columns."""
    return [column_of(cells, read) for cells in zip_longest(*rows)]


def place(row: int, column: int) -> str:
    """Return the name a spreadsheet shows for a 0-based cell: (0, 0) is `A1`."""
    return f"{column_letters(column)}{row + 1}"


def column_number(letters: str) -> int:
    """Return the 0-based column that letters name: `A` is 0, `AA` is 26."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letters(column: int) -> str:
    """Return the letters of a 0-based column: 0 is `A`, 26 is `AA`."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return letters
