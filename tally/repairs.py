"""Problems of a file grouped by what to do about them: a clerk mends a kind, not a cell."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tally.contracts import Level, Problem, contracts

LEVEL_WORDS: Mapping[Level, str] = {"error": "■ 错误", "warning": "▲ 提醒"}

QUOTED = re.compile(r"“[^”]*”|\d+(?:[-.:]\d+)*")
CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
ROW = re.compile(r"第 ?(\d+) ?行")
COLUMN = re.compile(r"([A-Z]{1,3}) ?列")


@dataclass(frozen=True)
class Repair:
    """Problems that are mended in one way, in the order of the file.

    `expected` and `remedy` are the problems' own words where all agree; what differs between
    them is `“…”`.
    """

    level: Level
    subject: str
    expected: str
    remedy: str
    problems: tuple[Problem, ...]

    @property
    def headline(self) -> str:
        """What is wrong and how often: `完成时限：12 处，应为日期`."""
        return f"{self.subject}：{len(self.problems):,} 处，{self.expected}"

    @property
    def line(self) -> str:
        """The whole group in one line: what is wrong, how to mend it, where."""
        remedy = f" — {self.remedy}" if self.remedy else ""
        place = self.places()
        return f"{self.headline}{remedy}{f' — {place}' if place else ''}"

    def places(self, at_most: int = 3) -> str:
        """Return the first places: `D14、D17、D22 等 12 处`, with the sheet where there are two."""
        sheets = {problem.sheet for problem in self.problems}
        named = [place_of(problem, len(sheets) > 1) for problem in self.problems]
        shown = [name for name in dict.fromkeys(named) if name]
        more = f" 等 {len(shown):,} 处" if len(shown) > at_most else ""
        return "、".join(shown[:at_most]) + more

    def found(self, at_most: int = 3) -> str:
        """Return what stands there most often: `“规建办” 5 处、“产发” 2 处`."""
        counted = Counter(problem.found for problem in self.problems if problem.found)
        shown = [f"“{words}” {count:,} 处" for words, count in counted.most_common(at_most)]
        return "、".join(shown) + ("……" if len(counted) > at_most else "")


def place_of(problem: Problem, is_sheet_named: bool = True) -> str:
    """Return where a problem is: `“8月”D14`, `D14`, `第 14 行`; '' for the file as a whole."""
    sheet = f"“{problem.sheet}”" if problem.sheet and is_sheet_named else ""
    return f"{sheet}{problem.cell}"


def column_titles(ledgers: Iterable[str]) -> dict[str, str]:
    """Return the titles of all columns; ledgers share names, and one of `ledgers` goes first."""
    kinds = dict.fromkeys([*(kind for kind in ledgers if kind), *contracts()])
    return {
        column.name: column.title
        for kind in reversed(kinds)
        for column in contracts()[kind].columns
    }


def repairs(problems: Iterable[Problem], titles: Mapping[str, str]) -> tuple[Repair, ...]:
    """Group problems with one level, subject, expectation and remedy; errors first, then size.

    `titles` are the columns' titles by name, as `column_titles` gives them.
    """
    groups: dict[tuple[str, ...], list[Problem]] = {}
    for problem in problems:
        kind = (
            problem.level,
            _subject(problem, titles),
            _general(problem.expected),
            _general(problem.remedy),
        )
        groups.setdefault(kind, []).append(problem)
    made = [_repair(subject, group) for (_, subject, *_), group in groups.items()]
    return tuple(sorted(made, key=lambda repair: (repair.level != "error", -len(repair.problems))))


def _repair(subject: str, group: Sequence[Problem]) -> Repair:
    return Repair(
        group[0].level,
        subject,
        _common([problem.expected for problem in group]),
        _common([problem.remedy for problem in group]),
        tuple(group),
    )


def _subject(problem: Problem, titles: Mapping[str, str]) -> str:
    if problem.column:
        return titles.get(problem.column, problem.column)
    if CELL.fullmatch(problem.cell):
        return "表头"
    if ROW.fullmatch(problem.cell):
        return "整行"
    if COLUMN.fullmatch(problem.cell):
        return "整列"
    return "工作表" if problem.sheet else "文件"


def _general(sentence: str) -> str:
    """Return a sentence without the words and numbers that differ from cell to cell."""
    return QUOTED.sub(_open, sentence)


def _open(part: re.Match[str] | str) -> str:
    words = part if isinstance(part, str) else part[0]
    return "“…”" if words.startswith("“") else "…"


def _common(sentences: Sequence[str]) -> str:
    """Return sentences of one pattern as one: the parts that differ are left open."""
    first = sentences[0]
    if all(sentence == first for sentence in sentences):
        return first
    parts = [QUOTED.findall(sentence) for sentence in sentences]
    kept = iter(
        words[0] if len(set(words)) == 1 else _open(words[0]) for words in zip(*parts, strict=True)
    )
    return QUOTED.sub(lambda _: next(kept), first)
