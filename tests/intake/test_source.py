"""The cells of an original: which are opened, how long they are kept, whose head is above them."""

from functools import partial

import pytest

from tally.contracts import Sheet
from tally.intake.opening.grids import Grid, Workbook, columns_of
from tally.intake.source import Originals, source_row
from tests.intake.samples import xlsx

SHEET = "9月"


workbook = partial(xlsx, name=SHEET)


LIST = Sheet(SHEET, "problems", 1, 1, {"问题描述": "title"})


def book_of(height: int) -> bytes:
    return workbook(*(("甲",) for _ in range(height)))


def test_original_stays_open_for_the_next_row() -> None:
    opened, content = [], book_of(3)

    def load() -> bytes:
        opened.append(1)
        return content

    originals = Originals(max_cells=10)
    first = originals.open("a", load, LIST, 2)
    assert originals.open("a", load, LIST, 3) is first
    assert len(opened) == 1


def test_originals_beyond_the_bound_are_let_go_the_oldest_first() -> None:
    opened: list[str] = []

    def loading(name: str) -> bytes:
        opened.append(name)
        return book_of(4)

    originals = Originals(max_cells=10)
    for name in ("a", "b", "a", "c", "a", "b"):
        originals.open(name, partial(loading, name), LIST, 2)
    assert opened == ["a", "b", "c", "b"]


def large(row_count: int = 4_000) -> bytes:
    """Return a sheet that is large enough to be opened in parts."""
    # Text that repeats itself too much would be refused as a bomb.
    filler = [chr(0x4E00 + place * 37 % 5_000) for place in range(1_400)]
    rows = [
        (f"问题{number}长" + "".join(filler[number % 1_000 :][:400]), "招商部")
        for number in range(2, row_count + 2)
    ]
    return workbook(("问题描述", "责任单位"), *rows, merged=("B2900:B3100",))


def test_of_a_large_sheet_only_the_rows_around_are_opened() -> None:
    sheet = Sheet(SHEET, "problems", 1, 4_000, {"问题描述": "title", "责任单位": "unit"})
    content, opened = large(), []

    def load() -> bytes:
        opened.append(1)
        return content

    originals = Originals()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tally.intake.excerpt.LARGE_BYTES", 100_000)
        book = originals.open("a", load, sheet, 3_050)
        cells = source_row(book, sheet, 3_050)
        assert [(cell.cell, cell.header, cell.column) for cell in cells] == [
            ("A3050", "问题描述", "title"),
            ("B3050", "责任单位", "unit"),
        ]
        assert cells[0].content.startswith("问题3050长")
        assert (cells[1].content, cells[1].merged_from) == ("招商部", "B2900")
        assert book.grids[0].columns[0].cell(500) is None
        assert originals.open("a", load, sheet, 3_060) is book
        assert originals.open("a", load, sheet, 300) is not book
    assert len(opened) == 2


def test_head_that_is_there_twice_belongs_to_the_first() -> None:
    rows = [["问题描述", "责任单位", "责任单位"], ["管网错接", "招商部", "别的部"]]
    book = Workbook("csv", (Grid(SHEET, 2, columns_of(rows)),))
    sheet = Sheet(SHEET, "problems", 1, 1, {"问题描述": "title", "责任单位": "unit"})
    assert [(cell.content, cell.column) for cell in source_row(book, sheet, 2)] == [
        ("管网错接", "title"),
        ("招商部", "unit"),
        ("别的部", ""),
    ]
