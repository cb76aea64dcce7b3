"""A unit updates its own open items of last month: the shortest way to a correct return."""

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tally.contracts import contracts
from tally.notices.template import FIRST_ROW, HEADER_ROW, template
from tally.packs import packs
from tally.store import Database
from tally.submissions import Given, Outcome, Terms, import_file, open_rows

PROBLEMS = contracts()["problems"]
TERMS = Terms(uploaded_by="办公室", reason="测试")
UNIT = "招商部"
SEPTEMBER: tuple[dict[str, Any], ...] = (
    {"item_no": "003", "title": "土地手续", "due_on": date(2022, 9, 20), "state": "open"},
    {"title": "电力扩容", "due_on": date(2022, 10, 31), "state": "open", "goal": "两回路"},
    {"title": "管网错接", "due_text": "长期坚持", "state": "parked"},
    {
        "title": "道路破损",
        "due_on": date(2022, 9, 10),
        "extended_on": date(2022, 9, 5),
        "extended_to": date(2022, 10, 20),
        "state": "escalated",
        "partners": "产业发展部、财政金融部",
        "dimension": "经济发展",
        "community": "凤凰山社区",
    },
)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path / "home", packs())
    yield opened
    opened.close()


def send(database: Database, content: bytes) -> Outcome:
    outcome = import_file(database, content, "台账.xlsx", Given(), TERMS)
    assert outcome.status == "published", (outcome.sentence, outcome.problems, outcome.questions)
    return outcome


def listed(month: date, *rows: dict[str, Any], campaign: str = "xiangshan") -> bytes:
    """Return a unit's list of a month, written by our own template."""
    owned = [{"unit": UNIT, **row} for row in rows]
    return template(PROBLEMS, packs()[campaign], UNIT, owned, month)


def filled(database: Database, month: date) -> bytes:
    """Return the template that holds the unit's open items."""
    rows = open_rows(database, PROBLEMS, "xiangshan", UNIT)
    return template(PROBLEMS, packs()["xiangshan"], UNIT, rows, month)


def with_cells(content: bytes, title: str, **cells: Any) -> bytes:
    """Return a template in which a clerk changed cells of one item."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    heads = {cell.value: cell.column for cell in sheet[HEADER_ROW + 1]}
    lines = range(FIRST_ROW + 1, sheet.max_row + 1)
    line = next(n for n in lines if sheet.cell(n, heads["问题描述"]).value == title)
    for head, value in cells.items():
        sheet.cell(line, heads[head], value)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def counts(outcome: Outcome) -> dict[str, int]:
    kinds = ("added", "changed", "vanished", "reversed")
    return {kind: outcome.comparison.count(kind) for kind in kinds}  # type: ignore[arg-type]


def test_untouched_filled_template_changes_nothing(database: Database) -> None:
    send(database, listed(date(2022, 9, 1), *SEPTEMBER))
    outcome = send(database, filled(database, date(2022, 10, 1)))
    assert counts(outcome) == {"added": 0, "changed": 0, "vanished": 0, "reversed": 0}
    assert outcome.row_count == len(SEPTEMBER)


@pytest.mark.parametrize("title", ["土地手续", "电力扩容", "管网错接", "道路破损"])
def test_item_closed_in_a_filled_template_is_the_one_change(database: Database, title: str) -> None:
    send(database, listed(date(2022, 9, 1), *SEPTEMBER))
    october = filled(database, date(2022, 10, 1))
    october = with_cells(october, title, 状态="已销号", 销号日期=date(2022, 10, 12))
    outcome = send(database, october)
    assert counts(outcome) == {"added": 0, "changed": 1, "vanished": 0, "reversed": 0}
    assert {(change.title, change.column) for change in outcome.comparison.of("changed")} == {
        (title, "state"),
        (title, "closed_on"),
    }


def test_no_open_item_is_left_out_of_the_template_beside_closed_ones(database: Database) -> None:
    closed = {"title": "旧事项", "state": "closed", "closed_on": date(2022, 9, 12)}
    send(database, listed(date(2022, 9, 1), *SEPTEMBER, closed))
    outcome = send(database, filled(database, date(2022, 10, 1)))
    assert outcome.row_count == len(SEPTEMBER)
    assert {change.title for change in outcome.comparison.of("vanished")} <= {"旧事项"}
    assert [outcome.comparison.count(kind) for kind in ("added", "changed", "reversed")] == [0] * 3


def test_deadlines_in_force_are_the_same_after_a_filled_template(database: Database) -> None:
    def deadlines() -> list[tuple[Any, ...]]:
        items = database.ask("items", {"as_of": date(2022, 9, 30)}).to_pylist()
        names = ("title", "due_on", "original_due_on", "is_extended")
        return sorted(tuple(map(str, (item[name] for name in names))) for item in items)

    send(database, listed(date(2022, 9, 1), *SEPTEMBER))
    before = deadlines()
    send(database, filled(database, date(2022, 10, 1)))
    assert deadlines() == before
