"""Reads a file from bytes to Reading: open, find the ledgers, place them, read their rows."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import PurePath

import pyarrow as pa

from tally.contracts import (
    Contract,
    Ledger,
    Problem,
    Question,
    Reading,
    Sheet,
    contract_named,
    contracts,
)
from tally.intake.cells.masking import masked
from tally.intake.cells.names import Names
from tally.intake.cells.windows import Window
from tally.intake.deadline import within
from tally.intake.opening.grids import Refusal, Workbook
from tally.intake.opening.isolation import open_isolated
from tally.intake.opening.workbook import open_workbook
from tally.intake.progress import tell
from tally.intake.rows.dating import is_month_needed
from tally.intake.rows.duplicates import tell_duplicates
from tally.intake.rows.reader import read_rows
from tally.intake.rows.setting import Setting
from tally.intake.series.reader import SeriesReader
from tally.intake.series.table import SeriesTable
from tally.intake.tables.context import (
    Words,
    comparable,
    find_campaign,
    find_month,
    find_unit,
    first_of_month,
    leads,
    of_month,
    reported_on,
    stated_unit,
    submitters,
    table_unit,
    table_words,
    words_around,
)
from tally.intake.tables.listing import listed_months
from tally.intake.tables.overlaps import doubled_sheets
from tally.intake.tables.personal_cells import placed, take_out
from tally.intake.tables.recognition import recognise
from tally.intake.tables.strangers import name_questions, tell_answered
from tally.intake.tables.table import CHANGE_ANSWER, Table
from tally.intake.telling import masked_problems, masked_question
from tally.packs import Pack
from tally.persons import PersonalRow

# A clerk waits a minute at most, the queue aside.
READING_SECONDS = 58


@dataclass(frozen=True)
class Brief:
    """What the caller knows of a file; what is empty is recognised or asked for.

    `campaign` is a slug, `ledger` a kind or a Chinese name, `month` any day of the month,
    `unit` a name or alias of the roster; `answers` are a clerk's, under the keys of the
    questions. `isolated` False reads in this process.
    """

    packs: Mapping[str, Pack]
    campaign: str = ""
    ledger: str = ""
    month: date | None = None
    unit: str = ""
    isolated: bool = True
    answers: Mapping[str, str] = field(default_factory=dict)


def read(content: bytes, file_name: str, brief: Brief) -> Reading:
    """Read a workbook's bytes; whatever is wrong with them is a Problem, never an exception."""
    name = masked(PurePath(file_name).name)
    sha256 = hashlib.sha256(content).hexdigest()
    blank = Reading(file=name, sha256=sha256, answers=brief.answers)
    wanted = contract_named(brief.ledger) if brief.ledger else None
    if brief.ledger and wanted is None:
        titles = tuple(contract.title for contract in contracts().values())
        question = Question("--ledger", f"没有“{brief.ledger}”这种台账，是哪一种？", titles)
        return replace(blank, questions=(question,))
    try:
        with within(READING_SECONDS):
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
        found = recognise(book, self.stem, wanted, brief.packs, brief.answers)
        self.tables, self.context = found.tables, found.context
        self.problems, self.questions = found.problems, found.questions

    def _tell(self, sheet: str, found: str, expected: str, remedy: str) -> None:
        self.problems.append(Problem("warning", sheet, "", "", found, expected, remedy))

    def reading(self) -> Reading:
        """Place the tables in campaign, month and unit, and read their rows."""
        blank = replace(self.blank, month=first_of_month(self.brief.month))
        if not self.context:
            return self._done(blank)
        words = words_around(self.context, self.stem)
        pack = find_campaign(self.brief.packs, self.brief.campaign, words, self.context)
        if isinstance(pack, Question):
            self.questions.append(pack)
            return self._done(blank)
        return self._placed(pack, words)

    def _placed(self, pack: Pack, words: Words) -> Reading:
        names = Names(pack, self.brief.answers)
        campaign = pack.campaign
        window = Window(campaign.start_on, campaign.end_on)
        month = self._month(words, window)
        self._leave_out(month, window)
        unit = self._unit(words, names)
        at_place = replace(
            self.blank,
            campaign=pack.slug,
            month=month,
            unit=unit,
            reported_on=reported_on(words, window),
        )
        if any(question.is_required for question in self.questions):
            return self._done(at_place)
        said = take_out(self.tables)
        self.questions += name_questions(self.tables, names)
        tell_answered(self.tables, names)
        setting = Setting(names, replace(window, month=month), unit, self.book.is_1904)
        ledgers, personal = self._ledgers(setting, said)
        return self._done(replace(at_place, ledgers=ledgers, personal=personal))

    def _leave_out(self, month: date | None, window: Window) -> None:
        """Leave out tables of other months, and sheets that repeat others by a clerk's answer."""
        if month:
            self.tables, others = of_month(self.tables, month, window)
            for table, stated in others:
                expected = f"写明是 {stated:%Y-%m} 的，未导入"
                remedy = f"需要导入的请按 {stated:%Y-%m} 另行导入"
                self._tell(table.grid.name, table_words(table), expected, remedy)
        kept: set[int] = set()
        # The same places and periods in two tables of figures are of two indicators.
        listed = [table for table in self.tables if not isinstance(table, SeriesTable)]
        kept |= {id(table) for table in self.tables if isinstance(table, SeriesTable)}
        for tables in comparable(listed, None if month else window):
            left, asked = doubled_sheets(tables, self.brief.answers, self._tell_answered)
            kept |= {id(table) for table in left}
            self.questions += asked
        self.tables = [table for table in self.tables if id(table) in kept]

    def _tell_answered(self, sheet: str, expected: str) -> None:
        self._tell(sheet, "条目与其他工作表重复", expected, CHANGE_ANSWER)

    def _month(self, words: Words, window: Window) -> date | None:
        if not any(is_month_needed(table) for table in self.context):
            return first_of_month(self.brief.month)
        month = find_month(self.brief.month, words, window)
        if isinstance(month, Question):
            self.questions.append(month)
            return None
        if not _overlaps(month, window):
            self._tell("", f"{month:%Y-%m}", "不在专项行动期间", "请核对月份")
        return month

    @property
    def _telling(self) -> list[Table]:
        """The tables that tell whose the file is: the likeliest ones while something is asked."""
        is_open = any(question.is_required for question in self.questions)
        return self.context if is_open else self.tables

    def _unit(self, words: Words, names: Names) -> str:
        if all(table.header.contract.nature == "reference" for table in self.context):
            return ""
        unit = find_unit(self.brief.unit, words, self._telling, names)
        if isinstance(unit, Question):
            self.questions.append(unit)
            return ""
        is_named = self.brief.unit or stated_unit(words, submitters(self._telling, names))
        if not is_named and self._is_collected_whole(names):
            unit = ""
        self._tell_other_leads(unit, words, names)
        return unit

    def _is_collected_whole(self, names: Names) -> bool:
        """Tell whether the campaign collects these ledgers as lists of all units.

        A month in which only one unit has rows is then still everybody's list.
        """
        whole = {entry.kind for entry in names.pack.ledgers if entry.submitted_by == "all"}
        return all(table.header.contract.kind in whole for table in self._telling)

    def _tell_other_leads(self, unit: str, words: Words, names: Names) -> None:
        """Say that a file of one unit holds rows of others: a slice belongs to one or to all."""
        others = "、".join(lead for lead in leads(self.tables, names) if lead != unit)
        stated = stated_unit(words, submitters(self._telling, names))
        if unit and others:
            expected = f"导入时指明的单位是“{unit}”，表中还有别的责任单位"
            remedy = "不指明单位，即按全部单位导入；或只留本单位的条目"
            self.problems.append(Problem("error", "", "", "unit", others, expected, remedy))
        elif not unit and stated and others:
            expected = f"填报单位是“{stated}”，但责任单位不止一个，按全部单位的台账读入"
            self._tell("", others, expected, "只是本单位台账的，请只留本单位的条目")

    def _ledgers(
        self, setting: Setting, said: Mapping[int, list[PersonalRow]]
    ) -> tuple[tuple[Ledger, ...], tuple[PersonalRow, ...]]:
        """Return the ledgers, and what their rows said of persons."""
        read: dict[str, list[pa.Table]] = {}
        personal: list[PersonalRow] = []
        for at, table in enumerate(self.tables):
            tell("check", at / len(self.tables))
            unit = setting.unit or table_unit(table, setting.names)
            own = replace(setting, unit=unit)
            rows = (
                SeriesReader(table, own).rows()
                if isinstance(table, SeriesTable)
                else read_rows(table, own)
            )
            before = read.setdefault(table.header.contract.kind, [])
            personal += placed(said[id(table)], sum(part.num_rows for part in before))
            before.append(rows)
        ledgers = tuple(
            Ledger(kind, rows, self._listed(kind, rows, setting.window))
            for kind, tables in read.items()
            for rows in (pa.concat_tables(tables),)
        )
        for ledger in ledgers:
            contract = contracts()[ledger.kind]
            told = {(row.sheet, row.row): row.texts for row in personal if row.kind == ledger.kind}
            self.problems += tell_duplicates(contract, ledger.table, self.tables, told)
        return ledgers, tuple(personal)

    def _listed(self, kind: str, rows: pa.Table, window: Window) -> tuple[date, ...]:
        own = [table for table in self.tables if table.header.contract.kind == kind]
        words = words_around(own, self.stem)
        return listed_months(contracts()[kind], rows, self.brief.month, words, window)

    def _done(self, reading: Reading) -> Reading:
        told = [*self.problems, *(p for table in self.tables for p in table.problems)]
        problems = masked_problems(told)
        problems.sort(key=lambda problem: problem.level != "error")
        return replace(
            reading,
            sheets=tuple(_sheet(table) for table in self.tables),
            problems=tuple(problems),
            questions=tuple(masked_question(question) for question in self.questions),
        )


def _overlaps(month: date, window: Window) -> bool:
    first, last = window.start_on, window.end_on
    if not (first and last):
        return False
    return (first.year, first.month) <= (month.year, month.month) <= (last.year, last.month)


def _sheet(table: Table) -> Sheet:
    assignment = table.header.assignment
    columns = {assignment.headers[at]: column.name for at, column in assignment.columns.items()}
    kind = table.header.contract.kind
    columns_at = table.area.first_column + 1, table.area.end_column
    first_row = table.header.first_row + 1
    return Sheet(table.grid.name, kind, first_row, table.row_count, columns, columns_at)
