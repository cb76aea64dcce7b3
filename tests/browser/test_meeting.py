"""The meeting's clock and its checks, in a real browser (issue 7.3)."""

import pytest
from playwright.sync_api import Browser

from tests.browser.tab import WALL, Tab, new_page

pytestmark = pytest.mark.browser

NINGGUO = "宁国市“四季竞赛、五大比拼”"
TWO_MINUTES_MS = 120_000


def wait_for_clock(tab: Tab, name: str, text: str) -> None:
    """Wait until a part of the clock (`place`, `left` or `word`) holds the text."""
    tab.page.locator(f".clock .{name}", has_text=text).wait_for()


def test_clock_counts_in_the_browser_turns_red_and_moves_by_key(
    browser: Browser, server: str
) -> None:
    tab = Tab(new_page(browser, viewport=WALL), server)
    tab.page.clock.install()
    tab.open(f"/meeting?campaign={NINGGUO}&view=议程&minutes=2 分钟")
    wait_for_clock(tab, "left", "2:00")
    runs = tab.page.evaluate("runCount")

    tab.page.locator(".clock .run").click()
    tab.page.clock.fast_forward(TWO_MINUTES_MS - 20_000)
    wait_for_clock(tab, "word", "▲ 快到时")
    tab.page.clock.fast_forward(30_000)
    wait_for_clock(tab, "word", "■ 超时")
    wait_for_clock(tab, "left", "+0:1")
    assert tab.page.evaluate("runCount") == runs

    tab.page.keyboard.press("PageDown")
    wait_for_clock(tab, "place", "2 / ")
    wait_for_clock(tab, "word", "● 计时中")
    tab.page.keyboard.press("PageUp")
    wait_for_clock(tab, "place", "1 / ")
    wait_for_clock(tab, "word", "■ 超时")
    tab.page.context.close()


def test_checks_before_the_meeting_come_from_the_browser(tab: Tab) -> None:
    tab.open("/meeting?view=会前自检")
    tab.page.get_by_text("汉字已真正画出").wait_for()
    assert "窗口 1920×1080" in tab.text()
    assert "浏览器能画地图" in tab.text()
    assert "与服务器一致" in tab.text()
    assert "会议室未填全，按 98 英寸、6 米估算" in tab.text()


def test_check_of_the_screen_follows_the_window_and_the_room(tab: Tab) -> None:
    tab.page.set_viewport_size({"width": 1600, "height": 800})
    tab.open("/meeting?view=会前自检&diagonal=98&seat=12")
    tab.page.get_by_text("窗口 1600×800；98 英寸、最远 12 米").wait_for()
    assert "请按 F11 全屏" in tab.text()
    tab.page.set_viewport_size(WALL)
    tab.page.get_by_text("窗口 1920×1080；98 英寸、最远 12 米").wait_for()
    seat = tab.page.locator(".st-key-seat input")
    tab.act(lambda: (seat.fill("6"), seat.press("Enter")))
    tab.page.get_by_text("窗口 1920×1080；98 英寸、最远 6 米").wait_for()
    assert "seat=6" in tab.page.url
    assert "diagonal=98" in tab.page.url
