"""A sheet as an office dresses it, and the files it may be saved as."""

import csv
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import StringIO
from typing import Any
from xml.sax.saxutils import escape

import openpyxl

from tests.intake.forms import ods
from tests.intake.samples import saved

PARENTS = ("基本情况", "有关情况", "其他")


@dataclass(frozen=True)
class Share:
    """A number that its cell shows as a percentage."""

    value: float

    def __str__(self) -> str:
        return f"{self.value:.0%}"


@dataclass
class Dressed:
    """One sheet: its cells by (row, column) and its merges, each (row, column, height, width)."""

    chance: random.Random
    headers: Sequence[str]
    is_merging: bool = True
    cells: dict[tuple[int, int], Any] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.row, self.first_column = self.chance.randint(0, 8), self.chance.randint(0, 4)

    def put(self, cells: Sequence[Any]) -> None:
        """Write a line; None leaves its cell blank."""
        for at, value in enumerate(cells, start=self.first_column):
            if value is not None:
                self.cells[self.row, at] = value
        self.row += 1

    def put_title(self, text: str) -> None:
        """Write a line of one cell, most often merged over the table."""
        if text and self.chance.random() < 0.7:
            self._merge(self.row, self.first_column, 1, len(self.headers))
        self.put([text or None])

    def header(self, depth: int) -> list[tuple[int, int, str]]:
        """Return the pieces of a header of several rows: (its words' first, width, parent)."""
        pieces, at = [], 0
        while at < len(self.headers):
            width = min(self.chance.randint(1, 3), len(self.headers) - at) if depth > 1 else 1
            pieces.append((at, width, self.chance.choice(PARENTS)))
            at += width
        return pieces

    def put_header(self, depth: int, pieces: Sequence[tuple[int, int, str]]) -> None:
        """Write a header whose words stand in its lowest row, or merged over all of them."""
        last = self.row + depth - 1
        for at, width, parent in pieces:
            column = self.first_column + at
            if width == 1:
                self.cells[self.row, column] = self.headers[at]
                self._merge(self.row, column, depth, 1)
                continue
            for row in range(self.row, last):
                self.cells[row, column] = parent + "一二三"[row - self.row]
                self._merge(row, column, 1, width)
            for child in range(width):
                self.cells[last, column + child] = self.headers[at + child]
        self.row = last + 1

    def _merge(self, row: int, column: int, height: int, width: int) -> None:
        if self.is_merging and height * width > 1:
            self.merges.append((row, column, height, width))

    def lines(self) -> Iterator[list[Any]]:
        """Yield every line from the sheet's first cell on, blank places as None."""
        width = 1 + max(column for _, column in self.cells)
        for row in range(1 + max(row for row, _ in self.cells)):
            yield [self.cells.get((row, column)) for column in range(width)]


def as_xlsx(sheet: Dressed) -> bytes:
    """Return the sheet as an .xlsx workbook."""
    book = openpyxl.Workbook()
    page = book.active
    for (row, column), value in sheet.cells.items():
        cell = page.cell(row + 1, column + 1, value.value if isinstance(value, Share) else value)
        if isinstance(value, date):
            cell.number_format = sheet.chance.choice(("yyyy-mm-dd", 'm"月"d"日"', "yyyy/m/d"))
        if isinstance(value, Share):
            cell.number_format = "0%"
    for row, column, height, width in sheet.merges:
        page.merge_cells(None, row + 1, column + 1, row + height, column + width)
    return saved(book)


def _shown(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:%Y/%m/%d}" if isinstance(value, date) else str(value)


def as_text(sheet: Dressed) -> str:
    """Return the sheet as separated text, as a spreadsheet program saves it."""
    stream = StringIO(newline="")
    writer = csv.writer(stream, delimiter=sheet.chance.choice(",\t"))
    writer.writerows([_shown(value) for value in line] for line in sheet.lines())
    return stream.getvalue()


def _ods_value(value: Any) -> tuple[str, str]:
    """Return a value's attributes and the text that its cell shows."""
    if isinstance(value, Share):
        return f'office:value-type="percentage" office:value="{value.value}"', str(value)
    if isinstance(value, date):
        return f'office:value-type="date" office:date-value="{value}"', f"{value:%m月%d日}"
    if isinstance(value, int | float):
        return f'office:value-type="float" office:value="{value}"', str(value)
    return 'office:value-type="string"', str(value)


def _ods_cell(value: Any, span: str) -> str:
    if value is None:
        return f"<table:table-cell{span}/>"
    told, text = _ods_value(value)
    inside = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n"))
    return f"<table:table-cell {told}{span}>{inside}</table:table-cell>"


def as_ods(sheet: Dressed) -> bytes:
    """Return the sheet as an .ods workbook."""
    spans = {
        (row, column): f' table:number-rows-spanned="{height}"'
        f' table:number-columns-spanned="{width}"'
        for row, column, height, width in sheet.merges
    }
    covered = {
        (row + down, column + right)
        for row, column, height, width in sheet.merges
        for down in range(height)
        for right in range(width)
        if down or right
    }
    rows = (
        "".join(
            "<table:covered-table-cell/>"
            if (row, column) in covered
            else _ods_cell(value, spans.get((row, column), ""))
            for column, value in enumerate(line)
        )
        for row, line in enumerate(sheet.lines())
    )
    return ods("".join(f"<table:table-row>{row}</table:table-row>" for row in rows))


WRITERS: Mapping[str, Any] = {
    "xlsx": as_xlsx,
    "csv with a mark": lambda sheet: as_text(sheet).encode("utf-8-sig"),
    "csv in gb18030": lambda sheet: as_text(sheet).encode("gb18030"),
    "csv in utf-16": lambda sheet: as_text(sheet).encode("utf-16"),
    "ods": as_ods,
}
