"""What a viewer reads on a page and clicks: verdicts, figures' words, tables drawn on a canvas."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator

from tests.browser.tab import Tab

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROW_PX = 36

# Streamlit draws tables on a canvas, and inside it keeps the visible rows for screen readers.
CANVAS_ROWS = """canvas => [...canvas.querySelectorAll('tbody tr')].map(
    row => [...row.querySelectorAll('td')].map(cell => cell.textContent.trim()))"""
# They follow what is drawn a moment later.
SCREEN_READER_MS = 500

# Every text of a figure with the height of its middle and its left edge.
FIGURE_TEXTS = """figure => [...figure.querySelectorAll('.annotation-text')].map(text => {
    const box = text.getBoundingClientRect();
    return [Math.round(box.top + box.height / 2), Math.round(box.left), text.textContent];
})"""
FIGURE_COLORS = """figure => [...figure.querySelectorAll('.annotation-text')].map(
    text => getComputedStyle(text).fill)"""
SAME_LINE_PX = 14

# The spots of a figure that can be clicked, with what a click on them means.
FIGURE_TARGETS = """figure => {
    const plot = figure.querySelector('.js-plotly-plot');
    const place = plot.data.findIndex(trace => trace.name === 'targets');
    const points = plot.querySelectorAll('.scatterlayer .trace')[place]
        .querySelectorAll('path.point');
    return [...points].map((point, index) => {
        const box = point.getBoundingClientRect();
        return [box.left + box.width / 2, box.top + box.height / 2,
                plot.data[place].customdata[index], plot.data[place].hovertext[index]];
    });
}"""


@dataclass(frozen=True)
class Target:
    """A spot of a figure to click: where it is (px), what it stands for, what it says."""

    x: float
    y: float
    data: list[str]
    hover: str


def page_titles(tab: Tab) -> list[str]:
    """Return the pages in the navigation, those in its menus too, and remember their menus."""
    titles = tab.page.get_by_test_id("stTopNavLink").all_inner_texts()
    for place in range(tab.page.get_by_test_id("stTopNavSection").count()):
        titles += _titles_in_menu(tab, place)
    # The wall has no menu that leads on from it.
    return [title for title in titles if title != "大屏"]


def _titles_in_menu(tab: Tab, place: int) -> list[str]:
    """Open a menu, learn what it holds and close it again."""
    menu = tab.page.get_by_test_id("stTopNavSection").nth(place)
    menu.click()
    links = tab.page.get_by_test_id("stTopNavDropdownLink")
    links.first.wait_for()
    titles = links.all_inner_texts()
    tab.menus |= dict.fromkeys(titles, place)
    menu.click()
    links.first.wait_for(state="detached")
    return titles


def _whole(title: str) -> re.Pattern[str]:
    """Match a page's title and no longer one that begins with it."""
    return re.compile(rf"^{re.escape(title)}$")


def go_to(tab: Tab, title: str) -> None:
    """Go to a page by the navigation above."""
    link = tab.page.get_by_test_id("stTopNavLink").filter(has_text=_whole(title))
    if not link.count():
        link = _link_in_a_menu(tab, title)
    address = re.escape(link.get_attribute("href") or "")
    link.click()
    tab.page.wait_for_url(re.compile(rf"{address}(\?|$)"))
    tab.settle()


def _link_in_a_menu(tab: Tab, title: str) -> Locator:
    # Opening one menu after the other takes longer than most pages do.
    if title not in tab.menus:
        page_titles(tab)
    assert title in tab.menus, f"no page {title} in the navigation"
    tab.page.get_by_test_id("stTopNavSection").nth(tab.menus[title]).click()
    return tab.page.get_by_test_id("stTopNavDropdownLink").filter(has_text=_whole(title))


