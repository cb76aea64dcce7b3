"""One browser tab that is kept on the server's own address and remembers what went wrong."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, ConsoleMessage, Page, ViewportSize

Theme = Literal["light", "dark"]
WALL: ViewportSize = {"width": 1920, "height": 1080}
# Under load a map that a browser draws without a graphics card takes its time.
PAGE_SECONDS = 120

FINISHED = """() => {
    const app = document.querySelector('[data-testid="stApp"]');
    return app !== null
        && app.dataset.testScriptState === 'notRunning'
        && document.querySelector('[data-testid="stSkeleton"],[data-stale="true"]') === null;
}"""

# Counts the runs that the server says have ended: a short one never shows in the page's state.
WAITING = Path(__file__).with_name("waiting.js").read_text("utf-8")
# Pages that stand empty: one that has run the dashboard before runs it in a third of the time.
IDLE: defaultdict[tuple[Browser, Theme], list[Page]] = defaultdict(list)
FORGET = "() => { try { localStorage.clear(); sessionStorage.clear(); } catch {} }"
KEYS_ARE_HEARD = ".st-key-keylisten [data-is-listening]"


class Tab:
    """A page at 1920x1080, and what it asked of others and complained about.

    `outside_requests` are the addresses beyond the server; Chromium has no way to them;
    `console_errors` includes violations of the content security policy; `menus` are the
    places of the navigation's menus by the pages that were seen in them.
    """

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.outside_requests: list[str] = []
        self.console_errors: list[str] = []
        self.menus: dict[str, int] = {}
        host = re.escape(address.removeprefix("http://"))
        outside = re.compile(rf"^(?!https?://{host}/|wss?://{host}/|data:|blob:)")
        self._heard: list[tuple[str, Callable[[Any], object]]] = []
        self.hear("request", lambda request: self._note(request.url, outside))
        self.hear("websocket", lambda socket: self._note(socket.url, outside))
        self.hear("console", self._note_error)
        self.hear("pageerror", lambda error: self.console_errors.append(str(error)))

    def hear(self, event: Any, handler: Callable[[Any], object]) -> None:
        """Listen to the page until the tab is left."""
        self.page.on(event, handler)
        self._heard.append((event, handler))

    def _note(self, url: str, outside: re.Pattern[str]) -> None:
        if outside.match(url):
            self.outside_requests.append(url)

    def _note_error(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.console_errors.append(f"{message.text} ({message.location.get('url', '')})")

    def open(self, path: str = "/") -> None:
        """Go to a path of the server and wait until the script has finished."""
        self.page.goto(self.address + path)
        self.settle()

    def settle(self) -> None:
        """Wait until Streamlit has run and drawn what it was last asked for.

        A click reaches the server a moment later, so the state is read again after
        that moment.
        """
        self.page.wait_for_function(FINISHED, timeout=PAGE_SECONDS * 1000)
        self.page.wait_for_timeout(300)
        self.page.wait_for_function(FINISHED, timeout=PAGE_SECONDS * 1000)

    def act(self, action: Callable[[], None]) -> None:
        """Do what makes the script run, and wait until it has run and all is drawn."""
        before = self.page.evaluate("() => runCount")
        action()
        self.page.wait_for_function("before => runCount > before", arg=before)
        self.settle()

    def wait_for_keys(self) -> None:
        """Wait until the page hears keys: what listens is fetched after the page is drawn."""
        self.page.wait_for_selector(KEYS_ARE_HEARD, state="attached")

    def leave(self, theme: Theme) -> None:
        """Let the page be as it was new: empty, nothing stored, the mouse in its corner."""
        for heard in self._heard:
            self.page.remove_listener(*heard)
        self.page.evaluate(FORGET)
        self.page.goto("about:blank")
        self.page.context.clear_cookies()
        self.page.emulate_media(media="null", color_scheme=theme)
        self.page.set_viewport_size(WALL)
        self.page.mouse.move(0, 0)

    def text(self) -> str:
        """Return what the page says, as one string."""
        return self.page.locator('[data-testid="stApp"]').inner_text()

    def picture(self, path: Path) -> None:
        """Write a screenshot of the window as PNG."""
        self.page.screenshot(path=path)


def new_page(browser: Browser, **how: Any) -> Page:
    """Return a page of a viewer who reads Chinese and asks for no movement.

    Whatever moves is drawn sixty times a second, here by the processor.
    """
    context = browser.new_context(locale="zh-CN", reduced_motion="reduce", **how)
    context.set_default_timeout(PAGE_SECONDS * 1000)
    page = context.new_page()
    page.add_init_script(WAITING)
    return page


@contextmanager
def opened_tab(browser: Browser, address: str, theme: Theme = "light") -> Iterator[Tab]:
    """Yield a tab with nothing remembered from other tabs; its page is left to the next one.

    What is done to the page for good, a script or a clock put into it, takes a `new_page`.
    """
    idle = IDLE[browser, theme]
    page = idle.pop() if idle else new_page(browser, viewport=WALL, color_scheme=theme)
    try:
        tab = Tab(page, address)
        yield tab
        tab.leave(theme)
        idle.append(page)
    except BaseException:
        page.context.close()
        raise
