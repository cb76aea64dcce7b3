"""Texts of cells that a spreadsheet would take for a formula, and how they leave as text."""

# As the first sign of a cell, each of them makes one or another spreadsheet calculate; the wide
# ones do where an input method or a locale folds them, the breaks where a cell is split at them.
SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

# What stands before the first sign without hiding it.
BLANKS = " \u00a0\u3000"


def starts_like_formula(value: str) -> bool:
    """Say whether a spreadsheet would take a text for a formula, blanks before it or not."""
    return value.lstrip(BLANKS).startswith(SIGNS)


def plain_cell(value: object) -> object:
    """Return a cell of a csv that stays what it is: a text that begins like a formula quoted."""
    return f"'{value}" if isinstance(value, str) and starts_like_formula(value) else value
