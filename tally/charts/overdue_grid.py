"""The columns and cells of the overdue heat table, before anything is drawn (B4, E5)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from tally import words

MOST_COLUMNS = 8
MOST_AHEAD = 3
NOT_NAMED = "未分类"
COUNT_STEPS = ((1, 2), (2, 3), (3, 4), (4, 5), (5, 7))
SHARE_STEPS = ((0.1, 2), (0.2, 3), (0.3, 4), (0.4, 5), (0.6, 7))
TOP_STEP = 8


@dataclass(frozen=True)
class Column:
    """A deadline month, or several folded at an end; bounds are 'YYYY-MM', inclusive.

    `month` names the column in a selection: its last month for `更早`, otherwise its first.
    A column of a dimension has its name in all three, and is no month.
    """

    month: str
    first: str
    last: str
    title: str
    is_ahead: bool
    is_month: bool = True


@dataclass(frozen=True)
class Cell:
    """What one unit (or all) has with a deadline in one column."""

    overdue_count: int = 0
    item_count: int = 0
    pending_count: int = 0

    @property
    def overdue_share(self) -> float | None:
        """Overdue of all items with that deadline; None when there is no item."""
        return self.overdue_count / self.item_count if self.item_count else None


def step_of(cell: Cell, measure: str) -> int | None:
    """Return the sequential step of a cell by 'count' or 'share'; None means white, 0."""
    if not cell.overdue_count:
        return None
    value = cell.overdue_count if measure == "count" else cell.overdue_share or 0.0
    steps = COUNT_STEPS if measure == "count" else SHARE_STEPS
    return next((step for limit, step in steps if value <= limit), TOP_STEP)


def _months_between(first: str, last: str) -> list[str]:
    return [str(month) for month in pd.period_range(first, last, freq="M")]


def _folded(months: list[str], title: str, is_ahead: bool) -> Column:
    first, last = months[0], months[-1]
    if len(months) == 1:
        return Column(first, first, last, words.month(first), is_ahead)
    return Column(first if is_ahead else last, first, last, title, is_ahead)


def columns(cells: pd.DataFrame, as_of: date) -> list[Column]:
    """Return at most eight columns around the month of `as_of`, the ends folded to 更早, 更晚."""
    now = f"{as_of:%Y-%m}"
    held = cells.loc[cells["item_count"] > 0, "month"].dropna()
    first, last = min([now, *held]), max([now, *held])
    months = _months_between(first, last)
    past = [month for month in months if month <= now]
    ahead = [month for month in months if month > now]
    ahead_slots = min(len(ahead), MOST_AHEAD)
    past_slots = MOST_COLUMNS - ahead_slots
    ahead_groups = [[month] for month in ahead[: ahead_slots - 1]] + (
        [ahead[ahead_slots - 1 :]] if ahead else []
    )
    older = len(past) - past_slots + 1
    past_groups = [[month] for month in past]
    if len(past) > past_slots:
        past_groups = [past[:older], *([month] for month in past[older:])]
    return [_folded(group, "更早", is_ahead=False) for group in past_groups] + [
        _folded(group, "更晚", is_ahead=True) for group in ahead_groups
    ]


def fitting(spans: list[Column], most: int) -> list[Column]:
    """Return at most `most` columns that hold all that is overdue.

    What is to come goes first, then the oldest fold to 更早. One column for several months would
    repeat the total: there is none then.
    """
    past = [column for column in spans if not column.is_ahead]
    if len(past) <= most:
        return spans[:most]
    if most < 2:
        return []
    older = past[: len(past) - most + 1]
    first, last = older[0].first, older[-1].last
    return [Column(last, first, last, "更早", is_ahead=False), *past[len(older) :]]


def dimension_columns(cells: pd.DataFrame) -> list[Column]:
    """Return a column for each dimension of `overdue_by_dimension`, in the pack's order."""
    named = dict.fromkeys(cells["dimension"].dropna())
    columns = [Column(name, name, name, name, is_ahead=False, is_month=False) for name in named]
    if cells["dimension"].isna().any():
        columns.append(Column("", "", "", NOT_NAMED, is_ahead=False, is_month=False))
    return columns


Counts = Mapping[str, Cell]


def counts_by_unit(cells: pd.DataFrame) -> dict[str, dict[str, Cell]]:
    """Return the rows of `overdue_by_unit` as cells under unit and month."""
    held: dict[str, dict[str, Cell]] = {}
    for row in cells[cells["month"].notna()].to_dict("records"):
        cell = Cell(int(row["overdue_count"]), int(row["item_count"]), int(row["pending_count"]))
        months = held.setdefault(row["unit"], {})
        months[row["month"]] = total([months.get(row["month"], Cell()), cell])
    return held


def total(cells: Iterable[Cell]) -> Cell:
    """Return the sum of cells."""
    counts = [(cell.overdue_count, cell.item_count, cell.pending_count) for cell in cells]
    return Cell(*(sum(column) for column in zip(*counts, strict=True))) if counts else Cell()


def cell_of(counts: Counts, column: Column) -> Cell:
    """Return the sum of the months that lie in `column`."""
    return total(cell for month, cell in counts.items() if column.first <= month <= column.last)


@dataclass(frozen=True)
class Row:
    """One unit's line: cells by column, ages, and whether and until when it has reported."""

    unit: str
    cells: tuple[Cell, ...]
    ages: tuple[int, ...]
    is_reported: bool
    has_items: bool
    last_month: str

    @property
    def overdue_count(self) -> int:
        """Overdue items of the unit, of all ages."""
        return sum(self.ages)

    def is_unreported(self, column: Column) -> bool:
        """Say whether the column lies after the unit's last report and not ahead."""
        is_later = column.last > self.last_month or not column.is_month
        return not self.is_reported and not column.is_ahead and is_later


def row_of(
    unit: str, counts: Counts, ages: list[int], report: dict[str, Any], spans: list[Column]
) -> Row:
    """Assemble a unit's row; a unit that reporting does not know counts as reported."""
    last_month = report.get("last_month")
    return Row(
        unit=unit,
        cells=tuple(cell_of(counts, column) for column in spans),
        ages=tuple(ages),
        is_reported=bool(report.get("is_reported", True)),
        has_items=bool(report.get("has_items", True)),
        last_month="" if words.is_missing(last_month) else str(last_month),
    )


def in_order(rows: list[Row], order: str, own: str | None) -> list[Row]:
    """Return rows worst first, or as the roster has them; the own unit's row before all."""
    ordered = worst_first(rows) if order == "worst" else rows
    return sorted(ordered, key=lambda row: row.unit != own)


def worst_first(rows: list[Row]) -> list[Row]:
    """Return rows by overdue items, then by the longest overdue; 未报 and 无条目 last."""
    return sorted(
        rows,
        key=lambda row: (
            -row.overdue_count,
            tuple(-number for number in reversed(row.ages)),
            not row.has_items,
            not row.is_reported,
        ),
    )
