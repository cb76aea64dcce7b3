"""What a question was refused for, as its words told it: days that are not kept, or not counted."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import duckdb

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_REFUSED = re.compile(r"(?:days|moment) not (?:kept|counted as (\w+))")


@dataclass(frozen=True)
class Refusal:
    """The days that a question asked about and were not kept, or not counted as `name` says.

    None where what is kept cannot answer at all: about an earlier moment.
    """

    days: list[date]
    name: str = ""


def refusal_of(error: duckdb.InvalidInputException) -> Refusal | None:
    """Return what a question was refused for; None for another fault."""
    words = str(error)
    found = _REFUSED.search(words)
    if not found:
        return None
    # What refuses may say its sentence twice.
    days = sorted({date.fromisoformat(day) for day in _DAY.findall(words)})
    return Refusal(days, found[1] or "")


@contextmanager
def unless_refused() -> Iterator[None]:
    """Leave the block where it is refused what it asks."""
    try:
        yield
    except duckdb.InvalidInputException as error:
        if refusal_of(error) is None:
            raise
