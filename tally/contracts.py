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

import pyarrow as pa

from tally.persons import PersonalRow
from tally.secrecy import ColumnClass

LEDGERS_FOLDER = Path(__file__).resolve().parent.parent / "data" / "ledgers"

# What an answer of a clerk may say beside a name.
NOT_IMPORTED, IMPORTED = "不导入", "导入"
NOT_THE_SAME = "不是同一项"
WITHDRAWAL_REASONS = ("合并", "移交", "撤销", "重复")
STILL_OPEN = "仍在办"

# Sheets that our own template adds beside the ledger; reading passes over them in silence.
TEMPLATE_CHOICES = "选项"
TEMPLATE_NOTES = "填写说明"
# What a marked copy of a clerk's workbook adds, alone or with a number behind it. It is not
# called 问题清单: that is what half of the ledgers themselves are called.
FINDINGS_SHEET = "需要改的地方"

# A sheet's columns from A to XFD, 1-based.
WHOLE_WIDTH = (1, 16_384)

Level = Literal["error", "warning"]
ColumnType = Literal[
    "text", "units", "date", "state", "result", "number", "share", "dimension", "community",
    "month", "choice", "class",
]  # fmt: skip


ARROW_TYPES: Mapping[ColumnType, pa.DataType] = {
    "text": pa.string(),
    "units": pa.string(),
    "state": pa.string(),
    "dimension": pa.string(),
    "community": pa.string(),
    "choice": pa.string(),
    "class": pa.string(),
    "number": pa.float64(),
    "share": pa.float64(),
    "date": pa.date32(),
    "month": pa.date32(),
    "result": pa.bool_(),
}


@dataclass(frozen=True)
class Column:
    """One column of a ledger.

    `type` decides how a cell is read; `units` keeps the first unit as lead and
    the others as partners. An unreadable cell of a `strict` column is an error,
    of any other column a warning, and the value stays empty. A `choice` is one of `choices`
    (each with the words it is met under), which a `result` has for 是 and 否 beside the usual
    ones; a `class` is one of the pack's. Words in rows whose other columns hold what `day_when`
    names are a day. A day's cell with one of the words of `same_day_as` (无需处理) has the day of
    the column they stand under. Numbers of a column with a `unit_of_measure` are kept in it,
    whatever unit its head or a cell states. Numbers outside `at_least` and `at_most` cannot be
    right; a day after that of the column `not_after` is told. Texts of the class sensitive are
    for some roles alone; a number that is left out would look like none, so it is never that.
    """

    name: str
    title: str
    type: ColumnType
    headers: tuple[str, ...] = ()
    required: bool = False
    strict: bool = False
    example: str = ""
    note: str = ""
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    unit_of_measure: str = ""
    day_when: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    at_least: float | None = None
    at_most: float | None = None
    not_after: str = ""
    same_day_as: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    column_class: ColumnClass = ColumnClass.OPEN

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
    that are known and not kept (a running number is never a key). With `admits_organs` the
    campaign's organs may stand where a unit is expected; rows of a ledger that
    `follows_items` are about items of other ledgers (checks, steps, milestones); `identity`
    names the columns that tell a row without a number, or the rows on one item, from another.
    Rows of a ledger that `accumulates` add to those published before, whoever sent them; of the
    same identity the one published last holds. With `dated_by_month` a row without a day of its
    own is of its file's month, on its last day. A ledger that `unfolds` may come as a wide table,
    one row of it becoming many: `value_column` then names the column each was read from.
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
    admits_organs: bool = False
    follows_items: bool = False
    identity: tuple[str, ...] = ()
    accumulates: bool = False
    dated_by_month: bool = False
    unfolds: bool = False

    def column(self, name: str) -> Column:
        """Return the column of that name; KeyError when the contract has none."""
        return self.columns_by_name[name]

    @property
    def columns_by_name(self) -> dict[str, Column]:
        """The columns under their names, in the contract's order."""
        return {column.name: column for column in self.columns}

    @property
    def sensitive(self) -> frozenset[str]:
        """The names of its columns that are for some roles alone."""
        return frozenset(c.name for c in self.columns if c.column_class is ColumnClass.SENSITIVE)

    @property
    def told_apart_by(self) -> tuple[str, ...]:
        """The columns of a keyed row that tell it from any other: of what follows items, more."""
        return ("item_key", *self.identity) if self.follows_items else ("item_key",)

    @property
    def required(self) -> tuple[Column, ...]:
        """The columns without which a sheet is not this ledger."""
        return tuple(column for column in self.columns if column.required)

    @property
    def schema(self) -> pa.Schema:
        """The Arrow schema of this ledger's rows: place, month, columns, what reading adds."""
        fields = {"sheet": pa.string(), "row": pa.int64(), "period": pa.date32()}
        fields |= {column.name: ARROW_TYPES[column.type] for column in self.columns}
        if "unit" in fields and self.columns_by_name["unit"].type == "units":
            fields["partners"] = pa.string()
        if self.unfolds:
            fields["value_column"] = pa.string()
        if self.deadline:
            fields |= {"due_text": pa.string(), "is_due_derived": pa.bool_()}
        return pa.schema(fields)


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
    """What the file does not say and a person must: the command line's flag answers it.

    Questions of the flag `--answer` carry the `key` under which the answer is given:
    `column:<header>`, `unit:<word>`, `community:<word>`, `dimension:<word>`, `sheet:<name>`,
    `same:<new item_key>`, `same_numbers:<ledger>` or `vanished:<item_key>`. Nothing is
    published while one that is required stands open.
    """

    flag: str
    sentence: str
    choices: tuple[str, ...] = ()
    key: str = ""
    is_required: bool = True


