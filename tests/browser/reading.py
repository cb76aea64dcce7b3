"""What a viewer reads on a page: verdicts, figures' words, rows of tables drawn on a canvas."""

from dataclasses import dataclass

from playwright.sync_api import Locator

from tests.browser.tab import Tab

# Streamlit draws tables on a canvas, and inside it keeps the visible rows for screen readers.
CANVAS_ROWS = """canvas => [...canvas.querySelectorAll('tbody tr')].map(
    row => [...row.querySelectorAll('td')].map(cell => cell.textContent.trim()))"""

# Every line of a figure's text, with the height it stands at, top to bottom, left to right.
FIGURE_LINES = """figure => [...figure.querySelectorAll('.annotation-text')].map(text => {
    const box = text.getBoundingClientRect();
    return [Math.round(box.top + box.height / 2), Math.round(box.left), text.textContent];
})"""
SAME_LINE_PX = 14


@dataclass(frozen=True)
class Ranked:
    """A line of the ranking: `第1`, the unit's name, `11 / 12`, `91.7%`, `↑ 1`."""

    rank: str
    unit: str
    ratio: str
    share: str
    change: str


def verdict(tab: Tab) -> str:
    """Return the sentence a page opens with."""
    return tab.page.locator("h1").first.inner_text()


def table_rows(place: Tab | Locator, key: str = "") -> list[list[str]]:
    """Return the visible rows of the table with this key, or of the only one there."""
    within = place.page if isinstance(place, Tab) else place
    table = within.locator(f".st-key-{key} canvas" if key else "canvas").first
    return table.evaluate(CANVAS_ROWS)


def figure_lines(tab: Tab, key: str) -> list[list[str]]:
    """Return the texts of a figure, those at one height as one line."""
    texts = sorted(tab.page.locator(f".st-key-{key}").evaluate(FIGURE_LINES))
    lines: list[list[tuple[int, str]]] = []
    top = -SAME_LINE_PX
    for y, x, text in texts:
        if y - top >= SAME_LINE_PX:
            lines.append([])
            top = y
        lines[-1].append((x, text))
    return [[text for _, text in sorted(line)] for line in lines]


def ranking(tab: Tab) -> list[Ranked]:
    """Return the lines of the ranking, best first."""
    return [
        Ranked(*line)
        for line in figure_lines(tab, "ranking")
        if "第" in line[0] and len(line) == 5
    ]
