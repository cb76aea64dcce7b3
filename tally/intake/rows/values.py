"""A column of a ledger as it was read: each distinct cell once, however many rows repeat it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from tally.intake.cells.answers import BLANK, Answer, faulty, is_missing, shown
from tally.intake.deadline import check_time
from tally.intake.opening.grids import Cell, Figure
from tally.intake.tables.table import Cells, Codes, Mask


@dataclass(frozen=True)
class Values:
    """A value for each distinct cell, with what must be said of it; `codes` choose for the rows."""

    cells: Cells
    values: Sequence[Any]
    answers: Sequence[Answer] = ()

    @property
    def codes(self) -> Codes:
        """Which value each row has."""
        return self.cells.codes

    @property
    def is_missing(self) -> Mask:
        """Which rows' cells are blank or hold a mark for nothing."""
        return self.chosen([is_missing(cell) for cell in self.cells.distinct])

    @property
    def is_scaled(self) -> Mask:
        """Which rows' numbers are greater than their format shows them."""
        return self.chosen([isinstance(c, Figure) and not c.text for c in self.cells.distinct])

    def chosen(self, by_code: Sequence[Any], kind: type = bool) -> Any:
        """Return for each row what was found for its distinct cell."""
        return np.asarray(by_code, kind)[self.codes]

    def array(self, kind: pa.DataType, by_code: Sequence[Any] | None = None) -> pa.Array:
        """Return the rows' values, or what else was found for each distinct cell, as Arrow."""
        found = pa.array(self.values if by_code is None else by_code, kind)
        return found.take(pa.array(self.codes))


def read_texts(cells: Cells) -> Values:
    """Read words as they stand; an error value is unreadable here too.

    All are looked through as one first: where nothing is odd, no text needs a look of its own.
    """
    whole = "".join(cell for cell in cells.distinct if isinstance(cell, str))
    is_plain = whole.isprintable() and "_x000D_" not in whole
    values = [
        (cell.strip() if is_plain and cell.__class__ is str else shown(cell)) or None
        for cell in cells.distinct
    ]
    faults = {
        code: answer
        for code, cell in enumerate(cells.distinct)
        if (cell.__class__ is not str or "#" in cell) and (answer := faulty(cell))
    }
    if not faults:
        return Values(cells, values)
    answers = [faults.get(code, BLANK) for code in range(len(values))]
    return Values(
        cells, [None if code in faults else value for code, value in enumerate(values)], answers
    )


def _answer(cell: Cell, reader: Callable[[Cell], Answer]) -> Answer:
    check_time()
    return faulty(cell) or reader(cell)


def read_values(cells: Cells, reader: Callable[[Cell], Answer]) -> Values:
    """Read each distinct cell that a row holds; an error value is unreadable whatever the type."""
    held = np.zeros(len(cells.distinct), bool)
    held[cells.codes] = True
    answers = [
        _answer(cell, reader) if is_held else BLANK
        for cell, is_held in zip(cells.distinct, held, strict=True)
    ]
    return Values(cells, [answer.value for answer in answers], answers)
