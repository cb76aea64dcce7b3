"""One pass over the records of an .xls file for what the reader does not tell.

Numbers after [MS-XLS] and [MS-CFB]: a compound file holds the stream `Workbook`, a list of
records (type, length, bytes); each sheet's records begin where its BOUNDSHEET says.
"""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from tally.intake.archive import damaged
from tally.intake.grids import Fault, Refusal
from tally.intake.worksheets import PERCENT_FORMATS, Marks

END_OF_CHAIN = 0xFFFFFFFE
EOF, BOF, BOUNDSHEET, FILEPASS, DATEMODE = 0x0A, 0x809, 0x85, 0x2F, 0x22
XF, FORMAT, ROW, COLINFO = 0xE0, 0x41E, 0x208, 0x7D
FORMULA, NUMBER, RK, MULRK, BOOLERR = 0x06, 0x203, 0x27E, 0xBD, 0x205
ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


class Book(NamedTuple):
    """What an .xls says beside its values; `marks` under the sheets' names."""

    marks: dict[str, Marks]
    is_1904: bool
    has_macros: bool


class _CompoundFile:
    """The streams of a compound file; every chain is followed at most once around."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.sector = 1 << struct.unpack_from("<H", content, 30)[0]
        self.mini_sector = 1 << struct.unpack_from("<H", content, 32)[0]
        fat_count, directory = struct.unpack_from("<II", content, 44)
        self.cutoff, mini_fat, _, difat, _ = struct.unpack_from("<5I", content, 56)
        self.fat: list[int] = []
        for sector in self._fat_sectors(fat_count, difat):
            self.fat += self._numbers(self._at(sector))
        self.directory = self._chain(directory)
        self.mini_fat = self._numbers(self._chain(mini_fat)) if mini_fat < END_OF_CHAIN else []

    def _at(self, sector: int) -> bytes:
        start = (sector + 1) * self.sector
        return self.content[start : start + self.sector]

    def _numbers(self, data: bytes) -> list[int]:
        return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))

    def _fat_sectors(self, count: int, difat: int) -> list[int]:
        sectors = list(struct.unpack_from("<109I", self.content, 76))
        while difat < END_OF_CHAIN and len(sectors) < count:
            *more, difat = self._numbers(self._at(difat))
            sectors += more
        return [sector for sector in sectors[:count] if sector < END_OF_CHAIN]

    def _chain(self, start: int) -> bytes:
        pieces = []
        while start < END_OF_CHAIN and len(pieces) <= len(self.fat):
            pieces.append(self._at(start))
            start = self.fat[start]
        return b"".join(pieces)

    def _mini_chain(self, start: int, container: bytes) -> bytes:
        pieces = []
        while start < END_OF_CHAIN and len(pieces) <= len(self.mini_fat):
            pieces.append(container[start * self.mini_sector : (start + 1) * self.mini_sector])
            start = self.mini_fat[start]
        return b"".join(pieces)

    def streams(self) -> dict[str, tuple[int, int]]:
        """Return the first sector and the size of each stream under its name."""
        found = {}
        for offset in range(0, len(self.directory) - 127, 128):
            entry = self.directory[offset : offset + 128]
            name_bytes = struct.unpack_from("<H", entry, 64)[0]
            name = entry[: max(name_bytes - 2, 0)].decode("utf-16-le", "replace")
            found[name] = struct.unpack_from("<II", entry, 116)
        return found

    def stream(self, name: str) -> bytes:
        """Return a stream's bytes; small ones lie inside the root's stream."""
        start, size = self.streams()[name]
        if size >= self.cutoff:
            return self._chain(start)[:size]
        root = self._chain(self.streams()["Root Entry"][0])
        return self._mini_chain(start, root)[:size]


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


def _error(kind: int, record: bytes) -> str:
    """Return the error that a BOOLERR or FORMULA record shows, '' when it shows none."""
    if kind == BOOLERR and record[7]:
        return ERRORS.get(record[6], "#N/A")
    if kind == FORMULA and record[12:14] == b"\xff\xff" and record[6] == 2:
        return ERRORS.get(record[8], "#N/A")
    return ""


def _number_cells(kind: int, record: bytes) -> list[tuple[int, int, int]]:
    """Return (row, column, style) of the numbers in a record."""
    if kind in (NUMBER, RK, FORMULA):
        row, column, style = struct.unpack_from("<3H", record)
        return [(row, column, style)]
    if kind == MULRK:
        row, first = struct.unpack_from("<HH", record)
        styles = [struct.unpack_from("<H", record, at)[0] for at in range(4, len(record) - 5, 6)]
        return [(row, first + shift, style) for shift, style in enumerate(styles)]
    return []


def _marks(stream: bytes, position: int, percents: set[int]) -> Marks:
    faults: dict[tuple[int, int], Fault] = {}
    shown_as_percent: set[tuple[int, int]] = set()
    hidden_rows = hidden_columns = 0
    for kind, record in _records(stream, position):
        if error := _error(kind, record):
            faults[struct.unpack_from("<HH", record)] = Fault(error)
            continue
        cells = _number_cells(kind, record)
        shown_as_percent |= {(row, column) for row, column, style in cells if style in percents}
        if kind == ROW:
            hidden_rows += bool(record[12] & 0x20)
        elif kind == COLINFO and record[8] & 1:
            first, last = struct.unpack_from("<HH", record)
            hidden_columns += last - first + 1
    return Marks(faults, shown_as_percent, hidden_rows, hidden_columns)


def _book(stream: bytes, has_macros: bool) -> Book:
    is_wide = struct.unpack_from("<H", stream, 4)[0] == 0x600
    formats, styles, sheets, is_1904 = set(PERCENT_FORMATS), [], {}, False
    for kind, record in _records(stream):
        if kind == FILEPASS:
            raise Refusal("文件已加密", "应为没有密码的工作簿", "请取消密码后另存，再上传")
        if kind == DATEMODE:
            is_1904 = record[:1] == b"\1"
        elif kind == FORMAT and b"%" in record[2:]:
            formats.add(struct.unpack_from("<H", record)[0])
        elif kind == XF:
            styles.append(struct.unpack_from("<H", record, 2)[0])
        elif kind == BOUNDSHEET and record[5] == 0:
            name = _name(record[7:], record[6], is_wide)
            sheets[name] = struct.unpack_from("<I", record)[0]
    percents = {number for number, style in enumerate(styles) if style in formats}
    marks = {name: _marks(stream, position, percents) for name, position in sheets.items()}
    return Book(marks, is_1904, has_macros)


def scan(content: bytes) -> Book:
    """Read the marks of an .xls file's sheets; Refusal when its structure is broken."""
    try:
        file = _CompoundFile(content)
        streams = file.streams()
        name = next(name for name in ("Workbook", "Book", "WORKBOOK", "BOOK") if name in streams)
        return _book(file.stream(name), "_VBA_PROJECT" in streams)
    except (struct.error, IndexError, KeyError, StopIteration) as error:
        raise damaged() from error
