"""Tells what each line under a header is: a row of the ledger, a section, a total, a note.

Nothing is dropped without being said.
"""

import re
from collections.abc import Callable
from typing import Literal

from tally.intake.answers import plain, shown
from tally.intake.finding import Header
from tally.intake.grids import Cell, Grid
from tally.intake.headers import header_word, title_of, vocabulary
from tally.intake.omissions import tell_columns, tell_hidden, tell_merged_rows
from tally.intake.table import Row, Table

Kind = Literal[
    "row",
    "section",
    "total",
    "header",
    "foreign header",
    "example",
    "number",
    "note",
    "stray",
    "blank",
]

CHINESE_NUMBERED = re.compile(
    r"(第?[一二三四五六七八九十]{1,3}[、.:类]|\([一二三四五六七八九十]{1,3}\))\S"
)
CHINESE_NUMERAL = re.compile(r"[一二三四五六七八九十]{1,3}|\([一二三四五六七八九十]{1,3}\)")
STATED_COUNT = re.compile(r"\((?:共|计)?(\d+)[项个件条]\)\Z")
TOTAL = re.compile(
    r"(本页|各项)?(合计|小计|总计|共计)(数|数量)?[\d共有项个件条:,.%()、已未销号完成其中]*"
)
STATED_TOTAL = re.compile(r"(?:[合总小共]计|共有?|收集)[:(]?\s?(\d+)(?:[项个件条)]|\Z)")
NOTE = re.compile(
    r"(注|备注|说明|填表说明|填报说明|数据来源|填表人|填报人|制表人?|制表单位|审核人?|审签|联系人|联系电话|"
    r"单位负责人|分管负责人|主要负责人|填报单位|填报日期|填表日期|报送日期|统计日期|打印日期)(\(.*\))?:|注\d"
)
EXAMPLE_MARKS = ("示例", "(示例)", "例", "样例", "填写示例")


