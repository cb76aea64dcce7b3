"""Finds a header in a sheet, and tells which kind of ledger that makes the lines below it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from tally.contracts import Column, Contract, contracts
from tally.intake.cells.answers import plain
from tally.intake.opening.grids import Cell, Grid, Merge, Refusal
from tally.intake.tables.areas import Area, Page
from tally.intake.tables.headers import (
    NO_ANSWERS,
    QUOTES,
    Assignment,
    Vocabulary,
    assign,
    header_word,
    vocabulary,
)

MAX_HEADER_ROWS = 3
MAX_FILLED_CELLS = 5_000_000
SHORTEST_NAME = 3
UNQUOTED = str.maketrans("", "", QUOTES)
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

    @property
    def is_weak(self) -> bool:
        """Whether more of its words are strange than known: another table's, by likelihood."""
        return len(self.assignment.unknown) > self.matched_count

    def is_repeated_by(self, line: Iterable[tuple[int, Cell]]) -> bool:
        """Tell whether a line says again what the header says, as at the top of a new page.

        A header of two rows was joined; each of its rows is a part of the whole. A cell alone
        is one only if it stands above a header's last words: else it is a row's.
        """
        headers = self.assignment.headers
        words = [(at, header_word(cell)) for at, cell in line]
        if len(words) == 1:
            ((at, word),) = words
            header = headers.get(at, "")
            return bool(word) and word in header and not header.endswith(word)
        return len(words) > 1 and all(word and word in headers.get(at, "") for at, word in words)


@dataclass(frozen=True)
class Search:
    """What is looked for: one kind of ledger or any, with the file's name and a clerk's answers."""

    stem: str = ""
    wanted: Contract | None = None
    answers: Mapping[str, str] = field(default_factory=dict)

    @property
    def choices(self) -> Sequence[Contract]:
        """The kinds of ledger that come into question."""
        return [self.wanted] if self.wanted else list(contracts().values())


@dataclass(frozen=True)
class Found:
    """A part of a sheet and the headers that could be its own: one for each ledger it may be."""

    page: Page
    area: Area
    candidates: tuple[Header, ...]
    nearest: Header | None

    @property
    def grid(self) -> Grid:
        """The sheet."""
        return self.page.grid


def fill_down(grid: Grid) -> None:
    """Repeat every merged range's value down its first column.

    A merged cell beside several rows holds for each of them; across it says nothing new.
    """
    filled_count = 0
    for merge in grid.merges:
        if merge.first_column >= len(grid.columns):
            continue
        last_row = min(merge.last_row, grid.height - 1)
        filled_count += max(last_row - merge.first_row, 0)
        if filled_count > MAX_FILLED_CELLS:
            raise Refusal("合并单元格过多", "应为普通表格", "请取消合并单元格后重新上传")
        codes = grid.columns[merge.first_column].codes
        for row in range(merge.first_row + 1, last_row + 1):
            codes[row] = codes[merge.first_row] or codes[row]


def _spread(page: Page, area: Area, first: int, depth: int) -> list[list[str]]:
    """Return a header's words with parents repeated over their children."""
    words = [
        [header_word(cell) for cell in page.line(row, area)] for row in range(first, first + depth)
    ]
    for row in range(depth):
        for merge in page.merges.get(first + row, ()):
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


class Rows(NamedTuple):
    """Some rows of an area, from `first` on."""

    area: Area
    first: int
    depth: int


def header_at(
    contract: Contract, page: Page, area: Area, row: int, answers: Mapping[str, str] = NO_ANSWERS
) -> Header | None:
    """Return the best reading of the header that begins in a row of an area, or None."""
    best: tuple[int, Header] | None = None
    heads: set[int] = set()
    for depth in range(1, min(MAX_HEADER_ROWS, area.end_row - row) + 1):
        assignment = _assigned(contract, page, Rows(area, row, depth), answers)
        # A lower header row has words of its own, and all of them are headers.
        line = page.filled_line(row + depth - 1, area)
        own = [at for at, _ in line]
        strange = {at for at in own if at in assignment.unknown} if depth > 1 else set()
        if depth > 1 and (not own or len(strange) * 2 > len(own)):
            # Parents in two rows stand under no head, but a row of the ledger does; a head that is
            # merged over all rows stands under itself.
            above = set(page.filled_line(row + depth - 2, area))
            if not own or heads & {at for at, cell in line if (at, cell) not in above}:
                break
            continue
        heads |= {*assignment.columns, *assignment.ignored}
        score = len(assignment.columns) * 2 - len(strange)
        if assignment.columns and (best is None or score >= best[0]):
            best = score, Header(contract, row, depth, assignment)
    return best[1] if best else None


