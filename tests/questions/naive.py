"""The definitions a second time, in plain Python over lists of reports: slow and obvious."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date


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
class Standing:
    """One item on one day."""

    unit: str
    due_on: date | None
    is_due: bool
    is_closed: bool
    is_overdue: bool


def deadline_in_force(reports: Sequence[Report], day: date) -> date | None:
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


def standings(reports: Iterable[Report], day: date) -> list[Standing]:
    """Return every item that counts on the day."""
    by_item: dict[str, list[Report]] = {}
    for report in sorted(reports, key=lambda entry: entry.month):
        if report.month <= day:
            by_item.setdefault(report.item_key, []).append(report)
    items = []
    for said in by_item.values():
        if said[-1].state == "withdrawn":
            continue
        due_on, closed_on = deadline_in_force(said, day), closing_day(said)
        is_closed = closed_on is not None and closed_on <= day
        items.append(
            Standing(
                unit=said[-1].unit,
                due_on=due_on,
                is_due=due_on is not None and due_on <= day,
                is_closed=is_closed,
                is_overdue=due_on is not None and due_on < day and not is_closed,
            )
        )
    return items


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
