"""What stands against a submission in the store, whatever its own cells say."""

from datetime import date
from typing import Any

from tally.contracts import Problem, Reading, contracts
from tally.store import Database
from tally.submissions.keys import item_key

STATE_ITEMS = ("problems", "tasks")
Rows = list[dict[str, Any]]


def periods_of(rows: Rows) -> list[date]:
    """Return the months of the rows, oldest first; none for a reference ledger."""
    return sorted({row["period"] for row in rows if row["period"]})


def conflicts(database: Database, reading: Reading, ledgers: dict[str, Rows]) -> list[Problem]:
    """Return the errors that refuse the file although each cell is right."""
    problems = []
    for kind, rows in ledgers.items():
        problems += _rival_slices(database, reading, kind, rows)
        if kind in STATE_ITEMS:
            problems += _doubled_numbers(kind, rows)
            problems += _taken_numbers(database, reading, kind, rows)
    return problems


def _doubled_numbers(kind: str, rows: Rows) -> list[Problem]:
    """Two rows of one list may not go by one number."""
    column = contracts()[kind].key
    return [
        _number_problem(row, column, "同一份台账里两行用了同一个编号，请改其中一个")
        for row in rows
        if row.get(column) and row["item_key"] != item_key(contracts()[kind], row)
    ]


def _taken_numbers(database: Database, reading: Reading, kind: str, rows: Rows) -> list[Problem]:
    """Two units' lists of one month may not use one number for different things."""
    column = contracts()[kind].key
    numbered = {row["item_key"]: row for row in rows if row.get(column)}
    problems = []
    for period in periods_of(rows):
        taken = database.stored(
            "taken_keys",
            {
                "campaign": reading.campaign,
                "ledger": kind,
                "period": period,
                "unit": reading.unit,
                "keys": list(numbered),
            },
        ).to_pylist()
        problems += [
            _number_problem(
                numbered[other["item_key"]],
                column,
                _taken_sentence(other["submitting_unit"], other["title"]),
            )
            for other in taken
        ]
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
            "periods": periods_of(rows),
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
