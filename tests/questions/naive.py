"""The definitions a second time, in plain Python over lists of reports: slow and obvious."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

OUTSIDE = "市直部门"


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
class Step:
    """A step on an item's way; 延期 names a day, 移交 a unit, 合并 another item, 抽查 a result."""

    item_key: str
    step: str
    step_on: date
    new_value: str | None = None
    old_value: str | None = None


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


def deadline_in_force(reports: Sequence[Report], steps: Iterable[Step], day: date) -> date | None:
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
        (step.step_on, date.fromisoformat(step.new_value))
        for step in steps
        if step.step == "延期" and step.new_value and step.step_on <= day
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


def is_claimed(reports: Sequence[Report], said_on: date) -> bool:
    """Whether the last list that could have called the item closed by the day did so."""
    first_of_month = said_on.replace(day=1)
    told = [
        report.state == "closed"
        for report in reports
        if (
            max(report.month, report.closed_on or report.month) <= said_on
            if report.state == "closed"
            else report.month < first_of_month
        )
    ]
    return bool(told) and told[-1]


def is_closed_anew(reports: Sequence[Report], said_on: date) -> bool:
    """Whether a list reports a closing later than the day."""
    has_been_open = False
    for report in reports:
        if report.state != "closed":
            has_been_open |= report.month >= said_on.replace(day=1)
        elif report.closed_on > said_on if report.closed_on else has_been_open:
            return True
    return False


def words_on_closing(
    checks: Iterable[Check], steps: Sequence[Step], key: str, day: date
) -> list[tuple[date, int, bool]]:
    """Return day, kind (0 确认, 1 a check, 2 退回) and whether it confirms, the last word last."""
    by_day = {
        step.step_on: step.new_value == "属实"
        for step in steps
        if (step.item_key, step.step) == (key, "抽查") and step.new_value in ("属实", "不属实")
    }
    by_day |= {check.checked_on: check.is_verified for check in checks if check.item_key == key}
    words = {(checked_on, 1, is_true) for checked_on, is_true in by_day.items()}
    for step in steps:
        if step.item_key == key and step.step in ("确认", "退回"):
            is_sent_back = step.step == "退回"
            words.add((step.step_on, 2 if is_sent_back else 0, not is_sent_back))
    return sorted(word for word in words if word[0] <= day)


def unit_in_charge(reports: Sequence[Report], steps: Iterable[Step], day: date) -> str | None:
    """Return the unit in charge on the day; None of what was handed out of the campaign."""
    listed = reports[-1].unit
    handed = [step for step in steps if step.step == "移交" and step.step_on <= day]
    if not handed:
        return listed
    handed.sort(key=lambda step: step.step_on)
    to_unit, month = handed[-1].new_value, handed[-1].step_on.replace(day=1)
    if to_unit == OUTSIDE:
        return None if reports[-1].month <= month else listed
    left = {step.new_value for step in handed if step.new_value not in (to_unit, OUTSIDE)}
    left |= {step.old_value for step in handed}
    left |= {report.unit for report in reports if report.month < month}
    if reports[0].month == month:
        left.add(reports[0].unit)
    knows = any(report.unit not in left for report in reports if report.month >= month)
    return listed if knows else to_unit


def merged_away(
    by_item: Mapping[str, Sequence[Report]], steps: Sequence[Step], day: date
) -> set[str]:
    """Return the items that went into another listed one that had not gone before."""
    merges = [
        (step.step_on, place, step)
        for place, step in enumerate(steps)
        if step.step == "合并" and step.step_on <= day
    ]
    gone = set()
    for step_on, place, step in merges:
        earlier = any(
            other.item_key == step.new_value and (on, at) < (step_on, place)
            for on, at, other in merges
        )
        is_listed = step.new_value in by_item and step.new_value != step.item_key
        said = by_item.get(step.item_key, ())
        if is_listed and not earlier and said and said[-1].month <= step_on.replace(day=1):
            gone.add(step.item_key)
    return gone


def standings(
    reports: Iterable[Report], day: date, checks: Sequence[Check] = (), steps: Sequence[Step] = ()
) -> list[Standing]:
    """Return every item that counts on the day."""
    by_item: dict[str, list[Report]] = {}
    for report in sorted(reports, key=lambda entry: entry.month):
        if report.month <= day:
            by_item.setdefault(report.item_key, []).append(report)
    merged = merged_away(by_item, steps, day)
    items = []
    for key, said in by_item.items():
        own_steps = [step for step in steps if step.item_key == key]
        unit = unit_in_charge(said, own_steps, day)
        if said[-1].state == "withdrawn" or key in merged or unit is None:
            continue
        due_on = deadline_in_force(said, own_steps, day)
        words = words_on_closing(checks, steps, key, day)
        items.append(standing(said, unit, due_on, words, day))
    return items


def standing(
    said: Sequence[Report],
    unit: str,
    due_on: date | None,
    words: Sequence[tuple[date, int, bool]],
    day: date,
) -> Standing:
    """Return one item as its lists up to the day, its checks and steps leave it."""
    closed_on = closing_day(said)
    sent_back = [word for word in words if not word[2]]
    confirmed = [word for word in words if word[1] == 0]
    if closed_on and sent_back and confirmed and sent_back[-1][0] >= closed_on:
        closed_on = confirmed[-1][0] if confirmed[-1] > sent_back[-1] else closed_on
    is_reported_closed = closed_on is not None and closed_on <= day
    checked = [word for word in words if word[1] == 1]
    is_reopened = False
    if words and not words[-1][2]:
        on = words[-1][0]
        is_reopened = (
            on >= closed_on
            if is_reported_closed and closed_on
            else is_claimed(said, on) and not is_closed_anew(said, on)
        )
    is_found_true = bool(checked and checked[-1][2] and closed_on and checked[-1][0] >= closed_on)
    is_closed = is_reported_closed and not is_reopened
    return Standing(
        item_key=said[-1].item_key,
        unit=unit,
        due_on=due_on,
        is_due=due_on is not None and due_on <= day,
        is_reported_closed=is_reported_closed,
        is_reopened=is_reopened,
        is_verified=is_closed and is_found_true,
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
