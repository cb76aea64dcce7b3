"""One streaming pass over a worksheet's XML for what the reader does not tell.

calamine returns '' for error cells and for formulas saved without a result, says nothing
of hidden rows or of percentages, and aborts the process on two cells that lie far apart.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterable, Mapping
from pyexpat import ExpatError, ParserCreate
from typing import Any

from tally.intake.opening.archive import chunks, damaged
from tally.intake.opening.grids import Fault, column_number
from tally.intake.opening.limits import check_extent
from tally.intake.opening.looks import AnyLook, looks_of_styles
from tally.intake.opening.marks import NO_RESULT, Marks, Scope

REFERENCE = re.compile(r"([A-Za-z]{1,16})([1-9][0-9]{0,15})\Z")
ROW_RANGE = re.compile(r"\$?[A-Za-z]+\$?([0-9]+):\$?[A-Za-z]+\$?([0-9]+)\Z")
STYLES = "xl/styles.xml"
TRUE = ("1", "true")


def elements(archive: zipfile.ZipFile, name: str) -> list[tuple[str, dict[str, str]]]:
    """Return every element of a small part as (local name, attributes by local name)."""
    found: list[tuple[str, dict[str, str]]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        local = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        found.append((tag.rpartition(":")[2], local))

    parser = ParserCreate()
    parser.StartElementHandler = start
    parse(parser, archive, name)
    return found


def parse(parser: Any, archive: zipfile.ZipFile, name: str) -> None:
    """Feed a part to an expat parser; Refusal when it is no XML."""
    _feed(parser, chunks(archive, name))


def _feed(parser: Any, pieces: Iterable[bytes]) -> None:
    parser.buffer_text = True
    try:
        for chunk in pieces:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except ExpatError as error:
        raise damaged() from error


def targets(archive: zipfile.ZipFile, relations: str, kind: str = "sheet") -> dict[str, str]:
    """Return the parts that a part relates to under their ids, '' for one that is missing.

    `kind` is the end of the relation's type, which differs in Strict files only before it.
    """
    names = {name.lower(): name for name in archive.namelist()}
    folder = posixpath.dirname(posixpath.dirname(relations))
    found = {}
    if relations.lower() in names:
        for tag, attributes in elements(archive, names[relations.lower()]):
            if tag == "Relationship" and attributes.get("Type", "").endswith(kind):
                target = posixpath.join("/", folder, attributes.get("Target", ""))
                path = posixpath.normpath(target).lstrip("/").lower()
                found[attributes.get("Id", "")] = names.get(path, "")
    return found


def _row_range(reference: str) -> tuple[int, int]:
    found = ROW_RANGE.match(reference)
    return (int(found[1]) - 1, int(found[2]) - 1) if found else (0, -1)


def _table_filters(archive: zipfile.ZipFile, name: str) -> list[tuple[int, int]]:
    """Return the rows of the sheet's tables whose filter is in force."""
    folder, file = posixpath.split(name)
    filters = []
    for part in targets(archive, f"{folder}/_rels/{file}.rels", "/table").values():
        reference = ""
        for tag, attributes in elements(archive, part) if part else ():
            if tag == "autoFilter":
                reference = attributes.get("ref", "")
            elif tag == "filterColumn":
                filters.append(_row_range(reference))
    return filters


def looks_of_cells(archive: zipfile.ZipFile) -> Mapping[str, AnyLook]:
    """Return how numbers look that do not show themselves, by their style as cells name it."""
    if STYLES not in archive.namelist():
        return {}
    codes, styles = [], []
    is_inside = False
    for tag, attributes in elements(archive, STYLES):
        number = attributes.get("numFmtId", "")
        if tag == "numFmt" and number.isdecimal():
            codes.append((int(number), attributes.get("formatCode", "")))
        elif tag in ("cellXfs", "cellStyles", "dxfs"):
            is_inside = tag == "cellXfs"
        elif tag == "xf" and is_inside:
            styles.append(int(number) if number.isdecimal() else 0)
    return {str(style): look for style, look in looks_of_styles(styles, codes).items()}


class _Pass:
    """The handlers of one pass; a cell without a reference follows the one before it.

    A styled sheet has a hundred blank cells for each filled one, so a cell's reference is
    resolved only when the cell turns out to hold something.
    """

    def __init__(self, looks: Mapping[str, AnyLook]) -> None:
        self.style_looks = looks
        self.scope = Scope()
        self.faults: dict[tuple[int, int], Fault] = {}
        self.looks: dict[tuple[int, int], AnyLook] = {}
        self.row, self.reference, self.followers = -1, "", 0
        self.is_row_hidden = self.has_tables = False
        self.filter = ""
        self.merges: list[str] = []
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
            self.is_row_hidden = attributes.get("hidden") in TRUE
        elif ":" in tag:
            self.start(tag.rpartition(":")[2], attributes)
        else:
            self._start_setting(tag, attributes)

    def _start_setting(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "col" and attributes.get("hidden") in TRUE:
            first, last = int(attributes.get("min", 1)), int(attributes.get("max", 1))
            self.scope.hidden_columns.append((first - 1, last - 1))
        elif tag == "autoFilter":
            self.filter = attributes.get("ref", "")
        elif tag == "filterColumn":
            self.scope.filters.append(_row_range(self.filter))
        elif tag == "mergeCell":
            self.merges.append(attributes.get("ref", ""))
        elif tag == "tablePart":
            self.has_tables = True

    def end(self, tag: str) -> None:
        local = tag.rpartition(":")[2]
        if local == "v":
            self.is_value = False
        elif self.has_content and local == "c":
            self._end_cell(self._position())
            self.has_content = False

    def _position(self) -> tuple[int, int]:
        reference = REFERENCE.match(self.reference)
        if not reference:
            if self.reference:
                raise damaged()
            return self.row, self.followers
        self.row = int(reference[2]) - 1
        return self.row, column_number(reference[1]) + self.followers

    def _end_cell(self, cell: tuple[int, int]) -> None:
        check_extent(*cell)
        self.scope.add(*cell, self.is_row_hidden)
        kind, text = self.cell.get("t", "n"), self.text.strip()
        if kind == "e":
            self.faults[cell] = Fault(text or "#N/A")
        elif self.has_formula and not text and kind != "str":
            self.faults[cell] = NO_RESULT
        elif kind == "n" and text and (look := self.style_looks.get(self.cell.get("s", ""))):
            self.looks[cell] = look

    def characters(self, text: str) -> None:
        if self.is_value and self.has_content:
            self.text += text


def scan(archive: zipfile.ZipFile, name: str, looks: Mapping[str, AnyLook]) -> Marks:
    """Read one worksheet part's marks; Refusal when a cell lies out of bounds."""
    state = _passed(archive, name, chunks(archive, name), looks)
    return state.scope.marks(state.faults, state.looks)


def scan_settings(
    archive: zipfile.ZipFile, name: str, outside: Iterable[bytes]
) -> tuple[Scope, list[str]]:
    """Read what a part without its rows says: its scope, and its merged ranges as written."""
    state = _passed(archive, name, outside, {})
    return state.scope, state.merges


def _passed(
    archive: zipfile.ZipFile, name: str, pieces: Iterable[bytes], looks: Mapping[str, AnyLook]
) -> _Pass:
    state = _Pass(looks)
    parser = ParserCreate()
    parser.StartElementHandler = state.start
    parser.EndElementHandler = state.end
    parser.CharacterDataHandler = state.characters
    _feed(parser, pieces)
    if state.has_tables:
        state.scope.filters += _table_filters(archive, name)
    return state
