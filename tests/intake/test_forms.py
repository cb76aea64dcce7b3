"""The same ledger in every form an office saves it in."""

import zipfile
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

import pytest
import xlwt

from tally.intake import read
from tally.intake.opening.grids import Refusal
from tally.intake.opening.marks import NO_RESULT
from tally.intake.opening.workbook import open_workbook
from tests.intake.forms import (
    MAIN,
    ods,
    ods_row,
    repacked,
    strict,
    xls_bytes,
    xlsb,
    xlsb_rows,
    zipped,
)
from tests.intake.samples import PROBLEM_HEADERS, SEPTEMBER, brief, csv_text, only_row, xlsx


def _xls(rows: Sequence[Sequence[Any]]) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("9月")
    for line, row in enumerate(rows):
        for at, cell in enumerate(row):
            is_day = isinstance(cell, date)
            style = xlwt.easyxf(num_format_str="yyyy-mm-dd" if is_day else "General")
            sheet.write(line, at, cell, style)
    return xls_bytes(book)


TEXT_ROWS = (PROBLEM_HEADERS, ("1", "错接，漏接", "规建部", "2022.10.31", "正在推进", ""))


TEXT = csv_text(*TEXT_ROWS)


@pytest.mark.parametrize(
    "content",
    [
        xlsx(*TEXT_ROWS),
        strict(xlsx(*TEXT_ROWS)),
        xlsb(xlsb_rows(*TEXT_ROWS)),
        ods("".join(ods_row(*row) for row in TEXT_ROWS)),
        _xls((*TEXT_ROWS[:1], ("1", "错接，漏接", "规建部", date(2022, 10, 31), "正在推进", ""))),
        TEXT.encode("utf-8"),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("gb18030"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.replace(",", "\t").encode("gb18030"),
        TEXT.replace(",", "\t").encode("utf-16"),
        TEXT.replace(",", ";").encode("utf-8"),
        f"sep=|\r\n{TEXT.replace(',', '|')}".encode(),
    ],
    ids=[
        *("xlsx", "strict", "xlsb", "ods", "xls", "utf-8", "utf-8-sig", "gb18030", "utf-16"),
        *("utf-16-le", "utf-16-be", "tabs", "unicode text", "semicolons", "told delimiter"),
    ],
)
def test_read_same_ledger_in_any_form_gives_the_same_row(content: bytes) -> None:
    # The name says nothing: what a file is, is told from its bytes.
    row = only_row(read(content, "台账.dat", brief(**SEPTEMBER)))
    assert (row["title"], row["unit"]) == ("错接，漏接", "规划建设部")
    assert (row["due_on"], row["state"]) == (date(2022, 10, 31), "open")


ONE_TITLE = "2022年9月台账（园区，社区）\r\n"


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_open_workbook_delimiter_is_the_most_regular_one(delimiter: str) -> None:
    # More commas than anything else, yet in no two lines the same number of them.
    lines = ["编号|问题", "1|甲,乙,丙", "2|丁,戊", "3|己"]
    text = ONE_TITLE + "\r\n".join(line.replace("|", delimiter) for line in lines)
    if delimiter == ",":
        text = text.replace("甲,乙,丙", '"甲,乙,丙"').replace("丁,戊", '"丁,戊"')
    (grid,) = open_workbook(text.encode()).grids
    assert [grid.line(row) for row in (1, 2)] == [["编号", "问题"], ["1", "甲,乙,丙"]]


def test_open_workbook_text_with_one_broken_letter_is_not_garbled() -> None:
    content = bytearray(("问题描述,责任单位\r\n" + "占道经营,招商部\r\n" * 20).encode())
    content[40] = 0xFF
    with pytest.raises(Refusal, match="损坏的字"):
        open_workbook(bytes(content))


def test_open_workbook_text_in_another_alphabet_is_refused() -> None:
    with pytest.raises(Refusal, match="编码"):
        open_workbook(bytes(range(1, 32)) * 9)


@pytest.mark.parametrize("folder", ["xl", "XL"])
def test_open_workbook_macros_are_said(folder: str) -> None:
    assert open_workbook(repacked(xlsx(("甲",)), {f"{folder}/vbaProject.bin": b"x"})).has_macros


def test_open_workbook_ods_macros_are_said() -> None:
    assert open_workbook(ods(ods_row("甲"), **{"Basic/Standard/Module1.xml": b"<x/>"})).has_macros


@pytest.mark.parametrize(
    ("members", "found"),
    [
        ({"OFD.xml": b""}, "OFD"),
        ({"Index/Document.iwa": b""}, "Numbers"),
        ({"ppt/presentation.xml": b""}, "演示文稿"),
    ],
)
def test_open_workbook_other_archive_is_named(members: dict[str, bytes], found: str) -> None:
    with pytest.raises(Refusal, match=found):
        open_workbook(zipped(members))


def test_open_workbook_archive_with_backslashes_is_read() -> None:
    with zipfile.ZipFile(BytesIO(xlsx(("甲",)))) as old:
        parts = {name.replace("/", "\\"): old.read(name) for name in old.namelist()}
    (grid,) = open_workbook(zipped(parts)).grids
    assert grid.line(0) == ["甲"]


FILTER = '<autoFilter ref="A1:A4"><filterColumn colId="0"/></autoFilter>'
HIDDEN_ROWS = "".join(
    f'<row r="{row}"{hidden}><c r="A{row}" t="inlineStr"><is><t>{row}</t></is></c></row>'
    for row, hidden in enumerate(("", "", ' hidden="1"', ' hidden="true"', "", ' hidden="1"'), 1)
)
TABLE = {
    "xl/worksheets/_rels/sheet1.xml.rels": b'<Relationships><Relationship Id="rId1"'
    b' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/table"'
    b' Target="../tables/table1.xml"/></Relationships>',
    "xl/tables/table1.xml": f'<table xmlns="{MAIN}">{FILTER}</table>'.encode(),
}


def _filtered(after: str, **parts: bytes) -> tuple[int, int]:
    """Return how many rows are hidden and how many filtered in a sheet of hidden rows."""
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{HIDDEN_ROWS}</sheetData>{after}</worksheet>'
    content = repacked(xlsx(("甲",)), {"xl/worksheets/sheet1.xml": sheet.encode(), **parts})
    (grid,) = open_workbook(content).grids
    return grid.hidden_row_count, grid.filtered_row_count


def test_open_workbook_filtered_rows_are_told_from_hidden_ones() -> None:
    assert _filtered(FILTER) == (1, 2)


def test_open_workbook_table_filter_counts_like_the_sheets() -> None:
    assert _filtered("<tableParts><tablePart/></tableParts>", **TABLE) == (1, 2)


def test_open_workbook_filter_without_a_condition_hides_nothing() -> None:
    assert _filtered('<autoFilter ref="A1:A4"/>') == (3, 0)


def test_open_workbook_formula_laid_out_over_lines_has_no_result() -> None:
    cells = '<row r="1"><c r="A1"><f>1+1</f>\n<v></v>\n</c></row>'
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData></worksheet>'
    content = repacked(xlsx(("甲",)), {"xl/worksheets/sheet1.xml": sheet.encode()})
    (grid,) = open_workbook(content).grids
    assert grid.line(0) == [NO_RESULT]
