"""The columns and cells of a duty's calendar, before anything is drawn (E1–E13)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from tally import words

MOST_COLUMNS = 54
HALVES = {1: "上半年", 7: "下半年"}
QUARTERS = ("一季度", "二季度", "三季度", "四季度")
SHORT = ("day", "week", "fortnight")


@dataclass(frozen=True)
class Column:
    """One window, or a month of windows where there are too many; numbers are the windows'.

    `head` names the period, '' where the column before has the same; `days` the window's days,
    `short_days` without their month.
    """

    first_number: int
    last_number: int
    head: str
    days: str
    short_days: str


@dataclass(frozen=True)
class Cell:
    """How the subjects of one line stand in one column."""

    done_count: int = 0
    late_count: int = 0
    missing_count: int = 0
    waiting_count: int = 0

    @property
    def total_count(self) -> int:
        """How many had or have to do it."""
        return self.done_count + self.late_count + self.missing_count + self.waiting_count

    @property
    def status(self) -> str:
        """The worst of them; what waits goes before what is done."""
        if self.missing_count:
            return "missing"
        if self.waiting_count:
            return "not yet due"
        return "late" if self.late_count else "done"

    @property
    def counted(self) -> str:
        """The shape, and how many are in that state."""
        return f"{words.DUTY_STATES[self.status].shape} {self.status_count}"

    @property
    def ratio(self) -> str:
        """Shape and word of one subject; of several the shape, how many did it, and of how many."""
        state = words.DUTY_STATES[self.status]
        if self.total_count == 1:
            return state.label
        return f"{state.shape} {self.done_count + self.late_count}/{self.total_count}"

    @property
    def status_count(self) -> int:
        """How many are in the worst state."""
        counts = {"missing": self.missing_count, "not yet due": self.waiting_count}
        return counts.get(self.status) or (
            self.late_count if self.status == "late" else self.done_count
        )

    @property
    def missing_share(self) -> float:
        """What part of them is missing."""
        return self.missing_count / self.total_count if self.total_count else 0.0

    @property
    def spoken(self) -> str:
        """All counts that are not nought, in words."""
        counts = {
            "done": self.done_count,
            "late": self.late_count,
            "missing": self.missing_count,
            "not yet due": self.waiting_count,
        }
        said = [f"{words.DUTY_STATES[key].word} {count}" for key, count in counts.items() if count]
        return "，".join(said)


@dataclass(frozen=True)
class Line:
    """A subject or a unit, with its cell in each column; None where it owes nothing."""

    name: str
    title: str
    cells: tuple[Cell | None, ...]

    @property
    def total(self) -> Cell:
        """All its cells together."""
        return added(cell for cell in self.cells if cell)


def added(cells: Iterable[Cell]) -> Cell:
    """Return the sum of cells."""
    held = list(cells)
    return Cell(
        sum(cell.done_count for cell in held),
        sum(cell.late_count for cell in held),
        sum(cell.missing_count for cell in held),
        sum(cell.waiting_count for cell in held),
    )


def period_name(first: date, every: str) -> str:
    """Return what a period is called: `4月`, `一季度`, `上半年`, `2023年`."""
    if every == "quarter":
        return QUARTERS[(first.month - 1) // 3]
    if every == "half_year":
        return HALVES[first.month]
    if every == "year":
        return f"{first.year}年"
    return f"{first.month}–{first.month + 1}月" if every == "two_months" else f"{first.month}月"


def days_between(first: date, last: date) -> str:
    """Return the days of a window: `3–7`, `5`, or `9/29–10/4` across months."""
    if first == last:
        return f"{first.day}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{last.day}"
    return f"{first.month}/{first.day}–{last.month}/{last.day}"


def columns(windows: pd.DataFrame, every: str) -> list[Column]:
    """Return a column for each window in order, or for each month of them when there are many."""
    known = windows.drop_duplicates("window_number").sort_values("window_number")
    rows = known.to_dict("records")
    if len(rows) > MOST_COLUMNS:
        return _months(rows)
    heads = [period_name(row["period_start_on"], every) for row in rows]
    before = ["", *heads]
    return [
        Column(
            int(row["window_number"]),
            int(row["window_number"]),
            head if every not in SHORT or head != last else "",
            days_between(row["window_start_on"], row["window_end_on"]),
            f"{row['window_start_on'].day}–{row['window_end_on'].day}",
        )
        for row, head, last in zip(rows, heads, before, strict=False)
    ]


def _months(rows: list[dict[str, Any]]) -> list[Column]:
    held: dict[tuple[int, int], list[int]] = {}
    for row in rows:
        first = row["window_start_on"]
        held.setdefault((first.year, first.month), []).append(int(row["window_number"]))
    return [
        Column(min(numbers), max(numbers), f"{month}月", f"{len(numbers)} 次", f"{len(numbers)} 次")
        for (_, month), numbers in held.items()
    ]


def lines(cells: pd.DataFrame, spans: list[Column]) -> list[Line]:
    """Return rows of `duty_calendar` as lines, those that miss most first, else in their order."""
    held: dict[str, dict[int, Cell]] = {}
    titles: dict[str, str] = {}
    for row in cells.to_dict("records"):
        titles.setdefault(row["line"], row["title"])
        held.setdefault(row["line"], {})[int(row["window_number"])] = _cell(row)
    made = [
        Line(name, titles[name], tuple(_in_column(own, column) for column in spans))
        for name, own in held.items()
    ]
    return sorted(made, key=lambda line: (-line.total.missing_count, -line.total.late_count))


def _cell(row: Mapping[str, Any]) -> Cell:
    names = ("done_count", "late_count", "missing_count", "waiting_count")
    return Cell(*(int(row[name]) for name in names))


def _in_column(own: Mapping[int, Cell], column: Column) -> Cell | None:
    numbers = range(column.first_number, column.last_number + 1)
    met = [own[number] for number in numbers if number in own]
    return added(met) if met else None
