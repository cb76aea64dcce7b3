"""A meeting's filters by keyboard and by a click on a figure, and the same page on a phone."""

from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser

from tests.browser.reading import click_target, figure_targets
from tests.browser.tab import Tab, new_page
from tests.browser.test_legibility import faults

pytestmark = pytest.mark.browser

XIANGSHAN = "相山经开区“六找六强”"
PHONE = {"width": 390, "height": 844}
NARROWEST_PX = 3
# What of the page a hand reaches by tabbing shows that it is there.
WAY_BACK = ".st-key-part_back button"
OUTLINE = """() => {
  const style = getComputedStyle(document.activeElement);
  return style.outlineStyle === 'solid' ? parseFloat(style.outlineWidth) : 0;
}"""
WIDER = "() => document.documentElement.scrollWidth - innerWidth"
CHART_WIDTH = """() => document.querySelector('.st-key-ranking .js-plotly-plot')
  .getBoundingClientRect().width"""


def line(tab: Tab) -> str:
    """Return what the page says it is looking at."""
    return tab.page.locator(".st-key-looking p").first.inner_text()


def press(tab: Tab, key: str) -> None:
    tab.act(lambda: tab.page.keyboard.press(key))


def title_of(tab: Tab) -> str:
    """Return what the list beside the heatmap is titled, without its count."""
    return tab.page.locator("[data-testid='stMarkdown'] h4").first.inner_text().split("，逾期")[0]


def look_up(tab: Tab, text: str) -> None:
    tab.page.keyboard.press("f")
    tab.page.keyboard.type(text)
    press(tab, "Enter")


def test_questions_of_a_meeting_are_answered_by_keys_alone(tab: Tab) -> None:
    tab.open(f"/?campaign={XIANGSHAN}")
    tab.wait_for_keys()
    look_up(tab, "-czjrb")
    assert line(tab).endswith("除 财政金融部 外的 10 个单位")
    assert "unit=财政金融部&unit_left_out=true" in unquote(tab.page.url)
    press(tab, "b")
    assert line(tab).endswith("单位 财政金融部")
    press(tab, "ArrowLeft")
    assert "2022年9月" in line(tab)
    press(tab, "z")
    assert "比较组 部门、中心" in line(tab)
    press(tab, "q")
    assert line(tab) == f"正在看：{XIANGSHAN}，2022年9月，全部单位"

    look_up(tab, "-shequ")
    press(tab, "2")
    assert "王店社区 外的" in line(tab)
    assert faults(tab) == []
    press(tab, "PageDown")
    assert "/rankings" in tab.page.url
    press(tab, "e")
    assert "--host 0.0.0.0" in tab.page.get_by_test_id("stPopoverBody").inner_text()
    assert tab.console_errors == []


def test_clicked_bar_narrows_the_page_and_a_key_takes_it_back(tab: Tab) -> None:
    tab.open(f"/?campaign={XIANGSHAN}")
    bars = {target.data[0]: target for target in figure_targets(tab, "dimensions")}
    click_target(tab, bars["风险防范"])
    assert line(tab).endswith("维度 风险防范（点图选定）")
    assert {target.data[0] for target in figure_targets(tab, "dimensions")} == set(bars)
    assert "dimension=风险防范" in unquote(tab.page.url)
    tab.wait_for_keys()
    press(tab, "t")
    assert line(tab).endswith("全部单位")

    tab.page.keyboard.press("Tab")
    for _ in range(8):
        tab.page.keyboard.press("Tab")
        if tab.page.evaluate("document.activeElement.matches('a, button')"):
            assert tab.page.evaluate(OUTLINE) >= NARROWEST_PX


def test_phone_shows_the_page_in_its_width_and_charts_in_theirs(
    browser: Browser, server: str
) -> None:
    tab = Tab(new_page(browser, viewport=PHONE, is_mobile=True, has_touch=True), server)
    tab.open(f"/rankings?campaign={XIANGSHAN}&unit=财政金融部&unit_left_out=true")
    assert line(tab).endswith("除 财政金融部 外的 10 个单位")
    assert tab.page.evaluate(WIDER) <= 0
    assert tab.page.evaluate(CHART_WIDTH) > PHONE["width"]
    tab.page.context.close()


def test_cell_of_the_heatmap_is_taken_back_by_a_key(tab: Tab) -> None:
    tab.open(f"/overdue?campaign={XIANGSHAN}")
    tab.wait_for_keys()
    spot = figure_targets(tab, "heat-months")[0]
    click_target(tab, spot)
    assert tab.page.locator(WAY_BACK).inner_text() == f"点图选定 {title_of(tab)} ✕"
    tab.open(tab.page.url.removeprefix(tab.address))
    assert tab.page.locator(WAY_BACK).inner_text() == f"点图选定 {title_of(tab)} ✕"
    tab.wait_for_keys()
    press(tab, "t")
    assert tab.page.locator(WAY_BACK).count() == 0
    assert "part=" not in tab.page.url
