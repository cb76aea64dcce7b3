"""The forms in which offices write a day: patterns over half-width text with Arabic digits.

A form that could be two days is refused with a sentence; one that says less than a day
(`9月底前`) is its last day, and that is said.
"""

import re
from collections.abc import Callable
from datetime import date

from tally.intake.cells.answers import Answer, unreadable
from tally.intake.cells.windows import (
    EXAMPLE,
    FIRST_YEAR,
    LAST_YEAR,
    Window,
    end_of,
    exact,
    real_day,
    vague,
    yearless,
)

TIME = r"\d{1,2}:\d{1,2}(?::\d{1,2}(?:\.\d+)?)?|\d{1,2}[时点](?:\d{1,2}分?)?(?:\d{1,2}秒)?"
HALF_OF_DAY = r"(?:上午|中午|下午|晚上?|凌晨)"
CLOCK = rf"(?:(?:\s+|T|(?<=[日号])|(?={HALF_OF_DAY})){HALF_OF_DAY}?(?:{TIME})\s?(?:[aApP][mM])?)?"
BETWEEN = r"\s*[-./、,_\\·—–−]\s*"
FULL_DAY = re.compile(
    rf"(\d{{4}})(?:\s*年\s*|{BETWEEN})(\d{{1,2}})(?:\s*月\s*|{BETWEEN})(\d{{1,2}})[日号]?{CLOCK}"
)
COMPACT_DAY = re.compile(rf"(\d{{4}})(\d{{2}})(\d{{2}})(?:\d{{6}}|{CLOCK})")
SHORT_COMPACT_DAY = re.compile(r"(\d{2})(\d{2})(\d{2})")
SHORT_YEAR_DAY = re.compile(rf"'?(\d{{1,2}})([-./年])(\d{{1,2}})[-./月](\d{{1,2}})[日号]?{CLOCK}")
YEAR_LAST_DAY = re.compile(rf"(\d{{1,2}})[-./](\d{{1,2}})[-./](\d{{4}}){CLOCK}")
MONTH_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905
ENGLISH_DAY = re.compile(
    r"(?P<day>\d{1,2})[- ]?(?P<month>[A-Za-z]{3,9})\.?(?:[-, ]+(?P<year>\d{4}|\d{2}))?"
    r"|(?P<month2>[A-Za-z]{3,9})\.? ?(?P<day2>\d{1,2})(?:st|nd|rd|th)?,? (?P<year2>\d{4})"
)
DAY_OF_YEAR = re.compile(rf"(\d{{1,2}})(?:月|[-./])(\d{{1,2}})[日号]?{CLOCK}")
YEAR = r"(?:(\d{4})(?:年度?|[-./])?)?"
MONTH = re.compile(rf"{YEAR}(\d{{1,2}})月份?([上中下]旬|底|末|初|中|内)?")
WHOLE_MONTH = re.compile(r"(\d{4})[-./年](\d{1,2})|(\d{4})(\d{2})")
QUARTER = re.compile(rf"{YEAR}(?:[第前]?([1-4])季度?|[Qq]([1-4]))(?:底|末|内)?")
HALF_YEAR = re.compile(rf"{YEAR}([上下])半年(?:底|末|内)?")
YEAR_END = re.compile(r"(?:(\d{4})年?度?|年)(?:年?底|年?末|内|终)|(\d{4})年度?|全年")
LAST_DAY_OF_PART = {"上旬": 10, "初": 10, "中旬": 20, "中": 20}


def full_day(text: str) -> Answer | None:
    """Read a day with its year of four digits: 2022-9-30, 2022年9月30日 9时, 20220930."""
    if match := FULL_DAY.fullmatch(text) or COMPACT_DAY.fullmatch(text):
        year, month, day = (int(match[at]) for at in (1, 2, 3))
        return exact(real_day(year, month, day))
    return None


def _short_year(text: str, window: Window) -> Answer | None:
    """Read 22.9.30, 220930 and 9/30/22 where only one of them lies near the campaign."""
    if match := SHORT_YEAR_DAY.fullmatch(text):
        first, mark, second, third = match.groups()
        orders = [(first, second, third)] if len(first) == 2 else []
        orders += [(third, first, second)] if mark == "/" and len(third) == 2 else []
    elif match := SHORT_COMPACT_DAY.fullmatch(text):
        year, month, number = match.groups()
        orders = [(year, month, number)]
    else:
        return None
    days = {real_day(2000 + int(year), int(month), int(day)) for year, month, day in orders}
    near = [day for day in days if day and window.is_near(day.year)]
    if len(near) == 1:
        return vague(near[0], text)
    return unreadable("应为四位数年份的日期", EXAMPLE)


def _year_last(text: str, window: Window) -> Answer | None:
    """Read 9/30/2022 or 30/9/2022; 9/10/2022 could be both."""
    if not (match := YEAR_LAST_DAY.fullmatch(text)):
        return None
    first, second, year = (int(part) for part in match.groups())
    days = {real_day(year, first, second), real_day(year, second, first)} - {None}
    if len(days) == 1:
        return vague(days.pop(), text)
    return unreadable("应为日期（分不清月和日）" if days else "应为日期", EXAMPLE)


