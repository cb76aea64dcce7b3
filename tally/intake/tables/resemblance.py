"""Which of our columns an unknown header may mean: by its words and by what stands below it.

What is found here is asked about and never assumed.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher
from functools import cached_property, lru_cache

import numpy as np

from tally.contracts import NOT_IMPORTED, Column, Contract, Question
from tally.intake.cells.answers import is_missing, plain
from tally.intake.cells.classes import read_choice
from tally.intake.cells.names import Names
from tally.intake.cells.personal import personal_header
from tally.intake.cells.readers import read_number, read_result, read_share, read_state, state_words
from tally.intake.deadline import check_time
from tally.intake.opening.grids import Cell
from tally.intake.tables.areas import Area, Page
from tally.intake.tables.disputes import dispute_questions
from tally.intake.tables.finding import ENOUGH_WITHOUT_UNITS, Found, Header, Search, header_at
from tally.intake.tables.headers import column_key, header_word
from tally.packs import Pack

# How like a header's words must be to one of ours, before and after its cells are looked at.
ENOUGH = 0.6
AGREES, DISAGREES = 0.8, 0.3
MAX_PROPOSED, MAX_LOOKED_AT = 3, 200
MAX_WEIGHED_ROWS = 20
# The last word of a header says what kind of thing it is: a day, an office, a person.
TAILS = {
    "day": "时间节点|时间|日期|时限|期限|节点|年月日",
    "office": "单位|部门|科室|处室|机构",
    "person": "人员|人|姓名|领导|同志|用户|职务",
    "code": "编号|编码|代码|号码|号",
    "amount": "个数|数量|金额|数|值|率|比例|占比|比重|得分|分数",
    "text": "情况说明|具体内容|内容|详情|描述|事项|主题|标题|名称|说明",
    "state": "情况|状态",
}
TAIL = {kind: re.compile(rf"(?:{words})\Z") for kind, words in TAILS.items()}
JOINER = re.compile(r"[及和与、/,]")
DAY = re.compile(r"\d{1,4}[-./年]\d|\d{1,2}月|\d{1,2}日|长期|立行立改|年底|月底|[上中下]旬")
FIRST_SERIAL, LAST_SERIAL = 33_000, 65_000
CODES = ("item_no", "ticket_no", "code")


@dataclass(frozen=True)
class Rosters:
    """The names of every campaign: what a column of units or communities is known by."""

    packs: Mapping[str, Pack]

    @cached_property
    def names(self) -> list[Names]:
        """The rosters of each pack."""
        return [Names(pack) for pack in self.packs.values()]

    def knows(self, cell: Cell, kind: str) -> bool:
        """Tell whether some campaign has a unit, community or dimension of that name."""
        if kind == "units":
            read = [names.bodies.read(cell) for names in self.names]
            return any(named.all and not named.unknown for named in read)
        if kind == "community":
            return any(names.places.find(cell) is not None for names in self.names)
        return any(names.dimensions.find(cell) is not None for names in self.names)


def _parts(word: str) -> tuple[str, str]:
    """Return a header without its last word, and what kind of thing that word is."""
    for kind, pattern in TAIL.items():
        if match := pattern.search(word):
            return word[: match.start()], kind
    return word, ""


@lru_cache(maxsize=20_000)
def _alike(one: str, other: str) -> float:
    if one == other:
        return 1.0
    if not set(one) & set(other):
        return 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _is_other_thing(kind: str, other: str) -> bool:
    if {kind, other} <= {"text", "state", ""}:
        return False
    return kind != other and "" not in (kind, other)


def header_likeness(word: str, column: Column) -> float:
    """Return how like a header is to those of a column, 0 to 1; both stem and whole count.

    Of a header that joins two (责任单位及责任人) the first tells what it is.
    """
    first, *others = JOINER.split(word)
    whole = _likeness(word, column)
    return max(whole, 0.9 * _likeness(first, column)) if others else whole


def _likeness(word: str, column: Column) -> float:
    stem, kind = _parts(word)
    best = 0.0
    for header in column.all_headers:
        own = header_word(header)
        own_stem, own_kind = _parts(own)
        if _is_other_thing(kind, own_kind):
            continue
        best = max(best, 0.6 * _alike(word, own) + 0.4 * _alike(stem, own_stem))
    return best


def _is_day(cell: Cell) -> bool:
    if isinstance(cell, str):
        return bool(DAY.search(plain(cell)))
    is_serial = isinstance(cell, int | float) and FIRST_SERIAL < cell < LAST_SERIAL
    return isinstance(cell, date) or is_serial


def _fits(cell: Cell, column: Column, contract: Contract, rosters: Rosters) -> bool:
    """Tell whether a cell can be what a column holds."""
    match column.type:
        case "date" | "month":
            return _is_day(cell)
        case "state":
            return read_state(cell, state_words(contract.states)).value is not None
        case "result":
            return not read_result(cell, column.choices).is_unreadable
        case "number":
            return not read_number(cell).is_unreadable
        case "share":
            return not read_share(cell, True).is_unreadable
        case "choice":
            return read_choice(cell, column).value is not None
        case "units" | "community" | "dimension":
            return rosters.knows(cell, column.type)
    is_number = isinstance(cell, int | float) or not read_number(cell).is_unreadable
    return not (is_number or (_is_day(cell) and len(plain(cell)) < 20)) or column.name in CODES


def _agreement(
    cells: Sequence[Cell], column: Column, contract: Contract, rosters: Rosters
) -> float | None:
    """Return the share of cells that can be what a column holds; None without any."""
    filled = [cell for cell in cells if not is_missing(cell)]
    if not filled:
        return None
    return sum(_fits(cell, column, contract, rosters) for cell in filled) / len(filled)


def _score(likeness: float, agreement: float | None, column: Column) -> float:
    if agreement is None:
        return likeness
    if agreement < DISAGREES:
        is_of_names = column.type in ("units", "community", "dimension")
        return likeness - 0.1 if is_of_names else 0.0
    return likeness + 0.1 if agreement >= AGREES and column.type != "text" else likeness


def _cells_below(page: Page, area: Area, header: Header, at: int) -> list[Cell]:
    column = page.grid.columns[at]
    codes = np.frombuffer(column.codes, np.int32)[header.last_row + 1 : area.end_row]
    return [column.distinct[code] for code in np.unique(codes)[:MAX_LOOKED_AT]]


def proposals(
    page: Page, area: Area, header: Header, rosters: Rosters
) -> dict[int, tuple[Column, ...]]:
    """Return for the unknown headers which free columns they may mean, the likeliest first."""
    contract, assignment = header.contract, header.assignment
    free = [column for column in contract.columns if column.name not in assignment.names]
    found = {}
    for at in assignment.unknown:
        check_time()
        # Under a parent (完成时限清单) the lower word alone may be the one that is like ours.
        words = assignment.candidates[at]
        near = [(max(header_likeness(word, column) for word in words), column) for column in free]
        near = [entry for entry in near if entry[0] >= ENOUGH - 0.1]
        if not near or any(map(personal_header, words)):
            continue
        cells = _cells_below(page, area, header, at)
        scored = [
            (_score(likeness, _agreement(cells, column, contract, rosters), column), column)
            for likeness, column in near
        ]
        likely = sorted((one for one in scored if one[0] >= ENOUGH), key=lambda one: -one[0])
        if likely:
            found[at] = tuple(column for _, column in likely[:MAX_PROPOSED])
    return found


def column_questions(
    page: Page, area: Area, header: Header, rosters: Rosters
) -> tuple[Question, ...]:
    """Return what must be asked about a table's unknown headers, and those two columns claim.

    A column that the ledger needs, or that must be readable, is not left out unasked.
    """
    questions = []
    for at, columns in proposals(page, area, header, rosters).items():
        word = header.assignment.headers[at]
        *parents, own = header.assignment.candidates[at]
        said = f"“{word.removesuffix(own)}”下的“{own}”" if parents else f"“{own}”"
        titles = tuple(column.title for column in columns)
        meant = "，还是".join(f"“{title}”" for title in titles)
        questions.append(
            Question(
                "--answer",
                f"列{said}是不是{meant}？",
                (*titles, NOT_IMPORTED),
                column_key(word),
                any(column.required or column.strict for column in columns),
            )
        )
    return (*questions, *dispute_questions(page, area, header))


def assumed(page: Page, area: Area, header: Header, rosters: Rosters) -> Header:
    """Return a header as if its unknown words meant what they resemble most.

    Only what a file says of campaign, month and unit may be read from it.
    """
    likely = proposals(page, area, header, rosters)
    columns = dict(header.assignment.columns)
    for at, meant in likely.items():
        columns.setdefault(at, meant[0])
    return replace(header, assignment=replace(header.assignment, columns=columns))


def asked_header(found: Found, search: Search, rosters: Rosters) -> Header | None:
    """Return the header that would be a ledger's if its unknown words mean what they resemble.

    None when a required column has no likely header, or too little else is known.
    """
    area, page = found.area, found.page
    best: tuple[int, Header] | None = None
    rows = [row for row in range(*area[:2]) if page.filled_count(row, area) > 1]
    for row in rows[:MAX_WEIGHED_ROWS]:
        if not page.heads[area.first_column : area.end_column, row].any():
            continue
        for contract in search.choices:
            header = header_at(contract, page, area, row, search.answers)
            count = _likely_count(header, found, rosters) if header else 0
            if header and count and (best is None or count > best[0]):
                best = count, header
    return best[1] if best else None


def _likely_count(header: Header, found: Found, rosters: Rosters) -> int:
    """Return how many columns a header has, known or likely; 0 when it is no ledger's anyway."""
    proposed = proposals(found.page, found.area, header, rosters)
    likely = {columns[0].name: columns[0] for columns in proposed.values()}
    missing = {column.name for column in header.missing} - likely.keys()
    count = header.matched_count + len(likely)
    is_enough = not missing or (missing == {"unit"} and count > ENOUGH_WITHOUT_UNITS)
    is_asked = any(column.required for column in likely.values())
    return count if is_enough and is_asked and count >= ENOUGH_WITHOUT_UNITS else 0
