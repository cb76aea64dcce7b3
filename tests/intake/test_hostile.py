"""Files made to break a reader: each is refused with a sentence, or read for what it holds.

All go through the child process that an upload goes through, with its limits.
"""

import random
import struct
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
import xlwt

from tally.intake.opening.grids import Refusal
from tally.intake.opening.isolation import open_isolated
from tests.intake.forms import (
    MAIN,
    cell_record,
    ods,
    ods_row,
    record,
    repacked,
    row_record,
    xls_bytes,
    xlsb,
    xlsb_rows,
    zipped,
)
from tests.intake.samples import xlsx

SHEET, STRINGS, BOOK = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"
GOOD = xlsx(("问题描述", "责任单位"), ("甲", "招商部"))
NOISE = random.Random(3).randbytes(400_000).hex()
MANY = range(60_000)


def sheet_of(rows: str, after: str = "", before: str = "") -> bytes:
    """Return a workbook whose sheet holds this XML; `after` follows its cells."""
    xml = f'{before}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'
    return repacked(GOOD, {SHEET: xml.encode()})


def cell_at(reference: str) -> bytes:
    """Return a workbook with one number, said to be in this place."""
    return sheet_of(f'<row r="1"><c r="{reference}"><v>1</v></c></row>')


def strings_of(items: str) -> bytes:
    """Return a workbook with these shared strings, the first of them in its only cell."""
    sheet = sheet_of('<row r="1"><c r="A1" t="s"><v>0</v></c></row>')
    return repacked(sheet, {STRINGS: f'<sst xmlns="{MAIN}">{items}</sst>'.encode()})


def merged(references: list[str]) -> bytes:
    """Return a workbook with one text and these merged ranges."""
    ranges = "".join(f'<mergeCell ref="{reference}"/>' for reference in references)
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c></row>'
    return sheet_of(row, f"<mergeCells>{ranges}</mergeCells>")


def listed(sheet_count: int) -> bytes:
    """Return a workbook that lists so many sheets, all of one part."""
    with zipfile.ZipFile(BytesIO(GOOD)) as archive:
        book = archive.read(BOOK).decode()
    start, end = book.index("<sheet "), book.index("</sheets>")
    sheet = book[start:end]
    sheets = "".join(
        sheet.replace('name="Sheet1"', f'name="{n}"').replace('sheetId="1"', f'sheetId="{n + 1}"')
        for n in range(sheet_count)
    )
    return repacked(GOOD, {BOOK: (book[:start] + sheets + book[end:]).encode()})


def twice_named(*names: str) -> bytes:
    """Return a workbook with further parts, as they come and under the very same names."""
    stream = BytesIO(GOOD)
    with zipfile.ZipFile(stream, "a") as archive:
        for name in names:
            archive.writestr(name, b"<x/>")
    return stream.getvalue()


LAUGHS = "<!DOCTYPE x [" + '<!ENTITY a "ha">' + '<!ENTITY b "&a;&a;&a;&a;">' + "]>"
QUADRATIC = f'<!DOCTYPE x [<!ENTITY a "{"a" * 50_000}">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
PUSHED = f"<!--{'x' * 70_000}-->{LAUGHS}"
UTF16_LAUGHS = f'{LAUGHS}<worksheet xmlns="{MAIN}"/>'.encode("utf-16")

ODS_CELL = '<table:table-cell office:value-type="string"{}><text:p>甲</text:p></table:table-cell>'
REPEATED_COLUMNS = ODS_CELL.format(' table:number-columns-repeated="{}"')
BLANK_ROWS = (
    '<table:table-row table:number-rows-repeated="{}"><table:table-cell/></table:table-row>'
)
SPACES = '<table:table-row><table:table-cell><text:p>甲<text:s text:c="{}"/></text:p>'
ODS_SHEETS = "".join(f'<table:table table:name="{n}"/>' for n in range(60))
TALL_ROW = ods_row("甲", **{"number-rows-repeated": "200000"})
TALL_SHEETS = "".join(f'<table:table table:name="{n}">{TALL_ROW}</table:table>' for n in range(26))

XLSB_SHEET = "xl/worksheets/sheet1.bin"


