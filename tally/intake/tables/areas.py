"""A sheet looked at before it is known what stands in it: what is filled, and what may be a head.

Everything here works on whole columns: a sheet of a hundred thousand lines has a few heads.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tally.intake.cells.answers import is_blank
from tally.intake.opening.grids import Cell, Grid, Merge
from tally.intake.tables.headers import header_word, is_head_of_any, may_begin_head

MIN_HEADS = 2


class Area(NamedTuple):
    """A part of a sheet, 0-based; the end row and the end column lie outside it."""

    first_row: int
    end_row: int
    first_column: int
    end_column: int

    @property
    def columns(self) -> range:
        """The columns of the area."""
        return range(self.first_column, self.end_column)


class Page:
    """A sheet with what is filled in it, by column and row, and its merged ranges."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.area = Area(0, grid.height, 0, len(grid.columns))
        self.merges: dict[int, list[Merge]] = {}
        for merge in grid.merges:
            self.merges.setdefault(merge.first_row, []).append(merge)

    def _marked(self, is_marked: Sequence[Sequence[bool]]) -> NDArray[np.bool_]:
        """Return for every column and row whether its cell is one of those marked."""
        height = self.grid.height
        marked = np.zeros((len(self.grid.columns), height), bool)
        for at, column in enumerate(self.grid.columns):
            codes = np.frombuffer(column.codes, np.int32)[:height]
            marked[at, : len(codes)] = np.asarray(is_marked[at], bool)[codes]
        return marked

    @cached_property
    def filled(self) -> NDArray[np.bool_]:
        """Which cells show something, as columns × rows."""
        return self._marked(
            [[_is_filled(cell) for cell in column.distinct] for column in self.grid.columns]
        )

    @cached_property
    def heads(self) -> NDArray[np.bool_]:
        """Which cells hold a header of some kind of ledger, as columns × rows."""
        # A hundred thousand titles are not worth a closer look each: most begin with a letter
        # that begins no header.
        return self._marked(
            [
                [
                    cell.__class__ is str and LIKELY_LETTERS[cell[0]] and is_head_of_any(cell)
                    for cell in column.distinct
                ]
                for column in self.grid.columns
            ]
        )

    def likely_rows(self, area: Area) -> list[int]:
        """Return the rows of an area in which several cells are headers."""
        heads = self.heads[area.first_column : area.end_column, area.first_row : area.end_row]
        return [int(row) + area.first_row for row in np.flatnonzero(heads.sum(axis=0) >= MIN_HEADS)]

    def line(self, row: int, area: Area) -> list[Cell]:
        """Return the cells of a row, those outside the area's columns blank."""
        columns = self.grid.columns
        return [
            column.cell(row) if at in area.columns else None for at, column in enumerate(columns)
        ]

    def filled_line(self, row: int, area: Area) -> list[tuple[int, Cell]]:
        """Return the filled cells of a row of an area with their columns."""
        ats = np.flatnonzero(self.filled[area.first_column : area.end_column, row])
        return [(int(at) + area.first_column, self._cell(int(at), row, area)) for at in ats]

    def _cell(self, at: int, row: int, area: Area) -> Cell:
        return self.grid.columns[at + area.first_column].cell(row)

    def filled_count(self, row: int, area: Area) -> int:
        """Return how many cells of a row of an area show something."""
        return int(self.filled[area.first_column : area.end_column, row].sum())

    def is_merged_across(self, row: int, column: int) -> bool:
        """Tell whether a cell is merged with those to its right, as titles are."""
        return any(
            merge.first_column == column and merge.last_column > column
            for merge in self.merges.get(row, ())
        )

    def abreast(self, area: Area) -> list[Area]:
        """Return the parts of an area between which whole columns are blank below its first head.

        Titles may stand over the gap. Without a gap a head that is printed again to its
        right begins another part.
        """
        likely = self.likely_rows(area)
        first = likely[0] if likely else area.first_row
        filled_counts = self.filled[:, first : area.end_row].sum(axis=1)
        parts = list(_runs([at for at in area.columns if filled_counts[at]]))
        if len(parts) == 1 and likely:
            words = [header_word(self.grid.columns[at].cell(first)) for at in parts[0]]
            parts = _repeats(parts[0], words)
        return [
            area._replace(first_column=columns[0], end_column=columns[-1] + 1) for columns in parts
        ]


def _is_filled(cell: Cell) -> bool:
    if cell.__class__ is str:
        return cell[0].isalnum() or not is_blank(cell)
    return cell is not None


class _LikelyLetters(dict[str, bool]):
    """Which letters a header may begin with, each judged once."""

    def __missing__(self, letter: str) -> bool:
        self[letter] = may_begin_head(letter)
        return self[letter]


LIKELY_LETTERS = _LikelyLetters()


def _repeats(columns: list[int], words: list[str]) -> list[list[int]]:
    """Return columns in as many parts as their words are said again from the first on."""
    again = [at for at, word in enumerate(words) if word == words[0]]
    width = again[1] if len(again) > 1 else len(words)
    if width < MIN_HEADS or words != words[:width] * len(again):
        return [columns]
    return [columns[at : at + width] for at in again]


def _runs(numbers: Sequence[int]) -> Iterator[list[int]]:
    """Yield ascending numbers in runs without a gap."""
    run: list[int] = []
    for number in numbers:
        if run and number != run[-1] + 1:
            yield run
            run = []
        run.append(number)
    if run:
        yield run
