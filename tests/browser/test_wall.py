"""大屏 in a real browser: no text below the room's size, 7:1, no edges; keys, touch and restart."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser

from tally.board.wall_screens import SCREENS
from tally.packs import packs
from tally.rooms import SMALLEST, Room, Viewport
from tests.browser.server import HOST, free_port, running_server
from tests.browser.tab import Tab, Theme, opened_tab

pytestmark = pytest.mark.browser

MEASURE = Path(__file__).with_name("wall.js").read_text("utf-8")
CAMPAIGN = packs()["xiangshan"].campaign.name
LEAST_CONTRAST = 7
NAMES = [screen.name for screen in SCREENS]


def open_wall(tab: Tab, window: Viewport, query: str) -> None:
    """Open the wall in a window of this size."""
    size: Any = {"width": int(window.width_px), "height": int(window.height_px)}
    tab.page.set_viewport_size(size)
    tab.open(f"/wall?campaign={CAMPAIGN}&seconds=0&{query}")
    # The wall is drawn again once the server knows how large the window is.
    note = f'.note[data-window="{size["width"]}x{size["height"]}"]'
    tab.page.locator(note).wait_for(state="attached")
    tab.settle()


def wall_faults(tab: Tab, room: Room, window: Viewport) -> list[str]:
    """Return what of this screen could not be read from the farthest seat."""
    read = tab.page.evaluate(MEASURE)
    least_px = max(room.smallest_px(window), SMALLEST * window.fit) - 0.2
    return [
        *(f"多出 {read[way]} px" for way in ("extraHeight", "extraWidth") if read[way] > 0),
        *(f"过小 {text['text']}" for text in read["texts"] if text["size"] < least_px),
        *(f"不显 {text['text']}" for text in read["texts"] if text["contrast"] < LEAST_CONTRAST),
        *(f"出界 {text['text']}" for text in read["texts"] if not text["isInside"]),
        *("没有文字" for _ in range(len(read["texts"]) < 10)),
    ]


def screen_of(tab: Tab) -> str:
    """Return the name of the screen that the address is at."""
    return parse_qs(urlsplit(tab.page.url).query).get("screen", [""])[0]


@pytest.mark.parametrize(
    ("theme", "window", "room"),
    [
        ("light", Viewport(1920, 1080), Room(98, 6)),
        ("dark", Viewport(3840, 2160), Room(75, 6)),
        ("light", Viewport(5760, 2160), Room(165, 6)),
    ],
)
def test_every_screen_is_read_from_the_farthest_seat(
    browser: Browser, server: str, theme: Theme, window: Viewport, room: Room
) -> None:
    query = f"diagonal={room.diagonal_inch:g}&seat={room.seat_metres:g}"
    with opened_tab(browser, server, theme) as tab:
        open_wall(tab, window, query)
        found = {NAMES[0]: wall_faults(tab, room, window)}
        for _ in NAMES[1:]:
            tab.act(lambda: tab.page.keyboard.press("ArrowRight"))
            found[screen_of(tab)] = wall_faults(tab, room, window)
    assert found == {name: [] for name in NAMES}
    assert (tab.outside_requests, tab.console_errors) == ([], [])


def test_wall_turns_pauses_and_shows_its_filters(tab: Tab) -> None:
    open_wall(tab, Viewport(1920, 1080), "")
    first = tab.page.locator('[data-testid="stPlotlyChart"]')
    tab.act(lambda: tab.page.keyboard.press("ArrowRight"))
    assert screen_of(tab) == SCREENS[1].name
    tab.act(lambda: tab.page.keyboard.press("ArrowLeft"))
    assert screen_of(tab) == SCREENS[0].name
    tab.page.keyboard.press(" ")
    assert tab.page.get_by_text("已暂停").is_visible()
    tab.page.keyboard.press(" ")
    assert not tab.page.get_by_text("已暂停").is_visible()
    assert not tab.page.locator(".st-key-filters").is_visible()
    tab.act(lambda: tab.page.keyboard.press("b"))
    assert tab.page.locator(".st-key-filters").is_visible()
    assert first.count() == 1
    assert wall_faults(tab, Room(), Viewport(1920, 1080)) == []


def test_wall_comes_back_by_itself_after_a_restart(browser: Browser, tmp_path: Path) -> None:
    home, port = tmp_path / "home", free_port()
    with opened_tab(browser, f"http://{HOST}:{port}") as tab:
        with running_server(home, with_samples=False, port=port):
            open_wall(tab, Viewport(1920, 1080), "")
            assert "还没有这个专项行动的台账" in tab.text()
            tab.page.evaluate("window.isOldPage = true")
        note = tab.page.locator(".note")
        note.wait_for(state="visible")
        assert "连不上服务器" in note.inner_text()
        assert tab.page.locator('[data-testid="stDialog"]:visible').count() == 0
        with running_server(home, with_samples=False, port=port):
            tab.page.wait_for_function("() => window.isOldPage === undefined")
            tab.settle()
            assert not note.is_visible()
            assert "还没有这个专项行动的台账" in tab.text()
