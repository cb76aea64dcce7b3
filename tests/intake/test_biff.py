"""What an old .xls says beside its values."""

import struct
from io import BytesIO

import pytest
import xlwt

from tally.intake.opening.biff import scan
from tally.intake.opening.grids import Fault, Refusal
from tally.intake.opening.marks import NO_RESULT
from tally.intake.opening.workbook import open_workbook
from tests.intake.forms import xls_bytes

PERCENT = xlwt.easyxf(num_format_str="0.0%")


def _book(row_count: int = 1) -> bytes:
    """Return a workbook with a percentage, hidden places and a second, hidden sheet."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("台账")
    sheet.write(0, 0, "完成率")
    sheet.write(0, 1, 0.065, PERCENT)
    sheet.write(0, 2, 0.5)
    sheet.write(0, 3, "藏列")
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
    assert shown.head(9) == [["完成率", "6.5%", 0.5, "藏列"]]
    assert (shown.hidden_row_count, shown.hidden_column_count) == (1, 1)
    assert (hidden.name, hidden.is_hidden) == ("藏", True)


def test_open_workbook_xls_error_cell_is_a_fault() -> None:
    (grid,) = open_workbook(_with_error()).grids
    assert grid.head(9) == [["甲", Fault("#N/A")]]


# A small workbook lies in a compound file's mini stream, a large one in its own sectors.
@pytest.mark.parametrize("row_count", [1, 5000])
def test_scan_finds_the_sheets_of_small_and_large_files(row_count: int) -> None:
    assert [name for name, _ in scan(_book(row_count)).marks] == ["台账", "藏"]


def test_scan_file_of_1904_is_told() -> None:
    book = xlwt.Workbook()
    book.dates_1904 = True
    book.add_sheet("台账")
    stream = BytesIO()
    book.save(stream)
    assert scan(stream.getvalue()).is_1904


def _formulas(*results: float | None) -> bytes:
    """Return a workbook of formulas; one with None was saved without a result."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("台账")
    for row in range(len(results)):
        sheet.write(row, 0, xlwt.Formula("1+1"))
    content = xls_bytes(book)
    at = 0
    for result in results:
        at = content.index(NOTHING, at)
        shown = NOTHING if result is None else struct.pack("<d", result)
        content = content[:at] + shown + content[at + 8 :]
        at += 8
    return content


NOTHING = struct.pack("<Q", 0xFFFF_0000_0000_0003)


def test_open_workbook_xls_formulas_never_computed_are_faults() -> None:
    (grid,) = open_workbook(_formulas(None, None)).grids
    assert [grid.line(0), grid.line(1)] == [[NO_RESULT], [NO_RESULT]]


def test_open_workbook_xls_empty_result_beside_computed_ones_is_blank() -> None:
    (grid,) = open_workbook(_formulas(None, 2.0)).grids
    assert [grid.line(row) for row in range(grid.height)] == [[None], [2]]


def test_open_workbook_xls_filtered_rows_are_not_called_hidden() -> None:
    content = _book(30)
    row_blocks = content.index(struct.pack("<HH", 0x208, 16))
    filter_mode = struct.pack("<HH", 0x9B, 0)
    # A record of no length is written over the gutters' record, which says nothing of rows.
    gutters = content.rindex(struct.pack("<HH", 0x80, 8), 0, row_blocks)
    padding = struct.pack("<HH", 0x80, 4) + bytes(4)
    content = content[:gutters] + filter_mode + padding + content[gutters + 12 :]
    grid = open_workbook(content).grids[0]
    assert (grid.hidden_row_count, grid.filtered_row_count) == (0, 1)


def test_open_workbook_letter_that_holds_a_workbook_is_no_workbook() -> None:
    content = _book()
    name = "Workbook".encode("utf-16-le")
    at = content.index(name)
    letter = "Document".encode("utf-16-le")
    embedded = content[:at] + letter + content[at + len(letter) :] + name + bytes(512)
    with pytest.raises(Refusal, match="不是工作簿"):
        open_workbook(embedded)


def test_open_workbook_xls_two_sheets_of_one_place_are_refused() -> None:
    content = _book()
    places = [
        at
        for at in range(len(content))
        if content[at : at + 2] == b"\x85\0" and content[at + 3] == 0
    ][:2]
    first, second = (slice(at + 4, at + 8) for at in places)
    copied = content[: second.start] + content[first] + content[second.stop :]
    with pytest.raises(Refusal, match="损坏"):
        open_workbook(copied)


@pytest.mark.parametrize("kept", [10, 600, 1500, 3000])
def test_open_workbook_xls_cut_off_is_refused(kept: int) -> None:
    with pytest.raises(Refusal):
        open_workbook(_book()[:kept])
