"""Reads a day from a cell, however an office writes it.

A day without a year gets it from the campaign's window or the ledger's month, never
from today. A vague form (`9月底前`) is read as its last day, and that is said.
"""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tally.intake.answers import BLANK, Answer, is_missing, shown, unreadable
from tally.intake.grids import Cell

FIRST_YEAR, LAST_YEAR = 1990, 2100
EPOCH, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
EXAMPLE = "改为真实日期，如 2022-09-30"
DIGITS = {word: number for number, word in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
OPEN_WORDS = (
    "(?:长期|持续|常态化?|立行立改|立即整改|即知即改|边查边改)(?:坚持|推进|整改|实施|开展)?"
)
OPEN_ENDED = re.compile(rf"{OPEN_WORDS}(?:[、,;]?{OPEN_WORDS})*")
CHINESE_NUMBER = re.compile(r"[〇零一二三四五六七八九十]+")
SPACE_BESIDE_WORDS = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")
CLOCK = r"(?:(?:\s+|T|(?<=日))\d{1,2}[:时]\d{1,2}(?:[:分]\d{0,2}(?:\.\d+)?秒?)?Z?)?"
BEFORE = r"(?:之?前|以前|前?完成|止)?"
DAY = re.compile(
    rf"(\d{{4}})\s*[-./年]\s*(\d{{1,2}})\s*[-./月]\s*(\d{{1,2}})[日号]?{CLOCK}{BEFORE}\Z"
)
COMPACT_DAY = re.compile(rf"(\d{{4}})(\d{{2}})(\d{{2}}){BEFORE}\Z")
DAY_OF_YEAR = re.compile(rf"(\d{{1,2}})(?:月|[-./])(\d{{1,2}})[日号]?{BEFORE}\Z")
YEAR = r"(?:(\d{4})年?)?"
PART_OF_MONTH = re.compile(rf"{YEAR}[-./]?(\d{{1,2}})月份?(底|末|上旬|中旬|下旬){BEFORE}\Z")
WHOLE_MONTH = re.compile(r"(\d{4})[-./年](\d{1,2})月?份?\Z|(\d{4})(\d{2})\Z")
QUARTER = re.compile(rf"{YEAR}第?([1-4])季度(?:底|末|内)?{BEFORE}\Z")
HALF_YEAR = re.compile(rf"{YEAR}(上|下)半年(?:底|末|内)?{BEFORE}\Z")
YEAR_END = re.compile(rf"{YEAR}(?:当年|本年|全年)?(?:年?底|年?末|年?内|年终){BEFORE}\Z")
RANGE = re.compile(r"(.+?)\s*(?:至|到|—+|~|–|-(?=\d{4}[-./年]))\s*(.+)")


@dataclass(frozen=True)
class Window:
    """The days a ledger is about: the campaign's first and last, and the ledger's month."""

    start_on: date | None = None
    end_on: date | None = None
    month: date | None = None

    def year_of(self, month: int, day: int) -> int | None:
        """Return the one year in which month and day fall into the window, or None.

        Outside the campaign the year is that of a campaign within one year, else of the
        ledger's month.
        """
        if self.start_on and self.end_on:
            years = range(self.start_on.year, self.end_on.year + 1)
            days = [on for year in years if (on := real_day(year, month, day))]
            inside = [on.year for on in days if self.start_on <= on <= self.end_on]
            if len(inside) == 1:
                return inside[0]
            if len(years) == 1:
                return self.start_on.year
        return self.month.year if self.month else None


def real_day(year: int, month: int, day: int) -> date | None:
    """Return the day, or None when the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_end(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def _arabic(match: re.Match[str]) -> str:
    """Turn 二〇二二, 九, 十, 十二, 二十, 三十一 into digits."""
    words = match[0]
    if "十" not in words:
        return "".join(str(DIGITS[word]) for word in words)
    tens, _, ones = words.partition("十")
    if any(len(part) > 1 or part not in ("", *DIGITS) for part in (tens, ones)):
        return words
    return str((DIGITS[tens] if tens else 1) * 10 + (DIGITS[ones] if ones else 0))


def normal_text(cell: Cell) -> str:
    """Return a cell's words half-width, with Arabic digits, without blanks beside Chinese."""
    text = " ".join(unicodedata.normalize("NFKC", shown(cell)).replace("。", ".").split())
    return CHINESE_NUMBER.sub(_arabic, SPACE_BESIDE_WORDS.sub("", text))


def _vague(on: date | None, wording: str) -> Answer:
    if on is None or not FIRST_YEAR <= on.year <= LAST_YEAR:
        return unreadable("应为日期", EXAMPLE)
    return Answer(
        on, f"读作 {on.isoformat()}", f"如不对，请写明日期，如 {on.isoformat()}", False, wording
    )


def _exact(on: date | None) -> Answer:
    if on is None or not FIRST_YEAR <= on.year <= LAST_YEAR:
        return unreadable("应为日期（日历上没有这一天）", EXAMPLE)
    return Answer(on)


def _serial(number: float, is_1904: bool) -> Answer:
    first = EPOCH_1904 if is_1904 else EPOCH
    if not number >= 0 or number > 100_000:
        compact = f"{number:.0f}" if 0 < number < 1e8 else ""
        return _from_words(compact, Window()) if len(compact) in (6, 8) else _exact(None)
    on = first + timedelta(days=int(number))
    # 2022.9 typed as a number may be September or, its zero lost, a day: nobody can tell.
    return _exact(on) if FIRST_YEAR <= on.year <= LAST_YEAR else unreadable("应为日期", EXAMPLE)


def _without_year(text: str, window: Window) -> Answer | None:
    if not (match := DAY_OF_YEAR.match(text)):
        return None
    month, day = int(match[1]), int(match[2])
    year = window.year_of(month, day)
    if year is None:
        return unreadable("应为带年份的日期", EXAMPLE)
    answer = _exact(real_day(year, month, day))
    is_inside = window.start_on and window.end_on and answer.value
    if is_inside and window.start_on <= answer.value <= window.end_on:
        return Answer(answer.value, wording=text)
    return answer if answer.is_unreadable else _vague(answer.value, text)


def _month_part(text: str, window: Window) -> Answer | None:
    if match := PART_OF_MONTH.match(text):
        month = int(match[2])
        day = {"上旬": 10, "中旬": 20}.get(match[3])
        year = int(match[1]) if match[1] else window.year_of(month, day or 28)
        if year is None or not real_day(year, month, 1):
            return unreadable("应为带年份的日期", EXAMPLE)
        return _vague(date(year, month, day) if day else month_end(year, month), text)
    if match := WHOLE_MONTH.match(text):
        year, month = int(match[1] or match[3]), int(match[2] or match[4])
        return _vague(month_end(year, month) if real_day(year, month, 1) else None, text)
    return None


def _longer_span(text: str, window: Window) -> Answer | None:
    for pattern, months in (
        (QUARTER, {str(number): number * 3 for number in range(1, 5)}),
        (HALF_YEAR, {"上": 6, "下": 12}),
        (YEAR_END, {"": 12}),
    ):
        if match := pattern.match(text):
            month = months[match[2] if pattern.groups > 1 else ""]
            year = int(match[1]) if match[1] else window.year_of(month, 28)
            return _vague(month_end(year, month) if year else None, text)
    return None


def _from_words(text: str, window: Window) -> Answer:
    if match := DAY.match(text) or COMPACT_DAY.match(text):
        return _exact(real_day(int(match[1]), int(match[2]), int(match[3])))
    for reader in (_without_year, _month_part, _longer_span):
        if (found := reader(text, window)) is not None:
            return found
    return unreadable("应为日期", EXAMPLE)


def _range_end(text: str, window: Window) -> Answer | None:
    """Read `2022年7月至9月` as its end, the year of its beginning carried over."""
    if not (match := RANGE.match(text)):
        return None
    year = re.match(r"\d{4}年?", match[1])
    ends = [match[2]] if not year else [match[2], year[0].rstrip("年") + "年" + match[2]]
    answers = [_from_words(end, window) for end in reversed(ends)]
    read = next((answer for answer in answers if not answer.is_unreadable), None)
    return _vague(read.value, text) if read else None


def read_date(cell: Cell, window: Window, is_1904: bool = False) -> Answer:
    """Read a day; the answer's value is a date or None.

    Open-ended words (长期坚持) are no day and no fault: value None, with a remark.
    """
    if is_missing(cell):
        return BLANK
    if isinstance(cell, datetime):
        return _exact(cell.date())
    if isinstance(cell, date):
        return _exact(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _serial(cell, is_1904)
    text = normal_text(cell)
    if re.fullmatch(r"\d{5}", text):
        return _serial(int(text), is_1904)
    if OPEN_ENDED.fullmatch(text):
        return Answer(
            None, "读作没有期限", "如有期限，请写明日期，如 2022-09-30", False, shown(cell)
        )
    answer = _from_words(text, window)
    if answer.is_unreadable and (end := _range_end(text, window)):
        answer = end
    return answer if answer.wording is None else _worded(answer, shown(cell))


def _worded(answer: Answer, wording: str) -> Answer:
    return Answer(answer.value, answer.expected, answer.remedy, answer.is_unreadable, wording)


def read_month(cell: Cell, window: Window, is_1904: bool = False) -> Answer:
    """Read a month as its first day, from a month or from any day in it."""
    answer = read_date(cell, window, is_1904)
    if answer.value is None:
        return answer
    return Answer(answer.value.replace(day=1))
