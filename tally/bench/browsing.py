"""Times a filter click in a real browser until the page's last change, on a big home.

The same clicks are made twice: the second time every answer is remembered, which is the page
with constant data. What the first costs more than the second is what the data cost.
"""

import statistics
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tally.bench.made_up import MONTHS, make_home
from tally.bench.serving import chromium, served_home
from tally.packs import packs

SLUG = "xiangshan"
BACK = ".st-key-month_back button"
QUIET_MS, PAGE_MS = 700, 120_000
WATCH = """() => {
  window.lastChange = performance.now();
  new MutationObserver(() => { window.lastChange = performance.now(); }).observe(
    document, {subtree: true, childList: true, attributes: true, characterData: true});
}"""
# From the click to the last change of the page, once it has been still for a while.
CLICK = """([target, quiet]) => new Promise(done => {
  const begun = performance.now();
  window.lastChange = begun;
  document.querySelector(target).click();
  const app = document.querySelector('[data-testid="stApp"]');
  const look = setInterval(() => {
    const isStill = app.dataset.testScriptState === 'notRunning'
      && window.lastChange > begun && performance.now() - window.lastChange > quiet;
    if (isStill) { clearInterval(look); done((window.lastChange - begun) / 1000); }
  }, 50);
})"""


@dataclass(frozen=True)
class Browsing:
    """The seconds of clicks with answers asked for, and of the same with all remembered."""

    row_count: int
    asked_seconds: tuple[float, ...]
    remembered_seconds: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """What a click costs as a multiple of the same page with constant data."""
        return statistics.median(self.asked_seconds) / statistics.median(self.remembered_seconds)

    def as_record(self) -> dict[str, Any]:
        """Return the figures as JSON knows them."""
        return {**asdict(self), "ratio": self.ratio}

    def as_table(self) -> tuple[list[str], list[list[str]]]:
        """Return the headings and the rows of a table to look at."""
        rows = [
            [
                name,
                f"{statistics.median(seconds):.2f} 秒",
                f"{max(seconds):.2f} 秒",
                str(len(seconds)),
            ]
            for name, seconds in (
                ("数据要问", self.asked_seconds),
                ("数据不变", self.remembered_seconds),
            )
        ]
        rows.append(["倍数", f"{self.ratio:.2f} 倍", "", ""])
        return ["点筛选到最后一次变化", "中位数", "最长", "次数"], rows


def bench_browser(row_count: int) -> Browsing:
    """Click through the months of a made-up home, of all units and of each league."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        make_home(home, row_count)
        with served_home(home) as (address, _), chromium() as browser:
            page = browser.new_page(viewport={"width": 1920, "height": 1080}, locale="zh-CN")
            page.set_default_timeout(PAGE_MS)
            page.add_init_script(f"({WATCH})()")
            asked = _turned(page, address)
            remembered = _turned(page, address)
    return Browsing(row_count, tuple(asked), tuple(remembered))


def _turned(page: Any, address: str) -> list[float]:
    """Return the seconds of each click through the months and back."""
    campaign = packs()[SLUG].campaign.name
    seconds: list[float] = []
    for league in ("", *(league.name for league in packs()[SLUG].leagues)):
        page.goto(f"{address}/?campaign={campaign}&league={league}")
        page.wait_for_selector(BACK)
        page.wait_for_timeout(4 * QUIET_MS)
        for _ in MONTHS[1:]:
            seconds.append(page.evaluate(CLICK, [BACK, QUIET_MS]))
    return seconds
