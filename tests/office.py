"""An office of one small campaign: its lists go in the way every file does, questions come out."""

import calendar
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from tally import clock
from tally.contracts import Contract, Ledger, Reading, contracts
from tally.packs import (
    DEMO,
    Campaign,
    Community,
    Dimension,
    ExpectedLedger,
    Indicator,
    League,
    Pack,
    Phase,
    Threshold,
    Unit,
)
from tally.store import Database
from tally.submissions import Outcome, Terms, submit, undo
from tally.submissions.originals import sha256_of
from tests.tables import day, differences, table

SLUG = "trial"
DEPARTMENTS = ("甲部", "乙部", "丙部", "丁部")
PLACES = ("东社区", "西社区")


def trial_pack(
    minimum_due_items: int = 1, due_soon_days: int = 7, is_reviewed: bool = False
) -> Pack:
    """Return a campaign of July to December 2022 with two leagues and two dimensions.

    Each unit sends its problems by the 5th of the next month, the checks of all come on the
    31st, and tickets have no day.
    """
    posts = {"甲部": "第一副主任", "乙部": "第一副主任"}
    leagues = dict.fromkeys(DEPARTMENTS, "部门") | dict.fromkeys(PLACES, "社区")
    return Pack(
        slug=SLUG,
        folder=Path("trial"),
        campaign=Campaign(
            "试点",
            "试点行动",
            "试〔2022〕1号",
            "试点办",
            day("07-01"),
            day("07-01"),
            day("12-31"),
            "维度",
            DEMO,
            is_reviewed,
        ),
        phases=(
            Phase("查摆", day("07-01"), day("07-31"), DEMO),
            Phase("整改", day("07-21"), day("12-31"), DEMO),
        ),
        leagues=(League("部门", DEMO), League("社区", DEMO)),
        units=tuple(
            Unit(name, league, DEMO, leader_post=posts.get(name, "第二副主任"))
            for name, league in leagues.items()
        ),
        dimensions=(Dimension("经济", DEMO), Dimension("民生", DEMO)),
        communities=tuple(Community(name, DEMO, code=f"34060{name}") for name in PLACES),
        ledgers=(
            ExpectedLedger("problems", "unit", DEMO, 5, DEMO),
            ExpectedLedger("checks", "all", DEMO, 31, DEMO),
            ExpectedLedger("tickets", "all", DEMO),
        ),
        deadlines=(),
        thresholds=(
            Threshold("minimum_due_items", minimum_due_items, DEMO),
            Threshold("due_soon_days", due_soon_days, DEMO),
        ),
        indicators=(Indicator("税收", "亿元", "up", DEMO, task="T1", target=60),),
        map=None,
    )


def _value(contract: Contract, name: str, text: str) -> Any:
    if text in ("—", ""):
        return None
    if name == "is_due_derived":
        return text == "yes"
    if name not in contract.columns_by_name:
        return text
    kind = contract.column(name).type
    if kind == "date":
        return day(text)
    if kind == "month":
        return day(f"{text}-01")
    if kind in ("number", "share"):
        return float(text)
    return text == "yes" if kind == "result" else text


def last_day(month: date) -> date:
    """Return the last day of the month a day is in."""
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def _rows(
    contract: Contract, text: str, month: date | None, defaults: Mapping[str, str]
) -> tuple[dict[str, Any], ...]:
    """Return the rows of a ledger as reading gives them."""
    rows = []
    for number, cells in enumerate(table(text), start=2):
        row: dict[str, Any] = {"sheet": "台账", "row": number, "partners": None}
        row |= {name: _value(contract, name, cell) for name, cell in {**defaults, **cells}.items()}
        if contract.kind in ("problems", "tasks", "tickets", "checks"):
            row["title"] = row.get("title") or row.get("item_no") or row.get("ticket_no")
        if contract.kind in ("problems", "tasks"):
            row["state"] = row.get("state") or "open"
        happened = row.get(contract.happened) if contract.happened else None
        if contract.dated_by_month and month and not happened:
            happened = row[contract.happened] = last_day(month)
        row["period"] = happened.replace(day=1) if happened else month
        rows.append(row)
    return tuple(rows)


