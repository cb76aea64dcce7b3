"""Pages to files: .xlsx, .xls and .csv (GB18030), the same bytes on every run."""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import xlsxwriter
import xlwt

from data.campaigns.sampling.pages import Grid, Page, grid

WRITTEN_AT = datetime(2022, 1, 1)


def _write_xlsx(path: Path, pages: Sequence[Page]) -> None:
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"created": WRITTEN_AT})
        look = {
            "title": book.add_format({"bold": True, "font_size": 16, "align": "center"}),
            "header": book.add_format({"bold": True, "border": 1, "align": "center"}),
            "day": book.add_format({"num_format": "yyyy-mm-dd", "border": 1}),
            "cell": book.add_format({"border": 1, "text_wrap": True}),
        }
        for page in pages:
            _draw_xlsx(book.add_worksheet(page.sheet), grid(page), look)


def _draw_xlsx(
    sheet: xlsxwriter.worksheet.Worksheet,
    drawn: Grid,
    look: dict[str, xlsxwriter.format.Format],
) -> None:
    for top, left, bottom, right in drawn.merged:
        kind = "title" if top == 0 else "header" if top in drawn.header_rows else "cell"
        sheet.merge_range(top, left, bottom, right, drawn.cells[top][left], look[kind])
    covered = {
        (row, column)
        for top, left, bottom, right in drawn.merged
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    }
    for row, line in enumerate(drawn.cells):
        for column, value in enumerate(line):
            if (row, column) in covered or value is None:
                continue
            if isinstance(value, date):
                sheet.write_datetime(row, column, value, look["day"])
            else:
                sheet.write(
                    row, column, value, look["header" if row in drawn.header_rows else "cell"]
                )
    sheet.set_column(0, len(drawn.cells[0]) - 1, 14)


def _write_xls(path: Path, pages: Sequence[Page]) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for page in pages:
        sheet, drawn = book.add_sheet(page.sheet), grid(page)
        merged = {(top, left): (bottom, right) for top, left, bottom, right in drawn.merged}
        for row, line in enumerate(drawn.cells):
            for column, value in enumerate(line):
                if (row, column) in merged:
                    bottom, right = merged[row, column]
                    sheet.write_merge(row, bottom, column, right, value)
                elif isinstance(value, date):
                    sheet.write(row, column, value, day)
                elif value is not None:
                    sheet.write(row, column, value)
    book.save(str(path))


def _write_csv(path: Path, pages: Sequence[Page]) -> None:
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\r\n")
    for line in grid(pages[0]).cells:
        writer.writerow(
            f"{v.year}/{v.month}/{v.day}" if isinstance(v, date) else "" if v is None else v
            for v in line
        )
    path.write_bytes(lines.getvalue().encode("gb18030"))


WRITERS = {".xlsx": _write_xlsx, ".xls": _write_xls, ".csv": _write_csv}


def write(path: Path, pages: Sequence[Page]) -> None:
    """Write the pages as the kind of file that the suffix says; a .csv holds the first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    WRITERS[path.suffix](path, pages)
