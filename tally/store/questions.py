"""The questions of `queries/`: what each header promises, read from the file itself."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path

from tally import clock

QUERIES_FOLDER = Path(__file__).resolve().parent.parent.parent / "queries"

_SCOPE = re.compile(r"^-- Scope: (\w+)$", re.MULTILINE)
_SENSITIVE = re.compile(r"^-- Sensitive: ([\w: ]+)$", re.MULTILINE)
_ENTRY = re.compile(r"^--   \$?(\w+)\s+([A-Z]+(?:\[\])?)\s+(.*)$")


class UnknownQuestion(ValueError):
    """No file in `queries/` has that name, or the question has no such parameter."""


@dataclass(frozen=True)
class Question:
    """One question: its SQL, and the parameters and columns its header names with their types.

    `scope` is how it keeps to a viewer's units (`tally/store/scope.py`); '' by its unit.
    `sensitive` are the columns that hold what only some roles see: in the rows of one ledger, or
    with '' in every row.
    """

    name: str
    title: str
    sql: str
    parameters: Mapping[str, str]
    columns: Mapping[str, str]
    scope: str = ""
    sensitive: Mapping[str, str] = field(default_factory=dict)

    @property
    def stands_on_rules(self) -> bool:
        """Whether what the rules found must be there before the question can be asked."""
        words = ("finding_on(", "finding_tallied(")
        return self.stands_on_changes or any(word in self.sql for word in words)

    @property
    def stands_on_changes(self) -> bool:
        """Whether what changed between two states must be there before it can be asked."""
        words = ("meeting_change_told(", "meeting_change_tallied(")
        return any(word in self.sql for word in words)

    @property
    def stands_on_past_rules(self) -> bool:
        """Whether it also takes what the rules found at the end of each month, as known then."""
        return "finding_then(" in self.sql

    @property
    def tries_a_rule(self) -> bool:
        """Whether it takes what one rule would find with the limits asked about."""
        return "finding_tried(" in self.sql


def _section(lines: list[str], heading: str) -> dict[str, str]:
    """Return name and type of every entry under `-- heading…` up to the next blank comment."""
    entries: dict[str, str] = {}
    inside = False
    for line in lines:
        if line.startswith(f"-- {heading}"):
            inside = True
        elif inside and line.strip() == "--":
            inside = False
        elif inside and (found := _ENTRY.match(line)):
            entries[found[1]] = found[2]
    return entries


@cache
def question(name: str) -> Question:
    """Return the question of that name; UnknownQuestion when `queries/` has none."""
    known = question_names()
    if name not in known:
        raise UnknownQuestion(f"没有“{name}”这个问题；可用：{'、'.join(sorted(known))}")
    return _read(name, QUERIES_FOLDER / f"{name}.sql")


def _read(name: str, path: Path) -> Question:
    sql = path.read_text("utf-8")
    lines = sql.splitlines()
    return Question(
        name=name,
        title=lines[0].removeprefix("-- "),
        sql=sql,
        parameters=_section(lines, "Parameters"),
        columns=_section(lines, "Returns"),
        scope=found[1] if (found := _SCOPE.search(sql)) else "",
        sensitive=_sensitive(sql),
    )


def _sensitive(sql: str) -> dict[str, str]:
    found = _SENSITIVE.search(sql)
    named = (word.partition(":") for word in found[1].split()) if found else ()
    return {column: ledger for column, _, ledger in named}


@cache
def rule_kind(name: str) -> Question:
    """Return the rule of `queries/rules/` of that name; UnknownQuestion when there is none."""
    path = QUERIES_FOLDER / "rules" / f"{name}.sql"
    if not path.is_file():
        raise UnknownQuestion(f"没有“{name}”这种规则；可用：{'、'.join(sorted(rule_kinds()))}")
    return _read(name, path)


@cache
def rule_kinds() -> frozenset[str]:
    """Return the names of all kinds of rules: the stems of `queries/rules/*.sql`."""
    return frozenset(path.stem for path in (QUERIES_FOLDER / "rules").glob("*.sql"))


@cache
def question_names() -> frozenset[str]:
    """Return the names of all questions: the stems of `queries/*.sql`."""
    return frozenset(path.stem for path in QUERIES_FOLDER.glob("*.sql"))


@cache
def store_sql(stem: str) -> str:
    """Return `queries/store/<stem>.sql`, a step on what is kept."""
    return (QUERIES_FOLDER / "store" / f"{stem}.sql").read_text("utf-8")


def _value(text: str, sql_type: str) -> object:
    if sql_type.endswith("[]"):
        return re.split("[,，]", text)
    if sql_type == "DATE":
        return date.fromisoformat(text)
    if sql_type == "TIMESTAMP":
        return clock.as_stored(datetime.fromisoformat(text))
    if sql_type == "BIGINT":
        return int(text)
    if sql_type == "BOOLEAN":
        return text.lower() in ("true", "1", "是")
    return text


def parameters_from_text(name: str, given: Mapping[str, str]) -> dict[str, object]:
    """Return typed parameters from `name=value` words; UnknownQuestion names a wrong one."""
    known = question(name).parameters
    values: dict[str, object] = {}
    for key, text in given.items():
        if key not in known:
            raise UnknownQuestion(f"“{name}”没有参数 {key}；可用：{'、'.join(known)}")
        try:
            values[key] = _value(text, known[key])
        except ValueError as error:
            raise UnknownQuestion(f"参数 {key} 的值“{text}”不是 {known[key]}") from error
    return values
