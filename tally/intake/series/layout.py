"""One table of figures: what its columns and its rows say of the figures between them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from tally.contracts import Level
from tally.intake.cells.periods import Period
from tally.intake.opening.grids import Cell, place
from tally.intake.series.blocks import Block, Sheet
from tally.intake.series.roles import INDICATOR, is_empty
from tally.intake.series.sayings import Saying


class Trouble(NamedTuple):
    """What cannot be placed, or is left out; `row` and `column` are 0-based, -1 for none."""

    level: Level
    row: int
    column: int
    found: str
    expected: str
    remedy: str


@dataclass
class Layout:
    """A table of figures: `columns` and `rows` that hold any, with what each says.

    `stubs` are the columns beside them under their roles.
    """

    sheet: Sheet
    block: Block
    stubs: dict[int, str]
    heads: list[list[Cell]]
    columns: dict[int, Saying] = field(default_factory=dict)
    rows: dict[int, Saying] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)
    has_units_of_its_own: bool = False

    @property
    def indicators_are_in_rows(self) -> bool:
        """Whether a column beside the figures names the indicators."""
        return INDICATOR in self.stubs.values()

    def cell_name(self, row: int, column: int) -> str:
        """Return where a trouble stands."""
        return place(row, column) if column >= 0 else f"第 {row + 1} 行"


def is_only_year(layout: Layout, period: Period | None) -> bool:
    """Tell whether a title names but a year, while the figures are of a month in it."""
    sayings = (*layout.columns.values(), *layout.rows.values())
    is_monthly = any(one.measure in ("累计", "当期") for one in sayings)
    return bool(period and period.span == "年" and is_monthly)


def figures_of(layout: Layout) -> Iterator[tuple[int, int]]:
    """Yield the row and the column of every figure, blank cells left out."""
    for row in layout.rows:
        line = layout.sheet.lines[row]
        for at in layout.columns:
            if not is_empty(line[at]):
                yield row, at
