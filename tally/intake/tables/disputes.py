"""Asks which of two columns a header is that both go by: 完成时间, the deadline or the end."""

from collections.abc import Iterator

import numpy as np

from tally.contracts import NOT_IMPORTED, Question
from tally.intake.cells.answers import is_missing
from tally.intake.cells.readers import read_state, state_words
from tally.intake.tables.areas import Area, Page
from tally.intake.tables.finding import Header
from tally.intake.tables.headers import column_key


def dispute_questions(page: Page, area: Area, header: Header) -> Iterator[Question]:
    """Yield what must be asked about a table's headers that two columns claim.

    A deadline that is none makes items overdue that are done. Only where items that are not
    done have it can it be no other, and the question may stay unanswered.
    """
    for at, columns in header.assignment.disputed.items():
        word = header.assignment.headers[at]
        first, *others = (column.title for column in columns)
        other = "”或“".join(others)
        is_deadline = columns[0].name == header.contract.deadline
        is_settled = is_deadline and _is_on_open_rows(page, area, header, at)
        sentence = (
            f"列“{word}”读作“{first}”，也可能是“{other}”，是哪一个？"
            if is_settled
            else f"列“{word}”是“{first}”，还是“{other}”？"
        )
        choices = (first, *others, NOT_IMPORTED)
        yield Question("--answer", sentence, choices, column_key(word), not is_settled)


def _is_on_open_rows(page: Page, area: Area, header: Header, at: int) -> bool:
    """Tell whether rows that say they are not closed have something in a column."""
    state_at = header.assignment.position("state")
    if state_at is None:
        return False
    rows = slice(header.last_row + 1, area.end_row)
    states, cells = page.grid.columns[state_at], page.grid.columns[at]
    words = state_words(header.contract.states)
    is_open = np.array(
        [read_state(cell, words).value not in (None, "closed") for cell in states.distinct]
    )
    is_filled = np.array([not is_missing(cell) for cell in cells.distinct])
    codes = (np.frombuffer(column.codes, np.int32)[rows] for column in (states, cells))
    state_codes, cell_codes = codes
    return bool((is_open[state_codes] & is_filled[cell_codes]).any())
