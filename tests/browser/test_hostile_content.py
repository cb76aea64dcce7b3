"""Cells full of scripts, links, pictures and Markdown are shown as text, on every page (8)."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser

from tally.board.wall_screens import SCREENS
from tally.standstill import Standstill, damaged
from tests.browser.hostile import (
    BOTH,
    DRAFT_MONTH,
    FILE_NAME,
    PAYLOADS,
    SHEET,
    hostile_workbook,
)
from tests.browser.hostile_walk import Walk
from tests.browser.server import running_server
from tests.browser.tab import opened_tab
from tests.browser.test_standstill_pages import board, serving
from tests.browser.workbooks import FIRST_ROW
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
FILLED_BY_OTHERS = (
    *(("huludao", "task"), ("huludao", "projects"), ("huludao", "structure")),
    *(("ningguo", "lines"), ("huaihua", "enterprises")),
)
# The first page has no address of its own; the wall has no way on; an empty page shows no cell.
# Boundaries and accounts are put there first, in the tests of those who log in.
NOT_WALKED = {"progress", "wall", "accounts", "boundaries"}
NOT_WALKED |= {name for _, name in FILLED_BY_OTHERS}
PHONE = {"width": 390, "height": 844}
PHONE_PAGES = ("/overdue", "/ledger", "/instructions")
# How many payloads at least are read whole, and in which kinds of elements.
SEEN_LEAST = {"table": 26, "words": 20, "cells": 10, "heading": 10, "figure": 6, "dialog": 4}
TYPED_AT = {"/instructions", "/supervision", "/audit", "/meeting，弹出", "/overdue 原文"}


@pytest.fixture(scope="module")
def hostile_server(hostile_copy: Path) -> Iterator[str]:
    """The address of a server whose every text is hostile."""
    with running_server(hostile_copy, with_samples=False) as address:
        yield address


@pytest.fixture
def walk(browser: Browser, hostile_server: str) -> Iterator[Walk]:
    """A walk that begins; in the end nothing it met may have acted."""
    with opened_tab(browser, hostile_server) as tab:
        begun = Walk(tab)
        yield begun
    begun.assert_nothing_acts()


def test_hostile_cells_are_text_on_every_page(walk: Walk) -> None:
    walk.begin(FIRST)
    walk.explore("/", "/")
    walk.open_popovers("/ 每页都有", [])
    walk.reveal("/overdue", "overdue_items")
    for name in sorted(PAGES.keys() - NOT_WALKED):
        walk.visit(f"/{name}")
    walk.page.set_viewport_size(PHONE)
    for path in PHONE_PAGES:
        walk.go(path)
        walk.look(f"{path} 手机")

    shown = {kind: len(payloads) for kind, payloads in walk.shown.items()}
    # Which text a payload meets is a matter of its letters: a few stand only where nobody looks.
    assert {kind: shown.get(kind, 0) for kind, least in SEEN_LEAST.items()
            if shown.get(kind, 0) < least} == {}  # fmt: skip
    # Typed by hand, each stands where it was typed for.
    # What a table says is there to be read a moment after it is drawn.
    assert [at for at in TYPED_AT if not any(one.startswith(at) for one in walk.typed)] == []


def test_hostile_cells_are_text_on_pages_that_other_campaigns_fill(walk: Walk) -> None:
    """As they open, with what is behind their buttons and first rows."""
    for slug, name in FILLED_BY_OTHERS:
        walk.begin(slug, f"/{name}")
        walk.explore(f"/{name}", f"/{name}")

    assert len(walk.shown["table"]) > 5


@pytest.mark.thorough
@pytest.mark.parametrize("slug", OTHERS)
def test_hostile_cells_of_other_campaigns_are_text(walk: Walk, slug: str) -> None:
    walk.begin(slug)
    for name in OTHERS[slug]:
        walk.visit(f"/{name}")

    assert len(walk.shown["table"]) > 5


def test_hostile_workbook_is_text_from_its_upload_to_its_rows(walk: Walk) -> None:
    place = {"upload": 1, "sheet": SHEET, "row": FIRST_ROW}
    walk.begin(FIRST, f"/ledger?{urlencode(place)}")
    walk.open_source("/ledger 链接")
    walk.give(FILE_NAME.format("拒"), hostile_workbook(DRAFT_MONTH, is_refused=True))
    walk.give(FILE_NAME.format("稿"), hostile_workbook(DRAFT_MONTH))

    assert "▲" in walk.page.locator("h1").inner_text()
    # Its first row, what it is read as, its sheet's name: all of it from a file.
    assert PAYLOADS[0] in walk.shown["dialog"]
    assert len(walk.shown["table"]) > 5


def test_hostile_rows_and_addresses_are_text_on_every_wall(walk: Walk) -> None:
    names = ",".join(screen.name for screen in SCREENS)
    walk.begin(FIRST, f"/wall?seconds=0&screens={names}")
    walk.look(f"大屏 {SCREENS[0].name}")
    for screen in SCREENS[1:]:
        walk.turn_on(f"大屏 {screen.name}", "ArrowRight")
    words = dict.fromkeys(("screens", "unit", "dimension", "post", "league", "seat"), BOTH)
    for page in ("wall", "screens"):
        walk.begin(FIRST, f"/{page}?{urlencode({'seconds': 0} | words)}")
        walk.look(f"{page} 的地址")

    assert len(walk.shown["figure"]) > 5


def test_hostile_words_of_a_standstill_are_text(browser: Browser) -> None:
    trouble = damaged(f"{PAYLOADS[1]} {BOTH}", PAYLOADS)
    with (
        serving(Standstill(board, lambda: trouble)) as address,
        opened_tab(browser, address) as tab,
    ):
        walk = Walk(tab)
        tab.page.goto(address)
        walk.look("有损")
    walk.assert_nothing_acts()
    assert walk.shown["other"] == set(PAYLOADS)
