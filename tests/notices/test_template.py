"""The template that staff fill: what it writes, the import reads back."""

import io
from datetime import date

import openpyxl
import pytest

from tally.contracts import contracts
from tally.intake import Brief, read
from tally.notices.template import template
from tally.packs import packs

XIANGSHAN = packs()["xiangshan"]
MONTH = date(2022, 9, 1)
FILLED = {
    "problems": {
        "item_no": "XS-1",
        "title": "管网错接",
        "unit": "招商部",
        "due_on": date(2022, 9, 30),
        "state": "正在推进",
    },
    "tasks": {"title": "储备项目", "unit": "招商部", "target_value": 60.0, "state": "正在推进"},
    "tickets": {"title": "路灯不亮", "received_on": date(2022, 9, 3), "unit": "招商部"},
    "checks": {
        "title": "管网错接",
        "unit": "招商部",
        "checked_on": date(2022, 9, 20),
        "is_verified": "属实",
    },
    "indicators": {"indicator": "财政收入", "value": 3.5},
    "units": {"name": "新设部门", "league": "部门、中心"},
    "communities": {"name": "新社区", "code": "340603400009"},
}


def filled(kind: str) -> bytes:
    return template(contracts()[kind], XIANGSHAN, "招商部", [FILLED[kind]])


@pytest.mark.parametrize("kind", sorted(FILLED))
def test_filled_template_is_read_back(kind: str) -> None:
    brief = Brief(packs=packs(), campaign="xiangshan", month=MONTH, isolated=False)
    reading = read(filled(kind), "模板.xlsx", brief)
    assert reading.errors == ()
    assert reading.questions == ()
    (ledger,) = reading.ledgers
    (row,) = ledger.rows
    wanted = {name: value for name, value in FILLED[kind].items() if name not in ("state",)}
    wanted |= {"is_verified": True} if kind == "checks" else {}
    assert {name: row[name] for name in wanted} == wanted


@pytest.mark.parametrize("kind", sorted(FILLED))
def test_template_of_its_own_needs_only_the_example_row_passed_over(kind: str) -> None:
    brief = Brief(packs=packs(), campaign="xiangshan", month=MONTH, isolated=False)
    reading = read(filled(kind), "模板.xlsx", brief)
    assert [p.found for p in reading.problems if "表" in p.found or "示例" in p.found] == [
        "示例行 1 行"
    ]


def test_template_offers_the_units_of_the_campaign() -> None:
    book = openpyxl.load_workbook(io.BytesIO(filled("problems")))
    choices = {cell.value for row in book["选项"].iter_rows() for cell in row}
    assert {unit.name for unit in XIANGSHAN.units} <= choices
    assert book["选项"].sheet_state == "hidden"
    assert len(book.worksheets[0].data_validations.dataValidation) == 4


def test_text_that_looks_like_a_formula_stays_text() -> None:
    rows = [{"title": "=HYPERLINK(1)", "unit": "招商部"}]
    book = openpyxl.load_workbook(io.BytesIO(template(contracts()["problems"], None, "", rows)))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
    assert [cell.data_type for cell in cells if cell.value == "=HYPERLINK(1)"] == ["s"]
