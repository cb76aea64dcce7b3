"""A card shows persons masked, and one row as written for a reason. Every person is made up."""

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tally import service, words
from tally.submissions import Given, import_file
from tests.pages.conftest import opened
from tests.pages.test_pages import faults
from tests.submissions.test_vault import PERSONS, TERMS, secrets_in, workbook

ROW = {"upload": "1", "sheet": "Sheet1", "row": "2"}


def said(app: Any) -> str:
    """Return everything that a page shows as text."""
    kinds = (app.markdown, app.table, app.warning, app.caption, app.dataframe, app.title)
    values = [element.value for shown in kinds for element in shown]
    texts = (str(v.to_dict()) if isinstance(v, pd.DataFrame) else str(v) for v in values)
    return "\n".join(texts).replace(words.NOTHING, "").replace("\\", "")


@pytest.fixture
def tickets_home(empty_home: Path) -> Path:
    """A home with the tickets of all the made-up persons."""
    given = Given(campaign="xiangshan", ledger="tickets", month=date(2022, 9, 1))
    done = import_file(service.database(), workbook(), "工单.xlsx", given, TERMS)
    assert done.status == "published", done.problems
    return empty_home


def test_card_reveals_one_row_for_a_reason_until_the_next_run(tickets_home: Path) -> None:
    app = opened("ledger", **ROW)
    assert faults(app) == []
    assert "王**" in said(app)
    assert secrets_in(said(app)) == []
    app.text_input(key="reason-linked").set_value("回访")
    submit(app)
    assert "请写明理由" in said(app)
    assert secrets_in(said(app)) == []
    app.text_input(key="reason-linked").set_value("回访核实")
    submit(app)
    shown = secrets_in(said(app))
    assert set(shown) == set(PERSONS[0].values())
    app.run()
    assert secrets_in(said(app)) == []
    app.button(key="source-linked").click().run()
    assert secrets_in(said(app)) == []


def submit(app: Any) -> None:
    """Press the form's button."""
    next(button for button in app.button if button.label == "查看这一条").click().run()
