"""Opens a workbook's bytes into grids: the only place that knows the spreadsheet reader."""

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

import python_calamine

from tally.intake.opening import biff, binary_sheets
from tally.intake.opening.archive import damaged, encrypted, with_plain_names
from tally.intake.opening.delimited import read_delimited
from tally.intake.opening.formats import form_of
from tally.intake.opening.grids import (
    Column,
    Grid,
    Merge,
    Refusal,
    Workbook,
    cell_of,
    columns_of,
)
from tally.intake.opening.limits import (
    MAX_TEXT_CHARACTERS,
    check_extent,
    check_merge_count,
    check_text,
    check_total,
)
from tally.intake.opening.looks import AnyLook
from tally.intake.opening.marks import Book, Marks
from tally.intake.opening.opendocument import read_opendocument
from tally.intake.opening.package import scan_package

TABULAR = (python_calamine.SheetTypeEnum.WorkSheet, python_calamine.SheetTypeEnum.MacroSheet)
# The forms whose values the reader reads, and what tells of the rest.
SCANS: dict[str, Callable[[bytes], Book]] = {
    "xlsx": scan_package,
    "xlsb": binary_sheets.scan,
    "xls": biff.scan,
}


def _mark(columns: list[Column], marks: Marks) -> None:
    """Put what the scan says of single cells over what the reader made of them."""
    for (row, at), fault in marks.faults.items():
        columns[at].put(row, fault)
    shown: dict[tuple[int, int, AnyLook], int] = {}
    for (row, at), look in marks.looks.items():
        column = columns[at]
        code = column.codes[row]
        value = column.distinct[code]
        if (at, code, look) in shown:
            column.codes[row] = shown[at, code, look]
        elif isinstance(value, int | float) and not isinstance(value, bool):
            column.put(row, look.cell(value))
            shown[at, code, look] = column.codes[row]


def _columns(sheet: Any, marks: Marks) -> tuple[int, list[Column]]:
    """Return a sheet's height and columns, marked."""
    rows = sheet.to_python(skip_empty_area=False)
    marked = [*marks.faults, *marks.looks]
    height = max([len(rows), *(row + 1 for row, _ in marked)])
    width = max([len(rows[0]) if rows else 0, *(at + 1 for _, at in marked)])
    # The reader ends where its values end; a cell that shows an error may lie beyond.
    rows += [[None] * width] * (height - len(rows))
    if rows:
        rows[0] = [*rows[0], *[None] * (width - len(rows[0]))]
    columns = columns_of(rows, cell_of)
    _mark(columns, marks)
    return height, columns


def _grid(sheet: Any, is_hidden: bool, marks: Marks) -> Grid:
    if sheet.total_height and sheet.total_width:
        check_extent(sheet.total_height - 1, sheet.total_width - 1)
    ranges = sheet.merged_cell_ranges or ()
    check_merge_count(max(len(ranges), len(marks.merges)))
    merges = tuple(Merge(*first, *last) for first, last in ranges) or marks.merges
    height, columns = _columns(sheet, marks)
    return Grid(
        sheet.name,
        height,
        columns,
        merges,
        is_hidden,
        marks.hidden_row_count,
        marks.hidden_column_count,
        marks.filtered_row_count,
    )


def _grids(content: bytes, marks: Sequence[tuple[str, Marks | Grid]]) -> tuple[Grid, ...]:
    """Return the tabular sheets; the scan and the reader list them in one order."""
    grids = [found for _, found in marks if isinstance(found, Grid)]
    if len(grids) == len(marks):
        check_total(sum(grid.height * len(grid.columns) for grid in grids))
        return tuple(grids)
    grids = []
    with python_calamine.CalamineWorkbook.from_filelike(BytesIO(content)) as book:
        if len({sheet.name for sheet in book.sheets_metadata}) != len(marks):
            raise damaged()
        for sheet, (_, found) in zip(book.sheets_metadata, marks, strict=True):
            if isinstance(found, Grid):
                grids.append(found)
            elif sheet.typ in TABULAR:
                is_hidden = sheet.visible != python_calamine.SheetVisibleEnum.Visible
                grids.append(_grid(book.get_sheet_by_name(sheet.name), is_hidden, found))
            check_total(sum(grid.height * len(grid.columns) for grid in grids))
    return tuple(grids)


def _checked(workbook: Workbook) -> Workbook:
    """Return the workbook if none of its cells holds more text than a cell can."""
    for grid in workbook.grids:
        for at, column in enumerate(grid.columns):
            lengths = [len(cell) if isinstance(cell, str) else 0 for cell in column.distinct]
            if (longest := max(lengths)) > MAX_TEXT_CHARACTERS:
                check_text(column.codes.index(lengths.index(longest)), at, longest)
    return workbook


def _read(content: bytes, form: str) -> Workbook:
    if form == "csv":
        return Workbook("csv", (read_delimited(content),))
    if form == "ods":
        return read_opendocument(content)
    if form != "xls":
        content = with_plain_names(content)
    book = SCANS[form](content)
    return Workbook(form, _grids(content, book.marks), book.is_1904, book.has_macros)


def open_workbook(content: bytes) -> Workbook:
    """Open a file of any accepted form; Refusal says what it is instead and what to do."""
    form = form_of(content)
    try:
        return _checked(_read(content, form))
    except (Refusal, KeyboardInterrupt, SystemExit):
        raise
    except python_calamine.PasswordError as error:
        raise encrypted() from error
    # A panic of the reader is not an Exception, and must not end an in-process caller either.
    except BaseException as error:
        raise damaged() from error
