"""One task, and one unit's year, each print on one A4 page without the frame (A7, D19)."""

import re

import pytest

from tally.packs import packs
from tests.browser.tab import Tab

pytestmark = pytest.mark.browser

A4_POINTS = (595, 842)
PAGE = re.compile(rb"/Type\s*/Page\b")
MEDIA_BOX = re.compile(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]")


def pages_of(pdf: bytes) -> list[tuple[int, int]]:
    """Return the size of each page of a PDF as Chromium writes it, in points."""
    sizes = [
        (round(float(width)), round(float(height))) for width, height in MEDIA_BOX.findall(pdf)
    ]
    assert len(sizes) == len(PAGE.findall(pdf))
    return sizes


def assert_prints_on_one_a4_page(tab: Tab) -> None:
    """Print the open page: one sheet with its verdict and without the frame."""
    tab.page.emulate_media(media="print")
    assert tab.page.get_by_role("heading", level=1).is_visible()
    for hidden in ("stTopNavLink", "stSelectbox", "stBaseButton-secondary"):
        assert not tab.page.get_by_test_id(hidden).first.is_visible(), hidden
    pdf = tab.page.pdf(prefer_css_page_size=True)
    [(width, height)] = pages_of(pdf)
    assert abs(width - A4_POINTS[0]) <= 1
    assert abs(height - A4_POINTS[1]) <= 1


# The one with a number, and the ones with most milestones missed and most problems.
@pytest.mark.parametrize("number", ["ZD-01", "MS-06", "ZD-05"])
def test_task_prints_on_one_a4_page(tab: Tab, number: str) -> None:
    tab.open(f"/task?campaign={packs()['huludao'].campaign.name}&task={number}")
    assert_prints_on_one_a4_page(tab)


# The ones with most findings, and with most months.
@pytest.mark.parametrize(
    ("campaign", "unit"),
    [("nanyang", "招商发展局"), ("huaihua", "招商合作局"), ("huludao", "市发展改革委")],
)
def test_unit_file_prints_on_one_a4_page(tab: Tab, campaign: str, unit: str) -> None:
    tab.open(f"/unit_file?campaign={packs()[campaign].campaign.name}&subject_unit={unit}")
    assert_prints_on_one_a4_page(tab)
