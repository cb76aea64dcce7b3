"""Days that words stand for: an extension's new deadline (B10), the day of another column (B8)."""

from collections.abc import Callable, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tally.contracts import Column
from tally.intake.cells.answers import BLANK, Answer, is_missing, shown
from tally.intake.opening.grids import Cell
from tally.intake.rows.settling import Told
from tally.intake.rows.values import Values


def settled_days(
    column: Column,
    columns: dict[str, pa.Array],
    values: Values,
    read_day: Callable[[Cell], Answer],
) -> list[Told]:
    """Write the days of a column's `day_when` rows as 2022-10-31; return where there is none.

    A deadline that cannot be read would stay where it was, and nobody would know.
    """
    if not column.day_when:
        return []
    is_day = _is_day(column.day_when, columns)
    held = set(values.codes[is_day].tolist())
    answers = [
        read_day(cell) if code in held else BLANK for code, cell in enumerate(values.cells.distinct)
    ]
    days = [answer.value.isoformat() if answer.value else None for answer in answers]
    read = pc.if_else(pa.array(is_day), values.array(pa.string(), days), None)
    columns[column.name] = pc.coalesce(read, columns[column.name])
    is_unread = is_day & np.asarray(read.is_null())

    def told(row: int) -> str:
        cell = values.cells.distinct[values.codes[row]]
        said = "没有写日期" if is_missing(cell) else f"{shown(cell)}不是日期"
        return f"{said}，期限不会改变"

    return [(is_unread, column.name, told, "请写成日期，如 2022-10-31")]


def stands_for(cell: Cell, column: Column) -> str:
    """Return the column whose day a cell's words stand for, or nothing."""
    text = shown(cell).strip()
    return next((name for name, words in column.same_day_as.items() if text in words), "")


def shared_days(column: Column, columns: dict[str, pa.Array], values: Values) -> None:
    """Write the day of another column where the words of `same_day_as` stand for it."""
    for name in column.same_day_as:
        is_same = values.chosen(
            [stands_for(cell, column) == name for cell in values.cells.distinct]
        )
        columns[column.name] = pc.if_else(pa.array(is_same), columns[name], columns[column.name])


def _is_day(day_when: Mapping[str, tuple[str, ...]], columns: Mapping[str, pa.Array]) -> np.ndarray:
    masks = [
        np.asarray(pc.fill_null(pc.is_in(columns[name], pa.array(words, pa.string())), False))
        for name, words in day_when.items()
    ]
    return np.logical_or.reduce(masks)
