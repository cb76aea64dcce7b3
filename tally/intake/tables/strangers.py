"""Asks what words mean that no roster knows; an answer is honoured, and said to be one.

The problems that name the cells stand beside: nothing is accepted because it looks alike.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from tally.contracts import ColumnType, Question
from tally.intake.cells.answers import is_missing, shown
from tally.intake.cells.names import Kind, Names, Units
from tally.intake.cells.roster import NOT_LISTED, Roster
from tally.intake.tables.table import CHANGE_ANSWER, Table

# Whoever has more unknown names than this has the wrong campaign or the wrong column.
MAX_QUESTIONS = 20
KINDS: Mapping[ColumnType, Kind] = {
    "units": "unit",
    "community": "community",
    "dimension": "dimension",
}


def name_questions(tables: Sequence[Table], names: Names) -> list[Question]:
    """Return what may be asked of the units, communities and dimensions that nobody knows.

    Only words that resemble a name are asked about, those of the most rows first.
    """
    words: Counter[tuple[Kind, str]] = Counter()
    # What may stand for a word: organs too, where its ledger admits them.
    rosters: dict[tuple[Kind, str], Roster] = {}
    for table in tables:
        for column in table.header.contract.columns:
            kind = KINDS.get(column.type)
            if kind is None:
                continue
            roster = names.roster(kind, table.header.contract.admits_organs)
            found = _unknown(kind, table.words(column.name), roster)
            words.update(found)
            rosters |= dict.fromkeys(found, roster)
    near = [key for key, _ in words.most_common() if rosters[key].nearest(key[1])]
    asked = (names.question(*key, rosters[key]) for key in near[:MAX_QUESTIONS])
    return [replace(question, is_required=False) for question in asked if question]


def tell_answered(tables: Sequence[Table], names: Names) -> None:
    """Say once of each word in which cells it was read as a clerk answered, to be looked at."""
    told: set[tuple[Kind, str]] = set()
    for table in tables:
        for column in table.header.contract.columns:
            kind = KINDS.get(column.type)
            if kind is None or not names.answered(kind):
                continue
            roster = names.roster(kind, table.header.contract.admits_organs)
            for word, (line, count) in _answered_words(table, column.name, roster):
                if (kind, word) not in told:
                    _tell_answered(table, line, column.name, roster, word, count)
                told.add((kind, word))


def _answered_words(
    table: Table, column: str, roster: Roster
) -> Iterable[tuple[str, tuple[int, int]]]:
    """Return the answered words of a column, each with its first line and how many rows say it."""
    cells = table.cells(column)
    found: dict[str, tuple[int, int]] = {}
    codes, firsts, counts = np.unique(cells.codes, return_index=True, return_counts=True)
    for number in np.argsort(firsts):
        cell = cells.distinct[codes[number]]
        if is_missing(cell):
            continue
        for word in roster.answered.keys() & set(roster.words(shown(cell))):
            line, count = found.get(word, (int(table.lines[firsts[number]]), 0))
            found[word] = line, count + int(counts[number])
    return found.items()


def _tell_answered(
    table: Table, line: int, column: str, roster: Roster, word: str, count: int
) -> None:
    name = roster.answered[word]
    meant = f"，{NOT_LISTED}这个名称" if name == NOT_LISTED else f"读作“{name}”"
    rows = f"，共 {count} 行" if count > 1 else ""
    cell = table.cell_name(line, column)
    expected = f"按已有的答复{meant}{rows}"
    table.tell("warning", cell, column, word, expected, CHANGE_ANSWER)


def _unknown(kind: Kind, said: dict[str, int], roster: Roster) -> Counter[tuple[Kind, str]]:
    """Return the words of a column that the roster does not know, with how many rows say them."""
    found: Counter[tuple[Kind, str]] = Counter()
    for text, count in said.items():
        if isinstance(roster, Units):
            for word in roster.read(text).unknown:
                found[kind, word] += count
        elif roster.find(text) is None:
            found[kind, text] += count
    return found
