"""Tables of rows, as high as what they show and as large as the page is drawn."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
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
RowName = tuple[str, ...]


@dataclass(frozen=True)
class _Kept:
    """What was chosen in a table: of which rows, and how often the choice has moved with them."""

    moves: int = 0
    names: tuple[RowName, ...] = ()
    chosen: RowName | None = None


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
    naming_count: int = 2,
) -> int | None:
    """Show rows under Chinese heads, `rows_max` high; return the position of the chosen row.

    The choice stays with its row, which is known by its first `naming_count` columns: Streamlit
    keeps the position alone, where another row stands once the rows are others.
    """
    names = _row_names(rows, list(columns)[:naming_count])
    moves, place = _followed(key, names)
    shown = st.dataframe(
        with_states(rows, columns),
        on_select="rerun",
        selection_mode="single-row",
        selection_default=None if place is None else {"selection": {"rows": [place]}},
        placeholder=words.EMPTY,
        key=_table_key(key, moves),
        **_face(len(rows), columns, row_px, rows_max),
    )
    chosen = _chosen_of(shown, len(rows))
    named = None if chosen is None else names[chosen]
    st.session_state[_kept_key(key)] = _Kept(moves, names, named)
    return chosen


def choose_none(key: str) -> None:
    """Give up what is chosen in a table; before it is drawn."""
    moves = st.session_state.get(_kept_key(key), _Kept()).moves
    st.session_state.pop(_table_key(key, moves), None)


def _followed(key: str, names: tuple[RowName, ...]) -> tuple[int, int | None]:
    """Return how often the choice of a table has moved, and where it begins if it moves now."""
    kept: _Kept = st.session_state.get(_kept_key(key), _Kept())
    own = _table_key(key, kept.moves)
    # Who was on another page comes back to a table without a choice.
    if kept.chosen is None or kept.names == names or own not in st.session_state:
        return kept.moves, None
    places = [place for place, name in enumerate(names) if name == kept.chosen]
    # Which of several that are called the same it was, nobody can tell.
    place = places[0] if len(places) == 1 else None
    if place is not None and place == _chosen_of(st.session_state[own], len(names)):
        return kept.moves, None
    return kept.moves + 1, place


def _chosen_of(state: Any, row_count: int) -> int | None:
    chosen = state["selection"]["rows"] if state else ()
    return int(chosen[0]) if chosen and chosen[0] < row_count else None


def _row_names(rows: pd.DataFrame, columns: Sequence[str]) -> tuple[RowName, ...]:
    return tuple(zip(*(rows[name].astype(str) for name in columns), strict=True))


def _kept_key(key: str) -> str:
    return f"_kept_{key}"


def _table_key(key: str, moves: int) -> str:
    return f"{key}-{moves}" if moves else key


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
