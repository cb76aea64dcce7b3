"""On a screen larger than a desk's a page is drawn larger, not into a corner."""

import pytest
from playwright.sync_api import ViewportSize

from tests.browser.reading import verdict
from tests.browser.tab import Tab

pytestmark = pytest.mark.browser

ARE_AS_LARGE = """px => Math.abs(
  parseFloat(getComputedStyle(document.documentElement).fontSize) - px) < 0.1"""
# The largest letter of a figure, the width of the page beyond its window, and where panels end.
MEASURED = """() => {
  const sizes = [...document.querySelectorAll('.js-plotly-plot text')]
    .map(text => parseFloat(getComputedStyle(text).fontSize));
  const panels = [...document.querySelectorAll('[data-testid="stPlotlyChart"]')];
  const main = document.querySelector('[data-testid="stMain"]');
  return {
    largest: Math.max(...sizes),
    beyond: main.scrollWidth - main.clientWidth,
    below: main.scrollHeight - main.clientHeight,
    end: Math.max(...panels.map(panel => panel.getBoundingClientRect().bottom)) / innerHeight,
  };
}"""


def measured_at(tab: Tab, size: ViewportSize, letter_px: float) -> dict[str, float]:
    """Return what the page measures in a window, once its letters are as large as they should."""
    tab.page.set_viewport_size(size)
    tab.page.wait_for_function(ARE_AS_LARGE, arg=letter_px)
    tab.settle()
    found: dict[str, float] = tab.page.evaluate(MEASURED)
    return found


@pytest.mark.parametrize("path", ["/", "/rankings"])
def test_page_fills_a_screen_of_3840_as_it_fills_one_of_1920(tab: Tab, path: str) -> None:
    tab.open(path)
    told = verdict(tab)
    desk = measured_at(tab, {"width": 1920, "height": 1080}, 17)
    wall = measured_at(tab, {"width": 3840, "height": 2160}, 34)
    assert wall["largest"] == pytest.approx(2 * desk["largest"])
    assert wall["end"] == pytest.approx(desk["end"], abs=0.05)
    assert (wall["beyond"], wall["below"]) == (0, 0)
    assert verdict(tab) == told
    assert measured_at(tab, {"width": 1920, "height": 1080}, 17) == desk
