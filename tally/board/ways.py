"""The ways from one page to another, drawn for those only who may go there."""

from pathlib import Path

import streamlit as st

from tally import words
from tally.page_rights import may_open
from tally.viewers import acting

PAGES = Path(__file__).resolve().parents[2] / "pages"


def way_to(page: Path, label: str) -> None:
    """Draw a link to a page of the menu; nothing for a viewer who may not open it."""
    if may_open(acting(), page.relative_to(PAGES).with_suffix("").as_posix()):
        st.page_link(page, label=words.escape_markdown(label))