def _assigned(contract: Contract, page: Page, rows: Rows, answers: Mapping[str, str]) -> Assignment:
    """Return what a contract makes of the words of these header rows."""
    words = _spread(page, rows.area, rows.first, rows.depth)
    columns = {at: _candidates(column) for at, column in enumerate(zip(*words, strict=True))}
    return assign(contract, {at: columns[at] for at in rows.area.columns if columns[at]}, answers)


def _known_count(known: Vocabulary, line: Iterable[tuple[int, Cell]]) -> int:
    return len({word for _, cell in line if (word := header_word(cell)) and known.knows(word)})


def headers_from(page: Page, area: Area, row: int, search: Search) -> list[Header]:
    """Return what each kind of ledger makes of the header that begins in a row or just below.

    Sufficient readings come first for each kind; kinds that know fewer than two words of a
    row leave it alone: one known word is a title (问题清单) or a line above (填报单位).
    """
    headers = []
    for contract in search.choices:
        known = vocabulary(contract.kind)
        readings = [
            header
            for first in range(row, min(row + MAX_HEADER_ROWS, area.end_row))
            if _known_count(known, page.filled_line(first, area)) > 1
            and (header := header_at(contract, page, area, first, search.answers))
        ]
        best = ([header for header in readings if header.is_sufficient] or readings)[:1]
        headers += [_with_hanging(header, page, area, search.answers) for header in best]
    return headers


def _with_hanging(header: Header, page: Page, area: Area, answers: Mapping[str, str]) -> Header:
    """Return a header with the rows above in which words of it hang over its blank cells.

    So stand heads that were merged over several rows once their sheet is saved as text.
    """
    known = vocabulary(header.contract.kind)
    below: set[int] = set()
    best = header
    for first in range(
        header.first_row, max(header.last_row - MAX_HEADER_ROWS, area.first_row - 1), -1
    ):
        line = page.filled_line(first, area)
        if first < header.first_row and _known_count(known, [c for c in line if c[0] not in below]):
            rows = Rows(area, first, header.last_row - first + 1)
            assignment = _assigned(header.contract, page, rows, answers)
            if len(assignment.columns) > best.matched_count:
                best = Header(header.contract, first, rows.depth, assignment)
        below |= {at for at, _ in line}
    return best


def _named(contract: Contract, texts: Sequence[str]) -> int:
    """Return the length of the longest name of a ledger that the texts carry, 0 without."""
    names = [plain(name).translate(UNQUOTED) for name in (contract.title, *contract.names)]
    return max(
        (
            len(name)
            for name in names
            for text in (text.translate(UNQUOTED) for text in texts)
            if name == text or (len(name) >= SHORTEST_NAME and name in text)
        ),
        default=0,
    )


def best_of(headers: Sequence[Header], texts: Sequence[str]) -> tuple[Header, ...]:
    """Return the header that fits best, or all that fit equally well.

    `texts` are the words around the table; the name of a ledger in them counts as a column, and
    of two kinds the one that lacks nothing goes before the one whose units must come from outside.
    """

    def fit(header: Header) -> tuple[int, int, bool]:
        named = _named(header.contract, texts)
        return header.matched_count + bool(named), named, not header.missing

    best = max(map(fit, headers))
    return tuple(header for header in headers if fit(header) == best)


def nearness(header: Header) -> int:
    """Return how near a header comes to a ledger: columns found less those required and missing."""
    return header.matched_count - len(header.missing)
