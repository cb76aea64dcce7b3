"""A ledger page as an office lays it out: title, line, header, sections, total, notes."""

import calendar
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from data.campaigns.sampling.items import Row

NUMERALS = "一二三四五六七八九十"
ROW_NUMBER = "row_number"


@dataclass(frozen=True)
class Head:
    """A column of a page: the row's key, its header, the header above it, its date forms."""

    key: str
    title: str
    group: str = ""
    forms: tuple[str, ...] = ("excel",)


@dataclass(frozen=True)
class Page:
    """One sheet; `section` names the key whose value opens a section row, if any."""

    sheet: str
    title: str
    line: str
    heads: tuple[Head, ...]
    rows: Sequence[Row]
    section: str = ""
    section_form: str = "{numeral}、{name}方面"
    total: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Grid:
    """Cells by row, and the merged areas as (row, column, last row, last column), 0-based."""

    cells: list[list[Any]]
    merged: list[tuple[int, int, int, int]]
    header_rows: range


def _month_end(day: date) -> str:
    is_last = day.day == calendar.monthrange(day.year, day.month)[1]
    return f"{day.month}月底前" if is_last else _chinese(day)


def _chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _quarter(day: date) -> str:
    return f"{day.year}年{NUMERALS[(day.month - 1) // 3]}季度"


FORMS: dict[str, Callable[[date], Any]] = {
    "excel": lambda day: day,
    "chinese": _chinese,
    "dotted": lambda day: f"{day.year}.{day.month}.{day.day}",
    "iso": lambda day: day.isoformat(),
    "slashed": lambda day: f"{day.year}/{day.month}/{day.day}",
    "short": lambda day: f"{day.month}月{day.day}日",
    "month_end": _month_end,
    "quarter": _quarter,
    "serial": lambda day: (day - date(1899, 12, 30)).days,
}


def _cell(head: Head, row: Row, position: int) -> Any:
    value = position if head.key == ROW_NUMBER else row.get(head.key)
    if isinstance(value, date):
        return FORMS[head.forms[position % len(head.forms)]](value)
    return value


def _header(page: Page, top: int) -> tuple[list[list[Any]], list[tuple[int, int, int, int]]]:
    """Return one header row, or two with merges when a column has a group."""
    names = [head.title for head in page.heads]
    if not any(head.group for head in page.heads):
        return [names], []
    upper: list[Any] = [head.group or head.title for head in page.heads]
    lower: list[Any] = [head.title if head.group else None for head in page.heads]
    merged = [(top, i, top + 1, i) for i, head in enumerate(page.heads) if not head.group]
    start = 0
    for i in range(1, len(upper) + 1):
        if i == len(upper) or upper[i] != upper[start] or not page.heads[i].group:
            if page.heads[start].group and i - start > 1:
                merged.append((top, start, top, i - 1))
                upper[start + 1 : i] = [None] * (i - start - 1)
            start = i
    return [upper, lower], merged


def _body(page: Page) -> list[list[Any]]:
    body: list[list[Any]] = []
    position, sections = 0, list(dict.fromkeys(row.get(page.section, "") for row in page.rows))
    for numeral, name in zip(NUMERALS, sections, strict=False):
        inside = [row for row in page.rows if row.get(page.section, "") == name]
        if page.section:
            body.append([page.section_form.format(numeral=numeral, name=name, count=len(inside))])
        for row in inside:
            position += 1
            body.append([_cell(head, row, position) for head in page.heads])
    return body


def grid(page: Page) -> Grid:
    """Lay the page out as cells and merges."""
    last = len(page.heads) - 1
    cells: list[list[Any]] = [[page.title], [page.line]]
    header, merged = _header(page, len(cells))
    merged += [(0, 0, 0, last), (1, 0, 1, last)]
    header_rows = range(len(cells), len(cells) + len(header))
    cells += header
    for line in _body(page):
        if len(line) == 1 and last:
            merged.append((len(cells), 0, len(cells), last))
        cells.append(line)
    if page.total:
        cells.append(["合计", None, page.total])
    for note in page.notes:
        merged.append((len(cells), 0, len(cells), last))
        cells.append([note])
    return Grid([line + [None] * (last + 1 - len(line)) for line in cells], merged, header_rows)
