"""Parts a sheet of figures into tables: the lines above, the head, the rows, the lines below."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tally.intake.cells.answers import plain
from tally.intake.opening.grids import Cell, Grid, Merge
from tally.intake.series.labels import read_label
from tally.intake.series.roles import is_empty, is_number, is_period_number, role_of
from tally.intake.tables.areas import Area
from tally.intake.tables.linewords import NOTE

MAX_CELLS = 300_000
MAX_HEADS = 8
# Below so many lines without a figure there is no table of figures.
MOST_LINES_ABOVE = 500
Line = Sequence[Cell]
# What stands in a title that has several cells: 单位：亿元 to its right.
BESIDE_TITLES = (
    "单位:",
    "(单位:",
    "计量单位:",
    "填报",
    "制表",
    "时间:",
    "数据库:",
    "指标:",
    "来源:",
)
NAMING = ("指标:",)
SOURCES = ("数据来源:", "来源:", "资料来源:", "数据来源于")


@dataclass
class Block:
    """One table of figures by its lines, 0-based; `blanks` are rows above its first figure."""

    titles: list[int] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    body: list[int] = field(default_factory=list)
    notes: list[int] = field(default_factory=list)
    blanks: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Sheet:
    """The cells of a part of a sheet by lines; merged heads are repeated over their columns."""

    grid: Grid
    area: Area
    lines: Sequence[list[Cell]]

    @property
    def width(self) -> int:
        """How many columns the sheet has."""
        return len(self.grid.columns)


def sheet_of(grid: Grid, area: Area) -> Sheet | None:
    """Return the cells of an area by lines; None for one too large to be a table of figures."""
    if len(area.columns) * (area.end_row - area.first_row) > MAX_CELLS:
        return None
    lines: list[list[Cell]] = [[None] * len(grid.columns) for _ in range(area.end_row)]
    for at in area.columns:
        column = grid.columns[at]
        for row in range(area.first_row, area.end_row):
            lines[row][at] = column.cell(row)
    return Sheet(grid, area, lines)


def filled(line: Line) -> list[tuple[int, Cell]]:
    """Return the cells of a line that say something, with their columns."""
    return [(at, cell) for at, cell in enumerate(line) if not is_empty(cell)]


def is_footer(line: Line) -> bool:
    """Tell whether a line is a note or names the source."""
    cells = filled(line)
    if not cells or len(cells) > 2:
        return False
    word = plain(cells[0][1])
    return bool(NOTE.match(word)) or word.startswith(SOURCES)


def _is_title(line: Line) -> bool:
    cells = filled(line)
    if len(cells) == 1:
        return True
    return len(cells) < 4 and any(plain(cell).startswith(BESIDE_TITLES) for _, cell in cells)


def _is_head_of_years(line: Line) -> bool:
    """Tell whether a line's numbers are all periods in order, as years are above a table."""
    numbers = [cell for cell in line if is_number(cell)]
    if len(numbers) < 2 or not all(map(is_period_number, numbers)):
        return False
    values = [float(str(cell)) for cell in numbers]
    ascending = values == sorted(set(values))
    words = [cell for cell in line if not is_empty(cell) and not is_number(cell)]
    return (ascending or values == sorted(set(values), reverse=True)) and all(map(role_of, words))


def _has_figures(line: Line) -> bool:
    return any(map(is_number, line)) and not _is_head_of_years(line)


def _begins_anew(line: Line, heads: Sequence[Line]) -> bool:
    """Tell whether a line among the rows is a head: what a head says, said of several columns."""
    cells = filled(line)
    if len(cells) < 2 or _has_figures(line):
        return False
    if any(list(line) == list(head) for head in heads):
        return True
    said = [read_label(plain(cell)) for at, cell in cells[1:]]
    count = sum(bool(one.period or one.is_value or (one.measure and not one.text)) for one in said)
    is_headed = bool(role_of(cells[0][1])) or _is_head_of_years(line)
    return count >= 2 or (is_headed and (count > 0 or _is_head_of_years(line)))


def blocks_of(sheet: Sheet) -> list[Block]:
    """Return the tables of a sheet from the top; none where no head has figures below it."""
    found: list[Block] = []
    block = Block()
    for row in range(sheet.area.first_row, sheet.area.end_row):
        line = sheet.lines[row]
        if not filled(line):
            continue
        if not found and not block.body and row - sheet.area.first_row > MOST_LINES_ABOVE:
            return []
        is_below = bool(block.body or block.blanks)
        if is_below and _begins_anew(line, [sheet.lines[head] for head in block.heads]):
            found.append(block)
            block = Block(_titles_at_end(sheet, block.body or block.blanks))
        if block.body and is_footer(line):
            block.notes.append(row)
        elif block.body:
            block.body.append(row)
        else:
            _above(sheet, block, row)
    return [one for one in (*found, block) if one.heads and one.body]


def _above(sheet: Sheet, block: Block, row: int) -> None:
    """Take a line that stands before the first figures of a table."""
    line = sheet.lines[row]
    if _has_figures(line):
        # Without a head it is no table; what was gathered so far are titles.
        block.body = [*block.blanks, row] if block.heads else []
        block.titles += [] if block.heads else [row]
        _settle_heads(sheet, block)
    elif not block.heads and _is_title(line):
        block.titles.append(row)
    elif block.heads and _is_row_without_figures(line, sheet.lines[block.heads[0]]):
        block.blanks.append(row)
    elif len(block.heads) < MAX_HEADS:
        block.heads.append(row)


def _is_row_without_figures(line: Line, head: Line) -> bool:
    """Tell whether a line below a head holds nothing but a row's first cell."""
    cells = filled(line)
    return len(cells) == 1 and cells[0][0] <= filled(head)[0][0]


def _settle_heads(sheet: Sheet, block: Block) -> None:
    """Give to the titles what was taken for a head's first line and is none."""
    while len(block.heads) > 1 and _is_title(sheet.lines[block.heads[0]]):
        if filled(sheet.lines[block.heads[0]])[0][0] > filled(sheet.lines[block.heads[-1]])[0][0]:
            break
        block.titles.append(block.heads.pop(0))


def _titles_at_end(sheet: Sheet, rows: list[int]) -> list[int]:
    """Take from the rows of a table the title of the next: one line, and what is said beside it."""
    titles: list[int] = []
    while rows and _is_title(sheet.lines[rows[-1]]):
        words = [plain(cell) for _, cell in filled(sheet.lines[rows[-1]])]
        titles.insert(0, rows.pop())
        if not words[0].startswith(BESIDE_TITLES) or words[0].startswith(NAMING):
            break
    return titles


def spread(sheet: Sheet, heads: Sequence[int], columns: Sequence[int]) -> list[list[Cell]]:
    """Return the words of head lines for each column, parents repeated over their children."""
    lines = [list(sheet.lines[row]) for row in heads]
    for merge in sheet.grid.merges:
        _spread_merge(lines, heads, merge)
    for line, below in pairwise(lines):
        for left, at in pairwise(columns):
            if at == left + 1 and is_empty(line[at]) and not is_empty(below[at]):
                line[at] = line[left]
    return [[line[at] for line in lines] for at in range(sheet.width)]


def _spread_merge(lines: list[list[Cell]], heads: Sequence[int], merge: Merge) -> None:
    for line, row in zip(lines, heads, strict=True):
        if merge.first_row <= row <= merge.last_row:
            columns = range(merge.first_column, min(merge.last_column + 1, len(line)))
            line[columns.start : columns.stop] = [line[merge.first_column]] * len(columns)
