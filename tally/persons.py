"""What a file says of persons beside what it says of things."""

from collections.abc import Mapping
from typing import NamedTuple


class PersonalRow(NamedTuple):
    """What one row said of persons, taken out of it to be kept apart.

    `at` is its place in its ledger's table; `texts` are cells as written, under our column or
    the head of one that is not kept; `shown` are those of the latter, masked.
    """

    kind: str
    at: int
    sheet: str
    row: int
    texts: Mapping[str, str]
    shown: Mapping[str, str]
