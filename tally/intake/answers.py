"""What one cell says: a value, and what must be told about how it was read."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from tally.intake.grids import Cell, Fault

MISSING_MARKS = {"", "-", "--", "—", "——", "/", "//", "\\", "无", "暂无", "空"}
INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
SHORT_CHARACTERS = 40
BLANKS = re.compile(r"\s+")


@dataclass(frozen=True)
class Answer:
    """A cell's value with a remark; an unreadable cell has no value.

    `expected` and `remedy` are empty when nothing needs to be said. `wording` is the
    cell's own words where the value says less than they do (`9月底前`).
    """

    value: Any = None
    expected: str = ""
    remedy: str = ""
    is_unreadable: bool = False
    wording: str | None = None


BLANK = Answer()


def unreadable(expected: str, remedy: str) -> Answer:
    """Return the answer of a cell that says nothing we may use."""
    return Answer(expected=expected, remedy=remedy, is_unreadable=True)


def shown(cell: Cell) -> str:
    """Return a cell as its reader sees it: whole numbers without `.0`, days as 2022-09-30."""
    if isinstance(cell, str):
        return INVISIBLE.sub("", cell).strip()
    if cell is None:
        return ""
    if isinstance(cell, Fault):
        return cell.shown
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return f"{cell:.15g}"
    return str(cell)


def plain(cell: Cell) -> str:
    """Return a cell's words in half-width form without any blanks."""
    text = shown(cell)
    return _plain_short(text) if len(text) <= SHORT_CHARACTERS else _plain(text)


def _plain(text: str) -> str:
    return BLANKS.sub("", unicodedata.normalize("NFKC", text))


# A ledger says the same few words again and again; long texts are not worth keeping.
_plain_short = lru_cache(maxsize=20_000)(_plain)


def is_missing(cell: Cell) -> bool:
    """Tell whether a cell is blank or holds one of the marks that offices put for nothing."""
    return not isinstance(cell, Fault) and plain(cell) in MISSING_MARKS
