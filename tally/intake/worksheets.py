"""One streaming pass over a worksheet's XML for what the reader does not tell.

calamine returns '' for error cells and for formulas saved without a result, says nothing
of hidden rows or of percentages, and aborts the process on two cells that lie far apart.
"""

import re
import zipfile
from pyexpat import ExpatError, ParserCreate
from typing import Any, NamedTuple

from tally.intake.archive import chunks, damaged
from tally.intake.grids import Fault, Refusal, place

MAX_ROWS, MAX_COLUMNS, MAX_CELLS = 200_000, 200, 5_000_000
PERCENT_FORMATS = {9, 10}
REFERENCE = re.compile(r"([A-Za-z]{1,16})([0-9]{1,16})\Z")


class Marks(NamedTuple):
    """What one sheet's XML says beside its values; cells are 0-based (row, column)."""

    faults: dict[tuple[int, int], Fault]
    percents: set[tuple[int, int]]
    hidden_row_count: int
    hidden_column_count: int


def check_extent(row: int, column: int) -> None:
    """Refuse a sheet whose last cell, 0-based, is too far out to be a ledger's."""
    if row >= MAX_ROWS or column >= MAX_COLUMNS or (row + 1) * (column + 1) > MAX_CELLS:
        where = place(row, column) if row < 10_000_000 and column < 20_000 else "很远处"
        raise Refusal(
            f"{where} 处有内容",
            f"应不超过 {MAX_ROWS // 10_000} 万行、{MAX_COLUMNS} 列、{MAX_CELLS // 10_000} 万格",
            "请删去表格以外的零散内容，或拆成几个文件",
        )


def elements(archive: zipfile.ZipFile, name: str) -> list[tuple[str, dict[str, str]]]:
    """Return every element of a small part as (local name, attributes by local name)."""
    found: list[tuple[str, dict[str, str]]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        local = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        found.append((tag.rpartition(":")[2], local))

    parser = ParserCreate()
    parser.StartElementHandler = start
    _parse(parser, archive, name)
    return found


def _parse(parser: Any, archive: zipfile.ZipFile, name: str) -> None:
    parser.buffer_text = True
    try:
        for chunk in chunks(archive, name):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except ExpatError as error:
        raise damaged() from error


def percent_styles(archive: zipfile.ZipFile) -> set[str]:
    """Return the style numbers, as cells name them, that show a number as a percentage."""
    if "xl/styles.xml" not in archive.namelist():
        return set()
    formats = {str(number) for number in PERCENT_FORMATS}
    styles: set[str] = set()
    position, is_inside = 0, False
    for tag, attributes in elements(archive, "xl/styles.xml"):
        if tag == "numFmt" and "%" in attributes.get("formatCode", ""):
            formats.add(attributes.get("numFmtId", ""))
        elif tag in ("cellXfs", "cellStyles", "dxfs"):
            is_inside = tag == "cellXfs"
        elif tag == "xf" and is_inside:
            if attributes.get("numFmtId") in formats:
                styles.add(str(position))
            position += 1
    return styles


class _Pass:
    """The handlers of one pass; a cell without a reference follows the one before it.

    A styled sheet has a hundred blank cells for each filled one, so a cell's reference is
    resolved only when the cell turns out to hold something.
    """

    def __init__(self, percents: set[str]) -> None:
        self.percent_styles = percents
        self.faults: dict[tuple[int, int], Fault] = {}
        self.percents: set[tuple[int, int]] = set()
        self.hidden_rows = self.hidden_columns = 0
        self.row, self.reference, self.followers = -1, "", 0
        self.cell: dict[str, str] = {}
        self.text = ""
        self.has_content = self.has_formula = self.is_value = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self.cell = attributes
            self.has_content = False
            if "r" in attributes:
                self.reference, self.followers = attributes["r"], 0
            else:
                self.followers += 1
        else:
            self._start_other(tag, attributes)

    def _start_other(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in ("v", "f", "is"):
            if not self.has_content:
                self.text, self.has_formula = "", False
            self.has_content, self.is_value = True, tag == "v"
            self.has_formula = self.has_formula or tag == "f"
        elif tag == "row":
            number = attributes.get("r", "")
            self.row = int(number) - 1 if number.isdigit() else self.row + 1
            self.reference, self.followers = "", -1
            self.hidden_rows += attributes.get("hidden") in ("1", "true")
        elif tag == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = int(attributes.get("min", 1)), int(attributes.get("max", 1))
            self.hidden_columns += max(0, min(last, MAX_COLUMNS) - first + 1)
        elif ":" in tag:
            self.start(tag.rpartition(":")[2], attributes)

    def end(self, tag: str) -> None:
        if self.has_content and tag.rpartition(":")[2] == "c":
            self._end_cell(self._position())
            self.has_content = False

    def _position(self) -> tuple[int, int]:
        reference = REFERENCE.match(self.reference)
        if not reference:
            return self.row, self.followers
        self.row = int(reference[2]) - 1
        return self.row, _column_number(reference[1]) + self.followers

    def _end_cell(self, cell: tuple[int, int]) -> None:
        check_extent(*cell)
        kind = self.cell.get("t", "n")
        if kind == "e":
            self.faults[cell] = Fault(self.text or "#N/A")
        elif self.has_formula and not self.text and kind != "str":
            self.faults[cell] = Fault("公式没有结果")
        elif kind == "n" and self.text and self.cell.get("s") in self.percent_styles:
            self.percents.add(cell)

    def characters(self, text: str) -> None:
        if self.is_value and self.has_content:
            self.text += text


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def scan(archive: zipfile.ZipFile, name: str, percents: set[str]) -> Marks:
    """Read one worksheet part's marks; Refusal when a cell lies out of bounds."""
    state = _Pass(percents)
    parser = ParserCreate()
    parser.StartElementHandler = state.start
    parser.EndElementHandler = state.end
    parser.CharacterDataHandler = state.characters
    _parse(parser, archive, name)
    return Marks(state.faults, state.percents, state.hidden_rows, state.hidden_columns)
