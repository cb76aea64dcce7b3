"""Turns a table of figures into ledger rows: one for each figure, with all its labels say of it."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from tally.contracts import Column, Level
from tally.intake.cells.answers import faulty, shown
from tally.intake.cells.measures import (
    Stated,
    header_measure,
    land,
    landing,
    read_quantity,
)
from tally.intake.cells.periods import Period
from tally.intake.deadline import check_time
from tally.intake.opening.grids import Cell, column_letters
from tally.intake.rows.reader import RowReader
from tally.intake.rows.setting import Setting
from tally.intake.series.dictionary import Dictionary
from tally.intake.series.meaning import Meaning, Unclear
from tally.intake.series.sayings import BESIDE, Saying
from tally.intake.series.table import SeriesTable

# What the labels say of a figure; the other columns are read from beside it.
LABELLED = (
    *("indicator", "place", "frequency", "measure", "period_end_on", "value", "unit_of_measure"),
)
MORE, TARGET = ("stopped", "early", "publisher", "has_target"), "target_value"
NOT_CONTINUED = "已停止更新"
# How far a share has changed: no share, and not to be taken for one.
POINTS = ("百分点", "个百分点")
IDENTITY = ("indicator", "place", "frequency", "measure", "period_end_on")


class Read(NamedTuple):
    """A figure's value in its unit, or what is wrong with its cell."""

    value: float | None
    unit: str
    level: Level | None = None
    expected: str = ""
    remedy: str = ""


def read_figure(cell: Cell, around: str) -> Read:
    """Read a figure that stands in the unit `around`, or in one of its own (`3.2亿元`)."""
    if (fault := faulty(cell)) is not None:
        return Read(None, around, "error", fault.expected, fault.remedy)
    answer = read_quantity(cell)
    if answer.value is None:
        return Read(None, around, "error", answer.expected, answer.remedy)
    if not answer.measure:
        return Read(answer.value, around)
    if answer.measure in POINTS and around in ("%", *POINTS):
        return Read(answer.value, POINTS[0])
    found = landing(answer.measure, around, around)
    if found.factor is None:
        return Read(None, around, "error", found.expected, found.remedy)
    value = float(f"{answer.value * found.factor:.15g}")
    level: Level | None = "warning" if found.expected else None
    return Read(value, found.unit_of_measure, level, found.expected, found.remedy)


