"""Reads a day from a cell, however an office writes it.

A day without a year gets it from the campaign's window or the ledger's month, never
from today. A vague form (`9月底前`) is read as its last day, and that is said.
"""

import re
import unicodedata
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

from tally.intake.cells.answers import BLANK, Answer, faulty, is_missing, shown, unreadable
from tally.intake.cells.dayforms import full_day, one_day, relative_day
from tally.intake.cells.numerals import NUMERAL, arabic
from tally.intake.cells.windows import (
    EXAMPLE,
    FIRST_YEAR,
    LAST_YEAR,
    Window,
    end_of,
    exact,
    month_end,
    real_day,
    vague,
    yearless,
)
from tally.intake.opening.grids import Cell

__all__ = ["EXAMPLE", "Window", "month_end", "normal_text", "read_date", "read_month"]

EPOCH, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
LAST_SERIAL = 100_000
# Longer words say more than a day, and need not be tried.
MAX_DAY_CHARACTERS = 60
CHINA = timezone(timedelta(hours=8))
# What almost every cell of a column of days looks like.
USUAL_DAY = re.compile(
    r"(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?(?: \d{1,2}:\d{2}(?::\d{2})?)?",
    re.ASCII,
)
SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
ZONED = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})")
MONTH_AND_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})")
YEAR_AND_MONTH = re.compile(r"(\d{4})\.(\d{1,2})")
MONTH_ALONE = re.compile(r"0?[1-9]|1[0-2]", re.ASCII)
OPEN_WORDS = (
    "(?:长期|持续|常态化?|立行立改|立即整改|即知即改|边查边改|立查立改)"
    "(?:坚持|推进|整改|实施|开展|落实|执行|进行)?"
)
OPEN_ENDED = re.compile(rf"{OPEN_WORDS}(?:[、,;并且]*{OPEN_WORDS})*[.]?")
WITH_OPEN_WORDS = re.compile(rf"[、,;并且]*{OPEN_WORDS}[、,;:并且]*")
SPACE_BESIDE_WORDS = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")
NOUGHT = re.compile(r"(?<=[〇零○一二三四五六七八九Oo])[Oo0](?=[〇零○一二三四五六七八九Oo0年])")
WEEKDAY = re.compile(r"\(?(?:星期|周|礼拜)[1-6日天]\)?")
DONE = (
    r"(?:(?:全部|全面|基本|初步|如期|按时|要)*"
    r"(?:完成|办结|整改|到位|销号|竣工|完工|落实|见效|解决|建成|投产|开工|启动|上报))*"
)
TAIL = re.compile(rf"(之前|以前|前)?止?{DONE}[.,;]?\Z")
HEAD = re.compile(
    r"(?:力争|争取|确保|计划|预计|原则上|最迟|不晚于|不迟于|截至|截止|暂定|拟)+[于在到至]?:?|[于在到至]"
)
SIDE_REMARK = re.compile(r"\([^()\d]*\)")
SPAN_WITHOUT_END = re.compile(
    r"(?:\d{4}年?)?(?:\d{1,2}月份?|[第前]?[1-4]季度?|[上下]半年)|\d{4}年度?"
)
RANGE_MARK = re.compile(r"\s*(?:至|到|—+|–+|~+|―+|-+)\s*")
RANGE_START = re.compile(r"(?:(\d{4})[-./年])?(?:(\d{1,2})(?=[-./月]))?")
# Why words are no day, and what to write instead; 五一 has become 51 by then.
REASONS = (
    (
        re.compile(r"每(?:[年月季周日天旬半两]|\d)|定期|按[月季年]"),
        "周期不是一个日期",
        "改为本期的日期，或写“长期坚持”",
    ),
    (
        re.compile(
            r"春节|元旦|清明|(?<!\d)(?:51|11)(?:前|节|劳动)|端午|中秋|国庆|元宵|节前|节后|两会|[汛学]期|[寒暑]假"
        ),
        "节日、会期没有写明是哪一天",
        EXAMPLE,
    ),
    (
        re.compile(r"\d+个?(?:工作日|天|日|周|月|年|小时)之?以?内"),
        "天数不是日期",
        "改为到期的日期，如 2022-09-30",
    ),
    (
        re.compile(r"\d{1,2}[-./月]\d{1,2}.*?\D\d{1,2}[-./月]\d{1,2}"),
        "一格里写了两个日期",
        "只留现在的时限；延期写在“延期至”一列",
    ),
)


def normal_text(cell: Cell) -> str:
    """Return a cell's words half-width, with Arabic digits, without blanks beside Chinese."""
    text = unicodedata.normalize("NFKC", shown(cell)).replace("。", ".")
    text = SPACE_BESIDE_WORDS.sub("", " ".join(text.split()))
    return text if text.isascii() else NUMERAL.sub(arabic, NOUGHT.sub("〇", text))


def _serial(number: float, is_1904: bool) -> date | None:
    """Return the day of a spreadsheet's serial number, or None where it is none of our times."""
    if not 0 <= number <= LAST_SERIAL:
        return None
    on = date.fromordinal((EPOCH_1904 if is_1904 else EPOCH).toordinal() + int(number))
    return on if FIRST_YEAR <= on.year <= LAST_YEAR else None


def _number(number: float, window: Window, is_1904: bool) -> Answer:
    """Read a number in a column of days: a serial, 20220930, or 10.24 that lost its form."""
    if (on := _serial(number, is_1904)) is not None:
        return Answer(on)
    text = f"{number:.10g}" if 0 < number < 1e8 else ""
    if (match := MONTH_AND_DAY.fullmatch(text)) or (match := YEAR_AND_MONTH.fullmatch(text)):
        return _decimal(match, window)
    found = one_day(text, window) if len(text) in (6, 8) else None
    return found or unreadable("应为日期", EXAMPLE)


