"""A page is drawn as large as its screen: larger than a desk's, not into a corner; or smaller."""

import pytest
from playwright.sync_api import ViewportSize

from tests.browser.reading import verdict
from tests.browser.tab import Tab

pytestmark = pytest.mark.browser

DESK: ViewportSize = {"width": 1920, "height": 1080}
WALL: ViewportSize = {"width": 3840, "height": 2160}
NOTEBOOK: ViewportSize = {"width": 1366, "height": 768}
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
# What is chosen or written in a field or on a button and does not fit into it.
CUT = """() => [...document.querySelectorAll(
  '[data-testid="stMain"] :is(input[type="text"], input:not([type]), button p)')]
  .filter(one => one.clientWidth && one.scrollWidth > one.clientWidth + 1)
  .map(one => `${one.value ?? one.innerText}: ${one.scrollWidth} in ${one.clientWidth} px`)"""


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
    desk = measured_at(tab, DESK, 17)
    wall = measured_at(tab, WALL, 34)
    assert wall["largest"] == pytest.approx(2 * desk["largest"])
    assert wall["end"] == pytest.approx(desk["end"], abs=0.05)
    assert (wall["beyond"], wall["below"]) == (0, 0)
    assert verdict(tab) == told
    assert measured_at(tab, DESK, 17) == desk


@pytest.mark.parametrize("path", ["/", "/rankings"])
def test_letters_of_figures_are_smaller_on_a_notebook_as_all_others_are(
    tab: Tab, path: str
) -> None:
    tab.open(path)
    desk = measured_at(tab, DESK, 17)
    notebook = measured_at(tab, NOTEBOOK, 14)
    assert notebook["largest"] == pytest.approx(desk["largest"] * 14 / 17, rel=0.01)
    assert notebook["beyond"] == 0


@pytest.mark.parametrize("size", [DESK, WALL, NOTEBOOK], ids=lambda size: str(size["width"]))
@pytest.mark.parametrize("path", ["/overdue", "/ledger", "/appeals", "/standing", "/lines"])
def test_what_is_chosen_is_not_cut(tab: Tab, path: str, size: ViewportSize) -> None:
    tab.page.set_viewport_size(size)
    tab.open(path)
    tab.page.wait_for_function("() => document.cookie.includes('tally_scale')")
    tab.open(f"{path}?campaign=宁国市“四季竞赛、五大比拼”")
    assert tab.page.evaluate(CUT) == []
    assert tab.page.evaluate(MEASURED)["beyond"] == 0


def test_screen_is_known_from_the_first_run_of_the_next_visit(tab: Tab) -> None:
    tab.page.set_viewport_size(WALL)
    tab.open()
    tab.page.wait_for_function("() => runCount === 2")
    tab.open()
    tab.wait_for_keys()
    tab.settle()
    assert tab.page.evaluate("runCount") == 1
