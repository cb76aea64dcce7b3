"""The one door of DuckDB: open a home, keep submissions, publish, undo, ask."""

from tally.store.abode import Pulse, StillOurs
from tally.store.ahead import make_ahead
from tally.store.copying import Held, LetAlone, Progress, held_by_copy
from tally.store.database import Database
from tally.store.migrating import SCHEMA_NUMBER
from tally.store.opening import Care
from tally.store.questions import (
    Question,
    UnknownQuestion,
    parameters_from_text,
    question,
    question_names,
    rule_kind,
    rule_kinds,
)
from tally.store.refusing import (
    READ_ONLY,
    CannotWrite,
    HomeDamaged,
    HomeHeld,
    HomeUnusable,
    LedgersFault,
    NewerSchema,
    StoreAway,
    TurnTaken,
)
from tally.store.scope import EVERYTHING, Scope, scope_of
from tally.store.writing import Writing

__all__ = [
    "EVERYTHING",
    "READ_ONLY",
    "SCHEMA_NUMBER",
    "CannotWrite",
    "Care",
    "Database",
    "Held",
    "HomeDamaged",
    "HomeHeld",
    "HomeUnusable",
    "LedgersFault",
    "LetAlone",
    "NewerSchema",
    "Progress",
    "Pulse",
    "Question",
    "Scope",
    "StillOurs",
    "StoreAway",
    "TurnTaken",
    "UnknownQuestion",
    "Writing",
    "held_by_copy",
    "make_ahead",
    "parameters_from_text",
    "question",
    "question_names",
    "rule_kind",
    "rule_kinds",
    "scope_of",
]
