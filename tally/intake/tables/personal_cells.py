"""Takes what a file says of persons out of it, before anything is read from its cells.

From here on the cells hold the masked text, so that neither a stored row nor a problem, a
question or a log can say more; the cells as written go their own way (`PersonalRow`).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from tally.contracts import Column
from tally.intake.cells.answers import is_missing, plain, shown
from tally.intake.cells.masking import (
    masked,
    masked_cell,
    names_of,
    personal_spans,
    suspects,
    without_names,
)
from tally.intake.cells.personal import NAME, personal_header, personal_kind, personal_shares
from tally.intake.deadline import check_time
from tally.intake.opening.grids import Cell, column_letters
from tally.intake.series.table import SeriesTable
from tally.intake.tables.omissions import personal_kind_of
from tally.intake.tables.table import Table
from tally.persons import PersonalRow

# An item's own number may look like a telephone's, and two masked ones would be one item.
NUMBERS = ("item_no", "ticket_no", "task_no", "milestone_no", "document_no", "code")

NOTHING: Mapping[str, str] = {}


@dataclass
class _Found:
    """The cells of one column that are masked: by code, as written and what is shown instead."""

    at: int
    name: str
    is_kept: bool
    texts: dict[int, str] = field(default_factory=dict)
    masks: dict[int, str] = field(default_factory=dict)
    kinds: dict[int, frozenset[str]] = field(default_factory=dict)
    names: dict[int, list[str]] = field(default_factory=dict)


def take_out(tables: Sequence[Table]) -> Mapping[int, list[PersonalRow]]:
    """Mask the tables' cells in place; return for each table (by `id`) what its rows said.

    `at` counts from the table's first row.
    """
    found = [(table, _found_in(table)) for table in tables]
    rows = {id(table): _rows(table, columns) for table, columns in found}
    for table, columns in found:
        for column in columns:
            _mask(table, column)
            if column.is_kept:
                _tell(table, column)
    return rows


def _found_in(table: Table) -> list[_Found]:
    columns = list(_columns(table))
    _find_own_names(table, columns)
    return [column for column in columns if column.masks]


def _find_own_names(table: Table, columns: Sequence[_Found]) -> None:
    """Find the names that one cell of a row announces in the row's other texts, too."""
    names: dict[int, set[str]] = {}
    for column in columns:
        if not column.names:
            continue
        codes = table.cells_at(column.at).codes
        for place in np.flatnonzero(np.isin(codes, list(column.names))).tolist():
            names.setdefault(place, set()).update(column.names[int(codes[place])])
    for column in columns if names else ():
        if not column.is_kept:
            continue
        cells = table.cells_at(column.at)
        for place, own in names.items():
            code = int(cells.codes[place])
            text = column.masks.get(code) or cells.distinct[code]
            if isinstance(text, str) and any(name in text for name in own):
                column.texts.setdefault(code, shown(cells.distinct[code]))
                column.masks[code] = without_names(text, own)
                column.kinds[code] = column.kinds.get(code, frozenset()) | {NAME}


def _columns(table: Table) -> Iterator[_Found]:
    assignment = table.header.assignment
    for at in table.area.columns:
        check_time()
        column = assignment.columns.get(at)
        header = assignment.headers.get(at, "")
        if column is None:
            kind = personal_kind_of(table, at) if header else ""
        elif column.name in NUMBERS or column.type in ("number", "share"):
            continue
        else:
            kind = personal_header(header) if at in assignment.answered else ""
        found = _Found(at, column.name if column else header, column is not None)
        if kind:
            _find_cells(table, found, kind)
        elif column is not None:
            _find_texts(table, found, column)
        if column is not None or found.masks:
            yield found


def _held(table: Table, at: int) -> tuple[list[int], list[Cell]]:
    """Return the codes that the table's rows hold in a column, with their cells."""
    cells = table.cells_at(at)
    codes = np.flatnonzero(np.bincount(cells.codes, minlength=len(cells.distinct))).tolist()
    return codes, [cells.distinct[code] for code in codes]


def _find_cells(table: Table, found: _Found, kind: str) -> None:
    """Find every filled cell of a column of personal data."""
    kinds = frozenset({kind})
    for code, cell in zip(*_held(table, found.at), strict=True):
        if not is_missing(cell):
            text = found.texts[code] = shown(cell)
            found.masks[code] = masked_cell(text, kind)
            found.kinds[code] = kinds
            if kind == NAME and (names := names_of(text)):
                found.names[code] = names


