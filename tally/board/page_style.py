"""The style of one run: gathered while its page is drawn, written as one element at its end.

Each element of a page costs the server and the browser the same, however small it is.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

STYLE_KEY = "_style"


def add_style(rule: str) -> None:
    """Give the page a rule of style."""
    st.session_state.setdefault(STYLE_KEY, []).append(rule)


@contextmanager
def page_style() -> Iterator[None]:
    """Write the style that the block gave its page, also where the block ends the run."""
    st.session_state[STYLE_KEY] = []
    try:
        yield
    finally:
        if rules := st.session_state[STYLE_KEY]:
            # No rule needs the sign that would end it.
            st.html(f"<style>{''.join(rules).replace('<', '')}</style>")
