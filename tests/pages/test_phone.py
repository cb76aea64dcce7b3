"""The code that hands a view to a phone: what it says is what a phone opens."""

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
import zxingcpp

from tally.board.phone import code, is_own_machine, view_address
from tests.pages.conftest import opened
from tests.pages.test_pages import XIANGSHAN, faults

STEP = re.compile(r"([MmhH])\s*(-?[\d.]+)(?:\s+(-?[\d.]+))?")
MODULE_PX = 3


def drawn(svg: str) -> np.ndarray:
    """Return the dark path of a code as a picture, its quiet zone around it."""
    path = re.search(r'class="qrline" stroke="#000" d="([^"]+)"', svg)
    assert path
    size = 200
    picture = np.full((size, size), 255, np.uint8)
    x = y = 0.0
    for letter, first, second in STEP.findall(path[1]):
        if letter == "M":
            x, y = float(first), float(second)
        elif letter == "m":
            x, y = x + float(first), y + float(second)
        else:
            picture[int(y), int(x) : int(x + float(first))] = 0
            x += float(first)
    return picture.repeat(MODULE_PX, 0).repeat(MODULE_PX, 1)


@pytest.mark.parametrize("unit", ["财政金融部", "a&b=c#%"])
def test_code_says_the_page_and_every_filter_of_it(unit: str) -> None:
    asked = {"campaign": XIANGSHAN, "month": "2022年9月", "unit": ["招商部", unit]}
    address = view_address("http://10.1.2.3:8501/rankings", asked)

    read = zxingcpp.read_barcode(drawn(code(address)))

    assert read is not None
    assert read.text == address
    parts = urlsplit(read.text)
    assert (parts.netloc, parts.path) == ("10.1.2.3:8501", "/rankings")
    assert parse_qs(parts.query) == {
        "campaign": [XIANGSHAN],
        "month": ["2022年9月"],
        "unit": ["招商部", unit],
    }


@pytest.mark.parametrize(
    ("address", "is_own"),
    [
        ("http://127.0.0.1:8501/", True),
        ("http://localhost:8501/rankings?x=1", True),
        ("http://[::1]:8501/", True),
        ("", True),
        ("http://10.1.2.3:8501/", False),
        ("http://board.example/", False),
    ],
)
def test_address_of_the_machine_itself_is_no_use_to_a_phone(address: str, is_own: bool) -> None:
    assert is_own_machine(address) is is_own


def test_page_says_why_a_phone_cannot_reach_it_and_what_to_do(full_home: Path) -> None:
    app = opened("progress", campaign=XIANGSHAN)
    app.session_state["phone"] = True
    app.run()
    assert faults(app) == []
    assert any("--host 0.0.0.0" in text.value for text in app.markdown)
