"""What a table's rows are read against."""

from dataclasses import dataclass

from tally.intake.cells.names import Names
from tally.intake.cells.windows import Window


@dataclass(frozen=True)
class Setting:
    """What a table's rows are read against: the pack's names, the month, who submits."""

    names: Names
    window: Window
    unit: str = ""
    is_1904: bool = False
