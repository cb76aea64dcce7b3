"""Addresses full of links, pictures and icons: no page falls, and nothing of them acts."""

from pathlib import Path

import pytest

from tally.packs import packs
from tests.pages.conftest import opened

PAYLOAD = "![x](http://xss.invalid/m.png) :material_home: <img src=x onerror=alert(1)>"
PARAMETERS = (
    *("month", "unit", "post", "dimension", "league", "view", "ledger", "words", "state"),
    *("upload", "sheet", "row", "item", "kind", "meeting", "screen", "docket", "indicator"),
)
READ_AS_MARKDOWN = ("title", "markdown", "caption", "error", "warning", "info", "success")


@pytest.mark.parametrize(
    "page", ["progress", "ledger", "chain", "meeting", "indicators", "dockets", "upload", "task"]
)
def test_payload_in_every_parameter_is_text_or_nothing(full_home: Path, page: str) -> None:
    name = packs()["xiangshan"].campaign.name

    app = opened(page, campaign=name, **dict.fromkeys(PARAMETERS, PAYLOAD))

    assert [fault.value for fault in app.exception] == []
    said = [text.value for kind in READ_AS_MARKDOWN for text in app.get(kind)]
    assert [text for text in said if "http://" in text or ":material_home:" in text] == []
