"""The row chosen in a table: it stays chosen where it stands among other rows."""

import pytest

from tests.browser.reading import choose_row
from tests.browser.tab import Tab

pytestmark = pytest.mark.browser

XIANGSHAN = "相山经开区“六找六强”"
NANYANG = "南阳职教园区“观念能力作风提升年”"
ROW_PX = 36
SECOND, ELSEWHERE = "资产后续管护责任不清", "老旧小区改造尾工未完"


def choose(tab: Tab, place: int) -> None:
    """Tick the row at a place, from 0; the head is as high as a row."""
    box = tab.page.get_by_test_id("stDataFrame").first.bounding_box()
    assert box
    at = box["x"] + 20, box["y"] + (place + 1.5) * ROW_PX
    tab.act(lambda: tab.page.mouse.click(*at))


def card(tab: Tab) -> str:
    """Return the heading of the card beside the list."""
    return tab.page.locator("[data-testid='stMarkdown'] h4").nth(1).inner_text()


def turn(tab: Tab, way: str) -> None:
    tab.act(lambda: tab.page.locator(f".st-key-month_{way} button").click())


def test_chosen_row_is_followed_to_where_it_stands(tab: Tab) -> None:
    tab.open(f"/ledger?campaign={NANYANG}&month=2023年6月")
    assert card(tab) == ELSEWHERE, "without a choice the first row's"
    choose(tab, 1)
    assert card(tab) == SECOND
    turn(tab, "back")
    assert card(tab) == SECOND
    turn(tab, "back")
    assert card(tab) == SECOND
    turn(tab, "on")
    choose(tab, 1)
    assert card(tab) == ELSEWHERE


def test_row_that_is_gone_is_chosen_no_longer(tab: Tab) -> None:
    tab.open(f"/ledger?campaign={NANYANG}&month=2023年6月")
    choose(tab, 1)
    tab.page.locator(".st-key-words input").fill("占道 城管")
    tab.act(lambda: tab.page.keyboard.press("Enter"))
    assert card(tab) == "占道经营反复"


def test_chosen_place_stands_in_the_address_until_a_key_takes_it_back(tab: Tab) -> None:
    tab.open(f"/communities?campaign={XIANGSHAN}")
    worst = card(tab)
    choose_row(tab, "communities-0", 3)
    chosen = card(tab)
    assert chosen != worst
    tab.open(tab.page.url.removeprefix(tab.address))
    assert card(tab) == chosen
    tab.wait_for_keys()
    tab.act(lambda: tab.page.keyboard.press("t"))
    assert card(tab) == worst
    choose_row(tab, "communities-1", 3)
    assert card(tab) == chosen
