"""报送花名册: the month, the reminder, nil return, return, seal, and items that went missing."""

from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tally import service
from tally.contracts import contracts
from tally.intake import Brief, read
from tally.notices.template import template
from tally.packs import packs
from tally.submissions import Terms, submit
from tests.pages.conftest import headline, opened

XIANGSHAN = "相山经开区“六找六强”"
MONTH_KEY = "roster_month-xiangshan"


def roster(month: str) -> AppTest:
    """Open the roster of a month of Xiangshan."""
    app = opened("roster", campaign=XIANGSHAN)
    return app.selectbox(key=MONTH_KEY).set_value(month).run()


def texts(app: AppTest) -> str:
    """Return all texts of the page."""
    return "".join(text.value for text in (*app.markdown, *app.code))


def ask(name: str, **parameters: object) -> list[dict]:
    """Return an answer about Xiangshan."""
    return service.database().ask(name, {"campaign": "xiangshan", **parameters}).to_pylist()


def owed(month: str, status: str) -> list[str]:
    """Return whose problem lists of a month stand so."""
    rows = ask("submissions_due", month=month)
    return [r["unit"] for r in rows if (r["ledger"], r["status"]) == ("problems", status)]


def send(month: date, *titles: str, is_joint: bool = False) -> None:
    """Publish a list of 招商部, or of all units, with open items."""
    senders = ("招商部", "应急环保部") if is_joint else ("招商部",)
    sender = "" if is_joint else "招商部"
    rows = [
        {"title": title, "unit": unit, "state": "正在推进"} for title in titles for unit in senders
    ]
    content = template(contracts()["problems"], None, sender, rows)
    brief = Brief(packs=packs(), campaign="xiangshan", month=month, unit=sender)
    reading = read(content, f"{month:%Y-%m}.xlsx", brief)
    outcome = submit(service.database(), reading, content, Terms(uploaded_by="招商部统计岗"))
    assert outcome.status == "published", (outcome.sentence, outcome.problems)


@pytest.fixture
def two_months(empty_home: Path) -> Path:
    """A home with lists of August and September, of which the second names one item less."""
    send(date(2022, 8, 1), "积水未排", "管网破损", "招商偏慢")
    send(date(2022, 9, 1), "积水未排", "管网破损")
    return empty_home


def test_roster_says_who_is_missing_and_offers_the_reminder(full_home: Path) -> None:
    app = roster("2022年10月")
    assert not app.exception and not app.error
    missing = owed("2022-10", "missing")
    assert missing
    assert "台账到期未报" in headline(app)
    assert "尚未报送的有" in texts(app) and missing[0] in texts(app)


def test_samples_are_judged_by_the_day_they_state(full_home: Path) -> None:
    assert owed("2022-08", "sent")
    assert owed("2022-08", "late") == ["王店社区"]


def test_roster_of_an_empty_home_asks_for_what_was_due(empty_home: Path) -> None:
    app = opened("roster", campaign=XIANGSHAN)
    assert not app.exception and not app.error
    assert "到期未报" in headline(app)


def test_nil_return_takes_one_click_and_keeps_the_post(empty_home: Path) -> None:
    app = roster("2022年9月")
    first = owed("2022-09", "missing")[0]
    app.text_input(key="roster_handler").set_value("督查岗").run()
    app.button(key="nil").click().run()
    assert not app.exception and not app.error
    assert owed("2022-09", "nil") == [first]
    [upload] = ask("uploads")
    assert (upload["uploaded_by"], upload["is_nil"]) == ("督查岗", True)
    # The post is remembered, and the next who is missing is chosen.
    assert app.text_input(key="roster_handler").value == "督查岗"
    assert owed("2022-09", "missing")[0] in texts(app)


@pytest.mark.parametrize(
    ("is_joint", "label"), [(True, "退回合并台账（所有单位）"), (False, "退回修改")]
)
def test_return_says_when_the_list_is_that_of_all_units(
    empty_home: Path, is_joint: bool, label: str
) -> None:
    send(date(2022, 9, 1), "积水未排", is_joint=is_joint)
    app = roster("2022年9月")
    sent = next(n for n, row in enumerate(ask("submissions_due", month="2022-09")) if row["upload"])
    app.session_state["roster"] = {"selection": {"rows": [sent], "columns": [], "cells": []}}
    app.run()
    assert app.button(key="return").label == label
    assert ("退回的是所有单位的这一份" in texts(app)) is is_joint


def test_month_is_sealed_and_unsealed_with_what_quoted_it(two_months: Path) -> None:
    app = roster("2022年9月")
    app.text_input(key="quoted_in").set_value("第3期通报").run()
    app.button(key="seal").click().run()
    assert "已封账：第3期通报" in texts(app)
    app.button(key="unseal").click().run()
    assert "没有封账" in texts(app)
    assert [row["is_in_force"] for row in ask("sealed_months")] == [False]


def test_item_that_went_missing_gets_a_reason_and_comes_back(two_months: Path) -> None:
    app = roster("2022年9月")
    chooser = app.multiselect(key="vanished")
    assert len(chooser.options) == 1 and "招商偏慢" in chooser.options[0]
    [gone] = ask("vanished_items", as_of=date(2022, 9, 30))
    chooser.set_value([f"{gone['upload']}/{gone['ledger']}/{gone['item_key']}"])
    app.segmented_control(key="vanished_reason").set_value("合并").run()
    app.button(key="withdraw").click().run()
    assert not app.exception and not app.error
    day = date(2022, 9, 30)
    assert len(ask("items", as_of=day)) == 2
    app.selectbox(key="withdrawn").select_index(0).run()
    app.button(key="open_again").click().run()
    assert len(ask("items", as_of=day)) == 3
