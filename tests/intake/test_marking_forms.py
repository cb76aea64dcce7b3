"""Marked copies of other forms, of very large files and of files that nobody can open."""

import csv
from collections.abc import Callable, Sequence
from datetime import date, datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
import xlwt

from tally.contracts import FINDINGS_SHEET, Sheet
from tally.intake import read
from tally.intake.marking import workbook as marking
from tally.intake.marking.workbook import CannotMark, marked_name, marked_workbook
from tally.intake.opening.workbook import open_workbook
from tests.intake.forms import ods, ods_row, strict
from tests.intake.marked import (
    BAD_UNIT,
    NAME,
    SHEET,
    colored,
    faulty_book,
    listed,
    marked,
    one,
    opened,
    with_part,
)
from tests.intake.samples import PROBLEM_HEADERS, REAL, SEPTEMBER, brief, problem, saved, xlsx


def xls(rows: Sequence[Sequence[Any]]) -> bytes:
    """Return rows as an .xls file, days as days."""
    book = xlwt.Workbook()
    sheet = book.add_sheet(SHEET)
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, date):
                sheet.write(at, column, value, day)
            elif value is not None:
                sheet.write(at, column, value)
    sheet.merge(0, 0, 0, 5)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def gbk(rows: Sequence[Sequence[Any]]) -> bytes:
    """Return rows as a CSV file as an office saves it."""
    text = StringIO()
    csv.writer(text).writerows(["" if cell is None else str(cell) for cell in row] for row in rows)
    return text.getvalue().encode("gb18030")


ROWS = [
    ("2022年9月问题台账",),
    PROBLEM_HEADERS,
    *(problem(number) for number in range(1, 4)),
    ("XS-009", "=1+1", BAD_UNIT, date(2022, 9, 30), "正在推进", None),
]


def opendocument(rows: Sequence[Sequence[Any]]) -> bytes:
    """Return rows as an .ods file of text cells."""
    return ods("".join(ods_row(*("" if cell is None else str(cell) for cell in r)) for r in rows))


@pytest.mark.parametrize(
    ("form", "name"), [(xls, "台账.xls"), (gbk, "9月.csv"), (opendocument, "台账.ods")]
)
def test_other_form_comes_back_as_xlsx_with_every_cell_in_its_place(
    form: Callable[[Sequence[Sequence[Any]]], bytes], name: str
) -> None:
    content = form(ROWS)
    made, reading = marked(content, name)
    book = opened(made)
    sheet = book.worksheets[1]

    assert reading.errors
    assert colored(sheet)["C6"] == "error"
    assert (sheet["B6"].value, sheet["B6"].data_type) == ("=1+1", "s")
    assert str(sheet["D6"].value)[:10] == "2022-09-30"
    assert "字体、颜色没有带上" in book.worksheets[0]["A2"].value
    again = read(made, marked_name(name), brief(**SEPTEMBER))
    assert [ledger.rows for ledger in again.ledgers] == [
        [row | {"sheet": sheet.title} for row in ledger.rows] for ledger in reading.ledgers
    ]


def test_other_form_keeps_merged_ranges_and_days_as_days() -> None:
    sheet = opened(marked(xls(ROWS), "台账.xls")[0])[SHEET]

    assert str(sheet.merged_cells) == "A1:F1"
    assert (sheet["D6"].value, sheet["D6"].number_format) == (datetime(2022, 9, 30), "yyyy-mm-dd")


def test_very_large_file_comes_back_as_an_extract_that_is_not_taken_for_the_ledger() -> None:
    rows = [problem(number) for number in range(1, 60_001)]
    text = gbk([PROBLEM_HEADERS, *rows])
    told = [one("D40000", sheet=""), one("第 50000 行", sheet="")]

    made, name = marked_workbook(text, "9月.csv", told, (Sheet("", "problems", 1, 60_000, {}),))
    book = opened(made)
    extract = book.worksheets[1]

    assert [row[0] for row in extract.iter_rows(min_row=2, values_only=True)] == [
        1, 2, 3, 40_000, 50_000,
    ]  # fmt: skip
    assert colored(extract) == {"E5": "error", "B6": "error"}
    assert [line[3] for line in listed(book.worksheets[0])] == ["D40000", "第 50000 行"]
    assert "原表太大" in book.worksheets[0]["A2"].value
    assert not read(made, name, brief(**SEPTEMBER)).ledgers


