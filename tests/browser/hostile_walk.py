"""A walk over a campaign's pages that opens whatever can be opened, without leaving the tab."""

import re
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import FilePayload, Locator

from tally.packs import packs
from tests.browser.hostile import HOST, PAYLOADS, TYPED, poisoned
from tests.browser.reading import FIGURE_TARGETS, ROW_PX, hand_over, wait_for_result
from tests.browser.tab import Tab

HERE = Path(__file__).parent
LOOK = (HERE / "hostile.js").read_text("utf-8")
# As the browser's own way back does it: the frame is not loaded again.
GO = """path => {
    history.pushState({}, '', path);
    window.dispatchEvent(new PopStateEvent('popstate'));
}"""
PRESS = "place => document.querySelector(place)?.click()"
# A click of our own closes no other popover, so all of them stand open at once.
OPEN_POPOVERS = """kept => {
    let count = 0;
    for (const one of document.querySelectorAll('[data-testid="stPopover"]')) {
        const button = one.querySelector('button');
        if (kept.some(name => one.closest(`.st-key-${name}`)) || button.disabled) continue;
        button.click();
        count += 1;
    }
    return count;
}"""
KEYED = """testid => [...document.querySelectorAll(`[data-testid="${testid}"]`)].map(one =>
    one.closest('[class*="st-key-"]')?.className.match(/st-key-(\\S+)/)[1] ?? '')"""
SWITCHES = """() => [...document.querySelectorAll('[data-testid="stButtonGroup"]')].flatMap(one => {
    const key = one.closest('[class*="st-key-"]')?.className.match(/st-key-(\\S+)/)[1];
    return [...one.querySelectorAll('button')].map((button, at) =>
        [key, at + 1, button.getAttribute('aria-checked') === 'true' || button.disabled]);
})"""
HAS_TARGETS = """figure => figure.querySelector('.scatterlayer .trace')
    && figure.querySelector('.js-plotly-plot').data.some(trace => trace.name === 'targets')"""
# These stand on every page and are opened once; the code for the phone is drawn by the server.
EVERYWHERE = ["account", "key_help", "more", "phone"]
SHARED = {"league", None}
# These measure the same rows in another way, or set a room up: other numbers, the same texts.
SAME_TEXTS = {
    *("heat_measure", "by", "measure", "layer", "minutes", "scale", "wall_bar", "wall_theme"),
    *("audit_result", "roll_span", "scope", "ranked_by", "order", "notice_kind", "notice_ranking"),
    "object_kind",
}
# Elsewhere a figure's click narrows what all pages show, or chooses what a table offers too.
LED_ON_BY_FIGURES = {"/rhythm", "/instructions"}
# The choice of a row is sent half a second late; what cannot be chosen sends nothing.
CHOICE_MS, RUN_MS = 900, 60_000
# So long after it is drawn a table tells readers of the screen what it holds.
TABLE_MS = 250
SOURCE = re.compile("^看原表")
MARKED = re.compile(r"Q\d\dQ")


