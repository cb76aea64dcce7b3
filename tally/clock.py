"""The one door of the clock: days are Asia/Shanghai, stored times are UTC."""

import threading
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
_ORDER = threading.Lock()
_latest = [datetime(2000, 1, 1)]


def today() -> date:
    """Return the calendar day in Shanghai."""
    return datetime.now(SHANGHAI).date()


def now() -> datetime:
    """Return the present moment in UTC without a zone, as the store keeps it."""
    return datetime.now(UTC).replace(tzinfo=None)


def moment() -> datetime:
    """Return the moment of something that is put in force: later than every one before it.

    A clock that was set back would else bring a list in before the one that it replaces.
    """
    with _ORDER:
        _latest[0] = max(now(), _latest[0] + timedelta(microseconds=1))
        return _latest[0]


def not_before(known: datetime) -> None:
    """Let every further moment be later than one that is known."""
    with _ORDER:
        _latest[0] = max(_latest[0], known)


def as_stored(moment: datetime) -> datetime:
    """Return a moment as the store keeps it; one without a zone is UTC already."""
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def in_shanghai(moment: datetime) -> datetime:
    """Return a stored moment (UTC without a zone) as the clock in Shanghai shows it."""
    return moment.replace(tzinfo=UTC).astimezone(SHANGHAI)
