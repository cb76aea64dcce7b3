"""Asking one rule of the trial campaign with limits of its own, switched on nowhere."""

from datetime import datetime
from typing import Any

from tally.packs import DEMO, Rule
from tally.store import rule_kind
from tally.store.rules import Making, found_by
from tests.office import SLUG, Office
from tests.tables import day


def rule_of(kind: str, **limits: Any) -> Rule:
    """Return a rule of one kind with these limits."""
    return Rule(kind, kind, "D0", "red", "督办", "{subject}", DEMO, limits)


def found(office: Office, kind: str, as_of: str, **limits: Any) -> list[dict]:
    """Return what a rule finds by a day: the rows of its file."""
    making = Making(SLUG, day(as_of))
    return list(found_by(office.database, rule_of(kind, **limits), making).to_pylist())


def found_then(
    office: Office, kind: str, as_of: str, known_at: datetime, **limits: Any
) -> list[dict]:
    """Return what a rule finds by a day as it was known at a moment."""
    given = {"campaign": SLUG, "as_of": day(as_of), "known_at": known_at, **limits}
    return list(office.database.rows(rule_kind(kind).sql, given).to_pylist())
