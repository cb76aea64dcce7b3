"""A workbook's cells written anew, where its own form cannot be kept: whole, or in extract."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import openpyxl
from openpyxl.cell.cell import ERROR_CODES
from openpyxl.cell.cell import Cell as Written
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from tally.intake.marking.marked_cells import Target, put_text
from tally.intake.opening.grids import Cell, Fault, Figure, Grid, Workbook

FORBIDDEN_IN_TITLES = re.compile(r"[\[\]:*?/\\]")
MAX_TITLE_CHARACTERS = 31
UNNAMED = "Sheet1"
MAX_MERGED_CELLS = 100_000
WIDTHS = (8, 42)
# Titles and up to three rows of header stand above the first row of a ledger.
HEADER_ROWS = 3
MAX_EXTRACTED_ROWS = 1_000


def cell_count(book: Workbook) -> int:
    """Return how many cells the sheets span."""
    return sum(grid.height * len(grid.columns) for grid in book.grids)


def _opened(book: Workbook) -> openpyxl.Workbook:
    copy = openpyxl.Workbook()
    copy.remove(copy.active)
    if book.is_1904:
        copy.epoch = CALENDAR_MAC_1904
    return copy


def _put(cell: Written, value: Cell) -> None:
    if isinstance(value, str):
        put_text(cell, value)
    elif isinstance(value, Fault):
        # A formula without its result stays a fault: it must not come back as words.
        cell.value = value.shown if value.shown in ERROR_CODES else "#VALUE!"
    elif isinstance(value, Figure):
        _put_figure(cell, value)
    else:
        cell.value = value
        if isinstance(value, datetime) and value.time() != datetime.min.time():
            cell.number_format = "yyyy-mm-dd hh:mm:ss"
        elif isinstance(value, date):
            cell.number_format = "yyyy-mm-dd"


def _put_figure(cell: Written, figure: Figure) -> None:
    """Put a number down so that it shows what it showed: an item's number keeps its noughts."""
    cell.value = int(figure) if figure.is_integer() else float(figure)
    if figure.text:
        digit_count = len(str(cell.value))
        before = "".join(f"\\{sign}" for sign in figure.text[:-digit_count])
        cell.number_format = before + "0" * digit_count


def copied(book: Workbook) -> tuple[openpyxl.Workbook, dict[str, Target]]:
    """Return all sheets with every cell in its place, merged ranges and days."""
    copy = _opened(book)
    targets: dict[str, Target] = {}
    for grid in book.grids:
        title = FORBIDDEN_IN_TITLES.sub("_", grid.name)[:MAX_TITLE_CHARACTERS] or UNNAMED
        sheet = copy.create_sheet(title)
        for at, column in enumerate(grid.columns, start=1):
            for row, code in enumerate(column.codes, start=1):
                if code:
                    _put(sheet.cell(row, at), column.distinct[code])
        _widen(sheet, grid, 0)
        _merge(sheet, grid)
        if grid.is_hidden:
            sheet.sheet_state = "hidden"
        targets[grid.name] = Target(sheet)
    return copy, targets


def _widen(sheet: Worksheet, grid: Grid, shift: int) -> None:
    """Make each column as wide as its usual words."""
    for at, column in enumerate(grid.columns, start=1 + shift):
        widths = sorted(map(_width, column.distinct[1:]))
        usual = widths[len(widths) * 9 // 10] if widths else 0
        width = min(max(usual + 2, WIDTHS[0]), WIDTHS[1])
        sheet.column_dimensions[get_column_letter(at)].width = width


def _width(cell: Cell) -> int:
    if isinstance(cell, date):
        return 10
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in str(cell))


def _merge(sheet: Worksheet, grid: Grid) -> None:
    left = MAX_MERGED_CELLS
    for first_row, first_column, last_row, last_column in grid.merges:
        last_row = min(last_row, grid.height - 1)
        last_column = min(last_column, len(grid.columns) - 1)
        left -= (last_row - first_row + 1) * (last_column - first_column + 1)
        if left < 0:
            return
        if (last_row, last_column) > (first_row, first_column) and last_column >= first_column:
            sheet.merge_cells(None, first_row + 1, first_column + 1, last_row + 1, last_column + 1)


def extracted(
    book: Workbook, plan: Mapping[str, Any]
) -> tuple[openpyxl.Workbook, dict[str, Target]]:
    """Return header rows and the rows with problems of each sheet, with their old numbers.

    The sheets carry the list's name: uploaded by mistake they are passed over, for a list
    of the bad rows alone would make all others vanish.
    """
    copy = _opened(book)
    targets: dict[str, Target] = {}
    for grid in book.grids:
        wanted = {entry["row"] for entry in plan["marks"] if entry["sheet"] == grid.name}
        if wanted:
            header_end = plan["header_rows"].get(grid.name, 1) + HEADER_ROWS - 1
            rows = sorted({*range(1, header_end + 1), *sorted(wanted)[:MAX_EXTRACTED_ROWS]})
            rows = [row for row in rows if 0 < row <= grid.height]
            sheet = copy.create_sheet(f"{plan['list_name']} {len(targets) + 1}")
            targets[grid.name] = _extract(sheet, grid, rows)
    return copy, targets


def _extract(sheet: Worksheet, grid: Grid, rows: Sequence[int]) -> Target:
    put_text(sheet["A1"], f"摘自“{grid.name}”，左列是原表行号；请在原表里改，不要上传这一份")
    sheet["A1"].font = Font(bold=True)
    places = {row: number for number, row in enumerate(rows, start=2)}
    for row, number in places.items():
        sheet.cell(number, 1).value = row
        for at, value in enumerate(grid.line(row - 1), start=2):
            if value is not None:
                _put(sheet.cell(number, at), value)
    _widen(sheet, _shortened(grid, rows), 1)
    sheet.freeze_panes = "B2"
    return Target(sheet, places, 1)


def _shortened(grid: Grid, rows: Sequence[int]) -> Grid:
    columns = []
    for column in grid.columns:
        kept = [column.cell(row - 1) for row in rows]
        columns.append(column._replace(distinct=[None, *(c for c in kept if c is not None)]))
    return grid._replace(columns=columns)