def file_bytes(reading: Reading) -> bytes:
    """Return bytes that stand for the file of a reading: the same for the same rows."""
    ledgers = [[ledger.kind, ledger.rows] for ledger in reading.ledgers]
    return json.dumps([reading.unit, str(reading.month), ledgers], default=str).encode()


class Office:
    """One home with the trial campaign; `send` hands a list in, `ask` asks a question."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def reading(
        self,
        month: str,
        *lists: str,
        kind: str = "problems",
        unit: str = "",
        listed: str = "",
        **defaults: str,
    ) -> Reading:
        """Return what reading a file with these rows would give; `month` like `2022-09`.

        `listed` is the month that a list of happenings is the whole list of; else all its months.
        """
        contract = contracts()[kind]
        first_day = date.fromisoformat(f"{month}-01") if month else None
        if unit and "unit" in contract.columns_by_name:
            defaults = {"unit": unit, **defaults}
        rows = [row for text in lists for row in _rows(contract, text, first_day, defaults)]
        months = (date.fromisoformat(f"{listed}-01"),) if listed else ()
        reading = Reading(
            file=f"{unit or '合并'}{month}{contract.names[0]}.xlsx",
            sha256="",
            campaign=SLUG,
            month=None if contract.nature == "event" else first_day,
            unit=unit,
            ledgers=(Ledger(kind, pa.Table.from_pylist(rows, contract.schema), months),),
        )
        return replace(reading, sha256=sha256_of(file_bytes(reading)))

    def hand_in(
        self, reading: Reading, terms: Terms | None = None, answers: Mapping[str, str] | None = None
    ) -> Outcome:
        """Hand a reading in; without terms nothing says why an item may go backwards."""
        terms = terms or Terms(uploaded_by="办公室")
        return submit(self.database, reading, file_bytes(reading), terms, answers)

    def send(self, month: str, *lists: str, **options: str) -> int:
        """Publish a list whatever it reverses, and return its upload's number."""
        reading = self.reading(month, *lists, **options)  # type: ignore[arg-type]
        outcome = self.hand_in(reading, Terms(uploaded_by="办公室", reason="测试"))
        assert outcome.status == "published", (outcome.sentence, outcome.problems)
        assert outcome.upload is not None
        return outcome.upload

    def take_back(self, upload: int) -> None:
        """Undo a publication."""
        undo(self.database, upload)

    def now(self) -> datetime:
        """Return a moment between two publications."""
        moment = clock.now()
        while clock.now() <= moment:
            continue
        return moment

    def ask(self, question: str, as_of: str | None = None, **parameters: Any) -> list[dict]:
        """Return the rows of an answer about the trial campaign."""
        return self.ask_all(question, as_of, **{"campaign": SLUG, **parameters})

    def ask_all(self, question: str, as_of: str | None = None, **parameters: Any) -> list[dict]:
        """Return the rows of an answer, whatever campaign they are about."""
        given = parameters | ({"as_of": day(as_of)} if as_of else {})
        return self.database.ask(question, given).to_pylist()


def assert_answer(rows: Iterable[Mapping[str, Any]], expected: str) -> None:
    """Fail with every cell that differs from the expected table."""
    found = differences(rows, expected)
    assert not found, "\n".join(found)


def closed_of(counts: Mapping[str, tuple[int, int]], due_on: str = "09-15") -> str:
    """Return a list in which each unit closed so many of so many items due."""
    lines = [
        f"{unit}{number} | {unit} | {due_on} | {'closed' if number < closed else 'open'}"
        for unit, (closed, due) in counts.items()
        for number in range(due)
    ]
    return "\n".join(["item_no | unit | due_on | state", *lines])
