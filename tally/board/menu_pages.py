"""The menu as Streamlit draws it, its pages found on the disk once and not in every run."""

from collections.abc import Callable
from copy import copy
from functools import cache
from pathlib import Path

import streamlit as st

from tally import menu
from tally.board.viewing import say_refused


def navigation(opened: menu.Sections, *, is_shown: bool) -> st.Page:
    """Draw the menu and return the page that was asked for; one not opened says that it is not."""
    drawn = {
        section: [copy(_page(menu.script(path), title, path)) for path, title in pages]
        for section, pages in opened.items()
    }
    refused = [copy(_page(say_refused, "无权查看", path)) for path in menu.closed_pages(opened)]
    drawn[""] = [*drawn.get("", []), *refused]
    return st.navigation(drawn, position="top" if is_shown else "hidden")


@cache
def _page(source: Path | Callable[[], None], title: str, path: str) -> st.Page:
    """Return a page of a script, or a hidden one that a function draws; each run takes a copy."""
    return st.Page(
        source,
        title=title,
        url_path=menu.address(path),
        default=path == menu.FIRST_PAGE,
        visibility="visible" if isinstance(source, Path) else "hidden",
    )


def section_mark(opened: menu.Sections, url_path: str) -> str:
    """Return the rule by which the menu that holds the page looks chosen, '' for a page outside.

    Streamlit marks pages that stand open in the menu itself.
    """
    held = [pages for section, pages in opened.items() if section]
    for position, pages in enumerate(held, start=len(opened.get("", ())) + 1):
        if any(path.endswith(f"/{url_path}") for path, _ in pages):
            return (
                f'[data-testid="stTopNav"]>:nth-child({position}) button{{'
                "font-weight:600;background:color-mix(in srgb,currentColor 8%,transparent)}"
            )
    return ""
