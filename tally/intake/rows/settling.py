"""Settles what one cell of a row says about another: states and days, deadlines, closings."""

from collections.abc import Callable, Container, Iterator, Mapping
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tally.contracts import Contract
from tally.intake.cells.answers import shown
from tally.intake.cells.readers import state_share
from tally.intake.cells.windows import month_end
from tally.intake.rows.values import Values
from tally.intake.tables.table import Mask
from tally.workdays import CalendarUnknown, add_workdays

# What is over on them: an item, a matter and its people, a decision, a milestone, a document, a
# report, each step of an instruction, a commitment.
ENDING_DAYS = (
    *("closed_on", "decided_on", "matter_settled_on", "people_settled_on"),
    *("done_on", "issued_on", "ended_on", "handed_in_on", "tracked_on", "inspected_on"),
    *("effective_on", "fulfilled_on"),
)
# Which rows, of which column, what is expected there, and what to do.
Told = tuple[Mask, str, Callable[[int], str], str]


def as_dates(days: pa.Array) -> pa.Array:
    """Return moments or days as days."""
    return days.cast(pa.date32())


def _mask(truths: pa.Array) -> Mask:
    return np.asarray(pc.fill_null(truths, False))


def settled_states(columns: dict[str, pa.Array], read: Mapping[str, Values]) -> list[Told]:
    """Fill the states of rows without a state word; return where words and days disagree.

    A row that gives no word is open, or closed when it gives a closing day and the ledger
    has no column of states.
    """
    closed_on = columns.get("closed_on")
    states = read.get("state")
    count = len(columns["state"])
    has_day = _mask(closed_on.is_valid()) if closed_on is not None else np.zeros(count, bool)
    if states is None:
        columns["state"] = pc.if_else(pa.array(has_day), "closed", "open")
        return []
    _progress_of_words(columns, states)
    is_silent = states.is_missing & _mask(columns["state"].is_null())
    columns["state"] = pc.if_else(pa.array(is_silent), "open", columns["state"])
    is_closed = _mask(pc.equal(columns["state"], "closed"))
    is_open = _mask(pc.equal(columns["state"], "open"))
    days = read.get("closed_on")
    is_day_blank = days.is_missing if days else np.ones(count, bool)

    def silent(row: int) -> str:
        return f"状态为空，读作未销号{'，但已填销号日期' if has_day[row] else ''}"

    def dayless(row: int) -> str:
        return f"状态为“{shown(states.cells.distinct[states.codes[row]])}”但无日期"

    return [
        (is_silent, "state", silent, "请填写状态"),
        (is_closed & ~has_day & is_day_blank, "state", dayless, "请补填销号日期"),
        (
            is_open & has_day & ~is_silent,
            "state",
            lambda row: "状态未销号，但已填销号日期",
            "请核对状态或日期",
        ),
    ]


def _progress_of_words(columns: dict[str, pa.Array], states: Values) -> None:
    """Take the progress from the state's words (`完成80%`) where its own column is silent."""
    if "progress_share" in columns:
        shares = [state_share(cell) for cell in states.cells.distinct]
        columns["progress_share"] = pc.coalesce(
            columns["progress_share"], states.array(pa.float64(), shares)
        )


def derived_deadlines(
    due: pa.Array, due_text: pa.Array, came: pa.Array | None, working_days: int | None
) -> tuple[pa.Array, list[str]]:
    """Return deadlines for the rows that give none, and which calendar years are not known.

    A deadline lies `working_days` after the day the row came in; null where none is derived.
    """
    if came is None or not working_days:
        return pa.nulls(len(due), pa.date32()), []
    is_wanted = pc.and_(pc.and_(due.is_null(), due_text.is_null()), came.is_valid())
    starts = pc.if_else(is_wanted, came, None).dictionary_encode()
    deadlines: list[date | None] = []
    unknown: dict[str, None] = {}
    for start in starts.dictionary.to_pylist():
        try:
            deadlines.append(add_workdays(start, working_days))
        except CalendarUnknown as year:
            deadlines.append(None)
            unknown[str(year)] = None
    return pa.array(deadlines, pa.date32()).take(starts.indices), list(unknown)


def came_in(contract: Contract) -> str:
    """Return the column that says on which day a row's matter came in or happened; '' for none."""
    days = (contract.happened, "found_on", "received_on", "given_on", "published_on")
    return next((name for name in days if name in contract.columns_by_name), "")


def doubtful_days(
    contract: Contract,
    columns: Mapping[str, pa.Array],
    found: Container[str],
    month: date | None,
) -> Iterator[Told]:
    """Yield the rows whose days cannot be right beside the others, by each column `found`."""
    for name in ENDING_DAYS:
        if name in found:
            yield from _doubtful_ends(contract, columns, name, month)
    for column in contract.columns:
        if column.not_after and column.name in found:
            later, title = columns[column.not_after], contract.column(column.not_after).title
            yield (
                _mask(pc.greater(columns[column.name], later)),
                column.name,
                _beside("晚于", title, later),
                "请核对两个日期",
            )


def _beside(how: str, title: str, days: pa.Array) -> Callable[[int], str]:
    """Return what is said of a row: before or after which day of another column it lies."""
    return lambda row: f"{how}{title} {days[row].as_py().isoformat()}"


def _doubtful_ends(
    contract: Contract, columns: Mapping[str, pa.Array], name: str, month: date | None
) -> Iterator[Told]:
    """Yield the rows that ended before they came in, and those that did after their list's month.

    `name` is the column of the days on which they ended.
    """
    ended, came = columns[name], columns.get(came_in(contract))
    if came is not None:
        title = contract.column(came_in(contract)).title
        yield (
            _mask(pc.less(ended, came)),
            name,
            _beside("早于", title, came),
            "请核对两个日期",
        )
    if month:
        last = month_end(month.year, month.month)
        yield (
            _mask(pc.greater(ended, pa.scalar(last, pa.date32()))),
            name,
            lambda row: f"晚于本期月末 {last.isoformat()}",
            "请核对日期或所属月份",
        )
