"""Says of which period and month each row of a ledger is, and in which column its value stands."""

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from tally.contracts import Contract
from tally.intake.cells.answers import Answer
from tally.intake.cells.windows import Window, month_end
from tally.intake.opening.grids import column_letters
from tally.intake.rows.settling import as_dates
from tally.intake.rows.values import Values
from tally.intake.tables.table import Table

VALUE, SPANS = "value", ("月", "季", "年")


def happened_days(contract: Contract, days: pa.Array, window: Window) -> pa.Array:
    """Return the days on which rows happened; one without any is of its file's month.

    Only where the contract says so, and on the month's last day; null while that is not known.
    """
    if not contract.dated_by_month or window.month is None:
        return days
    last = month_end(window.month.year, window.month.month)
    return pc.coalesce(days, pa.scalar(last, pa.date32()))


def begun(answer: Answer) -> Answer:
    """Return the answer of a day on which something happened: the first of those it went on."""
    if answer.span is None:
        return answer
    first = answer.span[0]
    return answer._replace(value=first, expected=f"读作 {first.isoformat()} 起")


def ended_days(
    contract: Contract, columns: dict[str, pa.Array], read: Mapping[str, Values]
) -> None:
    """Fill the last days of what went on for several days and names no last day of its own."""
    if "ended_on" in columns and (days := read.get(contract.happened)) is not None:
        ends = [answer.span[1] if answer.span else None for answer in days.answers]
        columns["ended_on"] = pc.coalesce(columns["ended_on"], days.array(pa.date32(), ends))


def frequencies(
    contract: Contract, columns: dict[str, pa.Array], read: Mapping[str, Values]
) -> None:
    """Fill the frequencies that no cell states from the periods' own words: 2023Q1 is a 季."""
    if "frequency" in columns and (days := read.get(contract.happened)) is not None:
        words = (answer.wording for answer in days.answers)
        spans = days.array(pa.string(), [word if word in SPANS else None for word in words])
        columns["frequency"] = pc.coalesce(columns["frequency"], spans)


def periods(
    contract: Contract, happened: pa.Array | None, window: Window, row_count: int
) -> pa.Array:
    """Return the first day of the month that each row belongs to; null in a reference ledger."""
    if contract.nature == "reference":
        return pa.nulls(row_count, pa.date32())
    if contract.nature == "event":
        return as_dates(pc.floor_temporal(happened, unit="month"))
    return pa.repeat(pa.scalar(window.month, pa.date32()), row_count)


def value_columns(table: Table) -> pa.Array:
    """Return the letters of the column each row's value was read from; null without one."""
    at = table.header.assignment.position(VALUE)
    letters = None if at is None else column_letters(at)
    return pa.array([letters] * table.row_count, pa.string())


def is_month_needed(table: Table) -> bool:
    """Tell whether rows of a table can only be placed by the month of their file."""
    contract = table.header.contract
    if contract.nature == "state":
        return True
    return contract.dated_by_month and table.undated_count > 0
