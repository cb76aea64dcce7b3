"""Reads big worksheets that are written plainly, many times faster than cell by cell.

Both lanes give the same grid: what is not plain raises `NotPlain`, before or while it is read,
and the sheet goes through the reader and the pass over its XML.
"""

import re
import zipfile
from array import array
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tally.intake.opening import plain_cells
from tally.intake.opening.archive import chunks
from tally.intake.opening.grids import Cell, Column, Grid, Merge, column_number
from tally.intake.opening.limits import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    check_extent,
    check_merge_count,
)
from tally.intake.opening.looks import AnyLook
from tally.intake.opening.marks import NO_RESULT
from tally.intake.opening.plain_cells import Cells, Flags, Ints, NotPlain, must
from tally.intake.opening.plain_values import (
    SmallBook,
    Styled,
    Table,
    fault,
    is_utf8,
    number_of,
    shared_strings,
)
from tally.intake.opening.worksheets import looks_of_cells, scan_settings

Floats = NDArray[np.float64]
PIECE_BYTES, MAX_ROW_BYTES = 1 << 20, 1 << 24
START, END, END_ROW = b"<sheetData>", b"</sheetData>", b"</row>"
STRINGS, STYLES = "xl/sharedstrings.xml", "xl/styles.xml"
RANGE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6}):([A-Z]{1,3})([1-9][0-9]{0,6})\Z")
BLANK, NUMBER = 0, -1
PROBE = 2.5
AHEAD_COUNT = 2
# More columns than a sheet may have: a cell's place is one number.
STRIDE_BITS = 8


class Filled(NamedTuple):
    """Cells that hold something: their place, their number in the table or NUMBER, and that."""

    places: Ints
    entries: Ints
    numbers: Floats
    styles: Ints


