"""One browser tab that is kept on the server's own address and remembers what went wrong."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Route, WebSocketRoute

Theme = Literal["light", "dark"]
WALL = {"width": 1920, "height": 1080}
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
KEYS_ARE_HEARD = ".st-key-keylisten [data-is-listening]"


class Tab:
    """A page at 1920x1080, and what it asked of others and complained about.

    `outside_requests` are the addresses beyond the server, each of them blocked;
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
        page.context.route(outside, self._block)
        page.context.route_web_socket(outside, self._block_socket)
        page.add_init_script(WAITING)
        page.on("request", lambda request: self._note(request, outside))
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.console_errors.append(str(error)))

    def _block(self, route: Route) -> None:
        route.abort()

    def _block_socket(self, socket: WebSocketRoute) -> None:
        self.outside_requests.append(socket.url)
        socket.close()

    def _note(self, request: Request, outside: re.Pattern[str]) -> None:
        if outside.match(request.url):
            self.outside_requests.append(request.url)

    def _hear(self, message: ConsoleMessage) -> None:
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

    def text(self) -> str:
        """Return what the page says, as one string."""
        return self.page.locator('[data-testid="stApp"]').inner_text()

    def picture(self, path: Path) -> None:
        """Write a screenshot of the window as PNG."""
        self.page.screenshot(path=path)


@contextmanager
def opened_tab(browser: Browser, address: str, theme: Theme = "light") -> Iterator[Tab]:
    """Yield a tab with nothing remembered from other tabs, and close it afterwards."""
    context = browser.new_context(viewport=WALL, color_scheme=theme, locale="zh-CN")
    context.set_default_timeout(PAGE_SECONDS * 1000)
    try:
        yield Tab(context.new_page(), address)
    finally:
        context.close()
