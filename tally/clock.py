"""The one door of the clock: days are Asia/Shanghai, stored times are UTC."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def today() -> date:
    """Return the calendar day in Shanghai."""
    return datetime.now(SHANGHAI).date()


def now() -> datetime:
    """Return the present moment in UTC without a zone, as the store keeps it."""
    return datetime.now(UTC).replace(tzinfo=None)


def as_stored(moment: datetime) -> datetime:
    """Return a moment as the store keeps it; one without a zone is UTC already."""
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def in_shanghai(moment: datetime) -> datetime:
    """Return a stored moment (UTC without a zone) as the clock in Shanghai shows it."""
    return moment.replace(tzinfo=UTC).astimezone(SHANGHAI)
