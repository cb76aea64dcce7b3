"""Finds the table in a sheet: where its header is, and which ledger that makes it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from tally.contracts import Column, Contract, contracts
from tally.intake.answers import plain
from tally.intake.grids import Cell, Grid, Merge, Refusal
from tally.intake.headers import Assignment, assign, header_word, vocabulary

MAX_HEADER_ROWS = 3
MAX_SEARCHED_ROWS = 1_000
MAX_FILLED_CELLS = 5_000_000
SHORTEST_NAME = 3
# A sheet without a column of units is taken for a ledger only if this much else fits.
ENOUGH_WITHOUT_UNITS = 3


@dataclass(frozen=True)
class Header:
    """A header found in a sheet; rows are 0-based, `depth` rows of words."""

    contract: Contract
    first_row: int
    depth: int
    assignment: Assignment

    @property
    def last_row(self) -> int:
        """The header's lowest row; data begin below it."""
        return self.first_row + self.depth - 1

    @property
    def missing(self) -> tuple[Column, ...]:
        """The required columns that no header names."""
        found = self.assignment.names
        return tuple(column for column in self.contract.required if column.name not in found)

    @property
    def matched_count(self) -> int:
        """How many of the contract's columns were found."""
        return len(self.assignment.columns)

    @property
    def is_sufficient(self) -> bool:
        """Whether the sheet is this ledger; only the units may come from outside the table."""
        missing = {column.name for column in self.missing}
        if missing - {"unit"}:
            return False
        return not missing or self.matched_count >= ENOUGH_WITHOUT_UNITS


@dataclass(frozen=True)
class Found:
    """A sheet and the headers that could be its own: one for each ledger it may be."""

    grid: Grid
    candidates: tuple[Header, ...]
    nearest: Header | None


def filled_down(grid: Grid) -> Grid:
    """Return the grid with every merged range's value repeated down its first column.

    A merged cell beside several rows holds for each of them; across it says nothing new.
    """
    cells = [list(row) for row in grid.cells]
    filled_count = 0
    for merge in grid.merges:
        last_row = min(merge.last_row, len(cells) - 1)
        filled_count += max(last_row - merge.first_row, 0)
        if filled_count > MAX_FILLED_CELLS:
            raise Refusal("合并单元格过多", "应为普通表格", "请取消合并单元格后重新上传")
        for row in range(merge.first_row + 1, last_row + 1):
            _set(cells[row], merge.first_column, _get(cells[merge.first_row], merge.first_column))
    return grid._replace(cells=cells)


class _Sheet(NamedTuple):
    """A sheet's cells, and its merged ranges by the row in which they begin."""

    cells: Sequence[Sequence[Cell]]
    merges: Mapping[int, Sequence[Merge]]


def _by_first_row(merges: Iterable[Merge]) -> dict[int, list[Merge]]:
    found: dict[int, list[Merge]] = {}
    for merge in merges:
        found.setdefault(merge.first_row, []).append(merge)
    return found


def _get(row: Sequence[Cell], column: int) -> Cell:
    return row[column] if column < len(row) else None


def _set(row: list[Cell], column: int, value: Cell) -> None:
    if value is not None:
        row += [None] * (column + 1 - len(row))
        row[column] = value


def _spread(sheet: _Sheet, first: int, depth: int) -> list[list[str]]:
    """Return a header's words with parents repeated over their children."""
    cells = sheet.cells
    width = max((len(row) for row in cells[first : first + depth]), default=0)
    words = [
        [header_word(_get(cells[row], at)) for at in range(width)]
        for row in range(first, first + depth)
    ]
    for row in range(depth):
        for merge in sheet.merges.get(first + row, ()):
            _spread_merged(words, merge, row, min(merge.last_row - first, depth - 1))
    for upper, lower in pairwise(words):
        _spread_unmerged(upper, lower)
    return words


def _spread_merged(words: list[list[str]], merge: Merge, first: int, last: int) -> None:
    for at in range(merge.first_column, min(merge.last_column + 1, len(words[first]))):
        for row in range(first, last + 1):
            words[row][at] = words[first][merge.first_column]


