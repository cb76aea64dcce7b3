"""Numbers as offices write them: full-width, with separators, with 万 and 亿, in Chinese words."""

import math
import re
import unicodedata
from typing import NamedTuple

from tally.intake.cells.answers import shown
from tally.intake.opening.grids import Cell

DIGITS = {word: number for number, word in enumerate("零一二三四五六七八九")} | {
    "〇": 0, "○": 0, "◯": 0, "两": 2,
}  # fmt: skip
PLACES = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10_000, "亿": 100_000_000}
NUMERAL = re.compile(r"[〇○零一二三四五六七八九十廿卅]+")
IN_WORDS = re.compile(r"负?[〇○零一二两三四五六七八九十百千万亿]+(?:点[〇○零一二三四五六七八九]+)?")
UNSIGNED = r"(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+)(?:\.\d*)?|\.\d+"
NUMBER = re.compile(rf"[+-]?(?:{UNSIGNED})(?:[eE][+-]?\d{{1,3}})?")
# 1亿2000万, 3万5千, 1万2: a multiplier, then something smaller.
COMPOUND = re.compile(r"([+-]?)(?:(\d+)亿)?(?:(\d+)万)?(?:(\d+)千)?([1-9](?![\d.十百千万亿]))?")
# Longer texts are no number, and need not be tried.
MAX_NUMBER_CHARACTERS = 40
MINUS_SIGNS = str.maketrans("−﹣–—", "----")
PLAIN_NUMBER = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,15})?", re.ASCII)


class Quantity(NamedTuple):
    """A number and the words right after it (`3.2亿元` is 3.2 and 亿元)."""

    number: float
    words: str


def number_of(cell: Cell) -> float | None:
    """Return the number of a cell that holds nothing else, or None."""
    if isinstance(cell, str):
        if PLAIN_NUMBER.fullmatch(cell):
            return float(cell)
        return _number(_half_width(cell))
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _finite(float(cell))
    return None


def quantity_of(cell: Cell) -> Quantity | None:
    """Return the number a cell begins with and the words that follow; None without a number.

    `1万2` and `1亿2000万元` are plain numbers of 元 or of nothing; 万 and 亿 that stand alone
    stay with the words, for they may only repeat what the header says.
    """
    text = _half_width(cell).lstrip("¥$") if isinstance(cell, str) else ""
    if (number := number_of(text or cell)) is not None:
        return Quantity(number, "")
    # The sign is always there: three parts are two numbers.
    if (match := COMPOUND.match(text)) and sum(part is not None for part in match.groups()) > 2:
        return Quantity(_sum(*match.groups()), text[match.end() :].strip())
    if match := NUMBER.match(text):
        number, words = _number(match[0].strip()), text[match.end() :].strip()
    elif match := IN_WORDS.match(text):
        number, words = number_in_words(match[0]), text[match.end() :].strip()
    return None if match is None or number is None else Quantity(number, words)


def _half_width(cell: str) -> str:
    if len(cell) > MAX_NUMBER_CHARACTERS:
        return ""
    text = unicodedata.normalize("NFKC", shown(cell)).translate(MINUS_SIGNS)
    return " ".join(text.split())


def _finite(number: float) -> float | None:
    return number if math.isfinite(number) else None


def _number(text: str) -> float | None:
    if NUMBER.fullmatch(text):
        return _finite(float(text.replace(",", "").replace(" ", "")))
    return number_in_words(text)


def _sum(sign: str, *parts: str | None) -> float:
    """Add up 亿, 万 and 千; a last bare digit counts tenths of what stands before it."""
    total, place = 0.0, 1.0
    for part, size in zip(parts, (1e8, 1e4, 1e3, 0), strict=True):
        if part:
            place = size or place / 10
            total += (_number(part) or 0) * place
    return -total if sign == "-" else total


def number_in_words(text: str) -> float | None:
    """Return the number of 一百二十, 三点五, 两万三, 二〇二二; None for other words."""
    if not IN_WORDS.fullmatch(text):
        return None
    whole, _, decimals = text.removeprefix("负").partition("点")
    number = _whole(whole)
    if number is None:
        return None
    fraction = "".join(str(DIGITS[word]) for word in decimals)
    value = float(f"{number}.{fraction or 0}")
    return -value if text.startswith("负") else value


def _whole(words: str) -> int | None:
    if all(word in DIGITS for word in words):
        is_long = len(words) > 1
        return None if is_long and "两" in words else int("".join(str(DIGITS[w]) for w in words))
    for word, size in reversed(MYRIADS.items()):
        if word in words:
            before, _, after = words.rpartition(word)
            return _joined(_whole(before) if before else None, size, after)
    return _below_myriad(words)


def _joined(before: int | None, size: int, after: str) -> int | None:
    if before is None:
        return None
    if not after:
        return before * size
    if len(after) == 1 and after in DIGITS and DIGITS[after]:
        return before * size + DIGITS[after] * size // 10
    rest = _whole(after.removeprefix("零"))
    return None if rest is None or rest >= size else before * size + rest


def _below_myriad(words: str) -> int | None:
    """Return the number of 一千二百三十四; None when its places do not fall."""
    total, last = 0, 10_000
    for digit, place in re.findall(r"零?([一二两三四五六七八九]?)([十百千])", words):
        if PLACES[place] >= last or not (digit or place == "十"):
            return None
        last = PLACES[place]
        total += (DIGITS[digit] if digit else 1) * last
    tail = words[words.rfind(next(p for p in "十百千" if PLACES[p] == last)) + 1 :]
    if not tail:
        return total
    if len(tail) == 2 and tail[0] in "零〇○":
        return total + DIGITS[tail[1]] if last > 10 else None
    if len(tail) != 1 or tail not in DIGITS:
        return None
    return total + DIGITS[tail] * (last // 10 if last > 10 else 1)


def arabic(match: re.Match[str]) -> str:
    """Turn the numeral of a day (二〇二二, 九, 十二, 廿五) into digits; others stay words."""
    words = match[0].replace("廿", "二十").replace("卅", "三十")
    if "十" not in words:
        return "".join(str(DIGITS[word]) for word in words)
    number = _whole(words)
    return match[0] if number is None else str(number)
