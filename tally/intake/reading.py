"""Reads a file from bytes to Reading: open, find the ledgers, place them, read their rows."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath
from typing import Any

from tally.contracts import (
    TEMPLATE_CHOICES,
    TEMPLATE_NOTES,
    Contract,
    Ledger,
    Problem,
    Question,
    Reading,
    Sheet,
    contract_named,
    contracts,
)
from tally.intake.answers import shown
from tally.intake.context import (
    Words,
    find_campaign,
    find_month,
    find_unit,
    leads,
    reported_on,
    stated_unit,
    words_around,
)
from tally.intake.dates import Window
from tally.intake.duplicates import tell_duplicates
from tally.intake.finding import Found, filled_down, find_table
from tally.intake.grids import Grid, Refusal, Workbook
from tally.intake.isolation import open_isolated
from tally.intake.lines import read_table
from tally.intake.names import Dimensions, Names
from tally.intake.rows import Setting, read_rows
from tally.intake.table import Table
from tally.intake.workbook import open_workbook
from tally.packs import Pack

USUAL = "problems"
ENOUGH_TO_BE_NEAR = 2
TEMPLATE = "请下载模板填写，或核对表头后重新上传"


@dataclass(frozen=True)
class Brief:
    """What the caller knows of a file; what is empty is recognised or asked for.

    `campaign` is a slug, `ledger` a kind or a Chinese name, `month` any day of the month,
    `unit` a name or alias of the roster. `isolated` False reads in this process.
    """

    packs: Mapping[str, Pack]
    campaign: str = ""
    ledger: str = ""
    month: date | None = None
    unit: str = ""
    isolated: bool = True


def read(content: bytes, file_name: str, brief: Brief) -> Reading:
    """Read a workbook's bytes; whatever is wrong with them is a Problem, never an exception."""
    name = PurePath(file_name).name
    blank = Reading(file=name, sha256=hashlib.sha256(content).hexdigest())
    wanted = contract_named(brief.ledger) if brief.ledger else None
    if brief.ledger and wanted is None:
        titles = tuple(contract.title for contract in contracts().values())
        question = Question("--ledger", f"没有“{brief.ledger}”这种台账，是哪一种？", titles)
        return replace(blank, questions=(question,))
    try:
        book = (open_isolated if brief.isolated else open_workbook)(content)
        return _File(blank, book, brief, wanted).reading()
    except Refusal as refusal:
        return replace(blank, problems=(_refused(refusal),))


def _refused(refusal: Refusal) -> Problem:
    return Problem("error", "", "", "", refusal.found, refusal.expected, refusal.remedy)


