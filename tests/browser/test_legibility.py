"""Every page fits the screen, nothing on it is cut, overlapped, too small or empty, and it asks
nobody but its own server.
"""

import re
from collections.abc import Mapping, Set
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tally.charts.theme import SMALLEST_TEXT
from tally.packs import packs
from tests.browser.reading import give, go_to, page_titles, table_rows
from tests.browser.tab import Tab, Theme, opened_tab
from tests.browser.workbooks import Ledger

pytestmark = pytest.mark.browser

READ_PAGE = Path(__file__).with_name("legibility.js").read_text("utf-8")
TOUCH_PX = 2

# Names of formats and programs, the words a browser writes into an empty field for a day, and
# what the numbers of the samples' items begin with.
LATIN_WORDS = {"xlsx", "xls", "csv", "KB", "MB", "CGCS", "yyyy", "mm", "dd"}
LATIN_WORDS |= {"ZB", "ZD", "PT", "GJ", "MS", "CX", "XM", "XS", "JB", "CD", "ZF", "ZS"}
# The commands for the person at the server, as they are typed.
LATIN_WORDS |= {"python", "manage", "py", "verify", "backup", "to", "restore", "list", "replay"}
LATIN_WORDS |= {"Chrome", "Edge", "Word", "PPT", "Excel", "GeoJSON"}

COMPLAINTS = ("Page not found", "这一块暂时打不开")

Line = Mapping[str, Any]


def is_overlap(one: Line, other: Line) -> bool:
    """Tell whether two lines of text cover each other by more than a touch."""
    width = min(one["right"], other["right"]) - max(one["left"], other["left"])
    height = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
    return width > TOUCH_PX and height > TOUCH_PX


def faults(tab: Tab) -> list[str]:
    """Return what a viewer of this page could not read."""
    page = tab.page.evaluate(READ_PAGE)
    lines = page["lines"]
    drawn = [line for line in lines if line["isFigure"]]
    latin = {word for line in lines for word in re.findall("[A-Za-z]{2,}", line["text"])}
    overlaps = [pair for pair in combinations(lines, 2) if is_overlap(*pair)]
    return [
        *(f"高出 {page['extraHeight']} px" for _ in range(page["extraHeight"] > 0)),
        *(f"宽出 {page['extraWidth']} px" for _ in range(page["extraWidth"] > 0)),
        *(f"空白面板 {panel}" for panel in page["emptyPanels"]),
        *(f"面板装不下 {panel}" for panel in page["scrollingPanels"]),
        *(f"被截断 {line['text']}" for line in lines if line["isCut"]),
        *(f"过小 {line['text']}" for line in drawn if line["size"] < SMALLEST_TEXT),
        *(f"重叠 {one['text']} | {other['text']}" for one, other in overlaps),
        *(f"外文 {word}" for word in latin - LATIN_WORDS),
        *(f"报错 {words}" for words in COMPLAINTS if words in page["said"]),
    ]


EVERY: frozenset[str] = frozenset()


# Every page over one campaign; over the others, the pages that are about them.
@pytest.mark.parametrize(
    ("theme", "wanted"),
    [
        (
            "light",
            {
                "xiangshan": EVERY,
                "huludao": {"活动进度", "任务一张图", "责任链", "履职日历", "项目攻坚"},
                "ningguo": {"三条线与倍增"},
            },
        ),
        (
            "dark",
            {
                "huaihua": {"活动进度", "企业服务", "数据上传"},
                "nanyang": {"逾期热力", "专项台账", "履职日历", "预警督办"},
            },
        ),
        pytest.param(
            "dark",
            {
                "huaihua": {"单位排名", "销号核实", "指标进度"},
                "nanyang": {"行动架构", "责任链", "批示交办", "红黑榜", "考评台账", "规则"},
            },
            marks=pytest.mark.thorough,
        ),
    ],
)
def test_page_can_be_read_and_asks_nobody_outside(
    browser: Browser, server: str, theme: Theme, wanted: Mapping[str, Set[str]]
) -> None:
    found: dict[tuple[str, str], list[str]] = {}
    with opened_tab(browser, server, theme) as tab:
        for slug, titles in wanted.items():
            tab.open(f"/?campaign={packs()[slug].campaign.name}")
            known = page_titles(tab)
            assert set(known) >= titles
            for title in known:
                if titles == EVERY or title in titles:
                    go_to(tab, title)
                    found[slug, title] = faults(tab)
        assert (tab.outside_requests, tab.console_errors) == ([], [])
    told = [f"{place}: {fault}" for place, faults in found.items() for fault in faults]
    assert not told, "\n".join(told)


def test_file_with_problems_can_be_read(tab: Tab) -> None:
    tab.open("/upload")
    closed_counts = {"招商部": 11, "产业发展部": 8, "规划建设部": 5}
    ledger = Ledger(date(2022, 8, 1), closed_counts, has_bad_date=True)
    give(tab, "8月清单.xlsx", ledger.content())
    assert "H6" in table_rows(tab, "problems")[0]
    assert faults(tab) == []


def test_reading_sees_what_cannot_be_read(tab: Tab) -> None:
    tab.page.set_content(
        """<div data-testid="stMain" style="height:300px;overflow:auto">
        <p style="position:absolute;top:9px;margin:0">上面一行</p>
        <p style="position:absolute;top:12px;margin:0">下面一行</p>
        <p style="position:absolute;top:90px;width:40px;overflow:hidden;white-space:nowrap">
          放不下的一行</p>
        <svg style="position:absolute;top:140px"><text y="30" font-size="12">小字</text></svg>
        <div data-testid="stVerticalBlock" style="border:1px solid;height:400px"></div>
        <p style="position:absolute;top:200px">None</p></div>"""
    )
    kinds = {fault.split()[0] for fault in faults(tab)}
    assert kinds == {"高出", "空白面板", "被截断", "过小", "重叠", "外文"}
