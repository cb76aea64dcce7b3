"""The units that are a viewer's own: those whose rows may be seen alone, or those of the field."""

from collections.abc import Sequence

import streamlit as st

from tally.board.asking import Rows
from tally.board.narrowing import LEFT_OUT, narrow
from tally.viewers import acting


def own_units(roster: Rows) -> list[str]:
    """Return the units of the roster that are the viewer's: all of them, or those of the field."""
    viewer, named = acting(), [row["unit"] for row in roster]
    if viewer.units is not None:
        return named
    return [unit for unit in named if unit in viewer.first_units]


def field_first(roster: Rows) -> list[str]:
    """Return the units of the roster, those of the field (分管) before all others."""
    own = own_units(roster)
    return own + [row["unit"] for row in roster if row["unit"] not in own]


def field_button(own: Sequence[str]) -> None:
    """Draw the one click to the units of the viewer's field; nobody else has one."""
    if acting().units is None and own:
        narrowed = {"unit": list(own), LEFT_OUT["unit"]: False}
        is_chosen = set(st.session_state.get("unit") or ()) == set(own)
        label = f"分管的 {len(own)} 个单位"
        st.button(label, on_click=narrow, kwargs=narrowed, disabled=is_chosen)