class Walk:
    """One walk in a tab: what came alive where, and by which kind of element texts were shown."""

    def __init__(self, tab: Tab) -> None:
        self.tab, self.page = tab, tab.page
        self.slug = ""
        self.alive: list[str] = []
        self.shown: dict[str, set[str]] = defaultdict(set)
        self.typed: set[str] = set()
        self.places: list[str] = []
        self.seen: set[str] = set()
        tab.hear("dialog", lambda dialog: self.alive.append(f"dialog {dialog.message}"))

    def look(self, where: str) -> None:
        """Read what stands on the screen now."""
        found = self.page.evaluate(LOOK, HOST)
        self.places.append(f"{self.slug} {where}")
        self.alive += [f"{self.slug} {where}: {one}" for one in found["alive"]]
        for kind, text in found["said"]:
            said = re.sub(r"\s+", " ", text)
            self.shown[kind].update(payload for payload in PAYLOADS if payload in said)
            if TYPED in said:
                self.typed.add(where)

    def act(self, script: str, given: object, wait_ms: int = RUN_MS) -> bool:
        """Do something on the page; tell whether the server has run, and the page drawn it."""
        acting = f"async ([given, ms]) => {{ const before = runCount; ({script})(given);"
        ran: bool = self.page.evaluate(f"{acting} return ran(before, ms); }}", [given, wait_ms])
        assert ran or wait_ms < RUN_MS, f"no answer after {self.places[-1:]}"
        return ran

    def quiet(self) -> None:
        """Wait until the page has drawn what it has."""
        self.page.evaluate("() => ran(-1, 5000)")

    def act_by(self, action: Callable[[], object]) -> None:
        """Do something that the server answers."""
        before = self.page.evaluate("runCount")
        action()
        assert self.page.evaluate(f"before => ran(before, {RUN_MS})", before), self.places[-1:]

    def press(self, name: str) -> None:
        """Press a button by what stands on it."""
        self.act_by(self.page.get_by_role("button", name=name, exact=True).first.click)

    def hand_in(self, name: str, kind: str, content: bytes) -> None:
        """Choose a file for the only uploader of the page."""
        field = self.page.locator('input[type="file"]')
        payload: FilePayload = {"name": name, "mimeType": kind, "buffer": content}
        self.act_by(lambda: field.set_input_files(payload))

    def turn_on(self, where: str, key: str) -> None:
        """Press a key that the server answers."""
        self.act_by(lambda: self.page.keyboard.press(key))
        self.look(where)

    def point_at_map(self, where: str) -> None:
        """Look at what a map says of the place in its middle."""
        # A page that is still drawn takes away what was shown at the first move.
        self.quiet()
        canvas = self.page.locator('[data-testid="stDeckGlJsonChart"] canvas').first
        spot = _box(canvas, 0.5)
        assert spot
        for step in range(2):
            self.page.mouse.move(spot[0] + step, spot[1])
        self.page.locator(".deck-tooltip", has_text=MARKED).first.wait_for()
        self.look(where)

    def begin(self, slug: str, path: str = "/") -> None:
        """Load the frame for a campaign."""
        self.slug = slug
        mark = "&" if "?" in path else "?"
        name = packs()[slug].campaign.name
        self.page.goto(f"{self.tab.address}{path}{mark}campaign={name}")
        assert self.page.evaluate(f"() => ran(0, {RUN_MS})")

    def go(self, path: str) -> None:
        """Go to a page of the menu."""
        self.act(GO, f"{path}?campaign={packs()[self.slug].campaign.name}")

    def visit(self, path: str) -> None:
        """Open a page, its popovers, the cards of its rows and figures, its views."""
        self.go(path)
        self.explore(path, path)
        for key, number, is_taken in self.page.evaluate(SWITCHES):
            button = f".st-key-{key} button:nth-of-type({number})"
            if key in SHARED | SAME_TEXTS or is_taken:
                continue
            self._come_back(path)
            if not self.page.locator(button).count():
                continue
            if self.act(PRESS, button, CHOICE_MS):
                self.explore(path, f"{path} {key} {number}")

    def give(self, name: str, content: bytes) -> None:
        """Hand a file over and see what is said of it."""
        self.go("/upload")
        hand_over(self.tab, name, content)
        wait_for_result(self.tab)
        self.explore("/upload", f"/upload {name[-8:]}")

    def explore(self, path: str, where: str) -> None:
        """Look at what stands there, and at what is behind its buttons, rows and figures."""
        if self.page.get_by_test_id("stDataFrame").count():
            self.page.wait_for_timeout(TABLE_MS)
        self.look(where)
        self.open_popovers(where)
        kinds = [("stDataFrame", self._row)]
        if path in LED_ON_BY_FIGURES:
            kinds.append(("stPlotlyChart", self._spot))
        for testid, spot_of in kinds:
            for key in self.page.evaluate(KEYED, testid):
                if key and f"{path} {key}" not in self.seen:
                    self.seen.add(f"{path} {key}")
                    self._come_back(path)
                    self._choose(f"{where} {key}", spot_of(key))
        self._source(where)

    def _come_back(self, path: str) -> None:
        """Return to a page that a choice led on from."""
        if not self.page.evaluate("path => location.pathname === path", path):
            self.go(path)

    def _choose(self, where: str, spot: tuple[float, float] | None) -> None:
        if spot is None:
            return
        before = self.page.evaluate("runCount")
        self.page.mouse.click(*spot)
        if self.page.evaluate("([before, ms]) => ran(before, ms)", [before, CHOICE_MS]):
            self.look(where)
            self.open_popovers(where)

    def _row(self, key: str) -> tuple[float, float] | None:
        """Return where the mark of a table's first row is."""
        box = _box(self.page.locator(f".st-key-{key} .dvn-scroller").first)
        return (box[0] + ROW_PX / 2, box[1] + ROW_PX * 1.5) if box else None

    def _spot(self, key: str) -> tuple[float, float] | None:
        """Return where a figure can be clicked first."""
        figure = self.page.locator(f".st-key-{key}").first
        if not _box(figure) or not figure.evaluate(HAS_TARGETS):
            return None
        spots = figure.evaluate(FIGURE_TARGETS)
        return (spots[0][0], spots[0][1]) if spots else None

    def open_popovers(self, where: str, kept: list[str] = EVERYWHERE) -> None:
        """Open all that is behind the page's buttons at once, look, and close it again."""
        if self.page.evaluate(OPEN_POPOVERS, kept):
            self.quiet()
            self.look(f"{where}，弹出")
            self.page.evaluate(OPEN_POPOVERS, kept)
            self.quiet()

    def reveal(self, path: str, key: str) -> None:
        """Read what a row says of a person as it is written, for a reason."""
        self.go(path)
        self._choose(f"{path} {key}", self._row(key))
        self.page.get_by_role("button", name="查看个人信息原文").click()
        self.page.get_by_label("理由").fill(poisoned(f"{TYPED} 核对"))
        self.press("查看这一条")
        self.look(f"{path} 原文")

    def assert_nothing_acts(self) -> None:
        """Hold that no payload came alive, and that nothing was asked of others."""
        errors = self.tab.console_errors
        asked = [error for error in errors if HOST in error or "xss-invalid" in error]
        assert not self.alive, "\n".join(self.alive)
        assert (self.tab.outside_requests, asked) == ([], [])

    def _source(self, where: str) -> None:
        """Open the original rows behind a card, once."""
        if "source" not in self.seen and self.page.get_by_role("button", name=SOURCE).count():
            self.seen.add("source")
            self.open_source(where)

    def open_source(self, where: str) -> None:
        """Open the original rows behind a card."""
        self.act_by(self.page.get_by_role("button", name=SOURCE).first.click)
        self.look(f"{where}，原表")
        self.page.keyboard.press("Escape")
        self.quiet()


def _box(place: Locator, share: float = 0) -> tuple[float, float] | None:
    """Return where an element begins on the screen, or is at a share of it, scrolled there."""
    if not place.count() or not place.is_visible():
        return None
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    return (box["x"] + share * box["width"], box["y"] + share * box["height"]) if box else None