def hand_over(tab: Tab, name: str, content: bytes) -> None:
    """Choose a file and wait until the server has it: the uploader that took it is gone."""
    uploader = tab.page.locator('[class*="st-key-files"]')
    taken = re.search(r"st-key-files\S*", uploader.get_attribute("class") or "")
    assert taken
    file = {"name": name, "mimeType": XLSX, "buffer": content}
    tab.page.locator('input[type="file"]').set_input_files(file)
    tab.page.locator(f".{taken[0]}").wait_for(state="detached")


def wait_for_result(tab: Tab) -> None:
    """Return when the page shows what became of a file, without a click."""
    tab.page.wait_for_function(
        "() => !/正在读取|排队等候/.test(document.querySelector('h1')?.innerText ?? '正在读取')"
    )
    tab.settle()


def give(tab: Tab, name: str, content: bytes) -> None:
    """Choose a file and wait until the page shows what became of it."""
    hand_over(tab, name, content)
    wait_for_result(tab)
    tab.page.locator(".st-key-publish").wait_for()


def press(tab: Tab, key: str) -> None:
    """Press the button with this key."""
    tab.act(tab.page.locator(f".st-key-{key} button").click)


def choose_row(tab: Tab, key: str, row: int) -> None:
    """Tick a row of a table."""
    table = tab.page.locator(f".st-key-{key} .dvn-scroller")
    tab.act(lambda: table.click(position={"x": ROW_PX / 2, "y": ROW_PX * (row + 1.5)}))


def verdict(tab: Tab) -> str:
    """Return the sentence a page opens with."""
    return tab.page.locator("h1").first.inner_text()


def table_rows(place: Tab | Locator, key: str = "") -> list[list[str]]:
    """Return the visible rows of the table with this key, or of the first one there."""
    within = place.page if isinstance(place, Tab) else place
    table = within.locator(f".st-key-{key} canvas" if key else "canvas").first
    table.locator("td").first.wait_for(state="attached")
    table.page.wait_for_timeout(SCREEN_READER_MS)
    rows: list[list[str]] = table.evaluate(CANVAS_ROWS)
    return rows


def figure_lines(tab: Tab, key: str) -> list[list[str]]:
    """Return the texts of a figure, top to bottom, those at one height as one line."""
    texts = sorted(tab.page.locator(f".st-key-{key}").evaluate(FIGURE_TEXTS))
    lines: list[list[tuple[int, str]]] = []
    top = -SAME_LINE_PX
    for y, x, text in texts:
        if y - top >= SAME_LINE_PX:
            lines.append([])
            top = y
        lines[-1].append((x, text))
    return [[text for _, text in sorted(line)] for line in lines]


def figure_colors(tab: Tab, key: str) -> set[str]:
    """Return the colours that a figure's texts are written in, as `rgb(20, 32, 46)`."""
    return set(tab.page.locator(f".st-key-{key}").evaluate(FIGURE_COLORS))


def wait_for_color(tab: Tab, key: str, color: str) -> None:
    """Return when the figure has text in this colour."""
    tab.page.wait_for_function(
        "([key, color]) => [...document.querySelectorAll(`.st-key-${key} .annotation-text`)]"
        ".some(text => getComputedStyle(text).fill === color)",
        arg=[key, color],
    )
    tab.settle()


def figure_targets(tab: Tab, key: str) -> list[Target]:
    """Return what can be clicked in a figure."""
    return [Target(*spot) for spot in tab.page.locator(f".st-key-{key}").evaluate(FIGURE_TARGETS)]


def click_target(tab: Tab, target: Target) -> None:
    """Click a spot of a figure."""
    tab.act(lambda: tab.page.mouse.click(target.x, target.y))


def ranking(tab: Tab) -> list[tuple[str, str, str, str]]:
    """Return the ranking, best first, as (`第1`, unit, `11 / 12`, `91.7%`)."""
    lines = [line for line in figure_lines(tab, "ranking") if "第" in line[0]]
    return [(rank, unit, ratio, share) for rank, unit, ratio, share, _ in lines]
