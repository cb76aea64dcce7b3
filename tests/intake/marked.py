"""Workbooks marked with their problems, and what a clerk sees in them."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from tally.contracts import Problem, Reading, Sheet
from tally.intake import read
from tally.intake.marking.marked_cells import COLORS
from tally.intake.marking.workbook import marked_workbook
from tests.intake.samples import PROBLEM_HEADERS, SEPTEMBER, brief, problem, saved

NAME = "9月台账.xlsx"
SHEET = "台账"
BAD_DUE, BAD_UNIT = "2022.13.1", "规建办"


def faulty_book() -> openpyxl.Workbook:
    """Return a ledger with a bad deadline in D5, a bad unit in C6 and an office's layout."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = SHEET
    sheet.append(["2022年9月问题台账"])
    sheet.merge_cells("A1:F1")
    sheet.append(list(PROBLEM_HEADERS))
    for number in range(1, 6):
        sheet.append(list(problem(number)))
    sheet["D5"], sheet["C6"] = BAD_DUE, BAD_UNIT
    sheet["B4"].font = Font(bold=True, color="FF7030A0")
    sheet.column_dimensions["B"].width = 44
    sheet.row_dimensions[2].height = 33
    sheet.freeze_panes = "C3"
    return book


def marked(content: bytes, name: str = NAME) -> tuple[bytes, Reading]:
    """Return a workbook marked with its own problems, and its reading."""
    reading = read(content, name, brief(**SEPTEMBER))
    made, _ = marked_workbook(content, name, reading.problems, reading.sheets, isolated=False)
    return made, reading


def opened(content: bytes) -> openpyxl.Workbook:
    """Open a workbook's bytes."""
    return openpyxl.load_workbook(BytesIO(content))


def color(cell: Cell) -> str:
    """Return the colour of a cell's ground."""
    return cell.fill.fgColor.rgb if cell.fill.fill_type == "solid" else ""


def listed(sheet: Worksheet) -> list[tuple[Any, ...]]:
    """Return the list's lines below its head."""
    lines = list(sheet.iter_rows(min_row=4, values_only=True))
    return lines[: next(at for at, line in enumerate(lines) if line[0] is None)]


def colored(sheet: Worksheet) -> dict[str, str]:
    """Return the level that each coloured cell shows."""
    levels = {shade: level for level, shade in COLORS.items()}
    return {
        cell.coordinate: levels[color(cell)]
        for row in sheet.iter_rows()
        for cell in row
        if color(cell) in levels
    }


def one(cell: str, level: str = "error", sheet: str = SHEET) -> Problem:
    """Return a problem of a place."""
    return Problem(level, sheet, cell, "due_on", BAD_DUE, "应为日期", "改为真实日期")  # type: ignore[arg-type]


def marked_with(book: openpyxl.Workbook, *problems: Problem) -> openpyxl.Workbook:
    """Return a workbook marked with these problems."""
    sheets = (Sheet(SHEET, "problems", 2, 5, {}),)
    return opened(marked_workbook(saved(book), NAME, problems, sheets, isolated=False)[0])


def with_part(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return a workbook with one of its parts changed."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for part in old.namelist():
            data = old.read(part)
            new.writestr(part, change(data) if part == name else data)
    return stream.getvalue()
