"""Nobody outside is asked: what the tests can see of it, and what the browser itself forbids."""

import pytest
from playwright.sync_api import Browser

from tests.browser.tab import Tab, opened_tab

pytestmark = pytest.mark.browser


def test_tab_off_the_dashboard_sees_and_blocks_outside_requests(tab: Tab) -> None:
    asked = ["http://192.0.2.1/map.png", "ws://192.0.2.1/stream"]

    tab.page.evaluate("fetch('http://192.0.2.1/map.png').catch(() => null)")
    tab.page.evaluate("void new WebSocket('ws://192.0.2.1/stream')")

    assert tab.outside_requests == asked


def test_content_policy_stops_outside_requests_before_the_network(tab: Tab) -> None:
    tab.open("/upload")

    reason = tab.page.evaluate("fetch('http://192.0.2.1/map.png').catch(error => error.name)")

    assert reason == "TypeError"
    assert "Content Security Policy" in "".join(tab.console_errors)
    assert tab.outside_requests == []


def test_deep_link_as_first_request_shows_the_page(browser: Browser, empty_server: str) -> None:
    with opened_tab(browser, empty_server) as tab:
        tab.open("/rankings")

        assert tab.page.locator('[data-testid="stDialog"]').count() == 0
        assert "Page not found" not in tab.text()


def test_old_browser_reads_a_sentence_instead_of_a_blank_page(tab: Tab) -> None:
    # An engine without the flag `v` throws here, as Chromium 110 does.
    tab.page.add_init_script(
        "const Real = RegExp; window.RegExp = function (pattern, flags) {"
        "if ((flags || '').includes('v')) throw new SyntaxError('flag');"
        "return new Real(pattern, flags)}; window.RegExp.prototype = Real.prototype"
    )

    tab.page.goto(tab.address)

    assert "请改用以下或更新的版本：Chrome、Edge 112" in tab.page.inner_text("body")
