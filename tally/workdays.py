"""The official calendar with its adjusted working days.

`chinesecalendar` knows the years 2004 to 2026. A later year is a file
`data/workdays/<year>.csv` with the columns `day` (2027-01-01) and `is_workday` (1 or 0);
it names the days that differ from Monday to Friday, or every day. Such a file takes
precedence over the library.
"""

import csv
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path

WORKDAYS_FOLDER = Path(__file__).resolve().parent.parent / "data" / "workdays"
FIRST_KNOWN_YEAR, LAST_KNOWN_YEAR = 2004, 2026
WORDS = {"1": True, "0": False, "true": True, "false": False, "是": True, "否": False}


class CalendarUnknown(LookupError):
    """A year whose public holidays are not known: names the year and the file that adds it."""


@cache
def _added_year(folder: Path, year: int) -> Mapping[date, bool] | None:
    """Return the days that a year's file names, or None without one."""
    path = folder / f"{year}.csv"
    if not path.exists():
        return None
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    try:
        return {date.fromisoformat(row["day"]): WORDS[row["is_workday"].lower()] for row in rows}
    except (KeyError, ValueError, AttributeError) as error:
        raise CalendarUnknown(
            f"{path.name} 读不懂：应有 day 和 is_workday 两列，如 {year}-01-01,0；请管理员更正"
        ) from error


def is_workday(day: date) -> bool:
    """Tell whether offices work on a day; CalendarUnknown for a year nobody has published."""
    added = _added_year(WORKDAYS_FOLDER, day.year)
    if added is not None:
        return added.get(day, day.weekday() < 5)
    if not FIRST_KNOWN_YEAR <= day.year <= LAST_KNOWN_YEAR:
        raise CalendarUnknown(
            f"没有 {day.year} 年的工作日安排；管理员可加入文件 data/workdays/{day.year}.csv"
            "（两列：day, is_workday）"
        )
    return _is_published_workday(day)


@lru_cache(maxsize=10_000)
def _is_published_workday(day: date) -> bool:
    # Imported on first use: it takes longer to load than a small file to read.
    import chinese_calendar

    return chinese_calendar.is_workday(day)


def workday_from(day: date) -> date:
    """Return the day itself, or the next working day after it; CalendarUnknown as `is_workday`."""
    while not is_workday(day):
        day += timedelta(days=1)
    return day


def add_workdays(start: date, n: int) -> date:
    """Return the n-th working day after `start`, `start` itself never counted; n >= 0."""
    day = start
    while n > 0:
        day += timedelta(days=1)
        n -= is_workday(day)
    return day


def workdays_between(a: date, b: date) -> int:
    """Count the working days after `a` up to and including `b`; negative when b is before a."""
    if b < a:
        return -workdays_between(b, a)
    return sum(is_workday(a + timedelta(days=shift)) for shift in range(1, (b - a).days + 1))


def last_known_year() -> int:
    """Return the last year whose working days are known, from the library or an added file."""
    year = LAST_KNOWN_YEAR
    while (WORKDAYS_FOLDER / f"{year + 1}.csv").exists():
        year += 1
    return year
