"""What an old .xls says beside its values."""

from io import BytesIO

import pytest
import xlwt

from tally.intake.biff import scan
from tally.intake.grids import Fault, Refusal
from tally.intake.workbook import open_workbook

PERCENT = xlwt.easyxf(num_format_str="0.0%")


def _book(row_count: int = 1) -> bytes:
    """Return a workbook with a percentage, hidden places and a second, hidden sheet."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("台账")
    sheet.write(0, 0, "完成率")
    sheet.write(0, 1, 0.065, PERCENT)
    sheet.write(0, 2, 0.5)
    for row in range(1, row_count):
        sheet.write(row, 0, row)
    sheet.row(row_count - 1).hidden = True
    sheet.col(3).hidden = True
    book.add_sheet("藏").visibility = 1
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _with_error() -> bytes:
    """Return a workbook whose cell B1 shows #N/A."""
    book = xlwt.Workbook()
    row = book.add_sheet("台账").row(0)
    row.write(0, "甲")
    row.set_cell_error(1, "#N/A!")
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_open_workbook_xls_shows_percentages_and_hidden_places() -> None:
    shown, hidden = open_workbook(_book()).grids
    assert shown.cells == [["完成率", "6.5%", 0.5]]
    assert (shown.hidden_row_count, shown.hidden_column_count) == (1, 1)
    assert (hidden.name, hidden.is_hidden) == ("藏", True)


def test_open_workbook_xls_error_cell_is_a_fault() -> None:
    (grid,) = open_workbook(_with_error()).grids
    assert grid.cells == [["甲", Fault("#N/A")]]


# A small workbook lies in a compound file's mini stream, a large one in its own sectors.
@pytest.mark.parametrize("row_count", [1, 5000])
def test_scan_finds_the_sheets_of_small_and_large_files(row_count: int) -> None:
    assert list(scan(_book(row_count)).marks) == ["台账", "藏"]


def test_scan_file_of_1904_is_told() -> None:
    book = xlwt.Workbook()
    book.dates_1904 = True
    book.add_sheet("台账")
    stream = BytesIO()
    book.save(stream)
    assert scan(stream.getvalue()).is_1904


@pytest.mark.parametrize("kept", [10, 600, 1500, 3000])
def test_open_workbook_xls_cut_off_is_refused(kept: int) -> None:
    with pytest.raises(Refusal):
        open_workbook(_book()[:kept])
