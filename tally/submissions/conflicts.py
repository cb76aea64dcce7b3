"""What stands against a submission in the store, whatever its own cells say."""

from datetime import date
from typing import Any, TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from tally.contracts import Problem, Reading, contracts
from tally.store import Database
from tally.submissions.keys import item_key

STATE_ITEMS = ("problems", "tasks")
Rows: TypeAlias = pa.Table


def periods_of(rows: Rows) -> list[date]:
    """Return the months of the rows, oldest first; none for a reference ledger."""
    return sorted(period for period in rows["period"].unique().to_pylist() if period)


def conflicts(database: Database, reading: Reading, ledgers: dict[str, Rows]) -> list[Problem]:
    """Return the errors that refuse the file although each cell is right."""
    problems = []
    for kind, rows in ledgers.items():
        if not contracts()[kind].accumulates:
            problems += _rival_slices(database, reading, kind, rows)
        if kind in STATE_ITEMS:
            problems += _doubled_numbers(kind, rows)
            problems += _taken_numbers(database, reading, kind, rows)
    return problems


def _doubled_numbers(kind: str, rows: Rows) -> list[Problem]:
    """Two rows of one list may not go by one number."""
    column = contracts()[kind].key
    marked = rows.filter(pc.match_substring(rows["item_key"], "#"))
    return [
        _number_problem(row, column, "同一份台账里两行用了同一个编号，请改其中一个")
        for row in marked.to_pylist()
        if row.get(column) and row["item_key"] != item_key(contracts()[kind], row)
    ]


def _taken_numbers(database: Database, reading: Reading, kind: str, rows: Rows) -> list[Problem]:
    """Two units' lists of one month may not use one number for different things."""
    column = contracts()[kind].key
    numbered = rows.filter(rows[column].is_valid())
    problems = []
    for period in periods_of(rows):
        month = {"campaign": reading.campaign, "ledger": kind, "period": period}
        others = database.stored("taken_keys", {**month, "unit": reading.unit})
        places = pc.index_in(others["item_key"], numbered["item_key"].combine_chunks())
        for other, place in zip(others.to_pylist(), places.to_pylist(), strict=True):
            if place is not None:
                row = numbered.slice(place, 1).to_pylist()[0]
                remedy = _taken_sentence(other["submitting_unit"], other["title"])
                problems.append(_number_problem(row, column, remedy))
    return problems


def _taken_sentence(unit: str, title: str) -> str:
    return f"{unit or '合并报送的台账'}已用这个编号表示“{title}”，请换一个编号"


def _number_problem(row: dict[str, Any], column: str, remedy: str) -> Problem:
    return Problem(
        level="error",
        sheet=row["sheet"],
        cell=f"第 {row['row']} 行",
        column=column,
        found=str(row[column]),
        expected="编号不重复",
        remedy=remedy,
    )


def _rival_slices(database: Database, reading: Reading, kind: str, rows: Rows) -> list[Problem]:
    """A list of all units and lists of single units of one month exclude each other."""
    rivals = database.stored(
        "rival_slices",
        {
            "campaign": reading.campaign,
            "ledger": kind,
            "periods": [period for period in periods_of(rows) if not reading.adds(kind, period)],
            "unit": reading.unit,
        },
    ).to_pylist()
    return [
        Problem(
            level="error",
            sheet="",
            cell="",
            column="unit",
            found=reading.unit or "各单位合并报送",
            expected="不与已发布的台账重叠",
            remedy=rival_sentence(rival["unit"], rival["period"], rival["file"]),
        )
        for rival in rivals[:1]
    ]


def rival_sentence(unit: str, period: date, file: str) -> str:
    """Say which published list stands in the way, and what to do."""
    held = f"{unit}单独报送的" if unit else "各单位合并报送的"
    mine = "合并报送的" if unit else "单独报送的"
    return (
        f"{period.year}年{period.month}月已发布{held}《{file}》，"
        f"与这份{mine}会重复计数；请先撤回那一份"
    )
