"""Finds every table of a sheet: below each other, beside each other, and what is no ledger."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

from tally.intake.cells.answers import plain
from tally.intake.opening.grids import Cell, Grid, Refusal
from tally.intake.tables.areas import Area, Page
from tally.intake.tables.finding import (
    Found,
    Header,
    Search,
    best_of,
    headers_from,
    nearness,
)
from tally.intake.tables.headers import header_word, title_of, vocabulary
from tally.intake.tables.linewords import NOTE, TOTAL

# A form that repeats its heads for each item is no table.
MAX_TABLES = 50
MAX_WEIGHED_ROWS = 2_000
# What heads a table of counts, and what stands in it.
COUNT_WORD = re.compile(r"数|量|率|占比|比例|合计|小计|排名|得分")
DIGIT, NUMBER = re.compile(r"\d"), re.compile(r"-?[\d,.]+%?")


class _Start(NamedTuple):
    """Where a part begins: the row of its title, its header if it has one, what it may be."""

    row: int
    header: Header | None
    candidates: tuple[Header, ...] = ()


def find_tables(grid: Grid, search: Search) -> list[Found]:
    """Find the ledgers of a filled-down sheet, from the top and from the left.

    A part whose header is none of a ledger has no candidates; a sheet without any header is
    one such part. Several candidates remain when headers and names do not decide.
    """
    page = Page(grid)
    beside = _abreast(page, page.area, search)
    if len(beside) > 1:
        return beside
    found: list[Found] = []
    for part in _stacked(page, page.area, search):
        parts = _abreast(page, part.area, search)
        found += parts if len(parts) > 1 else [part]
    return found


def _abreast(page: Page, area: Area, search: Search) -> list[Found]:
    """Return the tables of the parts between blank columns, if several are ledgers.

    A part that is none belongs to the table on its left: blank columns are put in for looks.
    """
    blocks = page.abreast(area)
    if len(blocks) < 2:
        return []
    is_ledger = [any(f.candidates for f in _stacked(page, block, search)) for block in blocks]
    starts = [at for at, is_one in enumerate(is_ledger) if is_one]
    if len(starts) < 2:
        return []
    ends = [*starts[1:], len(blocks)]
    joined = [
        blocks[start]._replace(end_column=blocks[end - 1].end_column)
        for start, end in zip(starts, ends, strict=True)
    ]
    joined[0] = joined[0]._replace(first_column=area.first_column)
    return [found for block in joined for found in _stacked(page, block, search)]


def _stacked(page: Page, area: Area, search: Search) -> list[Found]:
    """Return the tables of an area from the top; each ends where the next one's title begins."""
    starts, nearest = _starts(page, area, search)
    if not starts:
        return [Found(page, area, (), nearest)]
    ends = [*(start.row for start in starts[1:]), area.end_row]
    first = [area.first_row, *(start.row for start in starts[1:])]
    return [
        Found(page, area._replace(first_row=top, end_row=end), start.candidates, start.header)
        for top, end, start in zip(first, ends, starts, strict=True)
    ]


def _starts(page: Page, area: Area, search: Search) -> tuple[list[_Start], Header | None]:
    starts: list[_Start] = []
    nearest: Header | None = None
    likely = page.likely_rows(area)
    counted = _counting_rows(page, area, likely[0]) if likely else set()
    for row in sorted({*likely[:MAX_WEIGHED_ROWS], *counted}):
        line = page.filled_line(row, area)
        above = starts[-1] if starts else None
        current = above.header if above else None
        if current and (row <= current.last_row or current.is_repeated_by(line)):
            continue
        if above and not _is_all_words(line):
            continue
        headers = headers_from(page, area, row, search)
        nearest = max((*headers, *([nearest] if nearest else [])), key=nearness, default=None)
        start = _start(page, area, search, row, headers, above)
        if start is None and above and current and row in counted:
            start = _Start(_title_row(page, area, row, above), None)
        if start is not None:
            starts.append(start)
        if len(starts) > MAX_TABLES:
            raise Refusal(
                f"工作表“{page.grid.name}”中有 {MAX_TABLES} 个以上的表头",
                "应为一张表，每行一条",
                "请按模板整理成一张表后重新上传",
            )
    return starts, nearest


