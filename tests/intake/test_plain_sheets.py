"""A big sheet read by whole arrays is the sheet that the reader and the XML pass give together."""

import subprocess
import sys
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings

from tally.intake.opening.archive import open_archive
from tally.intake.opening.grids import Cell, Grid, Refusal
from tally.intake.opening.isolation import open_isolated
from tally.intake.opening.package import LARGE_PART_BYTES, scan_package
from tally.intake.opening.plain_sheets import read_plain_sheets
from tally.intake.opening.workbook import open_workbook
from tests.intake.plain_xml import MAIN, SHEET, Sheet, package, sheets
from tests.intake.samples import saved


def fast(content: bytes, is_1904: bool = False) -> Grid | None:
    """Return the sheet as whole arrays give it, None when it is not plain."""
    return read_plain_sheets(open_archive(content), [("台账", SHEET, False)], is_1904).get(SHEET)


def rows_of(grid: Grid) -> list[list[tuple[type, Cell]]]:
    """Return the cells with their types, without the blank ones behind and below."""
    rows = [[(type(cell), cell) for cell in grid.line(row)] for row in range(grid.height)]
    blank = (type(None), None)
    for row in rows:
        while row and row[-1] == blank:
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows


def assert_same(one: Grid, other: Grid) -> None:
    """Assert that two sheets hold the same cells and say the same beside them."""
    assert rows_of(one) == rows_of(other)
    assert one._replace(height=0, columns=[]) == other._replace(height=0, columns=[])


@settings(max_examples=120)
@given(sheets())
def test_read_plain_sheets_of_any_cells_gives_what_the_reader_gives(sheet: Sheet) -> None:
    content = package(sheet)
    found = fast(content, sheet.is_1904)
    assert found is not None
    assert_same(found, open_workbook(content).grids[0])


PLAIN_ROW = '<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="s"><v>0</v></c></row>'
UNUSUAL = {
    "single quotes": "<row r='1'><c r='A1'><v>1</v></c></row>",
    "a prefix": f'<x:row xmlns:x="{MAIN}" r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row>',
    "a comment": f"{PLAIN_ROW}<!-- <row/> -->",
    "marked text": '<row r="1"><c r="A1" t="str"><v><![CDATA[1]]></v></c></row>',
    "no reference": '<row r="1"><c><v>1</v></c></row>',
    "a small letter": '<row r="1"><c r="a1"><v>1</v></c></row>',
    "another order": '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
    "one cell twice": '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
    "rich text": '<row r="1"><c r="A1" t="inlineStr"><is><r><t>1</t></r></is></c></row>',
    "an ISO day": '<row r="1"><c r="A1" t="d"><v>2022-09-30</v></c></row>',
    "a word as a number": '<row r="1"><c r="A1"><v>9月</v></c></row>',
    "a spelled truth": '<row r="1"><c r="A1" t="b"><v>true</v></c></row>',
    "another attribute": '<row r="1"><c r="A1" vm="1"><v>1</v></c></row>',
    "blanks in a number": '<row r="1"><c r="A1"><v> 1 </v></c></row>',
}


@pytest.mark.parametrize("rows", UNUSUAL.values(), ids=UNUSUAL.keys())
def test_read_plain_sheets_leaves_unusual_xml_to_the_reader(rows: str) -> None:
    content = package(Sheet(rows, ("<t>甲</t>",)))
    assert fast(content) is None
    assert open_workbook(content).grids[0].height == 1


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1" t="s"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></row>',
        '<row r="1"><c r="A1" t="e"><v>#&amp;</v></c></row>',
    ],
)
def test_read_plain_sheets_leaves_broken_xml_to_the_reader(rows: str) -> None:
    assert fast(package(Sheet(rows, ("<t>甲</t>",)))) is None