def _decimal(match: re.Match[str], window: Window) -> Answer:
    """Read 10.24 and 2022.12; a nought that a number does not keep can make two of it."""
    text, last = match[0], match[2]
    found = [one_day(reading, window) for reading in dict.fromkeys((text, f"{text}0"))
             if len(last) == 1 or reading == text]  # fmt: skip
    read = [answer for answer in found if answer and not answer.is_unreadable]
    if len(read) == 1 and read[0].value:
        return vague(read[0].value, text)
    if len(read) == 2:
        return unreadable(f"应为日期（{text} 也可能是 {text}0）", EXAMPLE)
    return found[0] or unreadable("应为日期", EXAMPLE)


def _words(text: str, window: Window) -> Answer | None:
    """Read words framed by what does not change the day; None when they are none of the forms."""
    text = WEEKDAY.sub("", text)
    core = TAIL.sub("", text)
    is_before = bool(core != text and text[len(core) :].startswith(("之前", "以前", "前")))
    if is_before and SPAN_WITHOUT_END.fullmatch(core):
        return unreadable("应为日期（“前”分不清是期初还是期末）", EXAMPLE)
    for reader in (one_day, relative_day, _range):
        if (found := reader(core, window)) is not None:
            return found
    for frame in (HEAD, WITH_OPEN_WORDS, SIDE_REMARK):
        inner = frame.sub("", core, count=1).strip("()")
        is_framed = inner and inner != core and (frame is not HEAD or HEAD.match(core))
        if is_framed and (found := _words(inner, window)) is not None:
            return (
                found if found.is_unreadable else vague(found.value, core)._replace(span=found.span)
            )
    return None


def _range(text: str, window: Window) -> Answer | None:
    """Read `2022年7月至9月` as its end, what the end leaves out carried over from the start."""
    for mark in RANGE_MARK.finditer(text):
        start, end = text[: mark.start()], text[mark.end() :]
        if not start or not end:
            continue
        if start.isdigit() and len(start) <= 2 and "月" in end:
            start += "月"
        # Where a span begins matters only as far as it lies before its end.
        days = [
            one_day(part, here) or relative_day(part, here)
            for part, here in (
                (start, replace(window, is_past=True)),
                (_carried(start, end), window),
            )
        ]
        ends = [day.value for day in days if day and day.value]
        if len(ends) == 2 and ends[0] <= ends[1]:
            return vague(ends[1], text)._replace(span=(ends[0], ends[1]))
    return None


def _carried(start: str, end: str) -> str:
    begun = RANGE_START.match(start)
    year, month = begun.groups() if begun else (None, None)
    if re.fullmatch(r"\d{1,2}[日号]?", end):
        end = f"{month}月{end}" if month else end
    return f"{year}年{end}" if year and not re.match(r"\d{4}", end) else end


def _refusal(text: str) -> Answer:
    for pattern, expected, remedy in REASONS:
        if pattern.search(text):
            return unreadable(f"应为日期（{expected}）", remedy)
    return unreadable("应为日期", EXAMPLE)


def _text(cell: str, window: Window, is_1904: bool) -> Answer:
    if is_missing(cell):
        return BLANK
    if (fault := faulty(cell)) is not None:
        return fault
    text = normal_text(cell[: 2 * MAX_DAY_CHARACTERS])
    if len(text) > MAX_DAY_CHARACTERS:
        return unreadable("应为日期", EXAMPLE)
    if SERIAL.fullmatch(text):
        return exact(_serial(float(text), is_1904))
    if ZONED.fullmatch(text):
        return _zoned(text)
    if OPEN_ENDED.fullmatch(text):
        return Answer(
            None, "读作没有期限", "如有期限，请写明日期，如 2022-09-30", False, shown(cell)
        )
    answer = full_day(text) or _words(text, window)
    if answer is None:
        return _refusal(text)
    return answer if answer.wording is None else answer._replace(wording=shown(cell))


def _zoned(text: str) -> Answer:
    """Read a moment that names its zone as the day it was in China."""
    try:
        return exact(datetime.fromisoformat(text).astimezone(CHINA).date())
    except (ValueError, OverflowError):
        return exact(None)


def read_date(cell: Cell, window: Window, is_1904: bool = False) -> Answer:
    """Read a day; the answer's value is a date or None.

    Open-ended words (长期坚持) are no day and no fault: value None, with a remark.
    """
    if isinstance(cell, str):
        if match := USUAL_DAY.fullmatch(cell):
            return exact(real_day(int(match[1]), int(match[2]), int(match[3])))
        return _text(cell, window, is_1904)
    if isinstance(cell, datetime):
        return exact(cell.date())
    if isinstance(cell, date):
        return exact(cell)
    if cell is None:
        return BLANK
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _number(cell, window, is_1904)
    return faulty(cell) or unreadable("应为日期", EXAMPLE)


def read_month(cell: Cell, window: Window, is_1904: bool = False) -> Answer:
    """Read a month as its first day, from a month or from any day in it."""
    if MONTH_ALONE.fullmatch(number := shown(cell)):
        year = window.year_of(int(number), 28)
        answer = vague(end_of(year, int(number)), number) if year else yearless(window)
    else:
        answer = read_date(cell, window, is_1904)
    return answer if answer.value is None else Answer(answer.value.replace(day=1))
