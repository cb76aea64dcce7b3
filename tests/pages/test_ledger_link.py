"""A row disputed in a meeting can be sent as an address that opens it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tally import service
from tests.pages.conftest import opened
from tests.pages.test_pages import faults

LOST = "链接指的这一行没有找到"


def shown(app: Any) -> str:
    return "".join(text.value for text in app.markdown)


def any_row() -> dict[str, Any]:
    """Return a row of the samples that is not the first of the search."""
    asked = {"ledger": "checks", "as_of": date(2023, 12, 31)}
    return service.database().ask("ledger_rows", asked).to_pylist()[0]


def test_address_opens_the_card_of_its_row(full_home: Path) -> None:
    row = any_row()
    place = {name: str(row[name]) for name in ("upload", "sheet", "row")}
    app = opened("ledger", **place)
    assert faults(app) == []
    assert f"#### {row['title']}" in shown(app)
    assert "核查台账" in "".join(str(table.value) for table in app.table)
    assert LOST not in shown(app)


@pytest.mark.parametrize(
    "wrong",
    [
        {"upload": "999", "sheet": "9月", "row": "4"},
        {"upload": "一", "sheet": "9月", "row": "4"},
        {"upload": "9" * 40, "sheet": "9月", "row": "4"},
        {"upload": "1", "sheet": "", "row": "-4"},
    ],
)
def test_address_of_a_row_that_is_not_there_says_so(full_home: Path, wrong: Any) -> None:
    app = opened("ledger", **wrong)
    assert faults(app) == []
    assert LOST in shown(app)


def test_original_of_the_linked_row_opens_beside_what_was_read(full_home: Path) -> None:
    row = any_row()
    app = opened("ledger", **{name: str(row[name]) for name in ("upload", "sheet", "row")})
    app.button(key="source-linked").click().run()
    assert faults(app) == []
    assert any("原表内容" in str(table.value) for table in app.table)
