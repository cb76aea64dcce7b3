"""Cells full of scripts, links, pictures and Markdown are shown as text, on every page (8)."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser

from tally.board.wall_screens import SCREENS
from tally.standstill import Standstill, damaged
from tests.browser.hostile import BOTH, HOST, PAYLOADS, hostile_home, poisoned
from tests.browser.hostile_walk import Walk
from tests.browser.server import running_server
from tests.browser.tab import Tab, opened_tab
from tests.browser.test_standstill_pages import board, serving
from tests.browser.workbooks import DUE_COLUMN, FIRST_ROW, Ledger
from tests.pages.conftest import PAGES

pytestmark = pytest.mark.browser

FIRST = "xiangshan"
# Of the other campaigns the pages that their ledgers fill and the first one's do not.
OTHERS = {
    "huludao": ("task", "projects", "appraisals", "structure"),
    "ningguo": ("lines", "appraisals", "standing"),
    "nanyang": ("dockets", "instructions", "closing"),
    "huaihua": ("enterprises", "honours", "appraisals"),
}
# The first page has no address of its own; the wall has no way on; an empty page shows no cell.
NOT_WALKED = {"progress", "wall", *("task", "projects", "lines", "enterprises", "accounts")}
PHONE = {"width": 390, "height": 844}
PHONE_PAGES = ("/overdue", "/ledger", "/instructions")
# How many payloads at least are read whole, and in which kinds of elements.
SEEN_LEAST = {"table": 26, "words": 20, "cells": 15, "heading": 12, "figure": 10, "dialog": 4}
TYPED_AT = {"/instructions", "/supervision", "/upload", "/audit", "/meeting，弹出"}


@pytest.fixture
def hostile_server(tmp_path: Path) -> Iterator[str]:
    """The address of a server whose every text is hostile."""
    home = tmp_path / "home"
    hostile_home(home)
    with running_server(home, with_samples=False) as address:
        yield address


def hostile_workbook() -> bytes:
    """Return a list that is refused: its title, sheet, heads, units and days are hostile."""
    book = openpyxl.load_workbook(BytesIO(Ledger(date(2022, 8, 1), {
        "招商部": 1, "产业发展部": 1, "规划建设部": 1
    }, item_count=len(PAYLOADS)).content()))  # fmt: skip
    sheet = book.active
    assert sheet is not None
    sheet.title = "<img onerror=pwned> _Q02Q_ `x`"
    sheet["A2"] = PAYLOADS[0]
    sheet["D3"] = poisoned("措施")
    for at, payload in enumerate(PAYLOADS):
        for column in ("B", "E", DUE_COLUMN):
            sheet[f"{column}{FIRST_ROW + at}"] = f"{payload} {BOTH}"
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def walk_walls(walk: Walk) -> None:
    """Turn through every screen of the wall."""
    names = ",".join(screen.name for screen in SCREENS)
    walk.begin(FIRST, f"/wall?seconds=0&screens={names}")
    walk.look(f"大屏 {SCREENS[0].name}")
    for screen in SCREENS[1:]:
        walk.turn_on(f"大屏 {screen.name}", "ArrowRight")


def walk_all(walk: Walk) -> None:
    """See the first campaign's pages, the others' own, a refused file, the phone, the walls."""
    walk.begin(FIRST)
    walk.explore("/", "/")
    walk.open_popovers("/ 每页都有", [])
    for name in sorted(PAGES.keys() - NOT_WALKED):
        walk.visit(f"/{name}")
    walk.give(f"{PAYLOADS[5]} {BOTH} 8月.xlsx".replace("/", "∕"), hostile_workbook())
    for slug, names in OTHERS.items():
        walk.begin(slug)
        for name in names:
            walk.visit(f"/{name}")
    walk.begin(FIRST)
    walk.page.set_viewport_size(PHONE)
    for path in PHONE_PAGES:
        walk.go(path)
        walk.look(f"{path} 手机")
    walk.page.set_viewport_size({"width": 1920, "height": 1080})
    walk_walls(walk)


def assert_nothing_acts(tab: Tab, alive: list[str]) -> None:
    asked = [error for error in tab.console_errors if HOST in error or "xss-invalid" in error]
    assert not alive, "\n".join(alive)
    assert (tab.outside_requests, asked) == ([], [])


def test_hostile_cells_are_text_on_every_page(browser: Browser, hostile_server: str) -> None:
    with opened_tab(browser, hostile_server) as tab:
        walk = Walk(tab)
        walk_all(walk)

    shown = {kind: len(payloads) for kind, payloads in walk.shown.items()}
    print(shown, sorted(walk.typed), *walk.places, sep="\n")
    assert_nothing_acts(tab, walk.alive)
    # Which text a payload meets is a matter of its letters: a few stand only where nobody looks.
    assert {kind: shown.get(kind, 0) for kind, least in SEEN_LEAST.items()
            if shown.get(kind, 0) < least} == {}  # fmt: skip
    # Typed by hand, each stands where it was typed for.
    assert TYPED_AT - walk.typed == set()


def test_hostile_words_of_a_standstill_are_text(browser: Browser) -> None:
    trouble = damaged(f"{PAYLOADS[1]} {BOTH}", PAYLOADS)
    with (
        serving(Standstill(board, lambda: trouble)) as address,
        opened_tab(browser, address) as tab,
    ):
        walk = Walk(tab)
        tab.page.goto(address)
        walk.look("有损")
    assert_nothing_acts(tab, walk.alive)
    assert walk.shown["other"] == set(PAYLOADS)
