"""Going to another page from a callback, which may not change the page itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

GOING_KEY = "_going"


@dataclass(frozen=True)
class Going:
    """A page to go to, with its part of the address and what its widgets begin with."""

    page: Path
    address: Mapping[str, str]
    widgets: Mapping[str, str]


def go(page: Path, address: Mapping[str, str] | None = None, **widgets: str) -> None:
    """Let the next run be that of another page, with these of its widgets set."""
    st.session_state[GOING_KEY] = Going(page, address or {}, widgets)


def follow_going() -> None:
    """Go where a callback led; before anything of the page is drawn."""
    going: Going | None = st.session_state.pop(GOING_KEY, None)
    if going:
        st.session_state.update(going.widgets)
        st.switch_page(going.page, query_params=dict(going.address))
