"""Made-up personal data, in columns and texts of many lists, come out nowhere.

Neither in an answer, nor in a file, nor on a page, nor in a log, nor in what is kept on the disk.
"""

import base64
import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tally import bulletins, clock, service
from tally.board.asking import forget_answers
from tally.desk import Desk
from tally.notices.check_form import DrawnAs, check_form
from tally.registry.looking_up import Wanted
from tally.store import Database, question, question_names
from tally.submissions import Given, Terms, import_file, receipt_of
from tally.submissions.audits import export_audit
from tally.submissions.draws import drawn_items, kept_draw
from tests import marked
from tests.pages.conftest import PAGES, _as_home, opened

LAST_DAY = date(2022, 9, 30)
THINGS = 6
KEYS = {"item_key", "upload", "sheet", "row", "rule", "subject", "since_on"}


@pytest.fixture(scope="module")
def home(marked_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home whose every list and typed text says everything of a made-up person."""
    forget_answers()
    home = shutil.copytree(marked_home, tmp_path_factory.mktemp("nowhere") / "home")
    yield from _as_home(home)
    forget_answers()


@pytest.fixture(scope="module")
def database(home: Path) -> Database:
    return service.database()


def rows_of(database: Database, name: str) -> list[dict[str, Any]]:
    """Return what a question answers about everything, then about each thing that it lists."""
    asked = question(name)
    given = {"campaign": marked.SLUG, "as_of": LAST_DAY}
    rows = database.ask(name, given).to_pylist()
    if {"item_key", "upload"} & asked.parameters.keys():
        rows += about_each(database, name, "ledger_rows")
    if asked.parameters.get("rule") == "VARCHAR":
        rows += about_each(database, name, "rule_findings")
    return rows


def about_each(database: Database, name: str, of: str) -> list[dict[str, Any]]:
    """Return what a question answers about some rows of another's answer."""
    given = {"campaign": marked.SLUG, "as_of": LAST_DAY}
    things = database.ask(of, given).to_pylist()
    things = things[:: max(1, len(things) // THINGS)]
    keys = KEYS & question(name).parameters.keys() & things[0].keys()
    asked = {tuple((key, thing[key]) for key in keys) for thing in things}
    return [row for one in asked for row in database.ask(name, given | dict(one)).to_pylist()]


def test_no_question_tells_them(database: Database) -> None:
    told = {
        name: json.dumps(rows_of(database, name), default=str, ensure_ascii=False)
        for name in sorted(question_names())
    }
    assert sum(len(text) > 2 for text in told.values()) > len(told) / 2
    assert {n: s for n, text in told.items() if (s := marked.found_in(text, marked.SECRETS))} == {}
    assert any(marked.told_by(marked.OWN) in text for text in told.values())


def exports(database: Database) -> Iterator[tuple[str, bytes]]:
    """Yield every file that there is, but those that give a unit its own file back."""
    terms = bulletins.Terms(marked.SLUG, bulletins.MONTH, marked.MONTH, clock.now(), LAST_DAY)
    for form in ("docx", "pptx", "xlsx"):
        yield f"通报.{form}", bulletins.file_of(database, marked.PACK, terms, form)
    yield "公示", bulletins.disclosure_file(database, marked.PACK, LAST_DAY)
    yield "提醒函", bulletins.slip_file(database, marked.PACK, terms)
    for row in database.ask("uploads", {"campaign": marked.SLUG}).to_pylist():
        yield f"回执 {row['ledger']}", receipt_of(database, row["upload"])
    drawn = kept_draw(database, 1)
    assert drawn is not None
    as_drawn = DrawnAs(drawn.draw, drawn.as_of, drawn.seed, drawn.drawn_by, LAST_DAY)
    yield "核查表", check_form(marked.PACK, as_drawn, drawn_items(database, drawn))
    desk = Desk(database)
    for kind in ("problems", "tasks"):
        asked = {"work": "template", "ledger": kind, "campaign": marked.SLUG, "filled": True}
        yield f"模板 {kind}", base64.b64decode(desk.do(asked)["content"])
    for form in ("json", "csv"):
        yield f"审计.{form}", export_audit(database.home, Wanted(), form)
    for name in ("tickets", "ledger_rows", "uploads", "meetings"):
        parameters = {"campaign": marked.SLUG, "as_of": f"{LAST_DAY}"}
        own = {key: parameters[key] for key in question(name).parameters if key in parameters}
        reply = desk.do({"work": "ask", "question": name, "parameters": own})
        yield f"ask {name}", json.dumps(reply, ensure_ascii=False, default=str).encode()


def test_no_file_that_is_taken_along_holds_them(database: Database) -> None:
    found = {
        name: marked.found_in(marked.readable(content), marked.SECRETS)
        for name, content in exports(database)
    }
    assert len(found) > 30
    assert {name: secrets for name, secrets in found.items() if secrets} == {}


@pytest.mark.parametrize("page", sorted(PAGES))
def test_no_page_sends_them(home: Path, page: str) -> None:
    name = marked.PACK.campaign.name
    app = opened(page, campaign=name, month="2022年9月", unit=marked.OWN, words="路灯")
    assert [fault.value for fault in app.exception] == []
    assert marked.found_in(marked.page_bytes(app), marked.SECRETS) == []


def test_no_line_of_a_log_and_nothing_on_the_disk_holds_them(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    refused = import_file(
        *(database, marked.SAID.encode(), f"{marked.SAID}.xlsx", Given(marked.SLUG)),
        Terms(marked.SAID, reason=marked.SAID),
    )
    assert refused.status == "refused"
    assert marked.found_in(caplog.text, marked.SECRETS) == []
    database.checkpoint()
    files = [path for path in database.home.rglob("*") if path.is_file()]
    held = {path.name: marked.found_in(path.read_bytes(), marked.SECRETS) for path in files}
    assert {name: secrets for name, secrets in held.items() if secrets} == {}
    names = "SELECT table_name AS name FROM duckdb_tables() WHERE database_name = 'store'"
    tables = [row["name"] for row in database.rows(names).to_pylist()]
    kept = {
        name: marked.found_in(
            str(database.rows(f"SELECT * FROM store.main.{name}").to_pylist()), marked.SECRETS
        )
        for name in tables
    }
    assert {name: secrets for name, secrets in kept.items() if secrets} == {}
