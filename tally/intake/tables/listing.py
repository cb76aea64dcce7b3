"""Which months a list of happenings is the whole list of, and which it only carries rows of."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

import pyarrow as pa

from tally.contracts import Contract
from tally.intake.cells.windows import Window
from tally.intake.tables.context import Words, stated_months

# Words of a list that runs over several months, whatever one month it names beside.
RUNNING = re.compile(r"截至|截止|累计|以来|(?<!\d)\d{1,2}月?[-—~至到](?:20\d{2}年)?\d{1,2}月")
# Words of a longer time; beside a month they say of which year or quarter it is.
LONGER = re.compile(r"季度|半年|全年|年度")


def listed_months(
    contract: Contract, rows: pa.Table, given: date | None, words: Words, window: Window
) -> tuple[date, ...]:
    """Return the months that a list of happenings is the whole list of; () for all of its rows'.

    The month that a person gave, if it has rows; else those that titles, sheets or the file's
    name state, if more than a third of the rows are theirs (a running total repeats all months);
    else the month of more than half of the rows. A list that says that it runs over several
    months, or is spread over them, is the whole list of each.
    """
    if contract.nature != "event" or contract.accumulates:
        return ()
    entries = rows["period"].value_counts().to_pylist()
    counts = {entry["values"]: entry["counts"] for entry in entries if entry["values"]}
    if given and given.replace(day=1) in counts:
        return (given.replace(day=1),)
    stated = stated_months(words, window)
    if any(_runs(text, bool(stated)) for text in words.all):
        return ()
    return _of_most(counts, sorted(stated))


def _runs(text: str, has_month: bool) -> bool:
    return bool(RUNNING.search(text) or (not has_month and LONGER.search(text)))


def _of_most(counts: Mapping[date, int], stated: Sequence[date]) -> tuple[date, ...]:
    row_count = sum(counts.values())
    if 3 * sum(counts.get(month, 0) for month in stated) > row_count:
        return tuple(stated)
    return tuple(month for month, count in counts.items() if 2 * count > row_count)
