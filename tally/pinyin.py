"""Chinese names found by what a hand types in a hurry: `czjrb`, `caizheng`, `caizjr`, 财政.

The one door of pypinyin. Every reading of a character counts (长 is zhang and chang), for a
room must not have to know which one the list took.
"""

import os
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

# Characters are asked for one at a time: the phrases would only make every start longer.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")

from pypinyin import Style, pinyin

# How well typed text fits a name, best first.
WHOLE, START, INSIDE, SCATTERED = range(4)
LONGEST_TYPED = 40


def fold(text: str) -> str:
    """Return text without case, width, blanks, signs and quotes: `“六找 六强”` as `六找六强`."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in plain if unicodedata.category(sign)[0] in "LN")


@lru_cache(maxsize=8192)
def readings(sign: str) -> tuple[str, ...]:
    """Return what one character can be typed as: itself, and each of its readings toneless."""
    found = pinyin(sign, style=Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(dict.fromkeys((sign, *(reading for one in found for reading in one if reading))))


@lru_cache(maxsize=8192)
def _signs(name: str) -> tuple[tuple[str, ...], ...]:
    return tuple(readings(sign) for sign in fold(name))


def fit(typed: str, name: str) -> int | None:
    """Return how typed text fits a name (`WHOLE` to `SCATTERED`); None when it does not.

    Each character of the name takes itself or the beginning of one of its readings. Inside a
    name no number is begun in its middle: `2月` is not in 12月.
    """
    wanted = fold(typed)[:LONGEST_TYPED]
    signs = _signs(name)
    if not wanted or not signs:
        return None
    ends = _ends(wanted, signs)
    if ends:
        return WHOLE if len(signs) in ends else START
    starts = (place for place in range(1, len(signs)) if not _is_in_number(signs, place))
    if any(_ends(wanted, signs[place:]) for place in starts):
        return INSIDE
    return SCATTERED if _is_scattered(wanted, signs) else None


def _taken(wanted: str, start: int, sign: tuple[str, ...]) -> Iterator[int]:
    """Yield where typed text goes on after a character took its part of it from `start`."""
    for reading in sign:
        for length in range(1, len(reading) + 1):
            if wanted.startswith(reading[:length], start):
                yield start + length


def _ends(wanted: str, signs: tuple[tuple[str, ...], ...]) -> set[int]:
    """Return after how many characters, none left out, all that was typed is taken."""
    ends: set[int] = set()
    places = {0}
    for count, sign in enumerate(signs, start=1):
        places = {after for place in places for after in _taken(wanted, place, sign)}
        if len(wanted) in places:
            ends.add(count)
    return ends


def _is_in_number(signs: tuple[tuple[str, ...], ...], place: int) -> bool:
    return signs[place][0].isdigit() and signs[place - 1][0].isdigit()


def _is_scattered(wanted: str, signs: tuple[tuple[str, ...], ...]) -> bool:
    """Tell whether typed text is in a name with characters left out, as 发改委 in 发展改革委."""
    if len(wanted) < 2 or any(map(str.isdigit, wanted)):
        return False
    places = {0}
    for sign in signs:
        places |= {after for place in places for after in _taken(wanted, place, sign)}
    return len(wanted) in places


def best_fit(typed: str, names: Iterable[str]) -> int | None:
    """Return how typed text fits best among a thing's names; None when it fits none."""
    fits = [found for name in names if (found := fit(typed, name)) is not None]
    return min(fits, default=None)
