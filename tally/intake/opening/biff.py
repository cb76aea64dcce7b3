"""One pass over the records of an .xls file for what the reader does not tell.

Numbers after [MS-XLS]: a compound file holds the stream `Workbook`, a list of records (type,
length, bytes); each sheet's records begin where its BOUNDSHEET says.
"""

import struct
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tally.intake.opening.archive import damaged, encrypted
from tally.intake.opening.compound import CompoundFile
from tally.intake.opening.grids import Fault, Refusal
from tally.intake.opening.limits import check_extent, check_sheet_count
from tally.intake.opening.looks import AnyLook, looks_of_styles
from tally.intake.opening.marks import NO_RESULT, Book, Marks, Scope

EOF, BOF, BOUNDSHEET, FILEPASS, DATEMODE = 0x0A, 0x809, 0x85, 0x2F, 0x22
XF, FORMAT, ROW, COLINFO, FILTERMODE, RECALCID = 0xE0, 0x41E, 0x208, 0x7D, 0x9B, 0x1C1
FORMULA, NUMBER, RK, MULRK, BOOLERR = 0x06, 0x203, 0x27E, 0xBD, 0x205
FILLED = {FORMULA, NUMBER, RK, MULRK, BOOLERR, 0xFD, 0x204, 0xD6}
VERSIONS = {0x500: False, 0x600: True}
STREAM_NAMES = ("Workbook", "Book", "WORKBOOK", "BOOK")
ALL_ROWS = (-1, 65_535)
EMPTY_RESULT, UNCOMPUTED = 3, 3
ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


class _Globals(NamedTuple):
    """What stands before the sheets: where they begin and how styles show numbers."""

    sheets: list[tuple[str, int]]
    looks: Mapping[int, AnyLook]
    is_1904: bool
    is_computed: bool


def _records(stream: bytes, position: int = 0) -> Iterator[tuple[int, bytes]]:
    """Yield one substream's records, those of charts inside it left out."""
    depth = 0
    while position + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, position)
        record = stream[position + 4 : position + 4 + length]
        position += 4 + length
        depth += (kind == BOF) - (kind == EOF)
        if kind == EOF and depth <= 0:
            return
        if depth == 1:
            yield kind, record


def _name(record: bytes, count: int, is_wide_format: bool) -> str:
    if not is_wide_format:
        return record[:count].decode("gb18030", "replace")
    if record[0] & 1:
        return record[1 : 1 + 2 * count].decode("utf-16-le", "replace")
    return record[1 : 1 + count].decode("latin-1")


def _format(record: bytes, is_wide: bool) -> tuple[int, str]:
    """Return the number and the code of a FORMAT record."""
    if is_wide:
        number, count = struct.unpack_from("<HH", record)
        return number, _name(record[4:], count, is_wide)
    number, count = struct.unpack_from("<HB", record)
    return number, _name(record[3:], count, is_wide)


def _error(kind: int, record: bytes) -> str:
    """Return the error that a BOOLERR or FORMULA record shows, '' when it shows none."""
    if kind == BOOLERR and record[7]:
        return ERRORS.get(record[6], "#N/A")
    if kind == FORMULA and record[12:14] == b"\xff\xff" and record[6] == 2:
        return ERRORS.get(record[8], "#N/A")
    return ""


def _cells(kind: int, record: bytes) -> list[tuple[int, int, int]]:
    """Return (row, column, style) of the cells in a record."""
    row, column, style = struct.unpack_from("<3H", record)
    if kind != MULRK:
        return [(row, column, style)]
    styles = [struct.unpack_from("<H", record, at)[0] for at in range(4, len(record) - 5, 6)]
    return [(row, column + shift, style) for shift, style in enumerate(styles)]


