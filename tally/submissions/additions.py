"""Rows of other months in a month's list of happenings: they add to those, and it is told."""

from collections.abc import Mapping
from datetime import date

from tally import words
from tally.contracts import Problem, Reading, contracts
from tally.submissions.conflicts import Rows


def added_counts(reading: Reading, kind: str, rows: Rows) -> dict[date, int]:
    """Return how many rows add to each month that the file is not the list of, oldest first."""
    counts = {
        entry["values"]: entry["counts"] for entry in rows["period"].value_counts().to_pylist()
    }
    return {
        period: counts[period]
        for period in sorted(filter(None, counts))
        if reading.adds(kind, period)
    }


def tell_added(reading: Reading, kind: str, counts: Mapping[date, int]) -> tuple[Problem, ...]:
    """Say what is added to which months; nothing to say is no problem."""
    if not counts:
        return ()
    months = next(ledger.months for ledger in reading.ledgers if ledger.kind == kind)
    own = "、".join(words.year_month(month) for month in months)
    others = "，".join(f"{words.year_month(month)} {count} 行" for month, count in counts.items())
    return (
        Problem(
            level="warning",
            sheet="",
            cell="",
            column=contracts()[kind].happened,
            found=others,
            expected=f"按{own}的{contracts()[kind].title}读入，只替换这个月",
            remedy="其他月份的行补充到所在月份，不替换已报的；同一条只计一次，以这份为准",
        ),
    )