def _english(text: str, window: Window) -> Answer | None:
    """Read 24-Oct, 24-Oct-22 and Oct 24, 2022, as a spreadsheet rewrites 10-24."""
    if not (match := ENGLISH_DAY.fullmatch(text)):
        return None
    word = (match["month"] or match["month2"]).lower()[:3]
    if word not in MONTH_NAMES:
        return None
    month, day = MONTH_NAMES.index(word) + 1, int(match["day"] or match["day2"])
    stated = match["year"] or match["year2"]
    if not stated:
        return _yearless_day(month, day, text, window)
    year = int(stated) + (2000 if len(stated) == 2 else 0)
    return vague(real_day(year, month, day), text)


def _without_year(text: str, window: Window) -> Answer | None:
    if not (match := DAY_OF_YEAR.fullmatch(text)):
        return None
    return _yearless_day(int(match[1]), int(match[2]), text, window)


def _yearless_day(month: int, day: int, text: str, window: Window) -> Answer:
    year = window.year_of(month, day)
    if year is None:
        return yearless(window)
    on = real_day(year, month, day)
    # Only what the campaign itself leaves no doubt about goes without saying.
    is_sure = on is not None and len(window.years_of(month, day)) == 1
    return Answer(on, wording=text) if is_sure else vague(on, text)


def _month(text: str, window: Window) -> Answer | None:
    if match := MONTH.fullmatch(text):
        month, day = int(match[2]), LAST_DAY_OF_PART.get(match[3])
        year = int(match[1]) if match[1] else window.year_of(month, day or 28)
        if year is None:
            return yearless(window)
        return vague(real_day(year, month, day) if day else end_of(year, month), text)
    if match := WHOLE_MONTH.fullmatch(text):
        year, month = int(match[1] or match[3]), int(match[2] or match[4])
        is_year = FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12
        return vague(end_of(year, month), text) if is_year or match[1] else None
    return None


def _longer_span(text: str, window: Window) -> Answer | None:
    if match := QUARTER.fullmatch(text):
        stated, month = match[1], int(match[2] or match[3]) * 3
    elif match := HALF_YEAR.fullmatch(text):
        stated, month = match[1], {"上": 6, "下": 12}[match[2]]
    elif match := YEAR_END.fullmatch(text):
        stated, month = match[1] or match[2], 12
    else:
        return None
    year = int(stated) if stated else window.year_of(month, 28)
    return yearless(window) if year is None else vague(end_of(year, month), text)


FORMS: tuple[Callable[[str, Window], Answer | None], ...] = (
    lambda text, window: full_day(text),
    _without_year,
    _month,
    _longer_span,
    _short_year,
    _year_last,
    _english,
)


def one_day(text: str, window: Window) -> Answer | None:
    """Read a text that is one of the forms and nothing else; None when it is none of them."""
    for form in FORMS:
        if (found := form(text, window)) is not None:
            return found
    return None


YEAR_WORDS = {"今年": 0, "本年": 0, "当年": 0, "明年": 1, "次年": 1, "来年": 1, "去年": -1}
MONTH_WORDS = {"本月": 0, "当月": 0, "下月": 1, "下个月": 1, "次月": 1, "上月": -1}
RELATIVE_YEAR = re.compile(rf"({'|'.join(YEAR_WORDS)})度?")
RELATIVE_MONTH = re.compile(rf"({'|'.join(MONTH_WORDS)})份?")
RELATIVE_QUARTER = re.compile(r"(?:本|当)季度?")
PART_OF_MONTH = re.compile(r"月?(底|末|初|中|[上中下]旬)")
DAY_OF_MONTH = re.compile(r"(\d{1,2}[日号])")


def relative_day(text: str, window: Window) -> Answer | None:
    """Read words that count from the ledger's month: 月底, 本月中旬, 25日, 明年3月, 本季度末."""
    dated = _dated(text, window)
    if dated is None:
        return None
    found = one_day(dated, window) if dated else yearless(window)
    if found is None or found.is_unreadable:
        return found
    return vague(found.value, text)


def _dated(text: str, window: Window) -> str | None:
    """Return relative words with year and month put in; '' when the ledger's is not known."""
    if match := RELATIVE_YEAR.match(text):
        year = window.month.year if window.month else window.year
        return f"{year + YEAR_WORDS[match[1]]}年{text[match.end() :]}" if year else ""
    month = window.month
    if match := RELATIVE_MONTH.match(text):
        offset, rest = MONTH_WORDS[match[1]], text[match.end() :]
        return _of_month(month, offset, rest)
    if match := RELATIVE_QUARTER.match(text):
        quarter = (month.month + 2) // 3 if month else 0
        return f"{month.year}年{quarter}季度{text[match.end() :]}" if month else ""
    for pattern in (PART_OF_MONTH, DAY_OF_MONTH):
        if match := pattern.fullmatch(text):
            return _of_month(month, 0, match[1])
    return None


def _of_month(month: date | None, offset: int, rest: str) -> str:
    if month is None:
        return ""
    years, number = divmod(month.month - 1 + offset, 12)
    return f"{month.year + years}年{number + 1}月{rest}"