def _find_texts(table: Table, found: _Found, column: Column) -> None:
    """Find what stands inside texts, and numbers that are a cell of their own."""
    codes, cells = _held(table, found.at)
    texts = [cell if isinstance(cell, str) else None for cell in cells]
    left = [place for place, cell in enumerate(cells) if not isinstance(cell, str)]
    for place, signs in suspects(texts):
        check_time()
        text = shown(texts[place])
        if spans := personal_spans(text, signs):
            found.texts[codes[place]] = text
            found.masks[codes[place]] = masked(text, spans)
            found.kinds[codes[place]] = frozenset([kind for _, _, kind in spans])
            if NAME in found.kinds[codes[place]]:
                names = [text[start:end] for start, end, kind in spans if kind == NAME]
                found.names[codes[place]] = names
        else:
            left.append(place)
    if column.type == "text":
        _find_numbers(found, {codes[place]: cells[place] for place in left})


def _find_numbers(found: _Found, cells: Mapping[int, Cell]) -> None:
    """Find the cells that are a personal number, but for those that count up."""
    whole = {code: kind for code, cell in cells.items() if (kind := personal_kind(cell))}
    shares = personal_shares([cells[code] for code in whole], [1] * len(whole))
    for code, kind in whole.items():
        if kind in shares:
            found.texts[code] = shown(cells[code])
            found.masks[code] = masked_cell(plain(cells[code]), kind)
            found.kinds[code] = frozenset({kind})


def _rows(table: Table, columns: Sequence[_Found]) -> list[PersonalRow]:
    """Return what each row of a table said in the columns that are masked."""
    if isinstance(table, SeriesTable):
        # A row of figures becomes many; the file that is kept says what stood beside them.
        return []
    texts: dict[int, dict[str, str]] = {}
    masks: dict[int, dict[str, str]] = {}
    for column in columns:
        cells = table.cells_at(column.at)
        is_masked = np.zeros(len(cells.distinct), bool)
        is_masked[list(column.masks)] = True
        places = np.flatnonzero(is_masked[cells.codes])
        for place, code in zip(places.tolist(), cells.codes[places].tolist(), strict=True):
            texts.setdefault(place, {})[column.name] = column.texts[code]
            if not column.is_kept:
                masks.setdefault(place, {})[column.name] = column.masks[code]
    kind, sheet = table.header.contract.kind, table.grid.name
    lines = table.lines.tolist()
    return [
        PersonalRow(kind, place, sheet, lines[place] + 1, said, masks.get(place, NOTHING))
        for place, said in texts.items()
    ]


def _mask(table: Table, found: _Found) -> None:
    distinct = table.grid.columns[found.at].distinct
    for code, text in found.masks.items():
        distinct[code] = text


def _tell(table: Table, found: _Found) -> None:
    """Say once of a column of free text how many rows hold personal data of each kind."""
    counts = np.bincount(
        table.cells_at(found.at).codes, minlength=len(table.grid.columns[found.at].distinct)
    )
    rows: Counter[str] = Counter()
    for code, kinds in found.kinds.items():
        rows.update(dict.fromkeys(kinds, int(counts[code])))
    title = table.header.contract.column(found.name).title
    for kind, count in rows.items():
        table.tell(
            "warning",
            f"{column_letters(found.at)} 列",
            found.name,
            f"“{title}”有 {count} 行含{kind}",
            "已遮盖，原文加密另存",
            "办理用不着的，请在原表里删去",
        )


def placed(rows: Iterable[PersonalRow], start: int) -> Iterator[PersonalRow]:
    """Yield the rows of a table that begins at a place of its ledger's."""
    return (row._replace(at=row.at + start) for row in rows)


def masked_row(cells: Sequence[tuple[str, str, str]]) -> list[str]:
    """Return the cells of a row of an original the way they were masked when it was read.

    A cell is its text, its head and our column, '' where the ledger has none for it.
    """
    shown_texts: list[str] = []
    names: set[str] = set()
    for text, header, column in cells:
        kind = "" if column else personal_header(header)
        if not text or column in NUMBERS:
            shown_texts.append(text)
        elif kind := kind or personal_kind(text):
            shown_texts.append(masked_cell(text, kind))
            names.update(names_of(text) if kind == NAME else ())
        else:
            spans = personal_spans(text)
            shown_texts.append(masked(text, spans))
            names.update(text[start:end] for start, end, kind in spans if kind == NAME)
    return [without_names(text, names) for text in shown_texts]
