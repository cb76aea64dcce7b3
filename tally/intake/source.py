"""A ledger row as the office wrote it: the cells of the original file, for whoever asks back."""

from typing import NamedTuple

from tally.intake.answers import shown
from tally.intake.grids import place
from tally.intake.isolation import open_isolated


class SourceCell(NamedTuple):
    """One cell of the original: where it is, the head above it, what it shows."""

    cell: str
    header: str
    content: str


def source_rows(content: bytes, sheet: str, row: int, header_row: int) -> list[SourceCell]:
    """Return the filled cells of a 1-based row, each under the head in `header_row`.

    Empty when the file has no such sheet or row; Refusal when it can no longer be read.
    """
    for grid in open_isolated(content).grids:
        if grid.name == sheet and row <= len(grid.cells):
            heads = grid.cells[header_row - 1] if 0 < header_row <= len(grid.cells) else []
            return [
                SourceCell(
                    place(row - 1, column),
                    shown(heads[column]) if column < len(heads) else "",
                    shown(cell),
                )
                for column, cell in enumerate(grid.cells[row - 1])
                if shown(cell)
            ]
    return []
