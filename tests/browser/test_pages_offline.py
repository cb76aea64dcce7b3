"""Nobody outside is asked: what the tests can see of it, and what the browser itself forbids."""

import pytest
from playwright.sync_api import Browser

from tests.browser.tab import Tab, new_page, opened_tab

pytestmark = pytest.mark.browser


def test_tab_off_the_dashboard_sees_and_blocks_outside_requests(tab: Tab) -> None:
    asked = ["http://192.0.2.1/map.png", "ws://192.0.2.1/stream"]

    failed = tab.page.evaluate("fetch('http://192.0.2.1/map.png').catch(error => error.name)")
    tab.page.evaluate(
        "new Promise(done => { new WebSocket('ws://192.0.2.1/stream').onerror = done })"
        ".then(() => null)"
    )

    assert failed == "TypeError"
    assert tab.outside_requests == asked
    # A machine that is off the network would fail as well: it is the proxy that is missing.
    assert all("ERR_PROXY_CONNECTION_FAILED" in error for error in tab.console_errors)
    assert len(tab.console_errors) == len(asked)


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


def test_old_browser_reads_a_sentence_instead_of_a_blank_page(
    browser: Browser, server: str
) -> None:
    page = new_page(browser)
    # An engine without the flag `v` throws here, as Chromium 110 does.
    page.add_init_script(
        "const Real = RegExp; window.RegExp = function (pattern, flags) {"
        "if ((flags || '').includes('v')) throw new SyntaxError('flag');"
        "return new Real(pattern, flags)}; window.RegExp.prototype = Real.prototype"
    )

    page.goto(server)

    assert "请改用以下或更新的版本：Chrome、Edge 112" in page.inner_text("body")
    page.context.close()
