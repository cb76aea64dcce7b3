"""What must be done again and again, or by a day (family E): the notation of `[[duties]]`.

A duty says who owes it (`subjects`, `who`), in which windows (`every`, `months`, `days`,
`is_moved`), how much of it is enough (`times` or `at_least_days`) and which rows of which
ledger prove it (`met_by`). `docs/packs.md` has it with examples.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

SUBJECTS = ("units", "posts", "tasks", "objects", "organs", "fields")
RHYTHMS = (
    *("day", "week", "fortnight"),
    *("month", "two_months", "quarter", "half_year", "year", "once"),
)
# The longest period of each rhythm in days: what `days` may count to.
LONGEST_DAYS: Mapping[str, int] = {
    "week": 7,
    "fortnight": 14,
    "month": 31,
    "two_months": 62,
    "quarter": 92,
    "half_year": 184,
    "year": 366,
}


@dataclass(frozen=True)
class ProvingLedger:
    """What rows of a ledger can prove: for whom, told apart by which kinds, told how fully.

    `kinds` says where `kind` comes from: `free` (the pack names it), `choice` (the contract's
    words in `kind_column`), `class` (the pack's channels, ways of finding and dimensions),
    `ledger` (a ledger the campaign collects) or '' (rows have none). The monthly list itself
    is the proof of a `is_report` ledger: it is due when the list is.
    """

    subjects: tuple[str, ...]
    kinds: Literal["", "free", "choice", "class", "ledger"] = ""
    kind_column: str = ""
    filled: tuple[str, ...] = ()
    is_report: bool = False


PROVING: Mapping[str, ProvingLedger] = {
    "submissions": ProvingLedger(("units", "organs"), "ledger", is_report=True),
    "tasks": ProvingLedger(("tasks", "units"), is_report=True),
    "returns": ProvingLedger(("units",), is_report=True),
    "activities": ProvingLedger(
        SUBJECTS, "free", filled=("topic", "object", "problem_count", "result")
    ),
    "visits": ProvingLedger(
        ("units", "posts", "objects", "organs"),
        *("choice", "visit"),
        filled=("problem_count", "content"),
    ),
    "steps": ProvingLedger(
        ("units", "posts", "tasks", "objects", "organs"), "choice", "step", ("new_value", "reason")
    ),
    "problems": ProvingLedger(("units", "organs"), "class"),
    "checks": ProvingLedger(("units", "posts", "tasks", "organs")),
    "clues": ProvingLedger(("units", "organs")),
    "institutions": ProvingLedger(("units", "organs"), "free"),
}


@dataclass(frozen=True)
class Proof:
    """Rows that meet a duty: of a ledger, those of one kind, in which a column is filled.

    `kind` is the form of an activity, 走访 or 调度 of a visit, the step, the channel or way of
    finding of a problem; of `submissions` the ledger that must have come in. `filled` names a
    column that must not be empty (`result`: the discussion was reported). What a ledger
    already says is never asked for again.
    """

    ledger: str
    kind: str = ""
    filled: str = ""


@dataclass(frozen=True)
class Duty:
    """A periodic or dated duty.

    - `subjects`: each of these owes it by itself: `units` of the roster, `posts`, open `tasks`,
      `objects` (enterprises and projects), `organs`, or `fields` (a 分管领导 with what they are
      in charge of). `who` narrows them: names, leagues, classes or kinds of object; empty
      means all.
    - `every`: the rhythm. `months` keeps only periods that begin in these months (1 to 12).
    - `days`: first and last day of the window inside its period, counted from 1 (of a month the
      day, of a week 1 is Monday); empty means the whole period. Negative numbers count from the
      period's end: -1 is its last day.
    - `is_moved`: the window starts on the first working day on or after its first day and
      keeps its length (E3). `skips_holidays`: a window without a working day is not due; so it
      always is of a `day`.
    - `times`: so many proofs in each window; with `at_least_days` so many days together.
    - `topics`: what the windows are about, one after the other.
    - `clock`: the clock it runs on; empty for the campaign itself. `start_on` and `end_on`
      narrow it; `once` is the window between them.
    """

    name: str
    subjects: str
    every: str
    met_by: tuple[Proof, ...]
    source: str
    section: str = ""
    owner: str = ""
    who: tuple[str, ...] = ()
    months: tuple[int, ...] = ()
    days: tuple[int, ...] = ()
    is_moved: bool = False
    skips_holidays: bool = False
    times: int = 1
    at_least_days: int = 0
    topics: tuple[str, ...] = ()
    clock: str = ""
    start_on: date | None = None
    end_on: date | None = None
    note: str = ""
