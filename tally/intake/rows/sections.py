"""The lines that head a part of a table (`一、经济发展方面`), and the dimension they give."""

from itertools import pairwise
from typing import Any

import numpy as np

from tally.intake.cells.names import Names, proposal
from tally.intake.deadline import check_time
from tally.intake.tables.table import Mask, Table


def with_sections(values: list[Any], is_missing: Mask, table: Table, names: Names) -> list[Any]:
    """Return the rows' dimensions, those that give none of their own taken from their section."""
    values = list(values)
    for row in np.flatnonzero(is_missing):
        check_time()
        values[row] = names.dimensions.find(table.section_of(int(row)))
    return values


def tell_unknown_sections(table: Table, names: Names) -> None:
    """Say which sections with rows in them are no dimension of the campaign."""
    if not any(column.type == "dimension" for column in table.header.contract.columns):
        return
    bounds = pairwise([*table.sections, (table.row_count, "")])
    held = [text for (start, text), (stop, _) in bounds if stop > start]
    what = names.pack.campaign.dimension_word
    for section in dict.fromkeys(held):
        if names.dimensions.find(section) is None:
            expected = f"分节不是本专项行动的{what}，下面各行未分{what}"
            remedy = proposal(names.dimensions, section)
            table.tell("warning", "", "dimension", section, expected, remedy)
