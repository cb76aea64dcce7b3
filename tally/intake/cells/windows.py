"""The days a ledger is about, and how a day that was read is answered."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from tally.intake.cells.answers import Answer, unreadable

FIRST_YEAR, LAST_YEAR = 1990, 2100
# Has every day that a calendar can have.
LEAP_YEAR = 2020
# How far from the campaign a year of two digits may lie and still be believed.
NEAR_YEARS = 5
EXAMPLE = "改为真实日期，如 2022-09-30"


@dataclass(frozen=True)
class Window:
    """The days a ledger is about: the campaign's first and last, and the ledger's month.

    `is_past` says that its days lie behind: what came in or was closed, no deadline.
    """

    start_on: date | None = None
    end_on: date | None = None
    month: date | None = None
    is_past: bool = False

    def years_of(self, month: int, day: int) -> list[int]:
        """Return the years in which month and day fall into the campaign."""
        if not (self.start_on and self.end_on):
            return []
        days = (real_day(year, month, day) for year in self._years)
        return [on.year for on in days if on and self.start_on <= on <= self.end_on]

    def _years_of_month(self, month: int) -> list[int]:
        if not (self.start_on and self.end_on):
            return []
        first, last = self.start_on.replace(day=1), self.end_on
        days = (real_day(year, month, 1) for year in self._years)
        return [on.year for on in days if on and first <= on <= last]

    @property
    def _years(self) -> range:
        known = (self.start_on, self.end_on) if self.start_on and self.end_on else (self.month,) * 2
        return range(known[0].year, known[1].year + 1) if known[0] and known[1] else range(0)

    def year_of(self, month: int, day: int) -> int | None:
        """Return the year that month and day are of when nothing else says it, or None.

        It is the year in which they fall into the campaign, or into its first or last month.
        Outside a past day is the last such day before the ledger's month ends; another could
        be of the year before or after.
        """
        inside = self.years_of(month, day) or self._years_of_month(month)
        if len(inside) == 1:
            return inside[0]
        is_real = real_day(LEAP_YEAR, month, day) is not None
        if inside or not is_real or not (self.start_on and self.end_on):
            return self.year
        if not self.is_past:
            return None
        last = month_end(self.month.year, self.month.month) if self.month else self.end_on
        return last.year - ((month, day) > (last.month, last.day))

    @property
    def year(self) -> int | None:
        """The one year of the campaign, else of the ledger's month; None when neither is known."""
        if self.start_on and self.end_on and self.start_on.year == self.end_on.year:
            return self.start_on.year
        return self.month.year if self.month else None

    def is_near(self, year: int) -> bool:
        """Tell whether a year lies within a few years of the campaign or the ledger's month."""
        years = self._years
        return bool(years) and years[0] - NEAR_YEARS <= year <= years[-1] + NEAR_YEARS


def real_day(year: int, month: int, day: int) -> date | None:
    """Return the day, or None when the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_end(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def end_of(year: int | None, month: int) -> date | None:
    """Return the last day of a month that may not exist, or None."""
    is_real = year is not None and real_day(year, month, 1) is not None
    return month_end(year, month) if is_real and year else None


def exact(on: date | None) -> Answer:
    """Return the answer of a day that was written in full."""
    return Answer(on) if on and FIRST_YEAR <= on.year <= LAST_YEAR else _no_day(on)


def _no_day(on: date | None) -> Answer:
    reason = f"年份不在 {FIRST_YEAR} 至 {LAST_YEAR} 之间" if on else "日历上没有这一天"
    return unreadable(f"应为日期（{reason}）", EXAMPLE)


def vague(on: date | None, wording: str) -> Answer:
    """Return the answer of words that a day was taken from, and say which."""
    if on is None or not FIRST_YEAR <= on.year <= LAST_YEAR:
        return _no_day(on)
    day = on.isoformat()
    return Answer(on, f"读作 {day}", f"如不对，请写明日期，如 {day}", False, wording)


def yearless(window: Window) -> Answer:
    """Return the answer of words whose year or month neither file nor campaign says."""
    why = "（不在专项行动期间，分不清是哪一年）" if window.start_on else ""
    return unreadable(f"应为带年份的日期{why}", EXAMPLE)
