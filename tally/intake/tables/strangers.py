"""Asks what words mean that no roster knows; the answer may be given, and is then honoured.

The problems that name the cells stand beside: nothing is accepted because it looks alike.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from tally.contracts import Question
from tally.intake.cells.names import Kind, Names
from tally.intake.tables.table import Table

# Whoever has more unknown names than this has the wrong campaign or the wrong column.
MAX_QUESTIONS = 20


def name_questions(tables: Sequence[Table], names: Names) -> list[Question]:
    """Return what may be asked of the units, communities and dimensions that nobody knows.

    Only words that resemble a name are asked about, those of the most rows first.
    """
    words: Counter[tuple[Kind, str]] = Counter()
    for table in tables:
        for column in table.header.contract.columns:
            if column.type == "units":
                words.update(_units(table.words(column.name), names))
            elif column.type == "community":
                words.update(_named("community", table.words(column.name), names.places.find))
            elif column.type == "dimension":
                words.update(_named("dimension", table.words(column.name), names.dimensions.find))
    rosters = {"unit": names.units, "community": names.places, "dimension": names.dimensions}
    near = [key for key, _ in words.most_common() if rosters[key[0]].nearest(key[1])]
    asked = (names.question(kind, word) for kind, word in near[:MAX_QUESTIONS])
    return [replace(question, is_required=False) for question in asked if question]


def _units(said: dict[str, int], names: Names) -> Counter[tuple[Kind, str]]:
    found: Counter[tuple[Kind, str]] = Counter()
    for text, count in said.items():
        for word in names.units.read(text).unknown:
            found["unit", word] += count
    return found


def _named(
    kind: Kind, said: dict[str, int], find: Callable[[str], str | None]
) -> Iterable[tuple[Kind, str]]:
    return Counter({(kind, text): n for text, n in said.items() if find(text) is None})
