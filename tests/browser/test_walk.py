"""What a clerk and a leader do with the dashboard, click by click."""

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser

from tests.browser.reading import ranking, table_rows, verdict
from tests.browser.tab import Tab, opened_tab
from tests.browser.workbooks import BAD_DATE, Ledger

pytestmark = pytest.mark.browser

# How many of twelve due items each unit has closed.
AUGUST = {"招商部": 11, "产业发展部": 8, "规划建设部": 5}
SEPTEMBER = {"招商部": 11, "产业发展部": 9, "规划建设部": 12}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def empty_tab(browser: Browser, empty_server: str) -> Iterator[Tab]:
    """A tab on a server without any data."""
    with opened_tab(browser, empty_server) as tab:
        yield tab


def go_to(tab: Tab, title: str) -> None:
    """Go to a page by the navigation above."""
    tab.page.get_by_test_id("stTopNavLink").filter(has_text=title).click()
    tab.page.wait_for_function(
        "title => document.querySelector('[data-testid=stTopNavLink][aria-current=page]')"
        "?.innerText.trim() === title",
        arg=title,
    )
    tab.settle()


def give(tab: Tab, name: str, ledger: Ledger) -> None:
    """Put a file in place of the one that was chosen before."""
    for chosen in tab.page.get_by_test_id("stFileUploaderDeleteBtn").all():
        chosen.get_by_role("button").click()
        tab.settle()
    file = {"name": name, "mimeType": XLSX, "buffer": ledger.content()}
    tab.page.locator('input[type="file"]').set_input_files(file)
    tab.page.get_by_test_id("stFileUploaderFile").wait_for()
    tab.settle()


def press(tab: Tab, key: str) -> None:
    """Press the button with this key."""
    tab.page.locator(f".st-key-{key}").get_by_role("button").click()
    tab.settle()


def order(tab: Tab) -> list[tuple[str, str, str]]:
    """Return rank, unit and rate as the ranking has them."""
    return [(line.rank, line.unit, line.share) for line in ranking(tab)]


FIRST_ORDER = [
    ("第1", "招商部", "91.7%"),
    ("第2", "产业发展部", "66.7%"),
    ("第3", "规划建设部", "41.7%"),
]
SECOND_ORDER = [
    ("第1", "规划建设部", "100.0%"),
    ("第2", "招商部", "91.7%"),
    ("第3", "产业发展部", "75.0%"),
]


def test_months_published_and_taken_back_change_the_ranking(empty_tab: Tab) -> None:
    tab = empty_tab
    tab.open("/")
    go_to(tab, "数据上传")

    give(tab, "8月四项清单.xlsx", Ledger(date(2022, 8, 1), AUGUST, has_bad_date=True))
    assert verdict(tab) == "■ 1 处错误，改好才能发布"
    error = table_rows(tab, "problems")[0]
    print(error)
    assert tab.page.locator(".st-key-publish").get_by_role("button").is_disabled()

    give(tab, "8月四项清单（改）.xlsx", Ledger(date(2022, 8, 1), AUGUST))
    print(verdict(tab), table_rows(tab, "problems"))
    press(tab, "publish")
    print(verdict(tab))
    go_to(tab, "单位排名")
    print(verdict(tab), ranking(tab))
    assert order(tab) == FIRST_ORDER
    go_to(tab, "数据上传")
    give(tab, "9月四项清单.xlsx", Ledger(date(2022, 9, 1), SEPTEMBER))
    print(verdict(tab), table_rows(tab, "problems"))
    press(tab, "publish")
    print(verdict(tab))
    go_to(tab, "单位排名")
    print(verdict(tab), ranking(tab))
    print(tab.page.url)
    assert order(tab) == SECOND_ORDER
