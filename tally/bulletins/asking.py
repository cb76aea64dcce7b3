"""What a notice asks: the screens' questions with the same parameters, all as known then."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tally.bulletins.terms import Row, Terms
from tally.packs import Pack
from tally.secrecy import Label
from tally.store import Database, question


@dataclass(frozen=True)
class Answer:
    """The rows of a question, and the words by which anyone asks it again."""

    rows: tuple[Row, ...]
    query: str

    @property
    def first(self) -> Row:
        """The first row; an empty one without rows."""
        return self.rows[0] if self.rows else {}


@dataclass(frozen=True)
class Source:
    """The store as a notice sees it: one campaign, as known at one moment.

    The words of a question leave campaign and moment out: the document says them once.
    """

    database: Database
    pack: Pack
    terms: Terms
    _asked: dict[str, Answer] = field(default_factory=dict)

    @property
    def held(self) -> Label:
        """How closely what was asked so far is held: by the strictest of the questions."""
        names = {query.partition(" ")[0] for query in self._asked}
        is_sensitive = any(question(name).sensitive for name in names)
        return Label.SENSITIVE if is_sensitive else Label.INTERNAL

    def ask(self, name: str, as_of: date | None = None, /, **more: Any) -> Answer:
        """Return the answer as of a day (the period's end when none is given)."""
        known = question(name).parameters
        given = {"as_of": as_of or self.terms.as_of, **more}
        given = {key: value for key, value in given.items() if key in known}
        fixed = {"campaign": self.terms.campaign, "known_at": self.terms.known_at}
        asked = given | {key: value for key, value in fixed.items() if key in known}
        parameters = " ".join(f"{key}={value}" for key, value in given.items())
        query = f"{name} {parameters}".rstrip()
        if query not in self._asked:
            rows = tuple(self.database.ask(name, asked).to_pylist())
            self._asked[query] = Answer(rows, query)
        return self._asked[query]
