"""Words that a contract or a pack lists: choices, and classes along the pack's axes."""

import re
from collections.abc import Mapping
from functools import cache

from tally.contracts import Column
from tally.intake.cells.answers import BLANK, Answer, faulty, is_missing, plain, shown, unreadable
from tally.intake.cells.readers import BRACKETS
from tally.intake.cells.roster import Roster
from tally.intake.opening.grids import Cell

SEPARATORS = re.compile(r"[、，,;；/+＋]|(?:\s+)")
# Between two names, but also inside one: it parts only where both sides are known.
AND = re.compile(r"[和及与]")


@cache
def choice_words(column: Column) -> Mapping[str, str]:
    """Return the choice behind each word that a column of choices accepts, its own included."""
    met = {plain(word): choice for choice, words in column.choices.items() for word in words}
    return met | {plain(choice): choice for choice in column.choices}


def read_choice(cell: Cell, column: Column) -> Answer:
    """Read one of a column's choices by the words it is met under (`批准延期` is `延期`).

    What stands in brackets beside it does not count: 延期（第二次）.
    """
    if is_missing(cell):
        return BLANK
    word, known = plain(cell), choice_words(column)
    choice = known.get(word) or known.get(BRACKETS.sub("", word))
    if choice:
        return Answer(choice)
    remedy = f"改为其中之一：{'、'.join(column.choices)}"
    return faulty(cell) or unreadable("不在可填的词中", remedy)


def _both(word: str, roster: Roster) -> list[str]:
    """Return the names that 和 joins, or the word itself where one of them is not known."""
    parts = AND.split(word)
    is_joined = roster.find(word) is None and None not in map(roster.find, parts)
    return parts if is_joined else [word]


def read_class(cell: Cell, roster: Roster) -> Answer:
    """Read one of the pack's classes, or several joined by 、; an unknown word is kept and told.

    A pack without classes along the axis leaves every word as it is.
    """
    if is_missing(cell):
        return BLANK
    if fault := faulty(cell):
        return fault
    words = [shown(cell)]
    if roster.find(words[0]) is None:
        words = [word for word in SEPARATORS.split(words[0]) if word] or words
        words = [part for word in words for part in _both(word, roster)]
    found = [roster.find(word) for word in words]
    kept = "、".join(dict.fromkeys(name or word for name, word in zip(found, words, strict=True)))
    if not roster.names or None not in found:
        return Answer(kept)
    unknown = words[found.index(None)]
    nearest = "或".join(f"“{name}”" for name in roster.nearest(unknown))
    remedy = f"是否为{nearest}？" if nearest else f"可填：{'、'.join(roster.names)}"
    return Answer(kept, f"方案里没有“{unknown}”，按原文保留", remedy)
