"""Turns a table's columns into ledger rows, and says of every cell how it was read."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tally.contracts import Column, Level, Problem
from tally.intake.cells.answers import FAULTS, Answer, is_missing, shown, unreadable
from tally.intake.cells.classes import read_choice, read_class
from tally.intake.cells.dates import read_date, read_month
from tally.intake.cells.limits import within_limits
from tally.intake.cells.measures import read_quantity, title_measure
from tally.intake.cells.names import read_name
from tally.intake.cells.periods import read_bare_period
from tally.intake.cells.positions import datum_of, land_positions
from tally.intake.cells.readers import (
    read_item_number,
    read_number,
    read_result,
    read_share,
    read_state,
    state_words,
)
from tally.intake.cells.windows import EXAMPLE
from tally.intake.deadline import check_time
from tally.intake.opening.grids import Cell
from tally.intake.rows import dating
from tally.intake.rows.dated_words import settled_days, shared_days, stands_for
from tally.intake.rows.quantities import QUANTITIES, is_quantity, land_fixed, land_quantities
from tally.intake.rows.responsibility import Responsibility, read_responsibility
from tally.intake.rows.sections import tell_unknown_sections, with_sections
from tally.intake.rows.setting import Setting
from tally.intake.rows.settling import (
    came_in,
    derived_deadlines,
    doubtful_days,
    settled_states,
)
from tally.intake.rows.values import Values, read_texts, read_values
from tally.intake.tables.table import Mask, Table

# Days that may lie ahead; the others say what came in or was done.
TO_COME = ("due_on", "extended_to", "start_on")
# An item's own number: `—` is none, and full-width digits are the same number.
NUMBERS_OF_ITEMS = ("item_no", "ticket_no")


class RowReader:
    """Reads the rows of one table; every doubt becomes a problem of the table."""

    def __init__(self, table: Table, setting: Setting) -> None:
        self.table, self.setting = table, setting
        self.contract = table.header.contract
        self.schema = self.contract.schema
        self.assignment = table.header.assignment
        self.found = self.assignment.names
        self.read: dict[str, Values] = {}
        self.columns: dict[str, pa.Array] = {}
        self.told: list[tuple[int, Problem]] = []
        self.past = replace(setting.window, is_past=True)
        words = state_words(self.contract.states)
        self.readers: Mapping[str, Callable[[Cell, Column], Answer]] = {
            "number": self._number,
            "share": lambda cell, column: read_share(cell, self._is_percent(column)),
            "state": lambda cell, column: read_state(cell, words),
            "result": lambda cell, column: read_result(cell, column.choices),
            "date": self._date,
            "month": lambda cell, column: read_month(cell, self.past, setting.is_1904),
            "dimension": self._dimension,
            "choice": read_choice,
            "class": lambda cell, column: read_class(cell, setting.names.classes(column.name)),
            "community": lambda cell, column: read_name(cell, setting.names.places, "社区"),
        }

    def rows(self) -> pa.Table:
        """Return the rows of the table under the contract's schema."""
        for column in self.contract.columns:
            if column.type != "units":
                self._read(column)
        self._quantities()
        self._dated_words()
        self._due_texts()
        self._sections()
        if "unit" in self.schema.names:
            self._units()
        if self.contract.states:
            self._states()
        self._required()
        if self.contract.deadline:
            self._derive_deadlines()
        self._check_days()
        dating.ended_days(self.contract, self.columns, self.read)
        dating.frequencies(self.contract, self.columns, self.read)
        self._place()
        self.told.sort(key=lambda told: told[0])
        self.table.problems += [problem for _, problem in self.told]
        return pa.table([self.columns[name] for name in self.schema.names], schema=self.schema)

    def _nothing(self, name: str) -> pa.Array:
        return pa.nulls(self.table.row_count, self.schema.field(name).type)

    def _tell(self, level: Level, row: int, column: str, expected: str, remedy: str) -> None:
        """Note a problem of one of our columns in a row of the ledger."""
        line = int(self.table.lines[row])
        at = self.assignment.position(column)
        found = "" if at is None else shown(self.table.grid.columns[at].cell(line))
        cell = self.table.cell_name(line, column)
        self.told.append((line, self.table.problem(level, cell, column, found, expected, remedy)))

    def _read(self, column: Column) -> None:
        """Read one column by its type, and say what must be said of its cells."""
        if column.name not in self.found:
            self.columns[column.name] = self._nothing(column.name)
            return
        cells = self.table.cells(column.name)
        if column.name in NUMBERS_OF_ITEMS:
            values = read_values(cells, read_item_number)
        elif column.type == "text":
            values = read_texts(cells)
        else:
            reader = self.readers[column.type]
            values = read_values(cells, lambda cell: reader(cell, column))
        self.read[column.name] = values
        self.columns[column.name] = values.array(self.schema.field(column.name).type)
        if any(answer.expected for answer in values.answers):
            self._remark(column, values)
        if column.type in ("number", "share"):
            self._tell_scaled(column, values)

    def _remark(self, column: Column, values: Values) -> None:
        has_remark = values.chosen([bool(answer.expected) for answer in values.answers])
        for row in np.flatnonzero(has_remark).tolist():
            check_time()
            answer = values.answers[values.codes[row]]
            is_strict = column.strict or column.required or answer in FAULTS
            is_error = answer.is_unreadable and is_strict
            is_lost = answer.is_unreadable and not is_error
            expected = answer.expected + ("；读作空" if is_lost else "")
            self._tell(
                "error" if is_error else "warning", row, column.name, expected, answer.remedy
            )

    def _tell_scaled(self, column: Column, values: Values) -> None:
        """Say once of a column that its numbers are greater than they look."""
        if len(rows := np.flatnonzero(values.is_scaled)):
            number = shown(values.cells.distinct[values.codes[rows[0]]])
            count = f"，共 {len(rows)} 行" if len(rows) > 1 else ""
            expected = f"单元格格式把数字缩小了显示，按实际值 {number} 读入{count}"
            remedy = "如应为屏幕上的数，请直接填写那个数"
            self._tell("warning", int(rows[0]), column.name, expected, remedy)

    def _number(self, cell: Cell, column: Column) -> Answer:
        is_measured = is_quantity(self.contract, column.name)
        return within_limits(read_quantity(cell) if is_measured else read_number(cell), column)

    def _quantities(self) -> None:
        """Bring numbers into the unit of measure of their rows, or into their column's own."""
        title = title_measure(self.table.titles)
        given = (self.columns, self.read, self.contract, self.assignment, title)
        land_fixed(*given, self._tell)
        if is_quantity(self.contract, QUANTITIES[0]):
            land_quantities(*given, self.setting.names.pack, self._tell)

    def _is_percent(self, column: Column) -> bool:
        at = self.assignment.position(column.name)
        return at is not None and "%" in self.assignment.headers[at]

    def _date(self, cell: Cell, column: Column) -> Answer:
        if self.contract.dated_by_month and (answer := read_bare_period(cell)) is not None:
            return answer
        if stands_for(cell, column):
            return Answer()
        window = self.setting.window if column.name in TO_COME else self.past
        answer = read_date(cell, window, self.setting.is_1904)
        if answer.value is None and answer.wording and column.name != self.contract.deadline:
            return unreadable("应为日期", EXAMPLE)
        return dating.begun(answer) if column.name == self.contract.happened else answer

    def _dimension(self, cell: Cell, column: Column) -> Answer:
        what = self.setting.names.pack.campaign.dimension_word
        return read_name(cell, self.setting.names.dimensions, what)

    def _dated_words(self) -> None:
        for column in self.contract.columns:
            if read := self.read.get(column.name):
                shared_days(column, self.columns, read)
                for told in settled_days(column, self.columns, read, self._day):
                    self._warn_each(*told)

    def _day(self, cell: Cell) -> Answer:
        return read_date(cell, self.setting.window, self.setting.is_1904)

    def _due_texts(self) -> None:
        """Keep a deadline's own words where its day says less than they do (`9月底前`)."""
        if not self.contract.deadline:
            return
        due = self.read.get(self.contract.deadline)
        self.columns["due_text"] = (
            due.array(pa.string(), [answer.wording for answer in due.answers])
            if due
            else self._nothing("due_text")
        )

    def _sections(self) -> None:
        """Give a row without a dimension of its own that of its section."""
        column = next((c.name for c in self.contract.columns if c.type == "dimension"), None)
        if column is None or not self.table.sections:
            return
        read = self.read.get(column)
        is_missing = read.is_missing if read else np.ones(self.table.row_count, bool)
        values = with_sections(
            self.columns[column].to_pylist(), is_missing, self.table, self.setting.names
        )
        self.columns[column] = pa.array(values, pa.string())

    def _units(self) -> None:
        """Read who leads and who takes part; a row without a lead is the submitting unit's."""
        names = self.setting.names
        bodies = names.bodies if self.contract.admits_organs else names.units
        has_partners = "partners" in self.contract.columns_by_name
        responsibility: Responsibility = read_responsibility(
            self.table, bodies, self.setting.unit, has_partners
        )
        self.columns["unit"] = responsibility.units
        self.columns["partners"] = responsibility.partners
        for row, remark in responsibility.remarks:
            self._tell(remark.level, row, remark.column, remark.expected, remark.remedy)

    def _states(self) -> None:
        """Settle what a row without a state word is, and where words and days disagree."""
        for told in settled_states(self.columns, self.read):
            self._warn_each(*told)

    def _warn_each(
        self, rows: Mask, column: str, expected: Callable[[int], str], remedy: str
    ) -> None:
        for row in np.flatnonzero(rows).tolist():
            self._tell("warning", row, column, expected(row), remedy)

    def _required(self) -> None:
        for column in self.contract.required:
            is_null = np.asarray(self.columns[column.name].is_null())
            if not is_null.any():
                continue
            cells = self.table.cells(column.name)
            for row in np.flatnonzero(is_null).tolist():
                if is_missing(cells.distinct[cells.codes[row]]):
                    self._tell("error", row, column.name, f"“{column.title}”不能为空", "请补填")

    def _derive_deadlines(self) -> None:
        """Give a row without a deadline the pack's working days from the day it came in."""
        name = self.contract.deadline
        pack = self.setting.names.pack
        days = {deadline.kind: deadline.working_days for deadline in pack.deadlines}
        came = self.columns.get(came_in(self.contract))
        derived, unknown = derived_deadlines(
            self.columns[name], self.columns["due_text"], came, days.get(self.contract.kind)
        )
        for sentence in unknown:
            self.table.tell("warning", "", name, "", f"时限未推算：{sentence}", "加入后重新导入")
        self.columns["is_due_derived"] = derived.is_valid()
        self.columns[name] = pc.coalesce(self.columns[name], derived)

    def _check_days(self) -> None:
        """Say which days cannot be right beside the others."""
        month = self.setting.window.month if self.contract.nature == "state" else None
        for told in doubtful_days(self.contract, self.columns, self.found, month):
            self._warn_each(*told)

    def _place(self) -> None:
        """Add where each row stands and to which month it belongs; bring positions to WGS-84."""
        name = pa.scalar(self.table.grid.name, pa.string())
        self.columns["sheet"] = pa.repeat(name, self.table.row_count)
        self.columns["row"] = pa.array(self.table.lines + 1, pa.int64())
        happened = self.contract.happened
        window, days = self.setting.window, self.columns.get(happened)
        if days is not None:
            days = self.columns[happened] = dating.happened_days(self.contract, days, window)
        self.columns["period"] = dating.periods(self.contract, days, window, self.table.row_count)
        if self.contract.unfolds:
            self.columns["value_column"] = dating.value_columns(self.table)
        if "longitude" in self.found:
            self._positions()

    def _positions(self) -> None:
        at = self.assignment.position("longitude")
        header = self.assignment.headers[at] if at is not None else ""
        land_positions(self.columns, datum_of(header, self.setting.names.pack))


def read_rows(table: Table, setting: Setting) -> pa.Table:
    """Return the ledger rows of one table; what is doubtful goes to the table's problems."""
    tell_unknown_sections(table, setting.names)
    return RowReader(table, setting).rows()
