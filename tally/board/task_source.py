"""Where each figure of a task stands: file, sheet and cell (F2, A7)."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from tally import service, words
from tally.contracts import contracts
from tally.submissions import kept_row, side_by_side

Row = Mapping[str, Any]


@st.cache_data(max_entries=1024, show_spinner=False)
def _cells(home: Path, version: int, upload: int, sheet: str, row: int, key: str) -> dict[str, str]:
    kept = kept_row(service.database(), upload, sheet, row, "tasks", key)
    if kept is None:
        return {}
    pairs = side_by_side(kept).pairs
    return {pair.column: pair.cell for pair in pairs if pair.cell and pair.column}


def cells_of(row: Row, item_key: str) -> dict[str, str]:
    """Return in which cell of the original each column of a task's row stands, by its title.

    Empty where the original is no longer there: the row then stands for its cells.
    """
    database = service.database()
    place = int(row["upload"]), str(row["sheet"]), int(row["row"])
    return _cells(database.home, database.version, *place, item_key)


def place_words(row: Row, item_key: str, *columns: str) -> str:
    """Return file, sheet and the cells of the columns named, else the row, as plain text."""
    cells = cells_of(row, item_key)
    titles = [contracts()["tasks"].column(name).title for name in columns]
    found = [(title, cells[title]) for title in titles if title in cells]
    where = (
        "、".join(cell if len(columns) == 1 else f"{title} {cell}" for title, cell in found)
        or f"第 {int(row['row'])} 行"
    )
    return f"{Path(str(row['file'])).stem} · {row['sheet']} · {where}"


def rows_words(rows: list[Row]) -> str:
    """Return file, sheet and lines of rows of one list: `任务节点台账 · 任务节点 · 第 46–48 行`."""
    if not rows:
        return words.EMPTY
    lines = sorted(int(row["row"]) for row in rows)
    span = f"{lines[0]}" if lines[0] == lines[-1] else f"{lines[0]}–{lines[-1]}"
    return f"{Path(str(rows[0]['file'])).stem} · {rows[0]['sheet']} · 第 {span} 行"
