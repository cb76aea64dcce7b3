"""What a ledger is, and what a reading of one says.

A contract is data: `data/ledgers/<kind>.toml` names the columns of one kind of
ledger, the headers they are met under, and how strict each is. Nothing here
knows spreadsheets or databases.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

LEDGERS_FOLDER = Path(__file__).resolve().parent.parent / "data" / "ledgers"

# Sheets that our own template adds beside the ledger; reading passes over them in silence.
TEMPLATE_CHOICES = "选项"
TEMPLATE_NOTES = "填写说明"

Level = Literal["error", "warning"]
ColumnType = Literal[
    "text", "units", "date", "state", "result", "number", "share", "dimension", "community", "month"
]


@dataclass(frozen=True)
class Column:
    """One column of a ledger.

    `type` decides how a cell is read; `units` keeps the first unit as lead and
    the others as partners. An unreadable cell of a `strict` column is an error,
    of any other column a warning, and the value stays empty.
    """

    name: str
    title: str
    type: ColumnType
    headers: tuple[str, ...] = ()
    required: bool = False
    strict: bool = False
    example: str = ""
    note: str = ""

    @property
    def all_headers(self) -> tuple[str, ...]:
        """Every header this column is met under, its own title first."""
        return (self.title, *self.headers)


@dataclass(frozen=True)
class Contract:
    """One kind of ledger, as `data/ledgers/<kind>.toml` describes it.

    A `state` ledger is the list as it stood at the month's end; an `event`
    ledger is things that happened, each on the day in column `happened`; a
    `reference` ledger is a list without a month (units, communities). `deadline`
    names the column that a pack may derive in working days; `ignored` are headers
    that are known and not kept (a running number is never a key).
    """

    kind: str
    title: str
    names: tuple[str, ...]
    nature: Literal["state", "event", "reference"]
    columns: tuple[Column, ...]
    key: str = ""
    happened: str = ""
    deadline: str = ""
    ignored: tuple[str, ...] = ()
    states: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def column(self, name: str) -> Column:
        """Return the column of that name; KeyError when the contract has none."""
        return self.columns_by_name[name]

    @property
    def columns_by_name(self) -> dict[str, Column]:
        """The columns under their names, in the contract's order."""
        return {column.name: column for column in self.columns}

    @property
    def required(self) -> tuple[Column, ...]:
        """The columns without which a sheet is not this ledger."""
        return tuple(column for column in self.columns if column.required)


@dataclass(frozen=True)
class Problem:
    """Something wrong in a file: where, what is there, what is expected, how to mend it."""

    level: Level
    sheet: str
    cell: str
    column: str
    found: str
    expected: str
    remedy: str


@dataclass(frozen=True)
class Question:
    """What the file does not say and a person must: the command line's flag answers it."""

    flag: str
    sentence: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """What was recognised in one sheet; `columns` maps the source header to our column."""

    name: str
    ledger: str
    header_row: int
    rows: int
    columns: Mapping[str, str]


@dataclass(frozen=True)
class Ledger:
    """The rows of one kind read from one file.

    Each row maps column names to values (str, float, date or None) and carries
    `sheet`, `row` (1-based, as the spreadsheet shows it) and `period` (the first
    day of its month; None in a reference ledger).
    """

    kind: str
    rows: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Reading:
    """A workbook in: what it is, its ledgers and its problems.

    `month` is the first day of the month the file belongs to; `unit` the
    submitting unit, empty when the file speaks for all of them.
    """

    file: str
    sha256: str
    campaign: str = ""
    month: date | None = None
    unit: str = ""
    reported_on: date | None = None
    sheets: tuple[Sheet, ...] = ()
    ledgers: tuple[Ledger, ...] = ()
    problems: tuple[Problem, ...] = ()
    questions: tuple[Question, ...] = ()

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that refuse the file."""
        return tuple(problem for problem in self.problems if problem.level == "error")

    @property
    def row_count(self) -> int:
        """How many rows were read in all ledgers of the file."""
        return sum(len(ledger.rows) for ledger in self.ledgers)


def _contract(path: Path) -> Contract:
    text = tomllib.loads(path.read_text("utf-8"))
    columns = tuple(
        Column(**{**entry, "headers": tuple(entry.get("headers", ()))}) for entry in text["columns"]
    )
    return Contract(
        kind=path.stem,
        title=text["title"],
        names=tuple(text["names"]),
        nature=text["nature"],
        columns=columns,
        key=text.get("key", ""),
        happened=text.get("happened", ""),
        deadline=text.get("deadline", ""),
        ignored=tuple(text.get("ignored", ())),
        states={state: tuple(words) for state, words in text.get("states", {}).items()},
    )


@cache
def contracts() -> Mapping[str, Contract]:
    """Return every ledger contract under its kind."""
    return {path.stem: _contract(path) for path in sorted(LEDGERS_FOLDER.glob("*.toml"))}


def contract_named(word: str) -> Contract | None:
    """Return the contract whose kind, title or name is `word`, or None."""
    return next(
        (c for c in contracts().values() if word in (c.kind, c.title, *c.names)),
        None,
    )