def xls_with(changes: dict[int, bytes], rows: int = 1) -> bytes:
    """Return an .xls file with bytes of it replaced."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("台账")
    for row in range(rows):
        sheet.write(row, 0, "甲")
    content = bytearray(xls_bytes(book))
    for at, data in changes.items():
        content[at : at + len(data)] = data
    return bytes(content)


def xls_cell_at(row: int, column: int) -> bytes:
    """Return an .xls file whose one number is said to be in this place."""
    book = xlwt.Workbook()
    book.add_sheet("台账").write(0, 0, 1 / 3)
    content = xls_bytes(book)
    at = content.index(struct.pack("<HHHH", 0x203, 14, 0, 0))
    return content[: at + 4] + struct.pack("<HH", row, column) + content[at + 8 :]


def xls_locked() -> bytes:
    """Return an .xls file whose globals say that it is encrypted."""
    content = xls_with({})
    at = content.index(struct.pack("<HH", 0xE1, 2))
    return content[:at] + struct.pack("<H", 0x2F) + content[at + 2 :]


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "string of a gigabyte": (
        lambda: strings_of(f"<si><t>{'a' * 20_000_000}</t></si>"),
        "压缩内容异常",
    ),
    "text too long": (lambda: strings_of(f"<si><t>{NOISE}</t></si>" * 4), "处有 800000 个字"),
    "strings by the million": (
        lambda: strings_of("<si/>" * 5_200_000 + f"<!--{NOISE}-->"),
        "500 万格",
    ),
    "laughs in a sheet": (lambda: sheet_of("", before=LAUGHS), "压缩内容异常"),
    "laughs behind a comment": (lambda: sheet_of("", before=PUSHED), "压缩内容异常"),
    "laughs in UTF-16": (lambda: repacked(GOOD, {SHEET: UTF16_LAUGHS}), "压缩内容异常"),
    "laughs in the strings": (
        lambda: repacked(GOOD, {STRINGS: (LAUGHS + "<sst/>").encode()}),
        "压缩内容",
    ),
    "laughs in .ods": (
        lambda: ods("", **{"content.xml": (LAUGHS + "<x/>").encode()}),
        "压缩内容异常",
    ),
    "quadratic blow-up": (lambda: sheet_of("", before=QUADRATIC), "压缩内容异常"),
    "entity from outside": (lambda: sheet_of("", before=OUTSIDE), "压缩内容异常"),
    "column of nine letters": (lambda: cell_at("AAAAAAAAA1"), "很远的地方 有内容"),
    "corner": (lambda: cell_at("XFD1048576"), "XFD1048576 有内容"),
    "row nought": (lambda: cell_at("A0"), "文件不完整"),
    "no place": (lambda: cell_at("$A$1"), "文件不完整"),
    "row of a thousand digits": (lambda: cell_at("A" + "9" * 1_000), "文件不完整"),
    "merges": (lambda: merged([f"A{n}:B{n}" for n in MANY]), "60000 处合并单元格"),
    "sheets": (lambda: listed(20_000), "有 20000 个工作表"),
    "sheets of one part": (lambda: listed(20), "文件不完整"),
    "same name twice": (lambda: twice_named(SHEET), "压缩内容异常"),
    "same name but for case": (lambda: twice_named(SHEET.upper()), "压缩内容异常"),
    "absolute name": (lambda: twice_named("/etc/passwd"), "压缩内容异常"),
    "drive name": (lambda: twice_named("C:\\evil.xml"), "压缩内容异常"),
    "ods rows": (
        lambda: ods(ods_row("甲", **{"number-rows-repeated": "1048576"})),
        "A1048576 有内容",
    ),
    "ods columns": (
        lambda: ods(f"<table:table-row>{REPEATED_COLUMNS.format(16_384)}</table:table-row>"),
        "XFD1 有内容",
    ),
    "ods rows and columns": (
        lambda: ods(
            '<table:table-row table:number-rows-repeated="100000">'
            f"{REPEATED_COLUMNS.format(150)}</table:table-row>"
        ),
        "ET100000 有内容",
    ),
    "ods blank rows before": (
        lambda: ods(BLANK_ROWS.format(2_000_000_000) + ods_row("甲")),
        "很远的地方 有内容",
    ),
    "ods spaces": (
        lambda: ods(SPACES.format(10**15) + "</table:table-cell></table:table-row>"),
        "A1 处有",
    ),
    "ods repeated by no number": (lambda: ods(BLANK_ROWS.format("x")), "文件不完整"),
    "ods sheets": (lambda: ods(ods_row("甲"), before=ODS_SHEETS), "51 个工作表"),
    "ods sheets together": (lambda: ods(ods_row("甲"), before=TALL_SHEETS), "合计超过 500 万格"),
    "ods locked": (
        lambda: ods(
            "", **{"META-INF/manifest.xml": b"<m:file-entry><m:encryption-data/></m:file-entry>"}
        ),
        "文件已加密",
    ),
    "ods locked whole": (
        lambda: zipped({"mimetype": b"x", "encrypted-package": b"x"}),
        "文件已加密",
    ),
    "odt": (
        lambda: zipped(
            {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b""}
        ),
        "不是表格",
    ),
    "xlsb row": (lambda: xlsb([row_record(1_048_575), cell_record(0, 1.0)]), "A1048576 有内容"),
    "xlsb column": (lambda: xlsb([row_record(0), cell_record(16_383, 1.0)]), "XFD1 有内容"),
    "xlsb unread cell": (lambda: xlsb([row_record(4), record(62, bytes(20))]), "第 5 行有读不出的"),
    "xlsb record too long": (lambda: xlsb([row_record(0), b"\x05\xff\xff\xff\x7f"]), "文件不完整"),
    "xlsb text too long": (
        lambda: xlsb([row_record(0), record(6, bytes(8) + b"\xff" * 4)]),
        "文件不完整",
    ),
    "xlsb string that is not there": (
        lambda: xlsb([row_record(0), record(7, struct.pack("<III", 0, 0, 99))]),
        "文件不完整",
    ),
    "xlsb cut": (lambda: repacked(xlsb(xlsb_rows(["甲"])), {XLSB_SHEET: b"\x81"}), "文件不完整"),
    "xls far cell": (lambda: xls_cell_at(65_535, 255), "IV65536 有内容"),
    "xls beyond its columns": (lambda: xls_cell_at(65_535, 65_535), "有内容"),
    "xls locked": (lambda: xls_locked(), "文件已加密"),
    "xls sectors of 64 KB": (lambda: xls_with({30: b"\x10\x00"}), "文件不完整"),
    "xls table in a circle": (
        lambda: xls_with({44: b"\xff" * 4, 68: bytes(4)}, rows=3_000),
        "文件不完整",
    ),
    "locked by an office": (
        lambda: b"\x62\x14\x23\x65" + b"E-SafeNet\0LOCK" + bytes(900),
        "办公加密软件",
    ),
    "old excel": (lambda: b"\x09\x04\x06\x00" + bytes(90) + b"\x01", "很旧的 Excel"),
    "xml of 2003": (
        lambda: (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'
        ),
        "Excel 2003 的 XML",
    ),
    "web page in UTF-16": (lambda: "<html><table>问题</table></html>".encode("utf-16"), "这是网页"),
    "sylk": (lambda: b"ID;PWXL;N;E\r\nC;Y1;X1;K1\r\n", "SYLK"),
}


@pytest.mark.parametrize(("content", "found"), REFUSED.values(), ids=REFUSED.keys())
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_open_isolated_hostile_file_is_refused_by_name(
    content: Callable[[], bytes], found: str
) -> None:
    with pytest.raises(Refusal) as refused:
        open_isolated(content())
    assert found in refused.value.found
    assert refused.value.expected and refused.value.remedy


BLANK_STYLED = "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(2, 100_000))
HEAD = '<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c></row>'
ONE_CELL: dict[str, Callable[[], bytes]] = {
    "styled blank rows": lambda: sheet_of(HEAD + BLANK_STYLED),
    "merge of everything": lambda: merged(["A1:XFD1048576"]),
    "two thousand merges": lambda: merged([f"A{n}:B{n}" for n in range(1, 2_001)]),
    "ods blank rows behind": lambda: ods(ods_row("甲") + BLANK_ROWS.format(1_048_575)),
    "ods merge of everything": lambda: ods(
        "<table:table-row>"
        + ODS_CELL.format(
            ' table:number-rows-spanned="1048576" table:number-columns-spanned="16384"'
        )
        + "</table:table-row>"
    ),
    "ods hidden columns behind": lambda: ods(
        '<table:table-column table:visibility="collapse"'
        ' table:number-columns-repeated="16384"/>' + ods_row("甲")
    ),
    "xlsb merge of everything": lambda: xlsb(
        xlsb_rows(["甲"]), after=record(176, struct.pack("<4I", 0, 1_048_575, 0, 16_383))
    ),
}


@pytest.mark.parametrize("content", ONE_CELL.values(), ids=ONE_CELL.keys())
def test_open_isolated_odd_but_harmless_file_is_read(content: Callable[[], bytes]) -> None:
    (grid,) = open_isolated(content()).grids
    assert [cell for row in range(grid.height) for cell in grid.line(row) if cell] == ["甲"]


FORMS: dict[str, bytes] = {
    "xlsx": GOOD,
    "ods": ods(ods_row("问题描述", "责任单位") + ods_row("甲", "招商部")),
    "xlsb": xlsb(xlsb_rows(["问题描述", "责任单位"], ["甲", 0.5])),
    "xls": xls_with({}, rows=30),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.97])
def test_open_isolated_file_cut_off_is_refused(form: str, share: float) -> None:
    content = FORMS[form]
    with pytest.raises(Refusal, match=r"不完整|认不出|中断"):
        open_isolated(content[: int(share * len(content))])
