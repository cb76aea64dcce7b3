"""Reads an .ods file: one streaming pass over its content.xml.

Names after OpenDocument 1.2. A repeated row or column costs two attributes in the file
and a million cells in memory: what is repeated is checked before it is laid out.
"""

import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pyexpat import ParserCreate
from typing import Any

from tally.intake.opening.archive import damaged, encrypted, open_archive
from tally.intake.opening.grids import (
    Cell,
    Fault,
    Figure,
    Grid,
    Merge,
    Workbook,
    columns_of,
)
from tally.intake.opening.limits import (
    check_extent,
    check_merge_count,
    check_sheet_count,
    check_text,
    check_total,
)
from tally.intake.opening.marks import NO_RESULT
from tally.intake.opening.worksheets import parse

CONTENT, MANIFEST = "content.xml", "META-INF/manifest.xml"
ERRORS = re.compile(r"#(N/A|NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!)|Err:\d{3}")
DURATION = re.compile(r"PT(\d+)H(\d+)M(\d+)")
BLANKS = re.compile(r"[ \t\r\n]+")
# What lies inside a sheet or a cell without being the sheet's content.
SKIPPED = {
    "office:annotation",
    "office:forms",
    "table:shapes",
    "table:scenario",
    "table:tracked-changes",
    "text:note",
    "text:ruby-text",
    "text:tracked-changes",
}
SPANNED = "table:number-columns-spanned"
EXTERNAL_CACHE = "ta_extref"


def _day(text: str) -> Cell:
    """Return a stored date as it would come from .xlsx; as text when no calendar has it."""
    try:
        return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    except ValueError:
        return text


def _time(text: str) -> Cell:
    found = DURATION.match(text)
    return ":".join(f"{int(number):02}" for number in found.groups()) if found else text


def _number(text: str) -> int | float:
    number = float(text)
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def _percentage(text: str) -> Cell:
    return f"{float(text) * 100:.10g}%"


TYPED: dict[str, tuple[str, Callable[[str], Cell]]] = {
    "float": ("office:value", _number),
    "currency": ("office:value", _number),
    "percentage": ("office:value", _percentage),
    "date": ("office:date-value", _day),
    "time": ("office:time-value", _time),
    "boolean": ("office:boolean-value", lambda text: text == "true"),
}


def _cell(attributes: dict[str, str], text: str) -> Cell:
    """Return what a cell holds, from its attributes and the text that it shows."""
    kind = attributes.get("office:value-type", "")
    has_formula = "table:formula" in attributes
    is_error = attributes.get("calcext:value-type") == "error"
    if is_error or (has_formula and ERRORS.fullmatch(text.strip())):
        return Fault(text.strip() or "#N/A")
    where, read = TYPED.get(kind, ("", None))
    if read and where in attributes:
        cell = read(attributes[where])
        # Noughts before a number are its format's, and an item's own number has them.
        has_noughts = kind == "float" and text[:1] == "0" and text.isdecimal() and len(text) > 1
        return Figure(int(text), text) if has_noughts and int(text) == cell else cell
    if has_formula and not text and (read or not kind):
        return NO_RESULT
    text = text or attributes.get("office:string-value", "")
    return text if text.strip() else None


class _Sheet:
    """One table as it is read: rows from the first, blanks laid out only before content."""

    def __init__(self, name: str, is_hidden: bool) -> None:
        self.name, self.is_hidden = name, is_hidden
        self.rows: list[list[Cell]] = []
        self.merges: list[Merge] = []
        self.hidden_columns: list[tuple[int, int]] = []
        self.counts = {"collapse": 0, "filter": 0}
        self.row = self.column = self.width = self.headed_column = 0
        self.cells: list[Cell] = []

    def add_column(self, attributes: dict[str, str]) -> None:
        count = _repeated(attributes, "table:number-columns-repeated")
        if attributes.get("table:visibility", "visible") != "visible":
            self.hidden_columns.append((self.headed_column, self.headed_column + count))
        self.headed_column += count

    def add_cell(self, attributes: dict[str, str], text: str) -> None:
        count = _repeated(attributes, "table:number-columns-repeated")
        cell = _cell(attributes, text)
        if cell is not None:
            check_extent(self.row, self.column + count - 1)
            self.cells += [None] * (self.column - len(self.cells)) + [cell] * count
        if "table:number-rows-spanned" in attributes or SPANNED in attributes:
            self._add_merge(attributes)
        self.column += count

    def _add_merge(self, attributes: dict[str, str]) -> None:
        rows = _repeated(attributes, "table:number-rows-spanned")
        columns = _repeated(attributes, SPANNED)
        if rows > 1 or columns > 1:
            last_row, last_column = self.row + rows - 1, self.column + columns - 1
            self.merges.append(Merge(self.row, self.column, last_row, last_column))
            check_merge_count(len(self.merges))

    def end_row(self, attributes: dict[str, str]) -> None:
        count = _repeated(attributes, "table:number-rows-repeated")
        if self.cells:
            self.width = max(self.width, len(self.cells))
            check_extent(self.row + count - 1, self.width - 1)
            self.rows += [[]] * (self.row - len(self.rows)) + [self.cells] * count
            visibility = attributes.get("table:visibility", "visible")
            if visibility in self.counts:
                self.counts[visibility] += count
        self.row, self.column, self.cells = self.row + count, 0, []

    def grid(self) -> Grid:
        ends = ((first, min(last, self.width)) for first, last in self.hidden_columns)
        return Grid(
            self.name,
            len(self.rows),
            columns_of(self.rows),
            tuple(self.merges),
            self.is_hidden,
            self.counts["collapse"],
            sum(max(0, last - first) for first, last in ends),
            self.counts["filter"],
        )


