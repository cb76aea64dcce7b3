"""What a page takes from the size of its screen before anything is drawn."""

import pytest
import streamlit as st

from tally.board.projected import scale_of
from tally.board.tables import fitted


@pytest.mark.parametrize(
    ("cookie", "scale"),
    [
        ("2", 2),
        ("0.82", 0.82),
        ("", 1),
        ("two", 1),
        ("nan", 1),
        ("inf", 1),
        ("-2", 1),
        ("0", 1),
        ("1e9", 1),
        ("<b>", 1),
    ],
)
def test_browser_remembers_the_size_of_a_window_and_nothing_else(cookie: str, scale: float) -> None:
    assert scale_of(cookie) == scale


def widths(scale: float, **columns: int) -> dict[str, int]:
    """Return how wide columns of these desk widths become."""
    given = {name: st.column_config.TextColumn(name, width=px) for name, px in columns.items()}
    return {name: column["width"] for name, column in fitted(given, scale).items()}


def test_columns_are_as_wide_as_the_page_is_large() -> None:
    assert widths(1, title=390, unit=170, due_on=104) == {"title": 390, "unit": 170, "due_on": 104}
    assert widths(2, title=390, unit=170, due_on=104) == {"title": 780, "unit": 340, "due_on": 208}


def test_widest_column_gives_up_what_a_notebook_lacks() -> None:
    # 1366 of 1920 px with letters of 14 for 17: 320 + 139 + 85 px, of which 13 % go.
    assert widths(0.82, title=390, unit=170, due_on=104) == {
        "title": 320 - 71,
        "unit": 139,
        "due_on": 85,
    }
    # Where all are alike none is cut; of a single one half stays.
    assert widths(0.82, a=100, b=100, c=100, d=100, e=100) == dict.fromkeys("abcde", 82)
    assert widths(0.5, title=10, unit=0) == {"title": 4, "unit": 0}


def test_head_without_a_width_stays() -> None:
    named = {
        "title": "事项",
        "unit": st.column_config.TextColumn("单位", width="small"),
        "row": None,
    }
    assert fitted(named, 2) == named
    assert fitted({}, 0.82) == {}
