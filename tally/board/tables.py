"""Tables of rows, as high as what they show and as large as the page is drawn."""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import streamlit as st
from pandas.io.formats.style import Styler

from tally import words
from tally.board.asking import theme
from tally.board.projected import projected_px, projected_scale
from tally.palette import palette

ROW_PX = 36
# A notebook's window is narrower than its letters are smaller.
NARROWER_SHARE, WIDE_SHARE = 0.13, 0.25
SHAPE_STATES = {state.shape: name for name, state in words.STATES.items()}
SHAPES = pa.array(list(SHAPE_STATES))


def _state_style(value: object) -> str:
    """Colour a word by the shape it begins with; a word without one stays as it is."""
    name = SHAPE_STATES.get(str(value)[:1])
    if name is None:
        return ""
    return f"color: {palette(theme()).states[name].text}; font-weight: 600"


def with_states(
    rows: pd.DataFrame, names: Iterable[str] | None = None
) -> pa.Table | pd.DataFrame | Styler:
    """Return these columns of rows (None: all) as a page sends them, a state's words coloured.

    Columns without a word that begins with a state's shape are sent as they stand: a frame takes
    four times as long, a styled one forty times. A column of unlike values is left to Streamlit.
    """
    listed = list(rows.columns if names is None else names)
    try:
        cells = {str(name): pa.array(rows[name]) for name in listed}
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        return rows[listed]
    told = [name for name, column in cells.items() if _tells_states(column)]
    return rows[listed].style.map(_state_style, subset=told) if told else pa.table(cells)


def _tells_states(column: pa.Array | pa.ChunkedArray) -> bool:
    if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
        return False
    first = pc.utf8_slice_codeunits(column, 0, 1)
    return bool(pc.any(pc.is_in(first, SHAPES)).as_py())


def table(
    rows: pd.DataFrame,
    columns: Mapping[str, Any],
    *,
    key: str,
    row_px: int = ROW_PX,
    rows_max: int = 10,
) -> int | None:
    """Show rows under Chinese heads, `rows_max` high; return the position of the chosen row."""
    shown = st.dataframe(
        with_states(rows, columns),
        on_select="rerun",
        selection_mode="single-row",
        placeholder=words.EMPTY,
        key=key,
        **_face(len(rows), columns, row_px, rows_max),
    )
    chosen = shown["selection"]["rows"]
    return int(chosen[0]) if chosen and chosen[0] < len(rows) else None


def plain_table(
    rows: pd.DataFrame, columns: Mapping[str, Any] | None = None, *, rows_max: int
) -> None:
    """Show rows to be read, `rows_max` high; what `columns` leaves out keeps its own name."""
    st.dataframe(with_states(rows), **_face(len(rows), columns or {}, ROW_PX, rows_max))


def table_px(row_count: int, rows_max: int, row_px: int = ROW_PX) -> int:
    """Return the height in px of a table of so many rows, its head included."""
    return (min(row_count, rows_max) + 1) * row_px + 2


def _face(row_count: int, columns: Mapping[str, Any], row_px: int, rows_max: int) -> dict[str, Any]:
    row_px = projected_px(row_px)
    return {
        "hide_index": True,
        "column_config": fitted(columns, projected_scale()),
        "row_height": row_px,
        "height": table_px(row_count, rows_max, row_px),
    }


def fitted(columns: Mapping[str, Any], scale: float) -> dict[str, Any]:
    """Return columns as wide as on a page of this scale; heads alone, and widths in words, stay.

    On a notebook the widest column, if it is a wide one, gives up the room that the others need.
    """
    widths = {
        name: round(column["width"] * scale)
        for name, column in columns.items()
        if isinstance(column, dict) and isinstance(column.get("width"), int)
    }
    total, widest = sum(widths.values()), max(widths, key=lambda name: widths[name], default="")
    if scale < 1 and widths.get(widest, 0) > WIDE_SHARE * total:
        widths[widest] -= min(round(NARROWER_SHARE * total), widths[widest] // 2)
    return {
        name: {**column, "width": widths[name]} if name in widths else column
        for name, column in columns.items()
    }
