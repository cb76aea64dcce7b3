"""A slow and obvious judge of duties that are met by activities."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tally.packs import Duty, Pack, Window, windows


@dataclass(frozen=True)
class Happening:
    """What was held by whom: from when to when, and for which month where it says so."""

    kinds: tuple[str, ...]
    names: tuple[str, ...]
    first_on: date
    last_on: date
    covers: date | None = None


def _is_for(happening: Happening, window: Window, every: str) -> bool | None:
    """Tell whether a happening is for a window by its month; None where it names none."""
    if happening.covers is None or every in ("day", "week", "fortnight"):
        return None
    return window.period_start_on <= happening.covers <= window.period_end_on


def judged(
    pack: Pack, duty: Duty, subject: str, happened: Iterable[Happening], as_of: date
) -> list[str]:
    """Return the status of each window of an activity duty that has begun by the end of the year."""
    kinds = {proof.kind for proof in duty.met_by}
    own = [
        one
        for one in happened
        if kinds & set(one.kinds) and subject in one.names and one.first_on <= as_of
    ]
    due = list(windows(pack, duty))
    statuses = []
    for window, following in zip(due, [*due[1:], None], strict=True):
        if window.start_on <= date(as_of.year, 12, 31):
            next_on = following.start_on if following else date.max
            statuses.append(_status(duty, own, window, next_on, as_of))
    return statuses


def _status(
    duty: Duty, own: Sequence[Happening], window: Window, next_on: date, as_of: date
) -> str:
    in_time, late = set(), set()
    for number, one in enumerate(own):
        for on in _days(one, as_of) if duty.at_least_days else [one.first_on]:
            is_for = _is_for(one, window, duty.every)
            if is_for is False or (is_for is None and not window.start_on <= on < next_on):
                continue
            counted = on if duty.at_least_days else number
            (in_time if on <= window.end_on else late).add(counted)
    needed = max(duty.times, duty.at_least_days)
    if len(in_time) >= needed:
        return "done"
    if as_of <= window.end_on:
        return "not yet due"
    return "late" if len(in_time | late) >= needed else "missing"


def _days(one: Happening, as_of: date) -> list[date]:
    days = [one.first_on + timedelta(days=n) for n in range((one.last_on - one.first_on).days + 1)]
    return [on for on in days if on <= as_of]
