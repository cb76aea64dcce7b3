"""For whom a page's parts work that run without the frame: callbacks and fragments."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tally.accounts import Book, key_of
from tally.accounts.book import book_of
from tally.registry import registry_of
from tally.viewers import DEMONSTRATION, NOBODY, Role
from tests.accounts.people import CHEAP, entered, made


def parts() -> None:
    """Draw a fragment whose button has a callback; each notes for whom it works."""
    import streamlit as st

    from tally import board
    from tally.viewers import acting

    def note() -> None:
        st.session_state["callback"] = acting().account

    @st.fragment
    def part() -> None:
        st.button("x", key="x", on_click=note)
        st.session_state["fragment"] = acting().account

    part()
    st.session_state["page"] = board.viewer().account


def noted(user: dict[str, Any]) -> set[str]:
    """Run the parts for a user and click; return for whom they worked."""
    app = AppTest.from_function(parts, default_timeout=60)
    app.user = user
    app.run().button(key="x").click().run()
    assert not app.exception
    return {app.session_state[name] for name in ("callback", "fragment", "page")}


@pytest.fixture
def office(empty_home: Path) -> Callable[[], str]:
    """Return what makes the account `office` and gives the key of its session."""

    def make() -> str:
        book = Book(registry_of(empty_home), *CHEAP)
        book_of.cache_clear()
        return key_of(entered(book, made(book, "office", Role.OFFICE)))

    empty_home.mkdir(parents=True, exist_ok=True)
    return make


def test_callback_and_fragment_work_for_whom_the_session_is(office: Callable[[], str]) -> None:
    assert noted({}) == {DEMONSTRATION.account}

    key = office()
    assert noted({"session": key}) == {"office"}
    assert noted({}) == {NOBODY.account}
    assert noted({"session": "guessed"}) == {NOBODY.account}