class SeriesReader(RowReader):
    """Reads the figures of one table; every doubt becomes a problem of the table."""

    table: SeriesTable

    def __init__(self, table: SeriesTable, setting: Setting) -> None:
        super().__init__(table, setting)
        dictionary = Dictionary([setting.names.pack])
        self.meaning = Meaning(table.layout, table.title, dictionary, setting)
        self.counts: dict[tuple[Any, ...], list[int]] = {}
        self.figures: dict[str, list[Any]] = {name: [] for name in (*LABELLED, *MORE)}

    def rows(self) -> pa.Table:
        """Return the figures of the table under the contract's schema."""
        self._figures()
        return super().rows()

    def _figures(self) -> None:
        layout = self.table.layout
        seen: dict[tuple[Any, ...], tuple[int, Any]] = {}
        for number, (row, at) in enumerate(
            zip(self.table.lines.tolist(), self.table.figure_columns, strict=True)
        ):
            check_time()
            said = self.meaning.of(row, at)
            is_clear = not isinstance(said, Unclear)
            if isinstance(said, Unclear):
                self._count(("error", said.expected, said.remedy, said.axis(row, at)), number)
                said = said.rest
            read = read_figure(layout.sheet.lines[row][at], said.unit)
            is_known = self.meaning.dictionary.knows(said.indicator)
            if is_clear and not (read.unit or is_known):
                self._count(("warning", "没有写明计量单位", "请补填计量单位", at), number)
            if read.level:
                self._count((read.level, read.expected, read.remedy, at), number)
            self._keep(said._replace(unit=read.unit), read.value)
            self._tell_twice(seen, number, read.value)
        self._tell_counts()
        self._tell_place()

    def _keep(self, said: Saying, value: float | None) -> None:
        period: Period | None = said.period
        told: Mapping[str, Any] = {
            "indicator": said.indicator or None,
            "place": said.place or None,
            "frequency": said.frequency or (period.span if period else None),
            "measure": said.measure or None,
            "period_end_on": period.end_on if period else None,
            "value": value,
            "unit_of_measure": said.unit or None,
            "stopped": NOT_CONTINUED if said.is_stopped else None,
            "early": True if said.is_provisional else None,
            "publisher": said.publisher or None,
            "has_target": said.measure not in BESIDE and not said.years_back,
        }
        for name, one in told.items():
            self.figures[name].append(one)

    def _count(self, told: tuple[Any, ...], number: int) -> None:
        self.counts.setdefault(told, []).append(number)

    def _tell_counts(self) -> None:
        """Say once of each doubt where it first stands and how many figures it is true of."""
        for (level, expected, remedy, _), numbers in self.counts.items():
            count = f"，共 {len(numbers)} 个数" if len(numbers) > 1 else ""
            self._tell_figure(level, numbers[0], f"{expected}{count}", remedy)

    def _tell_figure(self, level: Level, number: int, expected: str, remedy: str) -> None:
        row, at = int(self.table.lines[number]), self.table.figure_columns[number]
        found = shown(self.table.layout.sheet.lines[row][at])
        cell = self.table.figure_place(number)
        problem = self.table.problem(level, cell, "value", found, expected, remedy)
        self.told.append((row, problem))

    def _tell_twice(self, seen: dict[Any, tuple[int, Any]], number: int, value: Any) -> None:
        """Say of a figure that stands twice whether both say the same."""
        identity = tuple(self.figures[name][number] for name in IDENTITY)
        if None in (identity[0], identity[-1]):
            return
        first, other = seen.setdefault(identity, (number, value))
        if first == number or value is None or other is None:
            return
        where = self.table.figure_place(first)
        if value == other:
            self._tell_figure("warning", number, f"与 {where} 是同一个数", "重复的请删去")
        else:
            expected = f"与 {where} 是同一指标、同一时期，数不同"
            self._tell_figure(
                "error", number, expected, "请核对，或在表头写明口径（当月、累计、同比）"
            )

    def _tell_place(self) -> None:
        """Say that figures without a place are taken for the campaign's own."""
        if not any(self.figures["place"]):
            expected = f"没有写明地区，按本地区{self._own_place()}的数读入"
            self.table.tell("warning", "", "place", "", expected, "是别处的数，请加“地区”一列")

    def _own_place(self) -> str:
        """Return what the campaign's own place is called, in brackets, '' for unknown."""
        own = [place.name for place in self.setting.names.pack.places if place.is_own]
        return f"（{own[0]}）" if own else ""

    def _read(self, column: Column) -> None:
        """Take what labels say of a figure; read what stands beside it as of any row."""
        kind = self.schema.field(column.name).type
        if column.name in LABELLED:
            self.columns[column.name] = pa.array(self.figures[column.name], kind)
            return
        super()._read(column)
        more = {"note": "stopped", "is_provisional": "early", "publisher": "publisher"}
        if column.name in more:
            labelled = pa.array(self.figures[more[column.name]], kind)
            self.columns[column.name] = pc.coalesce(self.columns[column.name], labelled)

    def _quantities(self) -> None:
        """Bring targets into the unit of their row's values; growth and ranks have none here."""
        at = self.assignment.position(TARGET)
        if at is None:
            return
        answers = self.read[TARGET]
        measures = answers.chosen([answer.measure for answer in answers.answers], object)
        meant = zip(self.columns[TARGET].to_pylist(), self.figures["has_target"], strict=True)
        numbers = [number if has_target else None for number, has_target in meant]
        stated = Stated(header_measure(self.assignment.headers[at]), numbers, measures)
        units = self.figures["unit_of_measure"]
        landed = land({TARGET: stated}, units, units, "")
        self.columns[TARGET] = pa.array(landed.numbers[TARGET], pa.float64())
        for (_, found), rows in landed.remarks.items():
            lost = "；读作空" if found.factor is None else ""
            self._tell("warning", rows[0], TARGET, found.expected + lost, found.remedy)

    def _required(self) -> None:
        """Leave blank cells out: what a figure must say was told of the figure."""

    def _place(self) -> None:
        super()._place()
        letters = {at: column_letters(at) for at in set(self.table.figure_columns)}
        columns = [letters[at] for at in self.table.figure_columns]
        self.columns["value_column"] = pa.array(columns, pa.string())
