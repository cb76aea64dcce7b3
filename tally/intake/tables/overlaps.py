"""Notices sheets that would count the same rows twice: a 汇总 beside its parts."""

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from tally.contracts import IMPORTED, NOT_IMPORTED, Question
from tally.intake.cells.answers import plain
from tally.intake.tables.headers import title_of
from tally.intake.tables.table import Table

MOST = 0.5
MIN_ROWS = 2
SUMMARY_WORDS = ("汇总", "合计", "总表", "总台账", "总清单", "全部", "全区", "全市", "全县")
Key = tuple[str, ...]


def sheet_key(name: str) -> str:
    """Return the key under which a clerk answers whether a sheet is imported."""
    return f"sheet:{name}"


def _keys(table: Table, names: Sequence[str]) -> list[Key]:
    """Return what each row of a table is known by."""
    columns = []
    for name in names:
        cells = table.cells(name)
        words = [plain(cell) for cell in cells.distinct]
        columns.append([words[code] for code in cells.codes])
    return list(zip(*columns, strict=True))


def _names(tables: Iterable[Table]) -> tuple[str, ...]:
    """Return the columns that tell rows apart, as far as all the tables have them."""
    tables = list(tables)
    contract = tables[0].header.contract
    # Many rows follow one item: its number belongs to what tells them apart.
    number = contract.key if contract.follows_items else ""
    told = (number, title_of(contract), "unit", contract.happened, *contract.identity)
    return tuple(
        name
        for name in dict.fromkeys(told)
        if name and all(table.header.assignment.position(name) is not None for table in tables)
    )


def _by_sheet(tables: Iterable[Table]) -> dict[str, list[Key]]:
    tables = list(tables)
    if len({table.grid.name for table in tables}) < 2:
        return {}
    names = _names(tables)
    rows: dict[str, list[Key]] = {}
    for table in tables if names else ():
        rows.setdefault(table.grid.name, []).extend(_keys(table, names))
    return rows


def _share(own: Sequence[Key], others: Mapping[str, frozenset[Key]]) -> tuple[float, list[str]]:
    """Return the share of a sheet's rows that stand in others too, and in which."""
    beside = [other for other, keys in others.items() if any(key in keys for key in own)]
    everywhere: frozenset[Key] = frozenset().union(*others.values())
    return float(np.mean([key in everywhere for key in own])), beside


def _doubled(rows: Mapping[str, Sequence[Key]], kept: set[str]) -> tuple[str, list[str]] | None:
    """Return the sheet that most likely repeats others, with those; None when none does."""
    found = []
    known = {sheet: frozenset(keys) for sheet, keys in rows.items()}
    for at, sheet in enumerate(rows):
        others = {other: keys for other, keys in known.items() if other != sheet}
        if len(rows[sheet]) < MIN_ROWS or sheet in kept:
            continue
        share, beside = _share(rows[sheet], others)
        if share > MOST:
            is_summary = any(word in sheet for word in SUMMARY_WORDS)
            found.append((is_summary, len(beside), len(rows[sheet]), at, sheet, beside))
    return max(found)[4:] if found else None


def doubled_sheets(
    tables: Sequence[Table], answers: Mapping[str, str], tell: Callable[[str, str], None]
) -> tuple[list[Table], list[Question]]:
    """Return the tables without sheets that a clerk left out, and what must be asked.

    `tell` is told a sheet's name and what was done with it.
    """
    rows = _by_sheet(tables)
    kept: set[str] = set()
    left_out: set[str] = set()
    questions = []
    while (found := _doubled(rows, kept)) is not None:
        sheet, beside = found
        answer = answers.get(sheet_key(sheet), "")
        if answer == IMPORTED:
            kept.add(sheet)
            tell(sheet, "按已有的答复导入，与其他工作表重复的条目会计两次")
            continue
        if answer != NOT_IMPORTED:
            questions.append(_question(sheet, beside))
        else:
            left_out.add(sheet)
            tell(sheet, "按已有的答复，未导入")
        del rows[sheet]
    return [table for table in tables if table.grid.name not in left_out], questions


def _question(sheet: str, beside: Sequence[str]) -> Question:
    others = "、".join(f"“{name}”" for name in beside[:3]) + ("等" if len(beside) > 3 else "")
    sentence = f"“{sheet}”的多数条目在{others}中也有，都导入会计两次。要导入“{sheet}”吗？"
    return Question("--answer", sentence, (NOT_IMPORTED, IMPORTED), sheet_key(sheet))
