"""Opens a workbook's bytes into grids: the only place that knows the spreadsheet reader."""

import zipfile
from datetime import time, timedelta
from io import BytesIO
from typing import Any

import python_calamine

from tally.intake import biff
from tally.intake.archive import damaged, open_archive
from tally.intake.delimited import read_delimited
from tally.intake.formats import form_of
from tally.intake.grids import Cell, Grid, Merge, Refusal, Workbook
from tally.intake.worksheets import Marks, check_extent, elements, percent_styles, scan

MAX_SHEET_COUNT = 50
MACROS = "xl/vbaproject.bin"
TABULAR = (python_calamine.SheetTypeEnum.WorkSheet, python_calamine.SheetTypeEnum.MacroSheet)


def _cell(value: Any) -> Cell:
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, time | timedelta):
        return str(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value


def _marked(rows: list[list[Any]], marks: Marks) -> list[list[Cell]]:
    cells = [[_cell(value) for value in row] for row in rows]
    for row, column in [*marks.faults, *marks.percents]:
        while len(cells) <= row:
            cells.append([])
        cells[row] += [None] * (column + 1 - len(cells[row]))
    for (row, column), fault in marks.faults.items():
        cells[row][column] = fault
    for row, column in marks.percents:
        value = cells[row][column]
        if isinstance(value, int | float) and not isinstance(value, bool):
            cells[row][column] = f"{value * 100:.10g}%"
    return cells


def _grid(sheet: Any, is_hidden: bool, marks: Marks) -> Grid:
    if sheet.total_height and sheet.total_width:
        check_extent(sheet.total_height - 1, sheet.total_width - 1)
    cells = _marked(sheet.to_python(skip_empty_area=False), marks)
    merges = tuple(Merge(*first, *last) for first, last in sheet.merged_cell_ranges or ())
    return Grid(
        sheet.name, cells, merges, is_hidden, marks.hidden_row_count, marks.hidden_column_count
    )


def _grids(content: bytes, marks_by_name: dict[str, Marks]) -> tuple[Grid, ...]:
    with python_calamine.CalamineWorkbook.from_filelike(BytesIO(content)) as book:
        return tuple(
            _grid(
                book.get_sheet_by_name(sheet.name),
                sheet.visible != python_calamine.SheetVisibleEnum.Visible,
                marks_by_name[sheet.name],
            )
            for sheet in book.sheets_metadata
            if sheet.typ in TABULAR and sheet.name in marks_by_name
        )


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the part that holds each sheet, under the sheet's name."""
    names = {name.lower(): name for name in archive.namelist()}
    targets = {}
    for tag, attributes in elements(archive, names.get("xl/_rels/workbook.xml.rels", "")):
        if tag == "Relationship" and attributes.get("Type", "").endswith("sheet"):
            target = attributes.get("Target", "")
            path = target[1:] if target.startswith("/") else f"xl/{target}"
            targets[attributes.get("Id", "")] = names.get(path.lower(), "")
    sheets = [a for tag, a in elements(archive, names["xl/workbook.xml"]) if tag == "sheet"]
    if len(sheets) > MAX_SHEET_COUNT:
        raise Refusal(
            f"有 {len(sheets)} 个工作表",
            f"应不超过 {MAX_SHEET_COUNT} 个",
            "请只保留台账所在的工作表",
        )
    return {
        sheet.get("name", ""): part
        for sheet in sheets
        if (part := targets.get(sheet.get("id", ""), ""))
    }


def _is_1904(archive: zipfile.ZipFile) -> bool:
    settings = [a for tag, a in elements(archive, "xl/workbook.xml") if tag == "workbookPr"]
    return any(setting.get("date1904") in ("1", "true") for setting in settings)


def _read_zipped(content: bytes) -> Workbook:
    archive = open_archive(content)
    percents = percent_styles(archive)
    marks = {name: scan(archive, part, percents) for name, part in _sheet_parts(archive).items()}
    has_macros = any(name.lower() == MACROS for name in archive.namelist())
    return Workbook("xlsx", _grids(content, marks), _is_1904(archive), has_macros)


def _read_binary(content: bytes) -> Workbook:
    book = biff.scan(content)
    return Workbook("xls", _grids(content, book.marks), book.is_1904, book.has_macros)


def open_workbook(content: bytes) -> Workbook:
    """Open a file of any accepted form; Refusal says what it is instead and what to do."""
    form = form_of(content)
    try:
        if form == "csv":
            return Workbook("csv", (read_delimited(content),))
        return _read_zipped(content) if form == "xlsx" else _read_binary(content)
    except (Refusal, KeyboardInterrupt, SystemExit):
        raise
    except python_calamine.PasswordError as error:
        raise Refusal("文件已加密", "应为没有密码的工作簿", "请取消密码后另存，再上传") from error
    # A panic of the reader is not an Exception, and must not end an in-process caller either.
    except BaseException as error:
        raise damaged() from error
