"""A ledger's rows in one sheet, with the words around them and what was said of them."""

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tally.contracts import Level, Problem
from tally.intake.cells.answers import is_blank, shown
from tally.intake.opening.grids import Cell, Grid, place
from tally.intake.tables.areas import Area
from tally.intake.tables.finding import Header

MAX_SHOWN_CHARACTERS = 60
# What is said of whatever was read by a clerk's answer.
CHANGE_ANSWER = "如不对，请点“改回答”"
Codes = NDArray[np.int32]
Mask = NDArray[np.bool_]


class Cells(NamedTuple):
    """A column in the ledger's rows: its distinct cells, and which of them each row holds."""

    distinct: list[Cell]
    codes: Codes


@dataclass
class Table:
    """A ledger's rows in a part of a sheet, with the words around them and what was left out.

    `lines` are the 0-based lines that are rows; `sections` the words of each section and the
    row from which it holds.
    """

    grid: Grid
    header: Header
    area: Area
    titles: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    lines: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    sections: list[tuple[int, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    # What was found out of the columns that the ledger has none for; looking takes its time.
    personal_kinds: dict[int, str] = field(default_factory=dict)

    @property
    def row_count(self) -> int:
        """How many rows the ledger has here."""
        return len(self.lines)

    @property
    def undated_count(self) -> int:
        """How many rows say of no day on which they happened."""
        happened = self.header.contract.happened
        return self.row_count - sum(self.words(happened).values()) if happened else 0

    def cells(self, column: str) -> Cells:
        """Return the cells of one of our columns; all blank when the sheet does not have it."""
        at = self.header.assignment.position(column)
        if at is None:
            return Cells([None], np.zeros(self.row_count, np.int32))
        return self.cells_at(at)

    def cells_at(self, at: int) -> Cells:
        """Return the cells of the ledger's rows in a 0-based column of the sheet."""
        held = self.grid.columns[at]
        return Cells(held.distinct, np.frombuffer(held.codes, np.int32)[self.lines])

    def words(self, column: str) -> dict[str, int]:
        """Return what a column says with how many rows say it, in order of appearance."""
        cells = self.cells(column)
        codes, firsts, counts = np.unique(cells.codes, return_index=True, return_counts=True)
        said: dict[str, int] = {}
        for number in np.argsort(firsts):
            cell = cells.distinct[codes[number]]
            if not is_blank(cell):
                said[shown(cell)] = said.get(shown(cell), 0) + int(counts[number])
        return said

    def section_of(self, row: int) -> str:
        """Return the words of the section a row of the ledger stands in; '' before the first."""
        number = bisect_right(self.sections, row, key=lambda section: section[0])
        return self.sections[number - 1][1] if number else ""

    def cell_name(self, line: int, column: str) -> str:
        """Return where one of our columns stands in a line: `D14`, else the line's name."""
        at = self.header.assignment.position(column)
        return self.line_name(line) if at is None else place(line, at)

    def line_name(self, line: int) -> str:
        """Return how a line is named: `第 14 行`; beside another table by its first cell, `H14`."""
        if self.area.columns == range(len(self.grid.columns)):
            return f"第 {line + 1} 行"
        return place(line, min(self.header.assignment.columns))

    def problem(
        self, level: Level, cell: str, column: str, found: str, expected: str, remedy: str
    ) -> Problem:
        """Return a problem of this sheet."""
        if len(found) > MAX_SHOWN_CHARACTERS:
            found = found[: MAX_SHOWN_CHARACTERS - 1] + "…"
        return Problem(level, self.grid.name, cell, column, found, expected, remedy)

    def tell(
        self, level: Level, cell: str, column: str, found: str, expected: str, remedy: str
    ) -> None:
        """Note a problem of this sheet."""
        self.problems.append(self.problem(level, cell, column, found, expected, remedy))