def _repeated(attributes: dict[str, str], name: str) -> int:
    count = attributes.get(name)
    return max(1, int(count)) if count else 1


class _Pass:
    """The handlers of the pass; whatever is skipped is counted in by depth."""

    def __init__(self) -> None:
        self.sheets: list[_Sheet] = []
        self.sheet: _Sheet | None = None
        self.has_tables = self.is_1904 = False
        self.style, self.hidden_styles = "", set[str]()
        self.skip_depth = self.paragraph_depth = 0
        self.row: dict[str, str] = {}
        self.cell: dict[str, str] | None = None
        self.paragraphs: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        is_nested = self.cell is not None and tag.startswith(("table:", "draw:", "dr3d:"))
        if self.skip_depth or tag in SKIPPED or is_nested:
            self.skip_depth += 1
        elif self.cell is not None:
            self._start_text(tag, attributes)
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self.cell, self.paragraphs = attributes, []
        elif tag == "table:table-row":
            self.row = attributes
        else:
            self._start_other(tag, attributes)

    def _start_text(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in ("text:p", "text:h"):
            self.paragraph_depth += 1
            self.paragraphs.append("")
        elif self.paragraphs and tag == "text:s":
            count = _repeated(attributes, "text:c")
            check_text(*self._place(), len(self.paragraphs[-1]) + count)
            self.paragraphs[-1] += " " * count
        elif self.paragraphs and tag in ("text:tab", "text:line-break"):
            self.paragraphs[-1] += "\t" if tag == "text:tab" else "\n"

    def _place(self) -> tuple[int, int]:
        return (self.sheet.row, self.sheet.column) if self.sheet else (0, 0)

    def _start_other(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table:table-column" and self.sheet:
            self.sheet.add_column(attributes)
        elif tag == "table:table":
            style = attributes.get("table:style-name", "")
            self.sheet = _Sheet(attributes.get("table:name", ""), style in self.hidden_styles)
            if style != EXTERNAL_CACHE:
                self.sheets.append(self.sheet)
                check_sheet_count(len(self.sheets))
        elif tag == "style:style":
            self.style = attributes.get("style:name", "")
        elif tag == "style:table-properties" and attributes.get("table:display") == "false":
            self.hidden_styles.add(self.style)
        elif tag == "table:null-date":
            self.is_1904 = attributes.get("table:date-value", "").startswith("1904")
        elif tag == "office:spreadsheet":
            self.has_tables = True

    def end(self, tag: str) -> None:
        if self.skip_depth:
            self.skip_depth -= 1
        elif tag in ("text:p", "text:h"):
            self.paragraph_depth -= self.cell is not None
        elif self.sheet and tag in ("table:table-cell", "table:covered-table-cell"):
            self.sheet.add_cell(self.cell or {}, "\n".join(self.paragraphs))
            self.cell = None
        elif self.sheet and tag == "table:table-row":
            self.sheet.end_row(self.row)
        elif tag == "table:table":
            check_total(sum(len(sheet.rows) * sheet.width for sheet in self.sheets))
            self.sheet = None

    def characters(self, text: str) -> None:
        if self.paragraph_depth and not self.skip_depth:
            self.paragraphs[-1] += BLANKS.sub(" ", text) if BLANKS.search(text) else text


def _scanned(archive: zipfile.ZipFile) -> _Pass:
    state = _Pass()
    parser: Any = ParserCreate()
    parser.StartElementHandler = state.start
    parser.EndElementHandler = state.end
    parser.CharacterDataHandler = state.characters
    parse(parser, archive, CONTENT)
    return state


def read_opendocument(content: bytes) -> Workbook:
    """Read an .ods file's sheets; Refusal when it is encrypted, broken or out of bounds."""
    archive = open_archive(content)
    names = archive.namelist()
    if MANIFEST in names and b"encryption-data" in archive.read(MANIFEST):
        raise encrypted()
    state = _scanned(archive)
    if not state.has_tables:
        raise damaged()
    has_macros = any(name.startswith("Basic/") for name in names)
    return Workbook("ods", tuple(s.grid() for s in state.sheets), state.is_1904, has_macros)
