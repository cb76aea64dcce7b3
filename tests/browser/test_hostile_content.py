"""Cells full of scripts, links, pictures and Markdown are shown as text, on every page (8)."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tally.board.wall_screens import SCREENS
from tally.packs import packs
from tests.browser.hostile import ALIVE, HOST, PAYLOADS, TYPED, WORDS, hostile_home
from tests.browser.reading import ROW_PX, go_to, page_titles
from tests.browser.server import running_server
from tests.browser.tab import Tab, opened_tab

pytestmark = pytest.mark.browser

CAMPAIGNS = ("xiangshan", "huludao")
# The first campaign has every page; of the second those that only its ledgers fill.
OTHERS = {"任务一张图", "项目攻坚", "考评台账"}
# Behind these pages' rows and buttons stand the cards that the others open too.
WITH_CARDS = {"逾期热力", "台账查询", "预警督办", "诉求信访", "任务一张图", "数据上传"}
SCREENS_LOOKED_AT, SEEN_LEAST = 3, 25


@pytest.fixture
def hostile_server(tmp_path: Path) -> Iterator[str]:
    """The address of a server whose every text is hostile."""
    home = tmp_path / "home"
    hostile_home(home, CAMPAIGNS)
    with running_server(home, with_samples=False) as address:
        yield address


class Walk:
    """One walk over pages: what came alive where, and how often each payload was read as text."""

    def __init__(self, tab: Tab) -> None:
        self.tab = tab
        self.alive: list[str] = []
        self.shown: Counter[str] = Counter()
        self.typed: list[str] = []

    def look(self, where: str) -> None:
        """Read what stands on the screen now."""
        self.alive += [f"{where}: {found}" for found in self.tab.page.evaluate(ALIVE, HOST)]
        said = re.sub(r"\s+", " ", self.tab.page.evaluate(WORDS))
        self.shown.update(payload for payload in PAYLOADS if payload in said)
        if TYPED in said:
            self.typed.append(where)

    def open_cards(self, where: str) -> None:
        """Open what lies behind the page's buttons, and the cards of its tables' first rows."""
        page = self.tab.page
        for button in page.get_by_test_id("stPopover").get_by_role("button").all()[:1]:
            if button.is_visible() and button.is_enabled():
                button.click()
                self.tab.settle()
                self.look(f"{where}，弹出")
                page.keyboard.press("Escape")
                # As long as it is open it takes the next click, which only closes it.
                page.get_by_test_id("stPopoverBody").first.wait_for(state="detached")
        for table in page.locator(".dvn-scroller").all()[:1]:
            if table.is_visible():
                # The choice of a row is sent half a second late, and Escape would take it back
                # as late: a page that is opened before that is left again for this one.
                first_row = {"x": ROW_PX / 2, "y": ROW_PX * 1.5}
                self.tab.act(partial(table.click, position=first_row))
                self.look(f"{where}，卡片")


def test_hostile_cells_are_text_on_every_page(browser: Browser, hostile_server: str) -> None:
    with opened_tab(browser, hostile_server) as tab:
        walk = Walk(tab)
        tab.page.on("dialog", lambda dialog: walk.alive.append(f"dialog {dialog.message}"))
        for slug in CAMPAIGNS:
            name = packs()[slug].campaign.name
            tab.open(f"/?campaign={name}")
            for title in page_titles(tab):
                if slug == CAMPAIGNS[0] or title in OTHERS:
                    go_to(tab, title)
                    walk.look(f"{slug} {title}")
                    if title in WITH_CARDS:
                        walk.open_cards(f"{slug} {title}")
        name = packs()[CAMPAIGNS[0]].campaign.name
        shown = [screen.name for screen in SCREENS[:SCREENS_LOOKED_AT]]
        tab.open(f"/wall?campaign={name}&seconds=0&screens={','.join(shown)}")
        walk.look(f"大屏 {shown[0]}")
        for screen in shown[1:]:
            tab.act(lambda: tab.page.keyboard.press("ArrowRight"))
            walk.look(f"大屏 {screen}")

    print(*walk.shown.items(), *walk.typed, sep="\n")
    asked = [error for error in tab.console_errors if HOST in error or "xss-invalid" in error]
    assert not walk.alive, "\n".join(walk.alive)
    assert (tab.outside_requests, asked) == ([], [])
    # Typed by hand, each stands in the table of instructions at least.
    assert f"{CAMPAIGNS[0]} 批示交办" in walk.typed
    # Which text a payload meets is a matter of its letters: a few stand only where nobody looks.
    assert len(walk.shown) >= SEEN_LEAST
