"""What a number format makes of a number: a percentage, noughts before it, a smaller one.

Codes after ECMA-376 part 1, 18.8.31, with `!` for `\\`, as Chinese editions write it. Words in
quotes and escaped signs are shown and do nothing: 6.5 under `0.0"%"` is 6.5.
"""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from tally.intake.opening.grids import Cell, Figure, percentage

# 0% and 0.00%, which no file spells out.
PERCENT_FORMATS = (9, 10)
SIGN = re.compile(r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|[_*].|\[[^\]]*\]|(?P<plain>.)', re.S)
# Stand for shown words and for a shown point; no format holds them.
WORD, POINT = "\1", "\2"
# Commas behind the last digit divide by thousands; a point that is only shown, by its places.
SCALED = re.compile(rf"[0#?],+(?![0#?,])|[0#?],*{POINT}[0#?]")
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


PERCENT = Look(is_percent=True)


def look_of(code: str) -> Look | None:
    """Return what a format code makes of a number; None when it shows the number itself."""
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


def looks_of_styles(styles: Iterable[int], codes: Iterable[tuple[int, str]]) -> Mapping[int, Look]:
    """Return the looks of cells by the number of their style, from each style's format."""
    looks = dict.fromkeys(PERCENT_FORMATS, PERCENT)
    looks |= {number: look for number, code in codes if (look := look_of(code))}
    return {style: looks[number] for style, number in enumerate(styles) if number in looks}
