"""Pages as the menu names them: found on the disk once, not in every run."""

from collections.abc import Callable
from copy import copy
from functools import cache
from pathlib import Path

import streamlit as st


@cache
def _made(source: Path | Callable[[], None], title: str, url_path: str, is_first: bool) -> st.Page:
    is_script = isinstance(source, Path)
    return st.Page(
        source,
        title=title,
        url_path=url_path,
        default=is_first,
        visibility="visible" if is_script else "hidden",
    )


def menu_page(
    source: Path | Callable[[], None], title: str, url_path: str, is_first: bool
) -> st.Page:
    """Return a page of a script, or a hidden one that a function draws; each run has its own."""
    return copy(_made(source, title, url_path, is_first))
