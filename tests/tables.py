"""Small tables in plain text: what tests put in, and what they expect back.

A table is lines of cells separated by `|`, the first line the column names.
`—` is no value, `07-31` a day of 2022, `2/3` a share.
"""

import math
from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

YEAR = 2022


def day(text: str) -> date:
    """Return the day of `07-31` (of 2022) or of `2021-07-31`."""
    return date.fromisoformat(text if text.count("-") == 2 else f"{YEAR}-{text}")


def table(text: str) -> list[dict[str, str]]:
    """Return a table's rows as they are written."""
    lines = [line.split("|") for line in text.strip().splitlines() if line.strip()]
    names, *rows = [[cell.strip() for cell in line] for line in lines]
    return [dict(zip(names, row, strict=True)) for row in rows]


def _expected(text: str, found: Any) -> Any:
    """Return the expected cell in the type of what was found."""
    if text in ("—", ""):
        return None
    if isinstance(found, bool):
        return {"yes": True, "no": False}[text]
    if isinstance(found, date):
        return day(text)
    if isinstance(found, int | float):
        return float(Fraction(text))
    return text


def _is_same(expected: Any, found: Any) -> bool:
    if isinstance(expected, float) and isinstance(found, int | float):
        return math.isclose(expected, found, abs_tol=1e-12)
    return bool(expected == found)


def differences(rows: Iterable[Mapping[str, Any]], expected: str) -> list[str]:
    """Return what differs from the expected table, in its columns and its order of rows."""
    found, wanted = list(rows), table(expected)
    if len(found) != len(wanted):
        names = list(wanted[0]) if wanted else expected.split("|")
        shown = [{name.strip(): row[name.strip()] for name in names} for row in found]
        return [f"{len(wanted)} rows expected, {len(found)} found: {shown}"]
    return [
        f"row {number}, {name}: expected {text}, found {row[name]!r}"
        for number, (row, cells) in enumerate(zip(found, wanted, strict=True), start=1)
        for name, text in cells.items()
        if not _is_same(_expected(text, row[name]), row[name])
    ]
