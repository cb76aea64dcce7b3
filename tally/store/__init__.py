"""The one door of DuckDB: open a home, keep submissions, publish, undo, ask."""

from tally.store.database import EVERYONE, Database
from tally.store.opening import HomeHeld, HomeUnusable, NewerSchema
from tally.store.questions import (
    Question,
    UnknownQuestion,
    parameters_from_text,
    question,
    question_names,
    rule_kind,
    rule_kinds,
)
from tally.store.writing import Writing

__all__ = [
    "EVERYONE",
    "Database",
    "HomeHeld",
    "HomeUnusable",
    "NewerSchema",
    "Question",
    "UnknownQuestion",
    "Writing",
    "parameters_from_text",
    "question",
    "question_names",
    "rule_kind",
    "rule_kinds",
]
