"""What one sheet says beside its values: errors, how numbers look, what is hidden or filtered.

The reader tells nothing of these; each form has its own scan, and all end here.
"""

from collections.abc import Sequence
from typing import NamedTuple

from tally.intake.opening.grids import Fault, Grid, Merge
from tally.intake.opening.looks import AnyLook

NO_RESULT = Fault("公式没有结果")


class Marks(NamedTuple):
    """What one sheet says beside its values; cells are 0-based (row, column).

    Hidden rows and columns count only where they hold something; a row that a filter hides
    is not counted as hidden.
    """

    faults: dict[tuple[int, int], Fault]
    looks: dict[tuple[int, int], AnyLook]
    hidden_row_count: int
    hidden_column_count: int
    filtered_row_count: int = 0
    merges: tuple[Merge, ...] = ()


class Book(NamedTuple):
    """What a file says beside its values; each sheet's name and marks in the file's order.

    Where the scan could read a sheet itself, that stands in the place of its marks.
    """

    marks: Sequence[tuple[str, Marks | Grid]]
    is_1904: bool
    has_macros: bool


class Scope:
    """Where a sheet holds something, and what of it is out of sight; 0-based and inclusive."""

    def __init__(self) -> None:
        self.width = 0
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[tuple[int, int]] = []
        self.filters: list[tuple[int, int]] = []

    def add(self, row: int, column: int, is_row_hidden: bool) -> None:
        """Take in a filled cell; a row's cells come one after another."""
        if column >= self.width:
            self.width = column + 1
        if is_row_hidden and (not self.hidden_rows or self.hidden_rows[-1] != row):
            self.hidden_rows.append(row)

    def marks(
        self,
        faults: dict[tuple[int, int], Fault],
        looks: dict[tuple[int, int], AnyLook],
        merges: tuple[Merge, ...] = (),
    ) -> Marks:
        """Return the sheet's marks, hidden places counted within what is filled."""
        # The first row of a filter's range is its head, which a filter never hides.
        filtered_count = sum(
            any(first < row <= last for first, last in self.filters) for row in self.hidden_rows
        )
        hidden_columns = {
            column
            for first, last in self.hidden_columns
            for column in range(first, min(last + 1, self.width))
        }
        return Marks(
            faults,
            looks,
            len(self.hidden_rows) - filtered_count,
            len(hidden_columns),
            filtered_count,
            merges,
        )