class _Pass:
    """What one sheet's records say; the rows' own records stand before their cells."""

    def __init__(self, looks: Mapping[int, AnyLook]) -> None:
        self.style_looks = looks
        self.scope = Scope()
        self.hidden_rows: set[int] = set()
        self.faults: dict[tuple[int, int], Fault] = {}
        self.looks: dict[tuple[int, int], AnyLook] = {}
        self.empty_results: list[tuple[int, int]] = []
        self.formula_count = 0

    def take(self, kind: int, record: bytes) -> None:
        """Take one record in."""
        if kind in FILLED:
            self._take_cells(kind, record)
        elif kind == ROW and record[12] & 0x20:
            self.hidden_rows.add(struct.unpack_from("<H", record)[0])
        elif kind == COLINFO and record[8] & 1:
            self.scope.hidden_columns.append(struct.unpack_from("<HH", record))
        elif kind == FILTERMODE:
            self.scope.filters.append(ALL_ROWS)

    def _take_cells(self, kind: int, record: bytes) -> None:
        error = _error(kind, record)
        is_number = kind in (NUMBER, RK, MULRK, FORMULA) and not error
        for row, column, style in _cells(kind, record):
            check_extent(row, column)
            self.scope.add(row, column, row in self.hidden_rows)
            if error:
                self.faults[row, column] = Fault(error)
            elif is_number and (look := self.style_looks.get(style)):
                self.looks[row, column] = look
        if kind == FORMULA and not error:
            self._take_formula(record)

    def _take_formula(self, record: bytes) -> None:
        """Note a formula that shows nothing, and one whose nought was never computed."""
        self.formula_count += 1
        cell = struct.unpack_from("<HH", record)
        is_empty = record[12:14] == b"\xff\xff" and record[6] == EMPTY_RESULT
        is_nought = not any(record[6:14]) and record[14] & 3 == UNCOMPUTED
        if is_empty or is_nought:
            self.empty_results.append(cell)

    def marks(self, is_computed: bool) -> Marks:
        """Return the sheet's marks; where nothing was ever computed, no result is told.

        A spreadsheet program leaves its mark when it computes, and an empty result of its
        own is a result; a program that only writes leaves every formula without one.
        """
        if not is_computed and len(self.empty_results) == self.formula_count:
            self.faults.update(dict.fromkeys(self.empty_results, NO_RESULT))
            for cell in self.empty_results:
                self.looks.pop(cell, None)
        return self.scope.marks(self.faults, self.looks)


def _marks(stream: bytes, position: int, told: _Globals) -> Marks:
    state = _Pass(told.looks)
    for kind, record in _records(stream, position):
        state.take(kind, record)
    return state.marks(told.is_computed)


def _globals(stream: bytes) -> _Globals:
    is_wide = VERSIONS[struct.unpack_from("<H", stream, 4)[0]]
    codes: list[tuple[int, str]] = []
    styles: list[int] = []
    sheets: list[tuple[str, int]] = []
    is_1904 = is_computed = False
    for kind, record in _records(stream):
        if kind == FILEPASS:
            raise encrypted()
        if kind == DATEMODE:
            is_1904 = record[:1] == b"\1"
        elif kind == FORMAT:
            codes.append(_format(record, is_wide))
        elif kind == XF:
            styles.append(struct.unpack_from("<H", record, 2)[0])
        elif kind == BOUNDSHEET:
            name = _name(record[7:], record[6], is_wide)
            sheets.append((name, struct.unpack_from("<I", record)[0] if not record[5] else -1))
        is_computed = is_computed or kind == RECALCID
    return _Globals(sheets, looks_of_styles(styles, codes), is_1904, is_computed)


def _book(content: bytes) -> Book:
    file = CompoundFile(content)
    streams = file.streams()
    name = next((name for name in STREAM_NAMES if name in streams), "")
    if not name:
        raise Refusal(
            "这是 Word 或演示文档，不是工作簿",
            "应为工作簿",
            "请把其中的表格复制到 Excel，另存为 .xlsx 后上传",
        )
    stream = file.stream(*streams[name])
    told = _globals(stream)
    check_sheet_count(len(told.sheets))
    places = [position for _, position in told.sheets if position >= 0]
    if len(set(places)) < len(places):
        raise damaged()
    nothing = Marks({}, {}, 0, 0)
    marks = [
        (name, _marks(stream, position, told) if position >= 0 else nothing)
        for name, position in told.sheets
    ]
    return Book(marks, told.is_1904, "_VBA_PROJECT_CUR" in streams)


def scan(content: bytes) -> Book:
    """Read the marks of an .xls file's sheets; Refusal when its structure is broken."""
    try:
        return _book(content)
    except (struct.error, IndexError, KeyError, ValueError) as error:
        raise damaged() from error
