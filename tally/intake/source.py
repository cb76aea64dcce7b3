"""A ledger row as the office wrote it: the cells of the original file, for whoever asks back."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, time
from itertools import pairwise
from typing import NamedTuple

from tally.contracts import Sheet
from tally.intake.cells.answers import plain, shown
from tally.intake.excerpt import excerpt
from tally.intake.opening.grids import Cell, Grid, Workbook, place
from tally.intake.opening.isolation import open_isolated
from tally.intake.tables.headers import header_word
from tally.intake.tables.personal_cells import masked_row

# A file of 100,000 rows and 15 columns holds 1.5 million codes of four bytes beside its words.
MAX_KEPT_CELLS = 4_000_000
BLOCK_ROWS = 1_000
MAX_HEADER_ROWS = 3
Key = tuple[str] | tuple[str, str, int, int]


class SourceCell(NamedTuple):
    """One cell of an original, what it says of persons masked.

    `header` is the head above it as written, `column` the column of ours that it was read
    into ('' for none), `merged_from` the cell that a merged range has its value from.
    """

    cell: str
    header: str
    content: str
    column: str = ""
    merged_from: str = ""


class Originals:
    """The originals opened last, by SHA-256; together no more than `max_cells` cells.

    Whoever asks about one row of a list mostly asks about its neighbours next; of a large
    sheet the rows around the one asked for are opened.
    """

    def __init__(self, max_cells: int = MAX_KEPT_CELLS) -> None:
        self._max_cells = max_cells
        self._opened: OrderedDict[Key, Workbook] = OrderedDict()
        self._lock = threading.Lock()

    def open(self, sha256: str, content: Callable[[], bytes], sheet: Sheet, row: int) -> Workbook:
        """Return an original with at least a sheet's header and the rows around one.

        `content` is called for the file's bytes unless they are still open. Refusal when it
        can no longer be read.
        """
        block = (row - 1) // BLOCK_ROWS
        part = (sha256, sheet.name, sheet.header_row, block)
        for key in ((sha256,), part):
            if (kept := self._kept(key)) is not None:
                return kept
        whole = content()
        cut = excerpt(whole, sheet.name, lambda number: _is_near(number, sheet, block))
        book = open_isolated(cut or whole)
        with self._lock:
            self._opened[part if cut else (sha256,)] = book
            while len(self._opened) > 1 and self._kept_cells > self._max_cells:
                self._opened.popitem(last=False)
        return book

    def _kept(self, key: Key) -> Workbook | None:
        with self._lock:
            if key in self._opened:
                self._opened.move_to_end(key)
            return self._opened.get(key)

    @property
    def _kept_cells(self) -> int:
        grids = (grid for book in self._opened.values() for grid in book.grids)
        return sum(grid.height * len(grid.columns) for grid in grids)


def source_row(book: Workbook, sheet: Sheet, row: int) -> list[SourceCell]:
    """Return a 1-based row's cells under their heads: those filled, and those under our columns.

    `sheet` is what was recognised when the file was read. Empty when the file has no such
    sheet or row.
    """
    grid = _grid(book, sheet.name)
    if grid is None or not 0 < row <= grid.height:
        return []
    heads = _heads(grid, sheet)
    wanted = dict(sheet.columns)
    cells = []
    for at, cell, merged_from in _filled(grid, row - 1, _columns(grid, sheet)):
        head, word = heads[at] if heads else ("", "")
        # A head that is there twice was read the first time.
        column, text = wanted.pop(word, ""), content_words(cell)
        if column or text:
            cells.append(SourceCell(place(row - 1, at), head, text, column, merged_from))
    said = [(cell.content, cell.header.rpartition("／")[2], cell.column) for cell in cells]
    return [cell._replace(content=text) for cell, text in zip(cells, masked_row(said), strict=True)]


def section_above(
    book: Workbook, sheet: Sheet, row: int, is_section: Callable[[str], bool]
) -> SourceCell | None:
    """Return the nearest line above a row whose only words are a section's, or None."""
    grid = _grid(book, sheet.name)
    if grid is None:
        return None
    for line in range(min(row, grid.height) - 2, sheet.header_row - 1, -1):
        told = ((at, grid.columns[at].cell(line)) for at in _columns(grid, sheet))
        filled = [(at, cell) for at, cell in told if plain(cell)]
        if 0 < len(filled) <= 2 and is_section(plain(filled[-1][1])):
            at, cell = filled[-1]
            return SourceCell(place(line, at), "", content_words(cell))
    return None


