"""Turns lines into ledger rows, and says of every cell that was not plain how it was read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tally.contracts import Column, Level
from tally.intake.answers import Answer, is_missing, plain, shown, unreadable
from tally.intake.cells import (
    read_number,
    read_result,
    read_share,
    read_state,
    read_text,
    state_share,
    state_words,
)
from tally.intake.dates import EXAMPLE, Window, month_end, read_date, read_month
from tally.intake.grids import Cell, Fault
from tally.intake.names import Named, Names, proposal, read_name
from tally.intake.positions import datum_of, in_wgs84
from tally.intake.table import Row, Table
from tally.workdays import CalendarUnknown, add_workdays


@dataclass(frozen=True)
class Setting:
    """What a table's rows are read against: the pack's names, the month, who submits."""

    names: Names
    window: Window
    unit: str = ""
    is_1904: bool = False


class RowReader:
    """Reads the rows of one table; every doubt becomes a problem of the table."""

    def __init__(self, table: Table, setting: Setting) -> None:
        self.table, self.setting = table, setting
        self.contract = table.header.contract
        self.assignment = table.header.assignment
        self.found = self.assignment.names
        pack = setting.names.pack
        days = {deadline.kind: deadline.working_days for deadline in pack.deadlines}
        self.deadline_days = days.get(self.contract.kind)
        self.unknown_years: set[str] = set()
        at = self.assignment.position("longitude")
        self.datum = datum_of(self.assignment.headers[at] if at is not None else "", pack)
        is_1904, window = setting.is_1904, setting.window
        words = state_words(self.contract.states)
        self.readers: Mapping[str, Callable[[Cell, Column], Answer]] = {
            "text": lambda cell, column: read_text(cell),
            "number": lambda cell, column: read_number(cell),
            "share": lambda cell, column: read_share(cell, self._is_percent(column)),
            "state": lambda cell, column: read_state(cell, words),
            "result": lambda cell, column: read_result(cell),
            "date": self._date,
            "month": lambda cell, column: read_month(cell, window, is_1904),
            "dimension": self._dimension,
            "community": lambda cell, column: read_name(cell, setting.names.places, "社区"),
        }

    def rows(self) -> list[dict[str, Any]]:
        """Return every row of the table as column name to value."""
        return [self._row(row) for row in self.table.rows]

    def _row(self, row: Row) -> dict[str, Any]:
        values: dict[str, Any] = {column.name: None for column in self.contract.columns}
        due_text = None
        for column in self.contract.columns:
            if column.type == "units" or column.name not in self.found:
                continue
            answer = self._answer(row, column)
            values[column.name] = answer.value
            if column.name == self.contract.deadline:
                due_text = answer.wording
        self._sections(row, values)
        if "unit" in values:
            self._units(row, values)
        if self.contract.states:
            self._state(row, values)
        self._required(row, values)
        is_derived = self._derive_deadline(values, due_text)
        self._check_days(row, values)
        return {
            **in_wgs84(values, self.datum),
            "sheet": self.table.grid.name,
            "row": row.line + 1,
            "period": self._period(values),
            "is_due_derived": is_derived,
            "due_text": due_text,
        }

    def _tell(self, level: Level, row: Row, column: str, expected: str, remedy: str) -> None:
        found = shown(row.cells.get(column))
        self.table.tell(
            level, self.table.cell_name(row.line, column), column, found, expected, remedy
        )

    def _warn(self, row: Row, column: str, expected: str, remedy: str) -> None:
        self._tell("warning", row, column, expected, remedy)

    def _answer(self, row: Row, column: Column) -> Answer:
        """Read one cell by its column's type, and say what must be said of it."""
        cell = row.cells.get(column.name)
        if isinstance(cell, Fault):
            answer = unreadable(
                "应为内容，不是错误值或没有结果的公式", "请改正公式，或粘贴为数值后重新上传"
            )
        else:
            answer = self.readers[column.type](cell, column)
        if answer.expected:
            is_error = answer.is_unreadable and (column.strict or column.required)
            expected = answer.expected
            if answer.is_unreadable and not is_error:
                expected += "；读作空"
            self._tell(
                "error" if is_error else "warning", row, column.name, expected, answer.remedy
            )
        return answer

    def _is_percent(self, column: Column) -> bool:
        at = self.assignment.position(column.name)
        return at is not None and "%" in self.assignment.headers[at]

    def _date(self, cell: Cell, column: Column) -> Answer:
        answer = read_date(cell, self.setting.window, self.setting.is_1904)
        if answer.value is None and answer.wording and column.name != self.contract.deadline:
            return unreadable("应为日期", EXAMPLE)
        return answer

    def _dimension(self, cell: Cell, column: Column) -> Answer:
        what = self.setting.names.pack.campaign.dimension_word
        return read_name(cell, self.setting.names.dimensions, what)

    def _sections(self, row: Row, values: dict[str, Any]) -> None:
        """Give a row without a dimension of its own that of its section."""
        column = next((c.name for c in self.contract.columns if c.type == "dimension"), None)
        if column and row.section and is_missing(row.cells.get(column)):
            values[column] = self.setting.names.dimensions.find(row.section)

    def _units(self, row: Row, values: dict[str, Any]) -> None:
        """Read who leads and who takes part; a row without a lead is the submitting unit's."""
        units = self.setting.names.units
        named = self._named(row, "unit")
        joined = self._named(row, "partners")
        is_blank = is_missing(row.cells.get("unit"))
        values["unit"] = named.lead or (self.setting.unit if is_blank else "") or None
        beside = (*named.partners, *named.everybody)
        others = dict.fromkeys((*beside, *joined.all, *joined.everybody, *joined.unknown))
        others.pop(values["unit"], None)
        if "partners" in values:
            values["partners"] = "、".join(others) or None
        for word in named.unknown:
            self._tell("error", row, "unit", f"名册里没有“{word}”", proposal(units, word))
        is_faulty = isinstance(row.cells.get("unit"), Fault)
        if not (is_blank or is_faulty or named.lead or named.unknown):
            self._tell("error", row, "unit", "没有写明牵头单位", "请写明由哪个单位牵头")
        for word in joined.unknown:
            self._warn(row, "partners", f"名册里没有“{word}”，按原文保留", proposal(units, word))
        if joined.everybody or named.everybody:
            self._warn(
                row, "partners" if joined.everybody else "unit", "按原文记为配合", "可改为具体单位"
            )
        if named.lead and beside and not named.is_lead_marked:
            kept = (
                "首个为牵头，其余为配合" if "partners" in values else "首个为责任单位，其余未记入"
            )
            self._warn(row, "unit", kept, "如不对，请把牵头单位写在最前")

    def _named(self, row: Row, column: str) -> Named:
        cell = row.cells.get(column)
        if isinstance(cell, Fault):
            answer = unreadable("应为单位名称，不是错误值", "请改正公式，或填写单位名称")
            is_strict = self.contract.column(column).strict
            level: Level = "error" if is_strict else "warning"
            self._tell(level, row, column, answer.expected, answer.remedy)
            return Named()
        return self.setting.names.units.read(cell)

    def _state(self, row: Row, values: dict[str, Any]) -> None:
        """Settle what a row without a state word is, and where words and days disagree."""
        closed_on = values.get("closed_on")
        if "state" not in self.found:
            values["state"] = "closed" if closed_on else "open"
            return
        cell = row.cells.get("state")
        if values.get("progress_share", 0) is None:
            values["progress_share"] = state_share(cell)
        if values["state"] is None and is_missing(cell):
            values["state"] = "open"
            filled = "，但已填销号日期" if closed_on else ""
            self._warn(row, "state", f"状态为空，读作未销号{filled}", "请填写状态")
        elif values["state"] == "closed" and closed_on is None:
            word = shown(cell)
            if is_missing(row.cells.get("closed_on")):
                self._warn(row, "state", f"状态为“{word}”但无日期", "请补填销号日期")
        elif values["state"] == "open" and closed_on:
            self._warn(row, "state", "状态未销号，但已填销号日期", "请核对状态或日期")

    def _required(self, row: Row, values: Mapping[str, Any]) -> None:
        for column in self.contract.required:
            is_blank = is_missing(row.cells.get(column.name)) or not plain(row.cells[column.name])
            if values[column.name] is None and is_blank:
                self._tell("error", row, column.name, f"“{column.title}”不能为空", "请补填")

    def _derive_deadline(self, values: dict[str, Any], due_text: str | None) -> bool:
        """Give a row without a deadline the pack's working days from the day it came in."""
        name = self.contract.deadline
        start = values.get(self.contract.happened or "found_on")
        if not name or values[name] or due_text or not start or not self.deadline_days:
            return False
        try:
            values[name] = add_workdays(start, self.deadline_days)
        except CalendarUnknown as unknown:
            if str(unknown) not in self.unknown_years:
                self.unknown_years.add(str(unknown))
                self.table.tell("warning", "", name, "", f"时限未推算：{unknown}", "加入后重新导入")
            return False
        return True

    def _check_days(self, row: Row, values: Mapping[str, Any]) -> None:
        """Say which closing day cannot be right beside the others."""
        closed_on: date | None = values.get("closed_on")
        came_on: date | None = values.get(self.contract.happened or "found_on")
        month = self.setting.window.month
        if closed_on is None:
            return
        if came_on and closed_on < came_on:
            self._warn(
                row, "closed_on", f"早于 {came_on.isoformat()}（发现或受理日期）", "请核对两个日期"
            )
        if month and self.contract.nature == "state":
            last = month_end(month.year, month.month)
            if closed_on > last:
                self._warn(
                    row, "closed_on", f"晚于本期月末 {last.isoformat()}", "请核对日期或所属月份"
                )

    def _period(self, values: Mapping[str, Any]) -> date | None:
        if self.contract.nature == "reference":
            return None
        if self.contract.nature == "event":
            happened: date | None = values.get(self.contract.happened)
            return happened.replace(day=1) if happened else None
        return self.setting.window.month


def read_rows(table: Table, setting: Setting) -> list[dict[str, Any]]:
    """Return the ledger rows of one table; what is doubtful goes to the table's problems."""
    _tell_unknown_sections(table, setting)
    return RowReader(table, setting).rows()


def _tell_unknown_sections(table: Table, setting: Setting) -> None:
    if not any(column.type == "dimension" for column in table.header.contract.columns):
        return
    for section in dict.fromkeys(row.section for row in table.rows if row.section):
        if setting.names.dimensions.find(section) is None:
            what = setting.names.pack.campaign.dimension_word
            table.tell(
                "warning",
                "",
                "dimension",
                section,
                f"分节不是本专项行动的{what}，下面各行未分{what}",
                proposal(setting.names.dimensions, section),
            )