class _Reader:
    """Walks down a sheet once; the handlers below say what each kind of line does."""

    def __init__(self, table: Table, is_section_word: Callable[[str], bool]) -> None:
        self.table, self.is_section_word = table, is_section_word
        self.assignment = table.header.assignment
        self.known = vocabulary(table.header.contract.kind)
        self.title_column = self.assignment.position(title_of(table.header.contract))
        self.section, self.section_line, self.section_count = "", 0, None
        self.section_start = 0
        self.counts: dict[str, int] = {}
        self.waiting: list[tuple[int, str]] = []

    def kind_of(self, line: list[tuple[int, Cell]]) -> Kind:
        """Tell what a line is from its filled cells."""
        if not line:
            return "blank"
        words = [plain(cell) for _, cell in line]
        if self._is_header(line):
            return "header" if self._is_same_header(line) else "foreign header"
        if words[0] in EXAMPLE_MARKS or words[0].startswith(("示例:", "例:")):
            return "example"
        if TOTAL.fullmatch(words[0]):
            return "total"
        if len(line) <= 4 and NOTE.match(words[0]):
            return "note"
        if self._is_section(words):
            return "section"
        filled = {at for at, _ in line}
        if filled <= self.assignment.ignored and all(word.isdigit() for word in words):
            return "number"
        is_lonely = len(line) == 1 and self.title_column not in filled
        return "stray" if is_lonely or not filled & set(self.assignment.columns) else "row"

    def _is_header(self, line: list[tuple[int, Cell]]) -> bool:
        # Two cells decide for nearly every line; only a likely header is looked at whole.
        if not any(self.known.knows(header_word(cell)) for _, cell in line[:2]):
            return False
        known = [cell for _, cell in line if self.known.knows(header_word(cell))]
        return len(known) >= 2 and len(known) * 5 >= len(line) * 4

    def _is_same_header(self, line: list[tuple[int, Cell]]) -> bool:
        # A header of two rows was joined; each of its rows is a part of the whole.
        return all(
            header_word(cell) in self.assignment.headers.get(at, header_word(cell))
            for at, cell in line
        )

    def _is_section(self, words: list[str]) -> bool:
        if len(words) == 2 and CHINESE_NUMERAL.fullmatch(words[0]):
            return True
        if len(words) > 1:
            return False
        is_marked = CHINESE_NUMBERED.match(words[0]) or STATED_COUNT.search(words[0])
        return bool(is_marked) or self.is_section_word(words[0])

    def walk(self) -> None:
        """Read every line below the header."""
        for number in range(self.table.header.last_row + 1, len(self.table.grid.cells)):
            line = [(at, c) for at, c in enumerate(self.table.grid.cells[number]) if plain(c)]
            kind = self.kind_of(line)
            self.counts[kind] = self.counts.get(kind, 0) + 1
            if kind == "row":
                self._row(number, line)
            elif kind == "section":
                self._section(number, "、".join(shown(cell) for _, cell in line))
            elif kind == "total":
                self._total(number, line)
            elif kind == "foreign header":
                self._foreign_header(number, line)
            elif kind == "note":
                self.table.notes.append(" ".join(shown(cell) for _, cell in line))
            elif kind == "stray":
                self.waiting.append((number, " ".join(shown(cell) for _, cell in line)))
        self._close_section()
        self._finish()

    def _row(self, number: int, line: list[tuple[int, Cell]]) -> None:
        for stray, text in self.waiting:
            self._tell_line(
                stray,
                text,
                "不像台账的一行，已略过",
                "是台账内容的请补全各列；不是的请移到表格之外",
            )
        self.waiting = []
        filled = dict(line)
        cells = {c.name: filled.get(at) for at, c in self.assignment.columns.items()}
        self.table.rows.append(Row(number, cells, self.section))

    def _section(self, number: int, text: str) -> None:
        self._close_section()
        stated = STATED_COUNT.search(plain(text))
        self.section, self.section_line = text, number
        self.section_count = int(stated[1]) if stated else None
        self.section_start = len(self.table.rows)

    def _close_section(self) -> None:
        read_count = len(self.table.rows) - self.section_start
        if self.section_count is not None and self.section_count != read_count:
            self._tell_line(
                self.section_line,
                self.section,
                f"分节写明 {self.section_count} 项，读到 {read_count} 项",
                "请核对这一节的条数",
            )

    def _total(self, number: int, line: list[tuple[int, Cell]]) -> None:
        counted = {len(self.table.rows), len(self.table.rows) - self.section_start}
        stated = self._stated_total(line)
        expected = "合计行，已略过"
        if stated is not None and stated not in counted:
            expected += f"；写明 {stated}，读到 {len(self.table.rows)} 条"
        text = " ".join(shown(cell) for _, cell in line)
        self._tell_line(number, text, expected, "合计由系统计算，可以删去这一行")

    def _stated_total(self, line: list[tuple[int, Cell]]) -> int | None:
        """Return the count a total states: in its own words, else under the title or number."""
        words = " ".join(plain(cell) for _, cell in line)
        if stated := STATED_TOTAL.search(words):
            return int(stated[1])
        for at, cell in line[1:]:
            is_counted = at == self.title_column or at in self.assignment.ignored
            if is_counted and (digits := re.fullmatch(r"(\d+)[项个件条]?", plain(cell))):
                return int(digits[1])
        return None

    def _foreign_header(self, number: int, line: list[tuple[int, Cell]]) -> None:
        self.table.tell(
            "error",
            f"第 {number + 1} 行",
            "",
            "、".join(shown(cell) for _, cell in line),
            "同一工作表中又出现一个不同的表头",
            "请把两个表分别放在两个工作表中",
        )

    def _tell_line(self, number: int, found: str, expected: str, remedy: str) -> None:
        self.table.tell("warning", f"第 {number + 1} 行", "", found, expected, remedy)

    def _finish(self) -> None:
        """Say what stands after the last row, and count what was quietly passed over."""
        self.table.notes += [text for _, text in self.waiting]
        if not self.table.rows:
            self.table.tell(
                "warning", "", "", "没有内容", "表头以下没有台账内容", "无内容可报时不必处理"
            )
        told = (
            (self.counts.get("section", 0), "分节行"),
            (self.counts.get("header", 0), "重复的表头"),
            (self.counts.get("example", 0), "示例行"),
            (self.counts.get("number", 0), "只有序号的空行"),
            (len(self.table.notes), "表后附注"),
        )
        passed = "、".join(f"{what} {count} 行" for count, what in told if count)
        if passed:
            self.table.tell(
                "warning", "", "", passed, "不作为台账的条目", "如有台账内容，请移入表格"
            )


def read_table(grid: Grid, header: Header, is_section_word: Callable[[str], bool]) -> Table:
    """Sort the lines of a filled-down sheet; `is_section_word` knows the dimensions."""
    table = Table(grid, header)
    for line in grid.cells[: header.first_row]:
        words = list(dict.fromkeys(shown(cell) for cell in line if plain(cell)))
        if words:
            table.titles.append(" ".join(words))
    _Reader(table, is_section_word).walk()
    tell_columns(table)
    tell_hidden(table)
    tell_merged_rows(table)
    return table
