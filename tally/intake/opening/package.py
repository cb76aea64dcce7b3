"""What an .xlsx package says beside its values: its sheets' parts, their marks, its settings."""

import zipfile

from tally.intake.opening.archive import chunks, damaged, open_archive
from tally.intake.opening.grids import Grid
from tally.intake.opening.limits import MAX_CELLS, check_sheet_count, check_total
from tally.intake.opening.marks import Book, Marks
from tally.intake.opening.worksheets import TRUE, elements, looks_of_cells, scan, targets

BOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
STRINGS = "xl/sharedstrings.xml"
MACROS = "xl/vbaproject.bin"
WORKSHEETS = "/worksheets/"
# From here on arrays are worth their import.
LARGE_PART_BYTES = 1_000_000
NO_MARKS = Marks({}, {}, 0, 0)


def _check_strings(archive: zipfile.ZipFile, name: str) -> None:
    """Refuse more shared strings than cells can use: each costs the reader far more than here."""
    count = sum(chunk.count(b"<si") for chunk in chunks(archive, name))
    if count > MAX_CELLS:
        check_total(count)


def _sheets(archive: zipfile.ZipFile, book: str) -> tuple[list[dict[str, str]], bool]:
    """Return the sheets as the workbook lists them, and whether days count from 1904."""
    sheets, is_1904 = [], False
    for tag, attributes in elements(archive, book):
        if tag == "sheet":
            sheets.append(attributes)
        elif tag == "workbookPr":
            is_1904 = attributes.get("date1904") in TRUE
    check_sheet_count(len(sheets))
    return sheets, is_1904


def _plain_grids(
    archive: zipfile.ZipFile, sheets: list[dict[str, str]], parts: list[str], is_1904: bool
) -> dict[str, Grid]:
    """Return the sheets that can be read here at once, by part, where one is large enough."""
    sizes = [archive.getinfo(part).file_size for part in parts if part]
    if max(sizes, default=0) < LARGE_PART_BYTES:
        return {}
    # A small file does not wait for this import.
    from tally.intake.opening.plain_sheets import read_plain_sheets

    told = [
        (sheet.get("name", ""), part, sheet.get("state", "visible") != "visible")
        for sheet, part in zip(sheets, parts, strict=True)
        if WORKSHEETS in part.lower()
    ]
    return read_plain_sheets(archive, told, is_1904)


def scan_package(content: bytes) -> Book:
    """Read the marks of an .xlsx file's sheets; Refusal when a claim is harmful or broken."""
    archive = open_archive(content)
    names = {name.lower(): name for name in archive.namelist()}
    if BOOK not in names:
        raise damaged()
    sheets, is_1904 = _sheets(archive, names[BOOK])
    parts, looks = targets(archive, RELATIONS), looks_of_cells(archive)
    found = [parts.get(sheet.get("id", ""), "") for sheet in sheets]
    if len({part for part in found if part}) < sum(map(bool, found)):
        raise damaged()
    grids = _plain_grids(archive, sheets, found, is_1904)
    marks = [
        (
            sheet.get("name", ""),
            grids.get(part) or (scan(archive, part, looks) if part else NO_MARKS),
        )
        for sheet, part in zip(sheets, found, strict=True)
    ]
    if STRINGS in names and any(isinstance(marked, Marks) for _, marked in marks):
        _check_strings(archive, names[STRINGS])
    return Book(marks, is_1904, MACROS in names)
