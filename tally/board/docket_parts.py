"""What the dockets of 专项台账 are drawn from: a row of numbers, a list, a card with its source."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from tally import words
from tally.board.asking import Filters
from tally.board.card import field_table
from tally.board.provenance import source_line
from tally.board.tables import table
from tally.sentences import Verdict

BODY_PX = 653
WHOLE_PX = 784
ROWS_MAX = 14
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Docket:
    """One section of the page: its question, the ledgers that feed it, how it is drawn."""

    label: str
    question: str
    ledgers: tuple[str, ...]
    verdict: Callable[[Filters, pd.DataFrame], Verdict]
    draw: Callable[[Filters, pd.DataFrame], None]


def numbers(*entries: tuple[str, str, str]) -> None:
    """Draw numbers side by side: each a title, a note and a value."""
    for place, (title, note, value) in zip(st.columns(len(entries)), entries, strict=True):
        with place:
            told = words.escape_markdown(note)
            st.metric(
                f"**{words.escape_markdown(title)}** :gray[{told}]",
                words.escape_markdown(value),
                border=True,
            )


def count_of(rows: pd.DataFrame, column: str) -> int:
    """Return in how many rows a column is true; missing is not."""
    return int((rows[column] == True).sum()) if len(rows) else 0  # noqa: E712


def row_list(
    rows: pd.DataFrame,
    columns: Mapping[str, tuple[str, int]],
    *,
    key: str,
    rows_max: int = ROWS_MAX,
) -> Row | None:
    """Draw rows as a list of texts; return the chosen row, else the first, None of none.

    `columns` gives each column's head and width in px.
    """
    if rows.empty:
        st.markdown(":gray[没有符合的条目]")
        return None
    heads = {
        name: st.column_config.TextColumn(head, width=width)
        for name, (head, width) in columns.items()
    }
    place = table(rows, heads, key=key, rows_max=rows_max)
    chosen = rows.iloc[place or 0].to_dict()
    return {str(name): value for name, value in chosen.items()}


def row_card(
    row: Row | None, title: str, fields: Callable[[Row], Mapping[str, Any]], *, key: str
) -> None:
    """Draw a row's card under its column `title`, and where it stands: file, sheet and line."""
    if row is None:
        st.markdown(":gray[没有选中的条目]")
        return
    st.markdown(f"#### {words.escape_markdown(str(row[title]))}")
    field_table({name: _shown(value) for name, value in fields(row).items()})
    if words.is_missing(row["upload"]):
        st.markdown(":gray[台账里还没有这一项]")
        return
    source_line(row, key)


def _shown(value: Any) -> str | None:
    return None if words.is_missing(value) or value == words.EMPTY else str(value)


def iso_days(values: Sequence[Any]) -> list[str]:
    """Return days as `2022-10-31`, missing ones as `—`."""
    return [words.iso_day(value) for value in values]