def content_words(cell: Cell) -> str:
    """Return what a cell shows; a day without a time is written as a day."""
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    return shown(cell)


def _is_near(number: int, sheet: Sheet, block: int) -> bool:
    """Tell whether a 1-based row is the header's, in a block or not far above it."""
    first = block * BLOCK_ROWS + 1
    is_header = sheet.header_row <= number < sheet.header_row + MAX_HEADER_ROWS
    return is_header or first - BLOCK_ROWS <= number < first + BLOCK_ROWS


def _grid(book: Workbook, name: str) -> Grid | None:
    return next((grid for grid in book.grids if grid.name == name), None)


def _columns(grid: Grid, sheet: Sheet) -> range:
    """Return the columns of the recognised part, 0-based."""
    first, last = sheet.columns_at
    return range(first - 1, min(last, len(grid.columns)))


def _filled(grid: Grid, line: int, columns: range) -> Iterator[tuple[int, Cell, str]]:
    """Yield each cell of a line with its column and the place its value is from.

    The place is '' for the cell itself.

    A merged cell beside several rows holds for each of them, as it does when it is read.
    """
    above = {
        merge.first_column: merge.first_row
        for merge in grid.merges
        if merge.first_row < line <= merge.last_row
    }
    for at in columns:
        column, first = grid.columns[at], above.get(at)
        cell = None if first is None else column.cell(first)
        if cell is None or first is None:
            yield at, column.cell(line), ""
        else:
            yield at, cell, place(first, at)


def _heads(grid: Grid, sheet: Sheet) -> list[tuple[str, str]]:
    """Return each column's head as written, and in the form in which it was matched.

    How many rows the header has was not kept: it is as many as name most of its columns.
    """
    first = sheet.header_row - 1
    if not 0 <= first < grid.height:
        return []
    depths = range(1, min(MAX_HEADER_ROWS, grid.height - first) + 1)
    readings = [_joined(_written(grid, range(first, first + depth))) for depth in depths]
    own = slice(sheet.columns_at[0] - 1, sheet.columns_at[1])
    return max(
        readings, key=lambda heads: len({word for _, word in heads[own]} & sheet.columns.keys())
    )


def _joined(columns: Iterable[Sequence[str]]) -> list[tuple[str, str]]:
    """Join the rows of each column's head; one that repeats its parent counts once."""
    heads = []
    for texts in columns:
        distinct = [text for text in dict.fromkeys(texts) if text]
        words = dict.fromkeys(header_word(text) for text in distinct)
        heads.append(("／".join(distinct), "".join(words)))
    return heads


def _written(grid: Grid, rows: range) -> Iterable[tuple[str, ...]]:
    """Return the texts of header rows by columns, merged and unmerged parents repeated."""
    lines = [[content_words(cell) for cell in grid.line(row)] for row in rows]
    for merge in grid.merges:
        for row in rows:
            if merge.first_row in rows and merge.first_row <= row <= merge.last_row:
                span = slice(merge.first_column, min(merge.last_column + 1, len(grid.columns)))
                text = lines[merge.first_row - rows.start][merge.first_column]
                lines[row - rows.start][span] = [text] * len(grid.columns[span])
    for upper, lower in pairwise(lines):
        for at in range(1, len(upper)):
            if not upper[at] and lower[at] and lower[at - 1] and lower[at - 1] != upper[at - 1]:
                upper[at] = upper[at - 1]
    return zip(*lines, strict=True)