def _counting_rows(page: Page, area: Area, first: int) -> set[int]:
    """Return the rows that head a table of counts: set off by a blank line, numbers below."""
    filled = page.filled[area.first_column : area.end_column, : area.end_row].sum(axis=0)
    rows = np.flatnonzero((filled[1:] > 0) & (filled[:-1] == 0)) + 1
    found = set()
    for block in rows[rows > first][:MAX_WEIGHED_ROWS]:
        row = int(block)
        while row < area.end_row - 1 and filled[row] == 1:
            row += 1
        if row < area.end_row - 1 and filled[row] > 1 and _heads_counts(page, area, row):
            found.add(row)
    return found


def _heads_counts(page: Page, area: Area, row: int) -> bool:
    words = [plain(cell) for _, cell in page.filled_line(row, area)]
    below = [plain(cell) for _, cell in page.filled_line(row + 1, area)]
    is_head = all(words) and not any(DIGIT.search(word) for word in words)
    count = sum(bool(NUMBER.fullmatch(word)) for word in below)
    return is_head and any(map(COUNT_WORD.search, words)) and count * 2 >= max(len(below), 1)


def _start(
    page: Page,
    area: Area,
    search: Search,
    row: int,
    headers: list[Header],
    above: _Start | None,
) -> _Start | None:
    """Return the table that begins in a row; below another, a header must look like one."""
    sufficient = [header for header in headers if header.is_sufficient]
    if above and not _looks_like_header(page, area, row, headers):
        return None
    if not any(header.first_row <= row for header in sufficient):
        if above is None:
            return None
        nearest = max(headers, key=nearness)
        return _Start(_title_row(page, area, row, above), nearest)
    first = min(header.first_row for header in sufficient)
    top = _title_row(page, area, min(first, row), above) if above else area.first_row
    candidates = best_of(sufficient, [*_words_above(page, area, top, row), *_names(page, search)])
    return _Start(top, candidates[0], candidates)


def _names(page: Page, search: Search) -> tuple[str, str]:
    return plain(page.grid.name), plain(search.stem)


def _words_above(page: Page, area: Area, top: int, row: int) -> Iterator[str]:
    for line in range(top, row):
        yield from (plain(cell) for _, cell in page.filled_line(line, area))


def _is_all_words(line: Iterable[tuple[int, Cell]]) -> bool:
    return all(isinstance(cell, str) and header_word(cell) for _, cell in line)


def _looks_like_header(page: Page, area: Area, row: int, headers: list[Header]) -> bool:
    """Tell whether a row below a table has all that a ledger requires, or mostly its headers."""
    line = page.filled_line(row, area)
    for header in headers:
        if header.is_sufficient and header.first_row <= row:
            return True
        known = vocabulary(header.contract.kind)
        count = sum(known.knows(header_word(cell)) for _, cell in line)
        if count >= 2 and count * 2 >= len(line) and (count > 2 or count * 5 >= len(line) * 4):
            return True
    return False


def _title_row(page: Page, area: Area, row: int, above: _Start) -> int:
    """Return where the title of a table begins that stands below another one."""
    header = above.header
    end = header.last_row if header else above.row
    title_at = header.assignment.position(title_of(header.contract)) if header else None
    start = row
    for line in range(row - 1, end, -1):
        cells = page.filled_line(line, area)
        if not cells and start < row:
            break
        if not cells:
            continue
        at, cell = cells[0]
        is_blank_above = not page.filled_count(line - 1, area)
        is_title = page.is_merged_across(line, at) or at != title_at or is_blank_above
        if len(cells) > 1 and not _is_filled_by(plain(cell)):
            break
        if not is_title or TOTAL.fullmatch(plain(cell)) or _is_end_note(plain(cell)):
            break
        start = line
    return start


def _is_filled_by(word: str) -> bool:
    """Tell whether a line of several cells says who fills in a table, and when."""
    return word.startswith(("填报", "报送", "上报", "填表", "制表", "单位:", "统计")) and bool(
        NOTE.match(word)
    )


def _is_end_note(word: str) -> bool:
    return bool(NOTE.match(word)) and not _is_filled_by(word)
