"""One pass over the records of an .xlsb file for what the reader does not tell.

Numbers after [MS-XLSB]: each part is a list of records (type, length, bytes), type and length
in groups of seven bits. A kind of cell that the reader passes over is refused, never blank.
"""

import struct
import zipfile
from collections.abc import Iterator, Mapping

from tally.intake.opening.archive import BROKEN, damaged, open_archive
from tally.intake.opening.biff import ERRORS
from tally.intake.opening.grids import Fault, Merge, Refusal
from tally.intake.opening.limits import check_extent, check_sheet_count
from tally.intake.opening.looks import AnyLook, looks_of_styles
from tally.intake.opening.marks import Book, Marks, Scope
from tally.intake.opening.worksheets import targets

BOOK, STYLES, MACROS = "xl/workbook.bin", "xl/styles.bin", "xl/vbaproject.bin"
ROW, RK, CELL_ERROR, REAL, FORMULA_NUMBER, FORMULA_ERROR = 0, 2, 3, 5, 9, 11
CELLS, NUMBERS = range(2, 12), (RK, REAL, FORMULA_NUMBER)
# Rich text inside the cell and the cells without a column: the reader knows neither.
UNREAD_CELLS = {12, 13, 14, 15, 16, 17, 18, 62}
FORMAT, STYLE, STYLES_BEGIN, STYLES_END = 44, 47, 617, 618
COLUMN, MERGE, FILTER, FILTER_COLUMN = 60, 176, 161, 163
SHEET, SETTINGS = 156, 153
HIDDEN_ROW, HIDDEN_COLUMN, IS_1904 = 0x10, 1, 1


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield a part's records as (type, bytes)."""
    position = 0
    while position < len(data):
        kind, position = _grouped(data, position, 2)
        length, position = _grouped(data, position, 4)
        if position + length > len(data):
            raise damaged()
        yield kind, data[position : position + length]
        position += length


def _grouped(data: bytes, position: int, most: int) -> tuple[int, int]:
    """Return a number written in groups of seven bits, and where it ends."""
    number = 0
    for group in range(most):
        byte = data[position + group]
        number |= (byte & 0x7F) << (7 * group)
        if byte < 0x80:
            return number, position + group + 1
    return number, position + most


def _text(record: bytes, position: int) -> tuple[str, int]:
    """Return a counted UTF-16 text and where it ends; a count of -1 is no text."""
    (count,) = struct.unpack_from("<I", record, position)
    if count == 0xFFFFFFFF:
        return "", position + 4
    end = position + 4 + 2 * count
    return record[position + 4 : end].decode("utf-16-le", "replace"), end


def _looks(data: bytes) -> Mapping[int, AnyLook]:
    """Return how numbers look that do not show themselves, by their style as cells name it."""
    codes, styles = [], []
    is_inside = False
    for kind, record in _records(data):
        if kind == FORMAT:
            codes.append((struct.unpack_from("<H", record)[0], _text(record, 2)[0]))
        elif kind in (STYLES_BEGIN, STYLES_END):
            is_inside = kind == STYLES_BEGIN
        elif kind == STYLE and is_inside:
            styles.append(struct.unpack_from("<H", record, 2)[0])
    return looks_of_styles(styles, codes)


class _Pass:
    """What one sheet's records say; a row's number stands before its cells."""

    def __init__(self, looks: Mapping[int, AnyLook]) -> None:
        self.style_looks = looks
        self.scope = Scope()
        self.faults: dict[tuple[int, int], Fault] = {}
        self.looks: dict[tuple[int, int], AnyLook] = {}
        self.merges: list[Merge] = []
        self.filtered: tuple[int, int] | None = None
        self.row, self.is_row_hidden = 0, False

    def take(self, kind: int, record: bytes) -> None:
        """Take one record in."""
        if kind in CELLS:
            self._take_cell(kind, record)
        elif kind == ROW:
            self.row = struct.unpack_from("<I", record)[0]
            self.is_row_hidden = bool(record[11] & HIDDEN_ROW)
        elif kind in UNREAD_CELLS:
            raise Refusal(
                f"第 {self.row + 1} 行有读不出的单元格",
                "应为普通的文字、数字和日期",
                "请用 Excel 或 WPS 打开，另存为 .xlsx 后重新上传",
            )
        else:
            self._take_other(kind, record)

    def _take_cell(self, kind: int, record: bytes) -> None:
        column, style = struct.unpack_from("<II", record)
        check_extent(self.row, column)
        self.scope.add(self.row, column, self.is_row_hidden)
        if kind in (CELL_ERROR, FORMULA_ERROR):
            self.faults[self.row, column] = Fault(ERRORS.get(record[8], "#N/A"))
        elif kind in NUMBERS and (look := self.style_looks.get(style & 0xFFFFFF)):
            self.looks[self.row, column] = look

    def _take_other(self, kind: int, record: bytes) -> None:
        if kind == COLUMN and record[16] & HIDDEN_COLUMN:
            self.scope.hidden_columns.append(struct.unpack_from("<II", record))
        elif kind == MERGE:
            first_row, last_row, first_column, last_column = struct.unpack_from("<4I", record)
            self.merges.append(Merge(first_row, first_column, last_row, last_column))
        elif kind == FILTER:
            self.filtered = struct.unpack_from("<II", record)
        elif kind == FILTER_COLUMN and self.filtered:
            self.scope.filters.append(self.filtered)
            self.filtered = None


def _marks(data: bytes, looks: Mapping[int, AnyLook]) -> Marks:
    state = _Pass(looks)
    for kind, record in _records(data):
        state.take(kind, record)
    return state.scope.marks(state.faults, state.looks, tuple(state.merges))


def _sheets(book: bytes) -> tuple[list[tuple[str, str]], bool]:
    """Return each sheet's name and relation, and whether days count from 1904."""
    sheets, is_1904 = [], False
    for kind, record in _records(book):
        if kind == SETTINGS:
            is_1904 = bool(record[0] & IS_1904)
        elif kind == SHEET:
            relation, end = _text(record, 8)
            sheets.append((_text(record, end)[0], relation))
    check_sheet_count(len(sheets))
    return sheets, is_1904


def _book(archive: zipfile.ZipFile) -> Book:
    names = {name.lower(): name for name in archive.namelist()}
    sheets, is_1904 = _sheets(archive.read(names[BOOK]))
    parts = targets(archive, "xl/_rels/workbook.bin.rels")
    looks = _looks(archive.read(names[STYLES])) if STYLES in names else {}
    marks = [
        (name, _marks(archive.read(parts[relation]) if parts.get(relation) else b"", looks))
        for name, relation in sheets
    ]
    return Book(marks, is_1904, MACROS in names)


def scan(content: bytes) -> Book:
    """Read the marks of an .xlsb file's sheets; Refusal when its structure is broken."""
    archive = open_archive(content)
    try:
        return _book(archive)
    except (struct.error, IndexError, *BROKEN) as error:
        raise damaged() from error