def _pieces(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Yield a part in larger pieces."""
    held: list[bytes] = []
    for chunk in chunks(archive, name):
        held.append(chunk)
        if sum(map(len, held)) >= PIECE_BYTES:
            yield b"".join(held)
            held = []
    yield b"".join(held)


def _rows(pieces: Iterator[bytes], outside: list[bytes]) -> Iterator[bytes]:
    """Yield whole rows of XML; what stands before and behind them goes to `outside`."""
    held = next(pieces)
    head, start, held = held.partition(START)
    must(start and is_utf8(head))
    outside += (head, START, END)
    while True:
        rows, end, tail = held.partition(END)
        if end:
            break
        cut = held.rfind(END_ROW) + len(END_ROW)
        if cut >= len(END_ROW):
            yield held[:cut]
            held = held[cut:]
        must(len(held) < MAX_ROW_BYTES)
        try:
            held += next(pieces)
        except StopIteration as error:
            raise NotPlain from error
    if rows.strip():
        yield rows
    outside += (tail, *pieces)


def _taken(pieces: Iterable[bytes]) -> Iterator[tuple[bytes, Cells]]:
    """Yield pieces of rows with their cells, which are taken while the next is inflated."""
    waiting: deque[tuple[bytes, Future[Cells]]] = deque()
    # Inflating needs no interpreter lock; a second taker would only wait for it.
    with ThreadPoolExecutor(1) as taker:
        for piece in pieces:
            waiting.append((piece, taker.submit(plain_cells.take, piece)))
            if len(waiting) > AHEAD_COUNT:
                taken, cells = waiting.popleft()
                yield taken, cells.result()
        for taken, cells in waiting:
            yield taken, cells.result()


def _check_extents(cells: Cells) -> None:
    rows, columns = cells.rows, cells.columns
    are_far = (rows >= MAX_ROWS) | (columns >= MAX_COLUMNS)
    are_far |= (rows + 1) * (columns + 1) > MAX_CELLS
    if are_far.any():
        first = int(are_far.argmax())
        check_extent(int(rows[first]), int(columns[first]))


def _written(chunk: bytes, cells: Cells, chosen: Ints) -> list[bytes]:
    """Return what is written in some of the cells."""
    starts, ends = cells.starts[chosen].tolist(), cells.ends[chosen].tolist()
    return [chunk[start:end] for start, end in zip(starts, ends, strict=True)]


def _words(chunk: bytes, cells: Cells, are_void: Flags, table: Table, entries: Ints) -> None:
    """Enter texts, errors and formulas without a result."""
    are_errors = cells.types == plain_cells.ERROR
    are_texts = (cells.types == plain_cells.STRING) | cells.are_inline
    unsolved = np.flatnonzero(cells.are_formulas & are_void & ~are_errors & ~are_texts)
    entries[unsolved] = table.numbers([NO_RESULT] * len(unsolved))
    if (chosen := np.flatnonzero(are_texts)).size:
        entries[chosen] = table.numbers(_written(chunk, cells, chosen))
    if (chosen := np.flatnonzero(are_errors)).size:
        entries[chosen] = table.numbers(map(fault, _written(chunk, cells, chosen)))


def _filled(chunk: bytes, cells: Cells, table: Table) -> Filled:
    """Return the cells of a chunk that hold more than a style."""
    types, are_void = cells.types, cells.starts == cells.ends
    wholes, are_whole = plain_cells.whole_numbers(chunk, cells.starts, cells.ends)
    entries, numbers = np.zeros(len(types), np.int64), wholes.astype(np.float64)
    are_numbers = (types == plain_cells.NUMBER) & ~are_void
    are_shared = (types == plain_cells.SHARED) & ~are_void
    must(((are_whole & (wholes < table.shared_count)) | ~are_shared).all())
    entries[are_shared] = wholes[are_shared] + 1
    entries[are_numbers] = NUMBER
    others = ~(are_numbers | are_shared)
    if others.any():
        _words(chunk, cells, are_void, table, entries)
        truths = np.flatnonzero((types == plain_cells.TRUTH) & ~are_void)
        must((are_whole[truths] & (wholes[truths] <= 1)).all())
        entries[truths] = table.numbers(wholes[truths].astype(bool).tolist())
    if (chosen := np.flatnonzero(are_numbers & ~are_whole)).size:
        numbers[chosen] = list(map(number_of, _written(chunk, cells, chosen)))
    held = entries != BLANK
    places = (cells.rows << STRIDE_BITS) + cells.columns
    return Filled(places[held], entries[held], numbers[held], cells.styles[held])


def _joined(parts: list[Filled]) -> Filled:
    if not parts:
        return Filled(np.zeros(0, int), np.zeros(0, int), np.zeros(0), np.zeros(0, int))
    filled = Filled(*map(np.concatenate, zip(*parts, strict=True)))
    # Cells out of order, or one twice, are the reader's to judge.
    must((filled.places[1:] > filled.places[:-1]).all())
    return filled


def _solve(filled: Filled, table: Table, book: SmallBook, looks: Mapping[str, AnyLook]) -> None:
    """Enter the numbers whose style makes them something else: days, times, percentages."""
    are_styled = (filled.entries == NUMBER) & (filled.styles >= 0)
    styles = np.unique(filled.styles[are_styled]).tolist()
    probes = book.read([f' s="{style}"><v>{PROBE}</v>' for style in styles])
    for style, probe in zip(styles, probes, strict=True):
        look = looks.get(str(style)) if probe == PROBE else None
        if probe == PROBE and not look:
            continue
        chosen = np.flatnonzero(are_styled & (filled.styles == style))
        numbers, choices = np.unique(filled.numbers[chosen], return_inverse=True)
        cells = _numbers(numbers)
        keys = (look.cell(cell) if look else Styled(style, cell) for cell in cells)
        filled.entries[chosen] = np.array(table.numbers(keys))[choices]


def _numbers(numbers: Floats) -> list[float]:
    """Return numbers as cells: a whole one as an integer."""
    if (numbers == np.trunc(numbers)).all() and (np.abs(numbers) < 1e15).all():
        return numbers.astype(np.int64).tolist()
    return [int(n) if n.is_integer() and abs(n) < 1e15 else n for n in numbers.tolist()]


class _Columns:
    """Makes columns out of cells; the two arrays are as long as the table and used again."""

    def __init__(self, values: list[Cell], height: int) -> None:
        self.values, self.height = values, height
        self.are_held = np.zeros(len(values), np.bool_)
        self.codes = np.zeros(len(values), np.int32)
        self.are_blank = np.array([value is None for value in values])

    def column(self, rows: Ints, entries: Ints, numbers: Floats) -> Column:
        """Return the column of these cells."""
        are_numbers = entries == NUMBER
        shown, choices = np.unique(numbers[are_numbers], return_inverse=True)
        distinct: list[Cell] = [None, *_numbers(shown)]
        codes = np.zeros(self.height, np.int32)
        codes[rows[are_numbers]] = choices + 1
        words = entries[~are_numbers]
        self.are_held[words] = True
        held = np.flatnonzero(self.are_held & ~self.are_blank)
        self.codes[held] = np.arange(len(distinct), len(distinct) + len(held))
        codes[rows[~are_numbers]] = self.codes[words]
        self.are_held[words] = False
        distinct += map(self.values.__getitem__, held.tolist())
        return Column(distinct, array("i", codes.tobytes()))


def _columns(filled: Filled, values: list[Cell]) -> tuple[int, list[Column]]:
    """Return the height of a sheet and its columns."""
    if not len(filled.places):
        return 0, []
    rows, columns = filled.places >> STRIDE_BITS, filled.places & (1 << STRIDE_BITS) - 1
    height, width = int(rows[-1]) + 1, int(columns.max()) + 1
    order = np.argsort(columns.astype(np.uint8), kind="stable")
    bounds = np.searchsorted(columns[order], np.arange(1, width))
    maker = _Columns(values, height)
    return height, [
        maker.column(rows[chosen], filled.entries[chosen], filled.numbers[chosen])
        for chosen in np.split(order, bounds)
    ]


def _merge(reference: str) -> Merge:
    found = RANGE.match(reference)
    if not found:
        raise NotPlain
    first_column, first_row, last_column, last_row = found.groups()
    return Merge(
        int(first_row) - 1, column_number(first_column), int(last_row) - 1,
        column_number(last_column),
    )  # fmt: skip


class _PlainBook:
    """The sheets of one package, with the strings they share."""

    def __init__(self, archive: zipfile.ZipFile, is_1904: bool) -> None:
        names = {name.lower(): name for name in archive.namelist()}
        self._archive, self._looks = archive, looks_of_cells(archive)
        self._book = SmallBook(archive.read(STYLES) if STYLES in names else b"", is_1904)
        self._strings = (
            shared_strings(archive, names[STRINGS], self._book) if STRINGS in names else []
        )

    def grid(self, name: str, part: str, is_hidden: bool) -> Grid:
        """Return a sheet; NotPlain when another has to read it, Refusal when it is too large."""
        table, parts = Table(self._strings), []
        outside: list[bytes] = []
        width, hidden_rows = 0, []
        for chunk, cells in _taken(_rows(_pieces(self._archive, part), outside)):
            _check_extents(cells)
            parts.append(_filled(chunk, cells, table))
            width = max(width, int(cells.columns.max(initial=-1)) + 1)
            hidden_rows += np.unique(cells.rows[cells.are_hidden]).tolist()
        filled = _joined(parts)
        _solve(filled, table, self._book, self._looks)
        scope, ranges = scan_settings(self._archive, part, outside)
        scope.width, scope.hidden_rows = width, hidden_rows
        check_merge_count(len(ranges))
        height, columns = _columns(filled, table.values(self._book))
        marks = scope.marks({}, {})
        return Grid(
            name,
            height,
            columns,
            tuple(map(_merge, ranges)),
            is_hidden,
            marks.hidden_row_count,
            marks.hidden_column_count,
            marks.filtered_row_count,
        )


def read_plain_sheets(
    archive: zipfile.ZipFile, sheets: Sequence[tuple[str, str, bool]], is_1904: bool
) -> dict[str, Grid]:
    """Read those of the sheets that are plain, by part; Refusal when one is too large.

    A sheet is its name, its part and whether it is hidden.
    """
    grids = {}
    with suppress(NotPlain, UnicodeError):
        book = _PlainBook(archive, is_1904)
        for name, part, is_hidden in sheets:
            with suppress(NotPlain, UnicodeError):
                grids[part] = book.grid(name, part, is_hidden)
    return grids
