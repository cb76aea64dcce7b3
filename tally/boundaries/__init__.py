"""Boundaries an administrator uploads: read, repaired, in one datum, matched by name."""

from tally.boundaries.matching import Known, Matched, known_places, matched
from tally.boundaries.reading import Area, Source, UnreadableBoundary, read_source
from tally.boundaries.repair import Repaired, repaired

__all__ = [
    "Area",
    "Known",
    "Matched",
    "Repaired",
    "Source",
    "UnreadableBoundary",
    "known_places",
    "matched",
    "read_source",
    "repaired",
]
