"""Tells from its filled cells what a line under a header is."""

import re
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Literal

import numpy as np

from tally.intake.cells.answers import plain, shown
from tally.intake.opening.grids import Cell
from tally.intake.tables.areas import Page
from tally.intake.tables.headers import title_of
from tally.intake.tables.linewords import (
    CHINESE_NUMBERED,
    CHINESE_NUMERAL,
    EXAMPLE_MARKS,
    NOTE,
    REMARK,
    STATED_COUNT,
    TOTAL,
)
from tally.intake.tables.table import Table

Kind = Literal[
    "row",
    "section",
    "total",
    "header",
    "title",
    "example",
    "number",
    "note",
    "stray",
]
Line = Sequence[tuple[int, Cell]]

FEW_CELLS, MOST_NOTE_CELLS = 2, 4
# How a printed form numbers its columns: 甲, 乙, 1, 2 …
COLUMN_LETTERS = "甲乙丙丁栏次行"
NUMERALS = re.compile(r"[一二三四五六七八九十]+")
NUMBERING_LETTERS = "一二三四五六七八九十第(（"


def said(line: Line) -> str:
    """Return what a line says, each of its words once."""
    return " ".join(dict.fromkeys(shown(cell) for _, cell in line))


def numbering(word: str) -> str:
    """Return how a word is numbered in Chinese: `（三）照明` as `(一)`; '' when it is not."""
    found = CHINESE_NUMERAL.fullmatch(word) or CHINESE_NUMBERED.match(word)
    return NUMERALS.sub("一", found[found.lastindex or 0]) if found else ""


class LineKinds:
    """Judges the lines of one table."""

    def __init__(self, page: Page, table: Table, is_section_word: Callable[[str], bool]) -> None:
        self.page, self.table, self.is_section_word = page, table, is_section_word
        self.assignment = table.header.assignment
        self.title_column = self.assignment.position(title_of(table.header.contract))

    def kind_of(self, number: int, line: Line, is_below_header: bool) -> Kind:
        """Tell what a line is from its filled cells."""
        words = [plain(cell) for _, cell in line]
        if self.table.header.is_repeated_by(line):
            return "header"
        if said(line) in self.table.titles:
            return "title"
        if words[0] in EXAMPLE_MARKS or words[0].startswith(("示例:", "例:")):
            return "example"
        if TOTAL.fullmatch(words[0]):
            return "total"
        if self._is_note(line, words):
            return "note"
        if self._is_section(words):
            return "row" if self._is_numbered_like_rows(number, line) else "section"
        filled = {at for at, _ in line}
        if filled <= self.assignment.ignored and all(word.isdigit() for word in words):
            return "number"
        if is_below_header and self._is_numbering(words):
            return "number"
        is_lonely = len(line) == 1 and self.title_column not in filled
        return "stray" if is_lonely or not filled & set(self.assignment.columns) else "row"

    def is_plain_note(self, line: Line) -> bool:
        """Tell whether a note holds nothing that a row could: one cell, or a line to sign."""
        return len(line) == 1 or all(NOTE.match(plain(cell)) for _, cell in line)

    def may_be_row(self, number: int, line: Line) -> bool:
        """Tell whether a heading could as well be a row of which only the title is filled in."""
        at, cell = line[-1]
        is_merged = self.page.is_merged_across(number, at)
        return at == self.title_column and not is_merged and not self.is_section_word(plain(cell))

    def is_complete(self, line: Line) -> bool:
        """Tell whether a line has all that its table requires of a row."""
        required = (column.name for column in self.table.header.contract.required)
        needed = {self.assignment.position(name) for name in required} - {None}
        return needed <= {at for at, _ in line}

    def _is_note(self, line: Line, words: Sequence[str]) -> bool:
        """Tell whether a line is a note; one of several cells only if it leaves the title out.

        `说明：窗口没有导办` under the head of the titles, with a unit beside it, is a row.
        """
        if len(line) > MOST_NOTE_CELLS or not NOTE.match(words[0]):
            return False
        if len(line) == 1 or not REMARK.match(words[0]):
            return True
        is_label = len(line) == 2 and words[0].endswith(":")
        return is_label or self.title_column not in {at for at, _ in line}

    def _is_numbering(self, words: list[str]) -> bool:
        """Tell whether a line numbers the columns, as the line below a printed form's head."""
        numbers = [word.strip("()") for word in words if word not in COLUMN_LETTERS]
        if len(words) < 3 or not all(number.isdecimal() for number in numbers):
            return False
        first = int(numbers[0]) if numbers else 1
        return numbers == [str(first + at) for at in range(len(numbers))]

    def _is_section(self, words: Sequence[str]) -> bool:
        if len(words) == 2 and CHINESE_NUMERAL.fullmatch(words[0]):
            return True
        if len(words) > 1:
            return False
        is_marked = CHINESE_NUMBERED.match(words[0]) or STATED_COUNT.search(words[0])
        return bool(is_marked) or self.is_section_word(words[0])

    def _is_numbered_like_rows(self, number: int, line: Line) -> bool:
        """Tell whether a heading goes on where full rows are numbered: then it is one of them."""
        at, cell = line[0]
        form = numbering(plain(cell))
        is_one = bool(form) and self.may_be_row(number, line) and self.is_complete(line)
        return is_one and (at, form) in self._numberings

    @cached_property
    def _numberings(self) -> set[tuple[int, str]]:
        """How the rows of more than a few cells are numbered, by column."""
        area, start = self.table.area, self.table.header.last_row + 1
        filled = self.page.filled[area.first_column : area.end_column, start : area.end_row]
        is_full = filled.sum(axis=0) > FEW_CELLS
        found = set()
        for at in (*self.assignment.ignored, self.title_column):
            if at is None:
                continue
            column = self.table.grid.columns[at]
            codes = np.frombuffer(column.codes, np.int32)[start : area.end_row][is_full]
            cells = (column.distinct[code] for code in np.unique(codes))
            words = (c for c in cells if isinstance(c, str) and c.lstrip()[:1] in NUMBERING_LETTERS)
            found |= {(at, form) for word in words if (form := numbering(plain(word)))}
        return found