def test_format_drawn_far_below_the_ledger_does_not_cost_the_layout() -> None:
    blanks = "".join(f'<c r="{letter}{{0}}" s="1"/>' for letter in "ABCDEF")
    rows = "".join(f'<row r="{row}">{blanks.format(row)}</row>' for row in range(8, 40_000))
    content = with_part(
        saved(faulty_book()),
        "xl/worksheets/sheet1.xml",
        lambda part: part.replace(b"</sheetData>", f"{rows}</sheetData>".encode()),
    )

    book = opened(marked_workbook(content, NAME, [one("D5")], isolated=False)[0])
    sheet = book[SHEET]

    assert colored(sheet) == {"D5": "error"}
    assert sheet.column_dimensions["B"].width == 44
    assert 300 < sheet.max_row < 320
    assert "空行没有全部带上" in book.worksheets[0]["A2"].value


def test_very_large_xlsx_is_extracted_as_well() -> None:
    made, _ = marked_workbook(
        xlsx(*([number] * 40 for number in range(4_000)), name=SHEET), NAME, [one("D3000")]
    )
    book = opened(made)

    assert book.sheetnames == [FINDINGS_SHEET, f"{FINDINGS_SHEET} 1"]
    assert colored(book.worksheets[1]) == {"E5": "error"}


LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7",
        saved(faulty_book())[:3000],
        with_part(saved(faulty_book()), "xl/styles.xml", lambda part: LAUGHS + part),
        with_part(saved(faulty_book()), "xl/worksheets/sheet1.xml", lambda _: b"<worksheet><row>"),
    ],
    ids=["pdf", "cut off", "entities", "not xml"],
)
def test_file_that_cannot_be_opened_comes_back_as_the_list_alone(content: bytes) -> None:
    made, _ = marked_workbook(content, NAME, [one("D5")])
    book = opened(made)

    assert book.sheetnames == [FINDINGS_SHEET]
    assert [line[3] for line in listed(book.active)] == ["D5"]


def test_variant_that_the_writing_library_passes_over_is_copied() -> None:
    made, _ = marked_workbook(strict(saved(faulty_book())), NAME, [one("D5")], isolated=False)

    assert colored(opened(made)[SHEET]) == {"D5": "error"}


def test_file_that_only_the_writing_library_cannot_read_is_copied() -> None:
    broken = with_part(saved(faulty_book()), "docProps/core.xml", lambda _: b"<broken>")

    made, _ = marked_workbook(broken, NAME, [one("D5")], isolated=False)

    assert colored(opened(made)[SHEET]) == {"D5": "error"}


@pytest.mark.parametrize(
    "command", [("sleep", "30"), ("sh", "-c", "kill -ABRT $$")], ids=["hangs", "aborts"]
)
def test_child_that_never_answers_is_said(
    monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.setattr(marking, "COMMAND", command)
    monkeypatch.setattr(marking, "WAYS", (("marked", 0.3), ("listed", 0.3)))

    with pytest.raises(CannotMark, match="照页面上的问题在原表里改"):
        marked_workbook(xlsx(PROBLEM_HEADERS), NAME, [one("D5")])


@pytest.mark.parametrize(
    ("name", "marked_as"),
    [
        ("9月台账.xls", "9月台账（标注）.xlsx"),
        ("9月台账（标注）.xlsx", "9月台账（标注）.xlsx"),
        ("folder/9月.csv", "9月（标注）.xlsx"),
    ],
)
def test_marked_name_says_so_once(name: str, marked_as: str) -> None:
    assert marked_name(name) == marked_as


@pytest.mark.skipif(not REAL.exists(), reason="the real files lie beside the repository")
@pytest.mark.parametrize("path", sorted((REAL / "ledgers").glob("*.xls*")), ids=lambda p: p.name)
def test_real_file_comes_back_with_its_sheets(path: Path) -> None:
    content = path.read_bytes()
    names = [grid.name for grid in open_workbook(content).grids]
    told = [one("B2", sheet=names[0])]

    book = opened(marked_workbook(content, path.name, told, isolated=False)[0])

    assert book.sheetnames[0] == FINDINGS_SHEET
    assert set(names) <= set(book.sheetnames) or "只摘了" in book.worksheets[0]["A2"].value
    assert list(colored(book.worksheets[1]).values()) == ["error"]
