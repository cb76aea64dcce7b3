"""Recognises the ledgers of an opened file, sheet by sheet; what is none is named."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tally.contracts import (
    FINDINGS_SHEET,
    IMPORTED,
    NOT_IMPORTED,
    TEMPLATE_CHOICES,
    TEMPLATE_NOTES,
    Contract,
    Level,
    Problem,
    Question,
    contracts,
)
from tally.intake.cells.answers import plain, shown
from tally.intake.cells.names import Dimensions
from tally.intake.opening.grids import Grid, Workbook
from tally.intake.progress import tell
from tally.intake.series.dictionary import Dictionary
from tally.intake.series.finding import tables_of_figures
from tally.intake.series.gazetteer import Gazetteer
from tally.intake.series.table import SeriesTable
from tally.intake.tables.finding import Found, Header, Search, fill_down
from tally.intake.tables.garbling import is_garbled
from tally.intake.tables.lines import read_table
from tally.intake.tables.omissions import hidden_words, tell_columns
from tally.intake.tables.overlaps import sheet_key
from tally.intake.tables.resemblance import Rosters, asked_header, assumed, column_questions
from tally.intake.tables.splitting import find_tables
from tally.intake.tables.table import CHANGE_ANSWER, Table
from tally.packs import Pack

USUAL, FIGURES = "problems", "indicators"
ENOUGH_TO_BE_NEAR = 2
TEMPLATE = "请下载模板填写，或核对表头后重新上传"
WITHOUT_UNITS = "是台账的请下载模板填写；是指标数据的，请写明计量单位，如（单位：亿元）"
GARBLED = (
    "文字是乱码：文件以前存错了编码",
    "请从原来的软件重新导出，编码选 UTF-8 或 GBK，或另存为 .xlsx",
)
AS_ANSWERED = "按已有的答复，未导入"


@dataclass
class Recognised:
    """What was recognised in a file.

    `tables` are its ledgers; `context` are those and the tables whose kind or columns must
    still be asked, as they most likely are: their words tell of campaign, month and unit.
    """

    tables: list[Table] = field(default_factory=list)
    context: list[Table] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)


def recognise(
    book: Workbook,
    stem: str,
    wanted: Contract | None,
    packs: Mapping[str, Pack],
    answers: Mapping[str, str],
) -> Recognised:
    """Return the ledgers of a file; a file without any has one error that says why."""
    return _Recognition(book, Search(stem, wanted, answers), packs).recognised()


class _Recognition:
    """One file on its way to its tables."""

    def __init__(self, book: Workbook, search: Search, packs: Mapping[str, Pack]) -> None:
        self.book, self.search = book, search
        self.result = Recognised()
        self.rosters = Rosters(packs)
        self.places, self.indicators = Gazetteer(packs), Dictionary(packs.values())
        dimensions = [Dimensions([one]) for pack in packs.values() for one in pack.dimensions]
        self.is_section_word = _any_finds(dimensions)

    def _tell(self, sheet: str, found: str, expected: str, remedy: str) -> None:
        self.result.problems.append(Problem("warning", sheet, "", "", found, expected, remedy))

    def recognised(self) -> Recognised:
        """Look at every sheet, then settle what each of its parts is."""
        grids = self._visible_grids()
        found: list[Found] = []
        for at, grid in enumerate(grids):
            tell("recognise", at / len(grids))
            found += self._found(grid)
        found = self._unfolded(grids, found)
        headers = [self._header(one) for one in found]
        is_any = any(one.candidates or header for one, header in zip(found, headers, strict=True))
        if not is_any and not self.result.tables:
            refusal = _no_ledger(found)
            is_like = any(self._figures(grid, [], is_wanted=True) for grid in grids)
            remedy = WITHOUT_UNITS if is_like else refusal.remedy
            self.result.problems.append(replace(refusal, remedy=remedy))
            return self.result
        for one, header in zip(found, headers, strict=True):
            self._settle(one, header, found)
        self._tell_hidden(grids)
        return self.result

    def _visible_grids(self) -> list[Grid]:
        if self.book.has_macros:
            self._tell("", "文件带有宏", "只读取了数值，宏没有运行", "台账不需要宏，可另存为 .xlsx")
        own = (TEMPLATE_CHOICES, TEMPLATE_NOTES)
        grids = [
            grid
            for grid in self.book.grids
            if grid.name not in own and not grid.name.startswith(FINDINGS_SHEET)
        ]
        for grid in grids:
            if grid.is_hidden and not grid.is_empty:
                self._tell(grid.name, "工作表已隐藏", "未导入", "需要导入的请取消隐藏后重新上传")
        return [grid for grid in grids if not grid.is_hidden]

    def _found(self, grid: Grid) -> list[Found]:
        fill_down(grid)
        return find_tables(grid, self.search)

    def _unfolded(self, grids: Sequence[Grid], all_found: list[Found]) -> list[Found]:
        """Take the sheets that are tables of figures; return what was found in the others.

        Beside another kind of ledger a table of numbers rather counts its rows.
        """
        found_of = {id(grid): [one for one in all_found if one.grid is grid] for grid in grids}
        kinds = {header.contract.kind for one in all_found for header in one.candidates}
        wanted = self.search.wanted
        if kinds - {FIGURES} or (wanted and not wanted.unfolds):
            return all_found
        taken: set[int] = set()
        for grid in grids:
            heads = [header for one in found_of[id(grid)] for header in one.candidates]
            tables = self._figures(grid, heads, is_wanted=bool(wanted))
            self.result.tables += tables
            self.result.context += tables
            taken |= {id(grid)} if tables else set()
        return [one for one in all_found if id(one.grid) not in taken]

    def _figures(self, grid: Grid, heads: list[Header], *, is_wanted: bool) -> list[SeriesTable]:
        given = grid, self.search.stem, self.places, self.indicators
        as_list = [header.assignment for header in heads]
        return tables_of_figures(*given, as_list=as_list, is_wanted=is_wanted)

    def _header(self, found: Found) -> Header | None:
        """Return the header of a part that is no ledger unless a clerk says what it means."""
        if found.candidates or found.grid.is_empty:
            return None
        return asked_header(found, self.search, self.rosters)

    def _settle(self, found: Found, asked: Header | None, all_found: Sequence[Found]) -> None:
        name = found.grid.name
        answer = self.search.answers.get(sheet_key(name), "")
        if asked:
            self._add(found, asked)
        elif len(found.candidates) > 1:
            self._ask_kind(found)
        elif not found.candidates:
            self._pass_over(found, all_found)
        elif self._is_doubtful(found, all_found) and answer != IMPORTED:
            self._ask_doubtful(found, answer)
        else:
            self._add(found, found.candidates[0])

    def _table(self, found: Found, header: Header) -> Table:
        return read_table(found.page, found.area, header, self.is_section_word)

    def _add(self, found: Found, header: Header) -> None:
        table = self._table(found, header)
        questions = column_questions(found.page, found.area, header, self.rosters)
        self.result.tables.append(table)
        if questions:
            meant = assumed(found.page, found.area, header, self.rosters)
            self.result.context.append(self._table(found, meant))
        else:
            self.result.context.append(table)
        for question in questions:
            self._ask(question)
        tell_columns(found.page, table, {question.key for question in questions})

    def _ask(self, question: Question) -> None:
        """Ask once for what several sheets have in common."""
        asked = self.result.questions
        for at, other in enumerate(asked):
            if question.key and other.key == question.key:
                choices = tuple(dict.fromkeys((*other.choices[:-1], *question.choices)))
                is_required = other.is_required or question.is_required
                asked[at] = replace(other, choices=choices, is_required=is_required)
                return
        asked.append(question)

    def _ask_kind(self, found: Found) -> None:
        choices = tuple(header.contract.title for header in found.candidates)
        sentence = f"“{found.grid.name}”像{'，也像'.join(choices)}，是哪一种？"
        self._ask(Question("--ledger", sentence, choices))
        self.result.context.append(self._table(found, found.candidates[0]))

    def _is_doubtful(self, found: Found, all_found: Sequence[Found]) -> bool:
        """Tell whether a part was barely recognised, beside others that clearly are ledgers."""
        header = found.candidates[0]
        names = [plain(name) for name in (header.contract.title, *header.contract.names)]
        is_named = any(name in plain(found.grid.name) for name in names if len(name) > 2)
        if not header.is_weak or is_named:
            return False
        return any(
            not other.candidates[0].is_weak
            for other in all_found
            if other is not found and other.candidates
        )

    def _ask_doubtful(self, found: Found, answer: str) -> None:
        header, name = found.candidates[0], found.grid.name
        if answer == NOT_IMPORTED:
            self._tell(name, _first_words(found), AS_ANSWERED, CHANGE_ANSWER)
            return
        sentence = (
            f"“{name}”像{header.contract.title}，但只认得 {header.matched_count} 列，"
            f"有 {len(header.assignment.unknown)} 列不认识。要导入吗？"
        )
        self._ask(Question("--answer", sentence, (NOT_IMPORTED, IMPORTED), sheet_key(name)))

    def _pass_over(self, found: Found, all_found: Sequence[Found]) -> None:
        """Name a part that is no ledger; one below a ledger that nearly is one is an error."""
        grid = found.grid
        is_alone = all(other is found or other.grid is not grid for other in all_found)
        if grid.is_empty:
            return
        if is_alone:
            self._tell(grid.name, _first_words(found), "不是台账，未导入", _missing(found))
            return
        level: Level = "error" if found.nearest else "warning"
        missing = _missing(found) if found.nearest else "不是台账，未导入"
        line = found.nearest.first_row if found.nearest else found.area.first_row
        self.result.problems.append(
            Problem(
                level,
                grid.name,
                f"第 {line + 1} 行",
                "",
                _first_words(found),
                f"从这一行起又是一个表，{missing}",
                "应导入的请补上缺少的列；不是台账的请移到别的工作表中",
            )
        )

    def _tell_hidden(self, grids: Iterable[Grid]) -> None:
        read = {table.grid.name for table in self.result.context}
        for grid in grids:
            if grid.name in read and (words := hidden_words(grid)):
                remedy = "不该导入的请删去后重新上传"
                self._tell(grid.name, f"有{words}", "隐藏内容也已读入", remedy)


def _no_ledger(all_found: Sequence[Found]) -> Problem:
    """Return the sentence that refuses a file without a ledger, after its likeliest sheet."""
    likeliest = max(
        all_found,
        key=lambda found: found.nearest.matched_count if found.nearest else 0,
        default=None,
    )
    if likeliest is None:
        return Problem("error", "", "", "", "没有可见的工作表", "应有一份台账", TEMPLATE)
    name, words = likeliest.grid.name, _first_words(likeliest)
    if any(is_garbled(word) for word in words.split("、")):
        return Problem("error", name, "", "", words, *GARBLED)
    expected = f"这不是本系统的台账：{_missing(likeliest)}"
    return Problem("error", name, "", "", words, expected, TEMPLATE)


def _any_finds(rosters: Sequence[Dimensions]) -> Callable[[str], bool]:
    return lambda word: any(roster.find(word) is not None for roster in rosters)


def _first_words(found: Found) -> str:
    """Return what a sheet without a ledger shows: its likeliest header, else its first line."""
    start = found.nearest.first_row if found.nearest else found.area.first_row
    for row in range(start, found.grid.height):
        words = [shown(cell) for cell in found.grid.line(row) if cell is not None]
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