def test_read_plain_sheets_blanks_between_tags_change_nothing() -> None:
    spaced = PLAIN_ROW.replace("><", ">\n  <")
    found = fast(package(Sheet(f"\n{spaced}\n", ("<t>甲</t>",))))
    assert found is not None
    assert found.line(0) == [1, "甲"]


@pytest.mark.parametrize("place", ["XFD1", "A200001", "GS1", "GR99999"])
def test_read_plain_sheets_a_cell_far_out_is_refused_with_its_place(place: str) -> None:
    row = "".join(filter(str.isdigit, place))
    rows = f'<row r="{row}"><c r="{place}"><v>1</v></c></row>'
    with pytest.raises(Refusal, match=f"^{place} 有内容"):
        fast(package(Sheet(rows)))


def test_read_plain_sheets_styled_blanks_far_out_do_no_harm() -> None:
    rows = f'{PLAIN_ROW}<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    found = fast(package(Sheet(rows, ("<t>甲</t>",))))
    assert found is not None
    assert (found.height, len(found.columns)) == (1, 2)


HIDDEN = ' hidden="1"'


def _large() -> Sheet:
    """Return a sheet of some pieces: every kind of cell, an error, a hidden row, a formula."""
    rows = []
    for row in range(1, 12_001):
        last = '<c r="G%d" t="e"><v>#N/A</v></c>' if row % 1_000 == 0 else '<c r="G%d"><f>1</f></c>'
        rows.append(
            f'<row r="{row}"{HIDDEN * (row % 900 == 7)}>'
            f'<c r="A{row}"><v>{row}</v></c><c r="B{row}" t="s"><v>{row % 3}</v></c>'
            f'<c r="C{row}" s="1"><v>{44_800 + row % 90}</v></c>'
            f'<c r="D{row}" s="2"><v>{row / 7!r}</v></c>'
            f'<c r="E{row}" t="inlineStr"><is><t>第{row}号点位</t></is></c>'
            f'<c r="F{row}" t="b"><v>{row % 2}</v></c>{last % row}</row>'
        )
    return Sheet("".join(rows), ("<t>甲</t>", "<t>乙</t>", "<t> 丙&amp;丁 </t>"))


LARGE = package(_large())


def test_scan_package_reads_a_large_plain_sheet_itself() -> None:
    [(_, found)] = scan_package(LARGE).marks
    assert isinstance(found, Grid)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "tally.intake.opening.package.LARGE_PART_BYTES", len(LARGE) * LARGE_PART_BYTES
        )
        assert_same(found, open_workbook(LARGE).grids[0])


def test_open_isolated_large_plain_sheet_comes_back_whole() -> None:
    found = fast(LARGE)
    assert found is not None
    assert_same(open_isolated(LARGE).grids[0], found)
    assert found.hidden_row_count == 14


def test_read_plain_sheets_of_a_common_program_gives_what_the_reader_gives() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["问题描述", "完成时限", "进度", "备注"])
    sheet.append(["甲 & 乙", datetime(2022, 9, 30), 0.65, None])
    sheet.append(["=A1", datetime(2022, 9, 30, 8, 30), True, "  前后空格  "])
    sheet["C2"].number_format = "0%"
    sheet.merge_cells("A5:B6")
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["D"].hidden = True
    content = saved(book)
    found = read_plain_sheets(open_archive(content), [("Sheet", SHEET, False)], False)
    assert_same(found[SHEET], open_workbook(content).grids[0])


def test_open_workbook_small_file_does_not_wait_for_arrays() -> None:
    code = (
        "import sys; from tally.intake.opening.workbook import open_workbook;"
        "open_workbook(sys.stdin.buffer.read()); print('numpy' in sys.modules)"
    )
    ran = subprocess.run(
        (sys.executable, "-c", code),
        cwd=Path(__file__).resolve().parents[2],
        input=package(Sheet(PLAIN_ROW, ("<t>甲</t>",))),
        capture_output=True,
        check=True,
    )
    assert ran.stdout.strip() == b"False"