@dataclass(frozen=True)
class Sheet:
    """What was recognised in one sheet; `columns` maps the source header to our column.

    `columns_at` are the first and the last column (1-based) of its part of the sheet: tables
    may stand beside each other.
    """

    name: str
    ledger: str
    header_row: int
    rows: int
    columns: Mapping[str, str]
    columns_at: tuple[int, int] = WHOLE_WIDTH


@dataclass(frozen=True)
class Ledger:
    """The rows of one kind read from one file.

    The table has the contract's columns (text, double, date or boolean) and `sheet`,
    `row` (1-based, as the spreadsheet shows it) and `period` (the first day of its
    month; null in a reference ledger). `months` are those that a ledger of happenings is the
    whole list of: rows of other months add to what those hold. Empty are all months of its rows.
    """

    kind: str
    table: pa.Table
    months: tuple[date, ...] = ()

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The rows as column name to value."""
        return self.table.to_pylist()


@dataclass(frozen=True)
class Reading:
    """A workbook in: what it is, its ledgers and its problems.

    `month` is the first day of the month the file belongs to; `unit` the
    submitting unit, empty when the file speaks for all of them; `answers` are those
    it was read with. Everything is masked but the texts of `personal`.
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
    answers: Mapping[str, str] = field(default_factory=dict)
    personal: tuple[PersonalRow, ...] = field(default=(), repr=False)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that refuse the file."""
        return tuple(problem for problem in self.problems if problem.level == "error")

    def adds(self, kind: str, period: date | None) -> bool:
        """Tell whether rows of a month add to what it holds: the file is another month's list."""
        months = next((ledger.months for ledger in self.ledgers if ledger.kind == kind), ())
        return bool(months) and period not in months

    @property
    def row_count(self) -> int:
        """How many rows were read in all ledgers of the file."""
        return sum(ledger.table.num_rows for ledger in self.ledgers)


def _contract(path: Path) -> Contract:
    text = tomllib.loads(path.read_text("utf-8"))
    lists = {name: tuple(text.get(name, ())) for name in ("names", "ignored", "identity")}
    columns = tuple(_column(entry) for entry in text["columns"])
    states = {state: tuple(words) for state, words in text.get("states", {}).items()}
    return Contract(**{**text, **lists, "kind": path.stem, "columns": columns, "states": states})


def _column(entry: Mapping[str, Any]) -> Column:
    choices = {word: tuple(met) for word, met in entry.get("choices", {}).items()}
    entry = {**entry, "headers": tuple(entry.get("headers", ())), "choices": choices}
    return Column(**entry | {"column_class": ColumnClass(entry.get("column_class", "open"))})


@cache
def contracts() -> Mapping[str, Contract]:
    """Return every ledger contract under its kind."""
    return {path.stem: _contract(path) for path in sorted(LEDGERS_FOLDER.glob("*.toml"))}


def contract_named(word: str) -> Contract | None:
    """Return the contract whose kind, title or name is `word`, or None."""
    return next((c for c in contracts().values() if word in (c.kind, c.title, *c.names)), None)
