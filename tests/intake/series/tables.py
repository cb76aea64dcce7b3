"""Tables of figures as offices and data services send them, read against the small pack."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from tally.contracts import Problem, Reading
from tally.intake import read
from tally.packs import Indicator, Place
from tests.intake.samples import SOURCE, XIANGSHAN, brief, xlsx

PACK = replace(
    XIANGSHAN,
    indicators=(
        Indicator("规模以上工业增加值", "亿元", "up", SOURCE, aliases=("工业增加值",)),
        Indicator("限上零售额", "亿元", "up", SOURCE, measure="当期"),
    ),
    places=(
        Place("相山经开区", SOURCE, is_own=True),
        Place("濉溪经开区", SOURCE, aliases=("濉溪园区",)),
    ),
)
# Who, of when, of what kind: (indicator, place, measure, last day) and its value.
Figure = tuple[str, str | None, str | None, date]


def reading_of(
    *rows: Sequence[Any], merged: Sequence[str] = (), name: str = "Sheet1", **answers: Any
) -> Reading:
    """Read one sheet as a caller would who names only the campaign."""
    given = brief(**{"packs": {"xiangshan": PACK}, "campaign": "xiangshan", **answers})
    return read(xlsx(*rows, merged=merged, name=name), "数据.xlsx", given)


def rows_of(reading: Reading) -> list[Mapping[str, Any]]:
    """Return the rows of a reading that asks nothing and refuses nothing."""
    assert not reading.errors and not reading.questions, (reading.errors, reading.questions)
    (ledger,) = reading.ledgers
    assert ledger.kind == "indicators"
    return ledger.rows


def figures_of(*rows: Sequence[Any], **given: Any) -> dict[Figure, float]:
    """Return the figures of a sheet under what each is of."""
    read_rows = rows_of(reading_of(*rows, **given))
    found = {
        (row["indicator"], row["place"], row["measure"], row["period_end_on"]): row["value"]
        for row in read_rows
    }
    assert len(found) == len(read_rows)
    return found


def warnings_of(reading: Reading) -> list[Problem]:
    """Return what was said of a file that was not refused, that of the own area left out."""
    return [problem for problem in reading.problems if problem.column != "place"]
