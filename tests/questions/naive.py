"""The definitions a second time, in plain Python over lists of reports: slow and obvious."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction


@dataclass(frozen=True)
class Report:
    """What one month's list says of one item."""

    month: date
    item_key: str
    unit: str
    due_on: date | None
    state: str
    closed_on: date | None = None
    extended_on: date | None = None
    extended_to: date | None = None


@dataclass(frozen=True)
class Check:
    """A check on the spot; of two on one day the one written last holds."""

    item_key: str
    checked_on: date
    is_verified: bool


@dataclass(frozen=True)
class Grant:
    """A step of 延期: a later deadline, granted on a day."""

    item_key: str
    step_on: date
    new_value: str


@dataclass(frozen=True)
class Standing:
    """One item on one day."""

    item_key: str
    unit: str
    due_on: date | None
    is_due: bool
    is_reported_closed: bool
    is_reopened: bool
    is_verified: bool
    is_overdue: bool

    @property
    def is_closed(self) -> bool:
        """Reported closed, and not found false since."""
        return self.is_reported_closed and not self.is_reopened


def deadline_in_force(reports: Sequence[Report], grants: Iterable[Grant], day: date) -> date | None:
    """Return the first deadline given, moved by each extension approved in time by the day."""
    given = [report.due_on for report in reports if report.due_on]
    if not given:
        return None
    deadline = given[0]
    approved = {
        (report.extended_on, report.extended_to)
        for report in reports
        if report.extended_on and report.extended_to and report.extended_on <= day
    }
    approved |= {
        (grant.step_on, date.fromisoformat(grant.new_value))
        for grant in grants
        if grant.step_on <= day
    }
    for approved_on, moved_to in sorted(approved):
        if approved_on <= deadline and moved_to > deadline:
            deadline = moved_to
    return deadline


def closing_day(reports: Sequence[Report]) -> date | None:
    """Return the closing day; without one, the month since which every list says closed."""
    if reports[-1].state != "closed":
        return None
    if reports[-1].closed_on:
        return reports[-1].closed_on
    first = reports[-1].month
    for report in reversed(reports):
        if report.state != "closed":
            break
        first = report.month
    return first


def is_claimed(reports: Sequence[Report], check: Check) -> bool:
    """Whether the last list that could have called the item closed by the check did so."""
    first_of_month = check.checked_on.replace(day=1)
    told = [
        report.state == "closed"
        for report in reports
        if (
            max(report.month, report.closed_on or report.month) <= check.checked_on
            if report.state == "closed"
            else report.month < first_of_month
        )
    ]
    return bool(told) and told[-1]


def is_closed_anew(reports: Sequence[Report], check: Check) -> bool:
    """Whether a list reports a closing later than the check."""
    has_been_open = False
    for report in reports:
        if report.state != "closed":
            has_been_open |= report.month >= check.checked_on.replace(day=1)
        elif report.closed_on > check.checked_on if report.closed_on else has_been_open:
            return True
    return False


def standings(
    reports: Iterable[Report], day: date, checks: Sequence[Check] = (), grants: Sequence[Grant] = ()
) -> list[Standing]:
    """Return every item that counts on the day."""
    by_item: dict[str, list[Report]] = {}
    for report in sorted(reports, key=lambda entry: entry.month):
        if report.month <= day:
            by_item.setdefault(report.item_key, []).append(report)
    items = []
    for said in by_item.values():
        if said[-1].state == "withdrawn":
            continue
        own_grants = [grant for grant in grants if grant.item_key == said[0].item_key]
        own_checks = [
            check
            for check in sorted(checks, key=lambda entry: entry.checked_on)
            if check.item_key == said[0].item_key and check.checked_on <= day
        ]
        due_on = deadline_in_force(said, own_grants, day)
        items.append(standing(said, due_on, own_checks, day))
    return items


def standing(
    said: Sequence[Report], due_on: date | None, checks: Sequence[Check], day: date
) -> Standing:
    """Return one item as its lists up to the day and its checks leave it."""
    closed_on = closing_day(said)
    is_reported_closed = closed_on is not None and closed_on <= day
    last = checks[-1] if checks else None
    if is_reported_closed and last and closed_on and last.checked_on < closed_on:
        last = None
    is_failed = last is not None and not last.is_verified
    is_reopened = (
        is_failed
        and last is not None
        and (is_reported_closed or (is_claimed(said, last) and not is_closed_anew(said, last)))
    )
    is_closed = is_reported_closed and not is_reopened
    return Standing(
        item_key=said[-1].item_key,
        unit=said[-1].unit,
        due_on=due_on,
        is_due=due_on is not None and due_on <= day,
        is_reported_closed=is_reported_closed,
        is_reopened=is_reopened,
        is_verified=is_reported_closed and last is not None and last.is_verified,
        is_overdue=due_on is not None and due_on < day and not is_closed,
    )


def share(part: int, whole: int) -> float | None:
    """Return part / whole, or None of nothing."""
    return part / whole if whole else None


def closed_share(items: Iterable[Standing]) -> float | None:
    """Return closed / due over the due."""
    due = [item for item in items if item.is_due]
    return share(sum(item.is_closed for item in due), len(due))


def ranks(items: Sequence[Standing], units: Sequence[str], minimum: int) -> dict[str, int | None]:
    """Return each unit's rank among these units: 1 and as many as are better; None below the minimum."""
    due_counts = {unit: sum(i.is_due for i in items if i.unit == unit) for unit in units}
    shares = {
        unit: closed_share(item for item in items if item.unit == unit)
        for unit in units
        if due_counts[unit] >= max(minimum, 1)
    }
    return {
        unit: 1 + sum(other > shares[unit] for other in shares.values()) if unit in shares else None
        for unit in units
    }


def drawn_of(stock: dict[str, int], size: int) -> dict[str, int]:
    """Return how many items each unit gives: one, and of the rest its part by largest remainder.

    Ties of remainder and stock, which a hash settles, do not occur in the stocks of the tests.
    """
    size = min(max(size, len(stock)), sum(stock.values()))
    left = {unit: count - 1 for unit, count in stock.items()}
    rest, whole = size - len(stock), sum(left.values())
    exact = {unit: Fraction(rest * count, whole or 1) for unit, count in left.items()}
    drawn = {unit: 1 + int(part) for unit, part in exact.items()}
    largest = sorted(exact, key=lambda unit: (exact[unit] - int(exact[unit]), stock[unit]))
    while sum(drawn.values()) < size:
        drawn[largest.pop()] += 1
    return drawn
