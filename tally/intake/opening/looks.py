"""What a number format makes of a number: a percentage, noughts before it, a smaller one.

Codes after ECMA-376 part 1, 18.8.31, with `!` for `\\`, as Chinese editions write it. Words in
quotes and escaped signs are shown and do nothing: 6.5 under `0.0"%"` is 6.5.
"""

import operator
import re
from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from typing import NamedTuple

from tally.intake.opening.grids import Cell, Figure, percentage

# 0% and 0.00%, which no file spells out.
PERCENT_FORMATS = (9, 10)
SIGN = re.compile(r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|[_*].|\[[^\]]*\]|(?P<plain>.)', re.S)
# Stand for shown words and for a shown point; no format holds them.
WORD, POINT = "\1", "\2"
# Commas behind the last digit divide by thousands; a point that is only shown, by its places.
SCALED = re.compile(rf"[0#?],+(?![0#?,])|[0#?],*{POINT}[0#?]")
# `[>=10000]` before a part; without any, parts are for numbers above, below and at nought.
CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)\]")
COMPARISONS: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
MAX_PARTS = 3
# Marks the part for texts.
TEXTS = "@"
Condition = tuple[str, float]
ELSE: Condition = ("", 0.0)
NOUGHTS = re.compile(rf"({WORD}*)(0+)(;.*)?", re.S)


class Look(NamedTuple):
    """How cells of one format show their number.

    `before` and `digit_count` are the words and the least digits of one such as `"XS-"000`.
    """

    is_percent: bool = False
    is_scaled: bool = False
    before: str = ""
    digit_count: int = 0

    def cell(self, number: float) -> Cell:
        """Return a number as a cell that says how it is shown."""
        if self.is_percent:
            return percentage(number)
        if self.is_scaled:
            return Figure(number)
        is_whole = isinstance(number, int) and number >= 0
        return Figure(number, f"{self.before}{number:0{self.digit_count}}") if is_whole else number


class Branch(NamedTuple):
    """A part of a format: for which numbers it is (`>=` a bound; '' for all), and its look."""

    sign: str
    bound: float
    look: Look | None

    def holds(self, number: float) -> bool:
        """Tell whether a number is one of those that this part is for."""
        return not self.sign or COMPARISONS[self.sign](number, self.bound)


class Branches(NamedTuple):
    """How cells of one format show their number, which decides on the part that holds for it."""

    branches: tuple[Branch, ...]

    def cell(self, number: float) -> Cell:
        """Return a number as a cell that says how it is shown."""
        own = next((branch.look for branch in self.branches if branch.holds(number)), None)
        return own.cell(number) if own else number


AnyLook = Look | Branches
PERCENT = Look(is_percent=True)


def look_of(code: str) -> AnyLook | None:
    """Return what a format code makes of a number; None when it shows the number itself."""
    parts = [part for part in _parts(code) if TEXTS not in part][:MAX_PARTS] or [""]
    first = _look_of_part(parts[0])
    # A part left blank hides its numbers; what they are is said by the first.
    looks = [_look_of_part(part) if part else first for part in parts]
    found = [_condition(part) for part in parts]
    if not any(looks):
        return None
    if not any(found) and (len(set(looks)) == 1 or (first and first.digit_count)):
        return first
    # Without a condition the first part is for what is above nought, or not below it where
    # no part is for nought; the last one is for all that is left.
    above = (">=", 0.0) if len(parts) == 2 else (">", 0.0)
    usual = (*(above, ("<", 0.0))[: len(parts) - 1], ELSE)
    branches = zip((own or usual[at] for at, own in enumerate(found)), looks, strict=True)
    return Branches(tuple(Branch(sign, bound, look) for (sign, bound), look in branches))


def _condition(part: str) -> Condition | None:
    """Return the numbers that a part names as its own, or None."""
    named = (CONDITION.fullmatch(sign[0]) for sign in SIGN.finditer(part))
    return next(((found[1], float(found[2])) for found in named if found), None)


def _parts(code: str) -> list[str]:
    """Return the parts of a format code, between semicolons that are not only shown."""
    ends = [sign.start() for sign in SIGN.finditer(code) if sign["plain"] == ";"]
    return [code[end + 1 : other] for end, other in pairwise([-1, *ends, len(code)])]


def _look_of_part(code: str) -> Look | None:
    bare, words = "", []
    for sign in SIGN.finditer(code):
        word = sign["quoted"] or sign["escaped"]
        if word:
            words.append(word)
            bare += POINT if word == "." else WORD
        bare += sign["plain"] or ""
    if "%" in bare:
        return PERCENT
    if SCALED.search(bare):
        return Look(is_scaled=True)
    noughts = NOUGHTS.fullmatch(bare)
    if noughts and len(noughts[1] + noughts[2]) > 1:
        return Look(before="".join(words[: len(noughts[1])]), digit_count=len(noughts[2]))
    return None


def looks_of_styles(
    styles: Iterable[int], codes: Iterable[tuple[int, str]]
) -> Mapping[int, AnyLook]:
    """Return the looks of cells by the number of their style, from each style's format."""
    looks: dict[int, AnyLook] = dict.fromkeys(PERCENT_FORMATS, PERCENT)
    looks |= {number: look for number, code in codes if (look := look_of(code))}
    return {style: looks[number] for style, number in enumerate(styles) if number in looks}