class _File:
    """One opened file on its way to a Reading."""

    def __init__(
        self, blank: Reading, book: Workbook, brief: Brief, wanted: Contract | None
    ) -> None:
        self.blank, self.book, self.brief = blank, book, brief
        self.stem = PurePath(blank.file).stem
        self.problems: list[Problem] = []
        self.questions: list[Question] = []
        self.found = [find_table(grid, self.stem, wanted) for grid in self._visible_grids()]
        self.tables = self._tables()

    def _tell(self, sheet: str, found: str, expected: str, remedy: str) -> None:
        self.problems.append(Problem("warning", sheet, "", "", found, expected, remedy))

    def _visible_grids(self) -> list[Grid]:
        if self.book.has_macros:
            self._tell("", "文件带有宏", "只读取了数值，宏没有运行", "台账不需要宏，可另存为 .xlsx")
        own = (TEMPLATE_CHOICES, TEMPLATE_NOTES)
        grids = [grid for grid in self.book.grids if grid.name not in own]
        visible = [filled_down(grid) for grid in grids if not grid.is_hidden]
        for grid in grids:
            if grid.is_hidden and any(cell is not None for row in grid.cells for cell in row):
                self._tell(grid.name, "工作表已隐藏", "未导入", "需要导入的请取消隐藏后重新上传")
        return visible

    def _tables(self) -> list[Table]:
        """Return the ledgers of the file; a sheet that is none is passed over and named."""
        dimensions = [d for pack in self.brief.packs.values() for d in pack.dimensions]
        is_section_word = _any_finds([Dimensions([dimension]) for dimension in dimensions])
        if not any(found.candidates for found in self.found):
            return []
        tables = []
        for found in self.found:
            if len(found.candidates) == 1:
                tables.append(read_table(found.grid, found.candidates[0], is_section_word))
            elif found.candidates:
                choices = tuple(header.contract.title for header in found.candidates)
                sentence = f"“{found.grid.name}”像{'，也像'.join(choices)}，是哪一种？"
                self.questions.append(Question("--ledger", sentence, choices))
            elif any(cell is not None for row in found.grid.cells for cell in row):
                self._tell(
                    found.grid.name, _first_words(found), "不是台账，未导入", _missing(found)
                )
        return tables

    def reading(self) -> Reading:
        """Place the tables in campaign, month and unit, and read their rows."""
        if not self.tables and not self.questions:
            return replace(self.blank, problems=(*self.problems, self._no_ledger()))
        if not self.tables:
            return self._done(self.blank)
        words = words_around(self.tables, self.stem)
        pack = find_campaign(self.brief.packs, self.brief.campaign, words, self.tables)
        if isinstance(pack, Question):
            self.questions.append(pack)
            return self._done(self.blank)
        return self._placed(pack, words)

    def _placed(self, pack: Pack, words: Words) -> Reading:
        names = Names(pack)
        campaign = pack.campaign
        window = Window(campaign.start_on, campaign.end_on)
        month = self._month(words, window)
        unit = self._unit(words, names)
        placed = replace(
            self.blank,
            campaign=pack.slug,
            month=month,
            unit=unit,
            reported_on=reported_on(words, window),
        )
        if self.questions:
            return self._done(placed)
        setting = Setting(names, replace(window, month=month), unit, self.book.is_1904)
        return self._done(replace(placed, ledgers=self._ledgers(setting)))

    def _month(self, words: Words, window: Window) -> date | None:
        natures = {table.header.contract.nature for table in self.tables}
        if "state" not in natures:
            return self.brief.month.replace(day=1) if self.brief.month else None
        month = find_month(self.brief.month, words, window)
        if isinstance(month, Question):
            self.questions.append(month)
            return None
        if not _overlaps(month, window):
            self._tell("", f"{month:%Y-%m}", "不在专项行动期间", "请核对月份")
        return month

    def _unit(self, words: Words, names: Names) -> str:
        if all(table.header.contract.nature == "reference" for table in self.tables):
            return ""
        unit = find_unit(self.brief.unit, words, self.tables, names)
        if isinstance(unit, Question):
            self.questions.append(unit)
            return ""
        is_named = self.brief.unit or stated_unit(words, names)
        if not is_named and self._is_collected_whole(names):
            unit = ""
        self._tell_other_leads(unit, words, names)
        return unit

    def _is_collected_whole(self, names: Names) -> bool:
        """Tell whether the campaign collects these ledgers as lists of all units.

        A month in which only one unit has rows is then still everybody's list.
        """
        whole = {entry.kind for entry in names.pack.ledgers if entry.submitted_by == "all"}
        return all(table.header.contract.kind in whole for table in self.tables)

    def _tell_other_leads(self, unit: str, words: Words, names: Names) -> None:
        """Say that a file of one unit holds rows of others: a slice belongs to one or to all."""
        others = "、".join(lead for lead in leads(self.tables, names) if lead != unit)
        stated = stated_unit(words, names)
        if unit and others:
            expected = f"导入时指明的单位是“{unit}”，表中还有别的责任单位"
            remedy = "不指明单位，即按全部单位导入；或只留本单位的条目"
            self.problems.append(Problem("error", "", "", "unit", others, expected, remedy))
        elif not unit and stated and others:
            expected = f"填报单位是“{stated}”，但责任单位不止一个，按全部单位的台账读入"
            self._tell("", others, expected, "只是本单位台账的，请只留本单位的条目")

    def _ledgers(self, setting: Setting) -> tuple[Ledger, ...]:
        rows: dict[str, list[dict[str, Any]]] = {}
        for table in self.tables:
            contract = table.header.contract
            rows.setdefault(contract.kind, []).extend(read_rows(table, setting))
        for kind, entries in rows.items():
            self.problems += tell_duplicates(contracts()[kind], entries, self.tables)
        return tuple(Ledger(kind, tuple(entries)) for kind, entries in rows.items())

    def _done(self, reading: Reading) -> Reading:
        problems = [*self.problems, *(p for table in self.tables for p in table.problems)]
        problems.sort(key=lambda problem: problem.level != "error")
        return replace(
            reading,
            sheets=tuple(_sheet(table) for table in self.tables),
            problems=tuple(problems),
            questions=tuple(self.questions),
        )

    def _no_ledger(self) -> Problem:
        """Return the sentence that refuses a file without a ledger, after its likeliest sheet."""
        likeliest = max(
            self.found,
            key=lambda found: found.nearest.matched_count if found.nearest else 0,
            default=None,
        )
        if likeliest is None:
            return Problem("error", "", "", "", "没有可见的工作表", "应有一份台账", TEMPLATE)
        return Problem(
            "error",
            likeliest.grid.name,
            "",
            "",
            _first_words(likeliest),
            f"这不是本系统的台账：{_missing(likeliest)}",
            TEMPLATE,
        )


def _any_finds(rosters: Sequence[Dimensions]) -> Any:
    return lambda word: any(roster.find(word) is not None for roster in rosters)


def _overlaps(month: date, window: Window) -> bool:
    first, last = window.start_on, window.end_on
    return bool(first and last and (first.year, first.month) <= (month.year, month.month)) and (
        (month.year, month.month) <= (last.year, last.month)
    )


def _first_words(found: Found) -> str:
    """Return what a sheet without a ledger shows: its likeliest header, else its first line."""
    start = found.nearest.first_row if found.nearest else 0
    for line in found.grid.cells[start:]:
        words = [shown(cell) for cell in line if cell is not None]
        if words:
            return "、".join(words)
    return "空表"


def _missing(found: Found) -> str:
    """Return which columns the likeliest ledger lacks."""
    near = found.nearest
    if near is None or near.matched_count < ENOUGH_TO_BE_NEAR:
        columns, contract = contracts()[USUAL].required, contracts()[USUAL]
    else:
        columns, contract = near.missing, near.contract
    if not columns:
        return f"像{contract.title}，但认得的列太少"
    titles = "".join(f"“{column.title}”" for column in columns)
    count = {1: "一列", 2: "两列", 3: "三列", 4: "四列"}.get(len(columns), "几列")
    return f"没有找到{contract.title}的{titles}{count}"


def _sheet(table: Table) -> Sheet:
    assignment = table.header.assignment
    columns = {assignment.headers[at]: column.name for at, column in assignment.columns.items()}
    kind = table.header.contract.kind
    return Sheet(table.grid.name, kind, table.header.first_row + 1, len(table.rows), columns)
