"""Tells what each line under a header is: a row of the ledger, a section, a total, a note.

Nothing is dropped without being said.
"""

import re
from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from tally.intake.cells.answers import plain, shown
from tally.intake.deadline import check_time
from tally.intake.opening.grids import Cell
from tally.intake.tables.areas import MIN_HEADS, Area, Page
from tally.intake.tables.finding import Header
from tally.intake.tables.headers import own_examples, title_of
from tally.intake.tables.linekinds import FEW_CELLS, Line, LineKinds, numbering, said
from tally.intake.tables.linewords import (
    EXAMPLE_MARKS,
    MARK_LETTERS,
    NOTE,
    STATED_COUNT,
    STATED_TOTAL,
    TOTAL,
)
from tally.intake.tables.omissions import tell_merged_results, tell_merged_rows
from tally.intake.tables.table import Table

BEGINNING_CELLS, MOST_PLACES = 2, 5
Lines = NDArray[np.int64]


class _Reader:
    """Walks down a sheet once; the handlers below say what each kind of line does."""

    def __init__(self, page: Page, table: Table, is_section_word: Callable[[str], bool]) -> None:
        self.page, self.table, self.is_section_word = page, table, is_section_word
        self.kinds = LineKinds(page, table, is_section_word)
        self.assignment = table.header.assignment
        self.title_column = self.assignment.position(title_of(table.header.contract))
        self.section, self.section_line = "", 0
        self.section_count: int | None = None
        self.possible_row: Line = ()
        self.section_start = self.row_count = 0
        self.runs: list[Lines] = []
        self.is_below_header = True
        self.counts: dict[str, int] = {}
        self.places: dict[str, list[int]] = {"section": [], "note": [], "example": []}
        self.waiting: list[tuple[int, str]] = []

    def walk(self) -> None:
        """Read every line below the header."""
        self._section_above()
        special, ordinary = self._sorted_lines()
        start = 0
        for number in special:
            stop = int(np.searchsorted(ordinary, number))
            self._rows(ordinary[start:stop])
            self._line(int(number))
            start = stop
        self._rows(ordinary[start:])
        self._close_section()
        self.table.lines = np.concatenate(self.runs) if self.runs else self.table.lines
        self._finish()

    def _section_above(self) -> None:
        """Open the section that a line names which stands right above the header."""
        above = self.table.titles[-1] if self.table.titles else ""
        if self.is_section_word(plain(above)):
            self._section(self.table.header.first_row - 1, above)

    def _sorted_lines(self) -> tuple[Lines, Lines]:
        """Return the lines to be looked at one by one, and those that are plainly rows.

        A line is plainly a row when it holds several cells, one of them under a head of ours,
        and begins with nothing that a header, a total, a note or an example begins with.
        """
        area = self.table.area
        start = self.table.header.last_row + 1
        columns = slice(area.first_column, area.end_column)
        filled = self.page.filled[columns, start : area.end_row]
        heads = self.page.heads[columns, start : area.end_row].sum(axis=0) >= MIN_HEADS
        count = filled.sum(axis=0)
        held = np.array(list(self.assignment.columns)) - area.first_column
        is_special = (count <= FEW_CELLS) | ~filled[held].any(axis=0) | heads
        # A printed form numbers its columns in the line below each head.
        is_special[:1] = True
        is_special[1:] |= heads[:-1]
        # A head that is printed again brings the rows of its parents, which are no heads.
        is_special[:-1] |= heads[1:]
        is_special[:-2] |= heads[2:]
        beginning = filled & (filled.cumsum(axis=0) <= BEGINNING_CELLS)
        for column, here in zip(self.table.grid.columns[columns], beginning, strict=True):
            if here.any():
                watched = np.array([self._is_watched(cell) for cell in column.distinct])
                codes = np.frombuffer(column.codes, np.int32)[start : area.end_row]
                is_special |= here & watched[codes]
        is_filled = count > 0
        return (
            np.flatnonzero(is_special & is_filled) + start,
            np.flatnonzero(~is_special & is_filled) + start,
        )

    def _is_watched(self, cell: Cell) -> bool:
        """Tell whether a line that begins with this cell may be something else than a row."""
        if not isinstance(cell, str):
            return False
        letter = cell[0]
        is_plain = letter.isalnum() and (letter.isascii() or "一" <= letter <= "鿿")
        if is_plain and letter not in MARK_LETTERS:
            return False
        word = plain(cell)
        return bool(word.startswith(EXAMPLE_MARKS) or TOTAL.fullmatch(word) or NOTE.match(word))

    def _line(self, number: int) -> None:
        check_time()
        line = self.page.filled_line(number, self.table.area)
        kind = self.kinds.kind_of(number, line, self.is_below_header)
        self.is_below_header = kind == "header"
        if kind == "example" and self._is_own_example(dict(line)):
            return
        if kind == "example" and len(line) > 1 and plain(line[0][1]) not in EXAMPLE_MARKS:
            self.places[kind].append(number + 1)
        self.counts[kind] = self.counts.get(kind, 0) + 1
        if kind == "row":
            self._rows(np.array([number]))
        elif kind == "section":
            self._section_line(number, line)
        elif kind == "total":
            self._total(number, line)
        elif kind == "note":
            self.table.notes.append(" ".join(shown(cell) for _, cell in line))
            if not self.kinds.is_plain_note(line):
                self.places["note"].append(number + 1)
        elif kind == "stray":
            self.waiting.append((number, " ".join(shown(cell) for _, cell in line)))

    def _is_own_example(self, cells: Mapping[int, Cell]) -> bool:
        """Tell whether the example of our own template stands as it was, to be left in silence."""
        shown = {
            at: column.example
            for column in own_examples(self.table.header.contract)
            if (at := self.assignment.position(column.name)) is not None
        }
        return bool(shown) and all(plain(cells.get(at)) == plain(shown[at]) for at in shown)

    def _rows(self, numbers: Lines) -> None:
        if not len(numbers):
            return
        for stray, text in self.waiting:
            self._tell_line(
                stray,
                text,
                "不像台账的一行，已略过",
                "是台账内容的请补全各列；不是的请移到表格之外",
            )
        self.waiting = []
        self.runs.append(numbers)
        self.row_count += len(numbers)

    def _section_line(self, number: int, line: Line) -> None:
        """Open the section that a line heads; one that may be a row is at least named."""
        text = "、".join(shown(cell) for _, cell in line)
        self._close_section(numbering(plain(line[0][1])))
        self._section(number, text)
        if self.kinds.may_be_row(number, line):
            self.possible_row = line
            self.places["section"].append(number + 1)

    def _section(self, number: int, text: str) -> None:
        stated = STATED_COUNT.search(plain(text))
        self.section, self.section_line = text, number
        self.section_count = int(stated[1]) if stated else None
        self.section_start = self.row_count
        self.table.sections.append((self.row_count, text))

    def _close_section(self, next_numbering: str = "") -> None:
        """Close a section; one without rows, if none of its own follow, may be a row itself."""
        line, self.possible_row = self.possible_row, ()
        read_count = self.row_count - self.section_start
        is_last = next_numbering in ("", numbering(plain(line[0][1]))) if line else False
        if is_last and not read_count and self.section_count != 0:
            self._take_heading(line)
            return
        if self.section_count is not None and self.section_count != read_count:
            self._tell_line(
                self.section_line,
                self.section,
                f"分节写明 {self.section_count} 项，读到 {read_count} 项",
                "请核对这一节的条数",
            )

    def _take_heading(self, line: Line) -> None:
        """Take a heading without rows for a row if it has all of one; else say where it stands."""
        is_row = self.kinds.is_complete(line)
        taken, remedy = (
            ("读作一条", "是分节标题的请删去这一行")
            if is_row
            else ("未导入", "是台账内容的请补全各列；是分节标题的可以删去")
        )
        expected = f"像分节标题，但下面没有条目，{taken}"
        self._tell_line(self.section_line, self.section, expected, remedy)
        if is_row:
            self.table.sections.pop()
            self.places["section"].remove(self.section_line + 1)
            self.counts["section"] -= 1
            self.section_count = None
            self._rows(np.array([self.section_line]))

    def _total(self, number: int, line: list[tuple[int, Cell]]) -> None:
        counted = {self.row_count, self.row_count - self.section_start}
        stated = self._stated_total(line)
        expected = "合计行，已略过"
        # A total above the rows counts what is still to come.
        if stated is not None and self.row_count and stated not in counted:
            expected += f"；写明 {stated}，读到 {self.row_count} 条"
        text = " ".join(shown(cell) for _, cell in line)
        self._tell_line(number, text, expected, "合计由系统计算，可以删去这一行")

    def _stated_total(self, line: list[tuple[int, Cell]]) -> int | None:
        """Return the count a total states: in its own words, else under the title or number."""
        words = " ".join(plain(cell) for _, cell in line)
        if stated := STATED_TOTAL.search(words):
            return int(stated[1])
        for at, cell in line[1:]:
            is_counted = at == self.title_column or at in self.assignment.ignored
            if is_counted and (digits := re.fullmatch(r"(\d+)[项个件条]?", plain(cell))):
                return int(digits[1])
        return None

    def _tell_line(self, number: int, found: str, expected: str, remedy: str) -> None:
        self.table.tell("warning", self.table.line_name(number), "", found, expected, remedy)

    def _finish(self) -> None:
        """Say what stands after the last row, and count what was quietly passed over."""
        self.table.notes += [text for _, text in self.waiting]
        self.places["note"] += [
            number + 1
            for number, _ in self.waiting
            if self.page.filled_count(number, self.table.area) > 1
        ]
        if not self.row_count:
            self.table.tell(
                "warning", "", "", "没有内容", "表头以下没有台账内容", "无内容可报时不必处理"
            )
        told = (
            (self.counts.get("section", 0), "分节行", self._placed("section")),
            (self.counts.get("header", 0), "重复的表头", ""),
            (self.counts.get("title", 0), "重复的标题", ""),
            (self.counts.get("example", 0), "示例行", self._placed("example")),
            (self.counts.get("number", 0), "只有序号的空行", ""),
            (len(self.table.notes), "表后附注", self._placed("note")),
        )
        passed = "、".join(f"{what} {count} 行{places}" for count, what, places in told if count)
        if passed:
            self.table.tell(
                "warning", "", "", passed, "不作为台账的条目", "如有台账内容，请移入表格"
            )

    def _placed(self, kind: str) -> str:
        """Return where lines were passed over that could hold more than words around a table."""
        places = self.places[kind]
        rest = "等" if len(places) > MOST_PLACES else ""
        named = "、".join(map(str, places[:MOST_PLACES]))
        return f"（第 {named} 行{rest}）" if places else ""


def _titles(page: Page, area: Area, end: int) -> list[str]:
    """Return the lines above a header; a title over several tables beside each other is each's."""
    titles = []
    for row in range(area.first_row, end):
        cells = page.filled_line(row, area) or page.filled_line(row, page.area)
        if cells:
            titles.append(said(cells))
    return titles


def read_table(
    page: Page, area: Area, header: Header, is_section_word: Callable[[str], bool]
) -> Table:
    """Sort the lines of a part of a sheet; `is_section_word` knows the dimensions."""
    table = Table(page.grid, header, area)
    table.titles += _titles(page, area, header.first_row)
    _Reader(page, table, is_section_word).walk()
    tell_merged_rows(table)
    tell_merged_results(table)
    return table
