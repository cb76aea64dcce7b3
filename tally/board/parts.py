"""What a click chose on a figure of one page alone: it stands in the address and in the line above.

A cell of a table or a place on the map is no filter of other pages; where it is one, a figure
narrows by `narrowing`. A choice belongs to the campaign and the day it was made on.
"""

from collections.abc import Sequence
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from tally import words
from tally.board.asking import Filters
from tally.board.narrowing import count_pick

PART = "part"
SAID_KEY = "_part_said"


def part_chosen(figure: str, chosen: Filters) -> tuple[str, ...]:
    """Return what the address says is chosen on a figure, () where it says nothing that holds.

    An address may say anything: whoever reads it looks whether the figure has such a part.
    """
    where, told = _where(figure, chosen), tuple(st.query_params.get_all(PART))
    return told[len(where) :] if told[: len(where)] == where else ()


def choose_part(figure: str, chosen: Filters, data: Sequence[Any]) -> None:
    """Keep what was clicked on a figure: `data` is what the figure tells of it."""
    told = ("" if value is None else str(value) for value in data)
    st.query_params[PART] = [*_where(figure, chosen), *told]


def forget_part() -> None:
    """Choose nothing on the page's figures; before they are drawn."""
    st.query_params.pop(PART, None)
    count_pick()


def _where(figure: str, chosen: Filters) -> tuple[str, ...]:
    return figure, chosen.campaign, words.iso_day(chosen.as_of)


def say_part(title: str) -> None:
    """Let the line above the page say what is chosen on its figure; '' where nothing is."""
    st.session_state[SAID_KEY] = title


def write_part(place: DeltaGenerator) -> None:
    """Say what the page just drawn has chosen on its figure, with the way back, in the line."""
    if title := st.session_state.pop(SAID_KEY, ""):
        label = f"点图选定 {words.escape_markdown(title)} ✕"
        place.button(label, key="part_back", on_click=forget_part)
