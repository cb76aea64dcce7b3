"""What an .xlsb file says beside its values."""

import struct

from tally.intake.opening.grids import Fault, Merge
from tally.intake.opening.workbook import open_workbook
from tests.intake.forms import cell_record, record, row_record, xlsb, xlsb_rows

PERCENT, DAY = 1, 2
FILTER = record(161, struct.pack("<4I", 0, 3, 0, 3)) + record(163) + record(162)


def test_open_workbook_xlsb_error_cells_are_faults() -> None:
    (grid,) = open_workbook(xlsb(xlsb_rows(["甲", b"\x2a"], [b"\x07", 1.0]))).grids
    assert [grid.line(0), grid.line(1)] == [["甲", Fault("#N/A")], [Fault("#DIV/0!"), 1]]


def test_open_workbook_xlsb_percentages_and_days_are_shown_as_written() -> None:
    cells = [row_record(0), cell_record(0, 0.065, PERCENT), cell_record(1, 44_805.0, DAY)]
    (grid,) = open_workbook(xlsb(cells)).grids
    percentage, day = grid.line(0)
    assert (percentage, str(day)) == ("6.5%", "2022-09-01")


def test_open_workbook_xlsb_hidden_and_filtered_rows_are_counted_apart() -> None:
    hidden = [
        part
        for row in (1, 2, 8)
        for part in (row_record(row, is_hidden=True), cell_record(0, "藏"))
    ]
    columns = record(60, struct.pack("<4IH", 0, 5, 0, 0, 1))
    content = xlsb([*xlsb_rows(["甲"]), *hidden], after=FILTER, columns=columns)
    (grid,) = open_workbook(content).grids
    assert (grid.hidden_row_count, grid.filtered_row_count) == (1, 2)
    assert grid.hidden_column_count == 1


def test_open_workbook_xlsb_merges_are_found() -> None:
    after = record(176, struct.pack("<4I", 0, 1, 0, 2))
    (grid,) = open_workbook(xlsb(xlsb_rows(["甲"]), after=after)).grids
    assert grid.merges == (Merge(0, 0, 1, 2),)


def test_open_workbook_xlsb_of_1904_is_told() -> None:
    assert open_workbook(xlsb(xlsb_rows(["甲"]), is_1904=True)).is_1904
