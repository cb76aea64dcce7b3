"""What a clerk and a leader do with the dashboard, click by click."""

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser

from tests.browser.reading import (
    choose_row,
    click_target,
    figure_colors,
    figure_targets,
    give,
    go_to,
    hand_over,
    press,
    ranking,
    table_rows,
    verdict,
    wait_for_color,
    wait_for_result,
)
from tests.browser.tab import Tab, opened_tab
from tests.browser.workbooks import BAD_DATE, Ledger

pytestmark = pytest.mark.browser

AUGUST, SEPTEMBER = date(2022, 8, 1), date(2022, 9, 1)
# How many of twelve due items each unit has closed, and the ranking that follows.
CLOSED_BY_AUGUST = {"招商部": 11, "产业发展部": 8, "规划建设部": 5}
CLOSED_BY_SEPTEMBER = {"招商部": 11, "产业发展部": 9, "规划建设部": 12}
RANKING_OF_AUGUST = [
    ("第1", "招商部", "11 / 12", "91.7%"),
    ("第2", "产业发展部", "8 / 12", "66.7%"),
    ("第3", "规划建设部", "5 / 12", "41.7%"),
]
RANKING_OF_SEPTEMBER = [
    ("第1", "规划建设部", "12 / 12", "100.0%"),
    ("第2", "招商部", "11 / 12", "91.7%"),
    ("第3", "产业发展部", "9 / 12", "75.0%"),
]
DARK_GROUND = "rgb(14, 21, 29)"
DARK_TEXT, LIGHT_TEXT = "rgb(234, 240, 246)", "rgb(20, 32, 46)"


@pytest.fixture
def empty_tab(browser: Browser, empty_server: str) -> Iterator[Tab]:
    """A tab on a server without any data."""
    with opened_tab(browser, empty_server) as tab:
        yield tab


def test_month_published_and_taken_back_changes_the_ranking_and_back(empty_tab: Tab) -> None:
    tab = empty_tab
    tab.open("/")
    go_to(tab, "数据上传")

    give(tab, "8月清单.xlsx", Ledger(AUGUST, CLOSED_BY_AUGUST, has_bad_date=True).content())
    assert verdict(tab) == "■ 1 处错误，改好才能发布"
    level, cell, column, found, _, remedy = table_rows(tab, "problems")[0]
    assert (level, cell, column, found) == ("■ 错误", "H6", "完成时限", BAD_DATE)
    assert remedy.startswith("改为真实日期，如 2022-")
    assert tab.page.locator(".st-key-publish button").is_disabled()

    give(tab, "8月清单.xlsx", Ledger(AUGUST, CLOSED_BY_AUGUST).content())
    assert re.fullmatch(r"▲ \d+ 处提醒，可以发布", verdict(tab))
    assert {row[0] for row in table_rows(tab, "problems")} == {"▲ 提醒"}
    press(tab, "publish")
    assert verdict(tab).startswith("● 已发布，编号 ")
    go_to(tab, "单位排名")
    assert ranking(tab) == RANKING_OF_AUGUST

    go_to(tab, "数据上传")
    give(tab, "9月清单.xlsx", Ledger(SEPTEMBER, CLOSED_BY_SEPTEMBER).content())
    press(tab, "publish")
    go_to(tab, "单位排名")
    assert ranking(tab) == RANKING_OF_SEPTEMBER

    go_to(tab, "数据上传")
    choose_row(tab, "uploads", 0)
    assert table_rows(tab, "uploads")[0][1:] == ["2022-09", "问题台账", "合并", "● 已发布"]
    press(tab, "undo")
    assert table_rows(tab, "uploads")[0][1:] == ["2022-09", "问题台账", "合并", "○ 已撤回"]
    go_to(tab, "单位排名")
    assert ranking(tab) == RANKING_OF_AUGUST
    assert tab.console_errors == []


def test_viewer_who_leaves_while_a_file_is_read_comes_back_and_publishes(empty_tab: Tab) -> None:
    tab = empty_tab
    tab.open("/upload")
    closed_counts = {"招商部": 30, "产业发展部": 20, "规划建设部": 10}
    hand_over(tab, "8月清单.xlsx", Ledger(AUGUST, closed_counts, item_count=5000).content())
    go_to(tab, "活动进度")
    go_to(tab, "数据上传")
    wait_for_result(tab)
    assert verdict(tab).endswith("可以发布")
    assert [row[1:] for row in table_rows(tab, "recents")] == [["8月清单.xlsx", "▲ 草稿"]]
    press(tab, "publish")
    assert verdict(tab).startswith("● 已发布，编号 ")
    assert tab.console_errors == []


def test_change_of_theme_redraws_the_figures(tab: Tab) -> None:
    tab.open("/rankings")
    assert LIGHT_TEXT in figure_colors(tab, "ranking")

    tab.page.emulate_media(color_scheme="dark")
    wait_for_color(tab, "ranking", DARK_TEXT)

    assert LIGHT_TEXT not in figure_colors(tab, "ranking")
    ground = "getComputedStyle(document.querySelector('.stApp')).backgroundColor"
    assert tab.page.evaluate(ground) == DARK_GROUND


def test_heat_cell_shows_its_items_down_to_the_original_row(tab: Tab) -> None:
    tab.open("/overdue")
    target = next(t for t in figure_targets(tab, "heat-months") if "逾期 2 项" in t.hover)
    unit, month = target.data[0], int(target.data[1][-2:])

    click_target(tab, target)

    assert tab.page.get_by_role("heading", name=f"{unit}，{month}月到期，逾期 2 项").is_visible()
    assert len(table_rows(tab, "overdue_items")) == 2

    title = table_rows(tab, "overdue_items")[0][0]
    assert tab.page.get_by_role("heading", name=title).is_visible()
    source = tab.page.get_by_role("button", name=re.compile(r"^看原表第 \d+ 行$"))
    row = re.sub(r"\D", "", source.inner_text())
    source.click()
    tab.settle()
    lines = tab.page.get_by_test_id("stDialog").locator("tbody tr").all()
    cells = [line.locator("td").all_inner_texts() for line in lines]
    assert row in {re.sub(r"\D", "", place) for place, *_ in cells}
    assert (title, title) in {(written, read) for _, _, written, _, read, _ in cells}


def heat_units(tab: Tab) -> set[str]:
    """Return the units that the heat table has a row for."""
    return {target.data[0] for target in figure_targets(tab, "heat-months")}


def test_filters_survive_a_reload_and_a_change_of_page(tab: Tab) -> None:
    tab.open("/overdue?campaign=相山经开区“六找六强”&league=社区&month=2022年9月")
    communities = heat_units(tab)
    assert {unit[-2:] for unit in communities} == {"社区"}

    tab.page.reload()
    tab.settle()
    assert heat_units(tab) == communities
    assert "数据截至 2022-09-30" in tab.text()

    go_to(tab, "单位排名")
    assert tab.page.get_by_role("heading", name="到期销号率排名：社区").is_visible()
    assert "数据截至 2022-09-30" in tab.text()
    assert "league=社区&month=2022年9月" in unquote(tab.page.url)
