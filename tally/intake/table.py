"""A ledger's rows in one sheet, with the words around them and what was said of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tally.contracts import Level, Problem
from tally.intake.finding import Header
from tally.intake.grids import Cell, Grid, place

MAX_SHOWN_CHARACTERS = 60


@dataclass(frozen=True)
class Row:
    """One row of the ledger: its 0-based line, its cells by column name, its section's words."""

    line: int
    cells: Mapping[str, Cell]
    section: str = ""


@dataclass
class Table:
    """A ledger's rows in one sheet, with the words around them and what was left out."""

    grid: Grid
    header: Header
    titles: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def cell_name(self, line: int, column: str) -> str:
        """Return where one of our columns stands in a line: `D14`, else `第 14 行`."""
        at = self.header.assignment.position(column)
        return f"第 {line + 1} 行" if at is None else place(line, at)

    def tell(
        self, level: Level, cell: str, column: str, found: str, expected: str, remedy: str
    ) -> None:
        """Note a problem of this sheet."""
        if len(found) > MAX_SHOWN_CHARACTERS:
            found = found[: MAX_SHOWN_CHARACTERS - 1] + "…"
        self.problems.append(Problem(level, self.grid.name, cell, column, found, expected, remedy))
