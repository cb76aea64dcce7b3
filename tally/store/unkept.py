"""What a question was refused for that asked what is kept: in the words of its statement."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import duckdb

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_REFUSED = re.compile(r"(?:days|moment|turn) not (?:kept|counted as (\w+))")


@dataclass(frozen=True)
class Refusal:
    """The days that a question asked about and were not kept, or not counted as `name` says.

    A name without days is of what is counted whatever the day.
    """

    days: list[date]
    name: str = ""

    @property
    def is_final(self) -> bool:
        """Whether what is kept cannot answer at all: about an earlier moment."""
        return not (self.days or self.name)


def refusal_of(error: duckdb.InvalidInputException) -> Refusal | None:
    """Return what a question was refused for; None for another fault."""
    # Below its sentence a fault may quote the statement, with other days.
    words = str(error).partition("\n")[0]
    found = _REFUSED.search(words)
    if not found:
        return None
    days = [date.fromisoformat(day) for day in _DAY.findall(words)]
    return Refusal(days, found[1] or "")


@contextmanager
def unless_refused() -> Iterator[None]:
    """Let a refusal pass, and no other fault."""
    try:
        yield
    except duckdb.InvalidInputException as error:
        if refusal_of(error) is None:
            raise