def _spread_unmerged(upper: list[str], lower: list[str]) -> None:
    """Repeat a parent to its right where only children stand below, as in a CSV."""
    for at in range(1, len(upper)):
        if not upper[at] and lower[at] and lower[at - 1] and lower[at - 1] != upper[at - 1]:
            upper[at] = upper[at - 1]


def _candidates(column: Sequence[str]) -> tuple[str, ...]:
    """Return the words one column's header may mean: joined, turned round, the lowest alone."""
    words = [word for word in dict.fromkeys(column) if word]
    if len(words) < 2:
        return tuple(words)
    joined = ("".join(words), "".join(words[-2:]), words[-1] + words[0], words[-1])
    return tuple(dict.fromkeys(joined))


def _header_at(contract: Contract, sheet: _Sheet, row: int) -> Header | None:
    """Return the best reading of the header that begins in a row."""
    best: tuple[int, Header] | None = None
    for depth in range(1, min(MAX_HEADER_ROWS, len(sheet.cells) - row) + 1):
        words = _spread(sheet, row, depth)
        columns = {at: _candidates(column) for at, column in enumerate(zip(*words, strict=True))}
        assignment = assign(contract, {at: found for at, found in columns.items() if found})
        # A lower header row has words of its own, and all of them are headers.
        own = [at for at, cell in enumerate(sheet.cells[row + depth - 1]) if plain(cell)]
        strange = {at for at in own if at in assignment.unknown} if depth > 1 else set()
        if depth > 1 and (not own or len(strange) * 2 > len(own)):
            break
        score = len(assignment.columns) * 2 - len(strange)
        if assignment.columns and (best is None or score >= best[0]):
            best = score, Header(contract, row, depth, assignment)
    return best[1] if best else None


def _header(contract: Contract, sheet: _Sheet) -> Header | None:
    """Return the first sufficient header of a ledger in a sheet, else the fullest one."""
    known = vocabulary(contract.kind)
    fullest: Header | None = None
    for row, line in enumerate(sheet.cells[:MAX_SEARCHED_ROWS]):
        # One known word is a title (问题清单) or a line above the table (填报单位).
        words = {word for cell in line if (word := header_word(cell)) and known.knows(word)}
        if len(words) < 2:
            continue
        header = _header_at(contract, sheet, row)
        if header and header.is_sufficient:
            return header
        if header and (fullest is None or header.matched_count > fullest.matched_count):
            fullest = header
    return fullest


def _named(contract: Contract, texts: Sequence[str]) -> int:
    """Return the length of the longest name of a ledger that the texts carry, 0 without."""
    names = [plain(name) for name in (contract.title, *contract.names)]
    return max(
        (
            len(name)
            for name in names
            for text in texts
            if name == text or (len(name) >= SHORTEST_NAME and name in text)
        ),
        default=0,
    )


def _best(headers: Sequence[Header], texts: Sequence[str]) -> tuple[Header, ...]:
    """Return the header that fits best, or all that fit equally well."""

    def fit(header: Header) -> tuple[int, int]:
        named = _named(header.contract, texts)
        return header.matched_count + bool(named), named

    best = max(map(fit, headers))
    return tuple(header for header in headers if fit(header) == best)


def _nearness(header: Header) -> int:
    return header.matched_count - len(header.missing)


def find_table(grid: Grid, file_stem: str, wanted: Contract | None) -> Found:
    """Find the ledger in a sheet; several candidates when headers and names do not decide."""
    sheet = _Sheet(grid.cells, _by_first_row(grid.merges))
    choices = [wanted] if wanted else contracts().values()
    headers = [found for contract in choices if (found := _header(contract, sheet))]
    sufficient = [header for header in headers if header.is_sufficient]
    nearest = max(headers, key=_nearness, default=None)
    if not sufficient:
        return Found(grid, (), nearest)
    first = min(header.first_row for header in sufficient)
    titles = [plain(cell) for row in grid.cells[:first] for cell in row if cell is not None]
    texts = [plain(grid.name), plain(file_stem), *titles]
    return Found(grid, _best(sufficient, texts), nearest)
