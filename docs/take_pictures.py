"""Take the pictures of the README and of mechanisms.md: `python docs/take_pictures.py`.

Starts a server on a temporary home with the sample campaigns and writes PNG files
beside itself. Needs what the tests need: Chromium and a Chinese font.
"""

import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parent))

from PIL import Image  # noqa: E402

from tally.packs import packs  # noqa: E402
from tests.browser.chromium import headless  # noqa: E402
from tests.browser.reading import give  # noqa: E402
from tests.browser.server import running_server  # noqa: E402
from tests.browser.tab import Tab, Theme, opened_tab  # noqa: E402
from tests.browser.workbooks import Ledger  # noqa: E402

# WebGL goes on drawing after the page has said that it is done.
MAP_MS = 4000


def plain(tab: Tab) -> None:
    """Leave the page as it opened."""


def map_drawn(tab: Tab) -> None:
    """Wait for the map."""
    tab.page.wait_for_timeout(MAP_MS)


def file_with_problems(tab: Tab) -> None:
    """Choose a file as an office sends it, with one date that does not exist."""
    closed_counts = {"招商部": 11, "产业发展部": 8, "规划建设部": 5}
    ledger = Ledger(date(2022, 8, 1), closed_counts, has_bad_date=True)
    give(tab, "8月四项清单.xlsx", ledger.content())


def drawn(tab: Tab) -> None:
    """Draw twenty items to be checked on the spot."""
    tab.page.get_by_label("种子", exact=True).fill("20221101")
    tab.page.get_by_label("经办岗位").fill("党政办督查岗")
    tab.page.keyboard.press("Tab")
    tab.settle()
    tab.act(tab.page.get_by_role("button", name="抽取").click)


def make_small(picture: Path) -> None:
    """Rewrite a picture with 256 colours, which is all that a page uses but for soft edges."""
    with Image.open(picture) as drawn:
        # Of the methods this one keeps small spots of colour, a legend's, nearest to their own.
        few = drawn.convert("RGB").quantize(
            256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE
        )
    few.save(picture, optimize=True)


PICTURES: tuple[tuple[str, Theme, str, Callable[[Tab], None]], ...] = (
    ("progress", "light", "/?campaign={xiangshan}", plain),
    ("rankings", "light", "/rankings?campaign={xiangshan}", plain),
    ("overdue", "light", "/overdue?campaign={xiangshan}", plain),
    ("communities", "dark", "/communities?campaign={xiangshan}", map_drawn),
    ("wall", "light", "/wall?campaign={xiangshan}&seconds=0", plain),
    ("wall-map", "dark", "/wall?campaign={huaihua}&seconds=0&screen=社区地图", map_drawn),
    ("meeting", "light", "/meeting?campaign={xiangshan}&view=议程", plain),
    ("calendar", "light", "/overdue?campaign={xiangshan}&view=期限日历", plain),
    ("offsets", "dark", "/overdue?campaign={xiangshan}&view=提前与拖后", plain),
    ("upload", "light", "/upload", file_with_problems),
    ("task", "light", "/task?campaign={huludao}&task=ZD-05", plain),
    ("classes", "light", "/task?campaign={huludao}", plain),
    ("chain", "dark", "/chain?campaign={nanyang}", plain),
    ("structure", "light", "/structure?campaign={ningguo}", plain),
    ("rhythm", "light", "/rhythm?campaign={nanyang}", plain),
    ("enterprises", "light", "/enterprises?campaign={huaihua}", plain),
    ("closing", "light", "/closing?campaign={xiangshan}", plain),
    ("checks", "light", "/checks?campaign={xiangshan}", drawn),
    ("appeals", "light", "/appeals?campaign={xiangshan}", plain),
    ("dockets", "dark", "/dockets?campaign={nanyang}", plain),
    ("roster", "light", "/roster?campaign={xiangshan}", plain),
    ("campaigns", "light", "/campaigns?campaign={xiangshan}", plain),
    ("indicators", "light", "/indicators?campaign={xiangshan}", plain),
    ("standing", "dark", "/standing?campaign={xiangshan}", plain),
    ("lines", "light", "/lines?campaign={ningguo}", plain),
    ("projects", "light", "/projects?campaign={huludao}", plain),
    ("warmth", "light", "/warmth?campaign={xiangshan}", plain),
    ("supervision", "dark", "/supervision?campaign={nanyang}", plain),
    ("lights", "light", "/supervision?campaign={huludao}&view=红绿灯", plain),
    ("instructions", "light", "/instructions?campaign={nanyang}", plain),
    ("honours", "light", "/honours?campaign={nanyang}", plain),
    ("unit_file", "light", "/unit_file?campaign={nanyang}", plain),
    ("appraisals", "light", "/appraisals?campaign={nanyang}", plain),
    ("notices", "light", "/notices?campaign={xiangshan}", plain),
    ("rules", "light", "/rules?campaign={nanyang}", plain),
)


def main() -> None:
    """Take every picture."""
    with (
        tempfile.TemporaryDirectory() as home,
        running_server(Path(home), with_samples=True) as address,
        headless() as browser,
    ):
        names = {slug: pack.campaign.name for slug, pack in packs().items()}
        for name, theme, path, prepare in PICTURES:
            with opened_tab(browser, address, theme) as tab:
                tab.open(path.format_map(names))
                prepare(tab)
                tab.picture(picture := FOLDER / f"{name}-{theme}.png")
                make_small(picture)


if __name__ == "__main__":
    main()
