"""When a duty is due: its windows, moved past holidays where the pack says so (E1–E13)."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tally import clock
from tally.packs.duties import PROVING, Duty
from tally.packs.model import ExpectedLedger, Pack
from tally.workdays import CalendarUnknown, is_workday, workday_from

MONTHS_OF = {"month": 1, "two_months": 2, "quarter": 3, "half_year": 6, "year": 12}
DAYS_OF = {"day": 1, "week": 7, "fortnight": 14}
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Window:
    """From when to when a duty is to be done; `topic` is what it is about this time.

    `period_start_on` and `period_end_on` bound the week, month … it belongs to. `due_on` is
    the last day in time: the window's end, of a monthly report the day its list is due; None
    where none is set or known. Where the calendar of working days ends, the window is the
    whole period and `note` says how the administrator adds the year.
    """

    start_on: date
    end_on: date
    period_start_on: date
    period_end_on: date
    due_on: date | None = None
    topic: str = ""
    note: str = ""


def windows(pack: Pack, duty: Duty) -> Iterator[Window]:
    """Yield a duty's windows in order, from its clock's first day to its last.

    A window that was over when its clock began, or when the plan was issued, was never due;
    none reaches beyond its clock's last day. A standing clock runs to the end of next year.
    Nothing is said beyond the first window that needs an unknown year of the calendar.
    """
    start_on, end_on = _span(pack, duty)
    earliest = max(start_on, _issued(pack, duty))
    topics = iter(duty.topics)
    for first, last in _periods(duty, start_on, end_on or date(clock.today().year + 1, 12, 31)):
        if duty.months and first.month not in duty.months:
            continue
        try:
            window = _window(duty, first, last)
        except CalendarUnknown as unknown:
            yield Window(first, last, first, last, note=str(unknown))
            return
        if window is None or window.end_on < earliest:
            continue
        if end_on is None or window.start_on <= end_on:
            ended = _ended(duty, window, end_on)
            yield _with_due_day(pack, duty, replace(ended, topic=next(topics, "")))


def due_day(entry: ExpectedLedger, month: date) -> date | None:
    """Return the day on which a month's list is due; None when none is set.

    CalendarUnknown when the working days of that year are not known.
    """
    if not entry.due_day:
        return None
    following = _month_end(month.replace(day=1), 1) + ONE_DAY
    day = min(entry.due_day, calendar.monthrange(following.year, following.month)[1])
    return workday_from(following.replace(day=day))


def _span(pack: Pack, duty: Duty) -> tuple[date, date | None]:
    clocks = {one.name: one for one in pack.clocks}
    runs = clocks[duty.clock] if duty.clock else pack.campaign
    return duty.start_on or runs.start_on, duty.end_on or runs.end_on


def _issued(pack: Pack, duty: Duty) -> date:
    return date.min if duty.clock else pack.campaign.issued_on


def _window(duty: Duty, first: date, last: date) -> Window | None:
    """Return the window inside a period; None for one in which nobody works."""
    start_on, end_on = first, last
    if duty.days:
        start_on, end_on = (_day(first, last, number) for number in duty.days)
    if (duty.every == "day" or duty.skips_holidays) and not _has_workday(start_on, end_on):
        return None
    if duty.is_moved:
        moved = workday_from(start_on)
        end_on += moved - start_on
        start_on = moved
    return Window(start_on, end_on, first, last)


def _has_workday(first: date, last: date) -> bool:
    return any(
        is_workday(first + timedelta(days=shift)) for shift in range((last - first).days + 1)
    )


def _ended(duty: Duty, window: Window, end_on: date | None) -> Window:
    """Return the window cut at the clock's last day; a dated duty is its own clock."""
    if end_on is None or duty.every == "once":
        return window
    return replace(window, end_on=min(window.end_on, end_on))


def _with_due_day(pack: Pack, duty: Duty, window: Window) -> Window:
    """Return the window with its last day in time: that of the month's list, where it is one."""
    kinds = {
        proof.kind if proof.ledger == "submissions" else proof.ledger
        for proof in duty.met_by
        if PROVING[proof.ledger].is_report
    }
    if not kinds:
        return replace(window, due_on=window.end_on)
    collected = [entry for entry in pack.ledgers if entry.kind in kinds]
    try:
        days = [due_day(entry, window.period_end_on) for entry in collected]
    except CalendarUnknown as unknown:
        return replace(window, note=str(unknown))
    return replace(window, due_on=max((day for day in days if day), default=None))


def _day(first: date, last: date, number: int) -> date:
    if number > 0:
        return min(first + timedelta(days=number - 1), last)
    return max(last + timedelta(days=number + 1), first)


def _periods(duty: Duty, start_on: date, end_on: date) -> Iterator[tuple[date, date]]:
    """Yield first and last day of each period that touches the span."""
    if duty.every == "once":
        yield start_on, end_on
    elif duty.every in DAYS_OF:
        step = timedelta(days=DAYS_OF[duty.every])
        # Weeks begin on Mondays.
        first = start_on if duty.every == "day" else start_on - timedelta(days=start_on.weekday())
        while first <= end_on:
            yield first, first + step - ONE_DAY
            first += step
    else:
        length = MONTHS_OF[duty.every]
        first = date(start_on.year, (start_on.month - 1) // length * length + 1, 1)
        while first <= end_on:
            last = _month_end(first, length)
            yield first, last
            first = last + ONE_DAY


def _month_end(first: date, length: int) -> date:
    month = first.month + length - 1
    return date(first.year, month, calendar.monthrange(first.year, month)[1])
