"""The template that staff fill: what it writes, the import reads back without asking."""

import io
from datetime import date
from functools import cache
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tally.contracts import Column, Contract, Reading, contracts
from tally.intake import Brief, read
from tally.notices.columns import entries
from tally.notices.template import EXAMPLE_ROW, FIRST_ROW, template
from tally.packs import Pack, packs
from tests.notices.campaigns import EACH_KIND, KINDS, MONTHS, XIANGSHAN

ROW_COUNT = 20
KINDS_AND_CAMPAIGNS = [(kind, slug) for kind in KINDS for slug in sorted(MONTHS)]


def row_count(contract: Contract, pack: Pack, unit: str) -> int:
    """Return how many rows a clerk may write: a return has one for each unit."""
    if contract.key != "unit":
        return ROW_COUNT
    return 1 if unit else min(ROW_COUNT, len(pack.units))


def legal(column: Column, choices: tuple[str, ...], number: int, month: date) -> Any:
    """Return a value that a careful clerk could put into a column's cell."""
    if choices:
        return choices[number % len(choices)]
    if column.type == "date":
        return month.replace(day=number + 1)
    if column.type == "month":
        return month
    if column.type == "number":
        return {"longitude": 116.8 + number / 100, "latitude": 33.9}.get(column.name, number * 1.5)
    if column.type == "share":
        return number / 100
    return f"{number:03}" if column.name in ("code", "item_no") else f"{column.title}{number}"


def legal_rows(contract: Contract, pack: Pack, unit: str) -> list[dict[str, Any]]:
    """Return rows that use every choice of every drop-down; one `unit` leads all, if given."""
    month = MONTHS[pack.slug]
    columns = entries(contract, pack, "WGS-84")
    rows = []
    for number in range(1, row_count(contract, pack, unit) + 1):
        row = {
            entry.column.name: legal(entry.column, entry.choices, number, month)
            for entry in columns
        }
        if "state" in row and row["state"] != contract.states["closed"][0]:
            row["closed_on"] = None
        if row.get("closed_on"):
            row["closed_on"] = month.replace(day=28)
        if row.get("step") == "延期":
            row["new_value"] = month.replace(day=28).isoformat()
        if unit and "unit" in row:
            row["unit"] = unit
        if "partners" in row:
            others = [entry.name for entry in pack.units if entry.name != row["unit"]]
            row["partners"] = "、".join(others[: number % 3]) or None
        if "indicator" in row:
            row["indicator"] = f"指标{number}"
        rows.append(row)
    return rows


def write(sheet: Worksheet, rows: list[dict[str, Any]]) -> None:
    """Fill the rows below the example, as a clerk would."""
    for line, row in enumerate(rows, start=FIRST_ROW + 1):
        sheet.cell(line, 1, line - FIRST_ROW)
        for place, name in enumerate(row, start=2):
            sheet.cell(line, place, row[name])


def saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@cache
def filled(kind: str, slug: str, unit: str = "") -> bytes:
    """Return a template with legal rows written into it by a spreadsheet program."""
    contract, pack = contracts()[kind], packs()[slug]
    content = template(contract, pack, unit, [], MONTHS[slug])
    book = openpyxl.load_workbook(io.BytesIO(content))
    write(book.worksheets[0], legal_rows(contract, pack, unit))
    return saved(book)


def assert_read_without_a_word(
    reading: Reading, contract: Contract, pack: Pack, unit: str = ""
) -> None:
    """Nothing is asked, nothing is said, and every row is there."""
    assert reading.questions == ()
    assert reading.problems == ()
    assert reading.campaign == pack.slug
    assert [(ledger.kind, len(ledger.rows)) for ledger in reading.ledgers] == [
        (contract.kind, row_count(contract, pack, unit))
    ]
    if contract.nature == "state":
        assert reading.month == MONTHS[pack.slug]


@pytest.mark.parametrize(("kind", "slug"), KINDS_AND_CAMPAIGNS)
def test_filled_template_is_read_without_a_question_or_a_warning(kind: str, slug: str) -> None:
    reading = read(filled(kind, slug), "台账.xlsx", Brief(packs=packs(), isolated=False))
    assert_read_without_a_word(reading, contracts()[kind], packs()[slug])
    assert reading.unit == ""


@pytest.mark.parametrize(("kind", "slug"), EACH_KIND)
def test_template_of_a_unit_says_whose_it_is(kind: str, slug: str) -> None:
    contract, pack = contracts()[kind], packs()[slug]
    unit = pack.units[2].name
    brief = Brief(packs=packs(), isolated=False)
    reading = read(filled(kind, slug, unit), "台账.xlsx", brief)
    assert_read_without_a_word(reading, contract, pack, unit)
    assert reading.unit == ("" if contract.nature == "reference" else unit)


@pytest.mark.parametrize(("kind", "slug"), EACH_KIND)
def test_what_is_written_into_a_template_is_what_is_read(kind: str, slug: str) -> None:
    contract, pack = contracts()[kind], packs()[slug]
    reading = read(
        filled(kind, slug), "台账.xlsx", Brief(packs=packs(), campaign=slug, isolated=False)
    )
    written = legal_rows(contract, pack, "")
    names = [c.name for c in contract.columns if c.type not in ("state", "result")]
    names = [n for n in names if n in written[0] and n not in ("longitude", "latitude")]
    wanted = [{name: row[name] for name in names} for row in written]
    assert [{name: row[name] for name in names} for row in reading.ledgers[0].rows] == wanted


@pytest.mark.parametrize(("kind", "slug"), EACH_KIND)
def test_sheet_copied_out_of_the_template_needs_nothing_else(kind: str, slug: str) -> None:
    contract, pack = contracts()[kind], packs()[slug]
    source = openpyxl.load_workbook(io.BytesIO(filled(kind, slug))).worksheets[0]
    copy = openpyxl.Workbook()
    for row in source.iter_rows(values_only=True):
        copy.active.append(row)
    reading = read(saved(copy), "Book1.xlsx", Brief(packs=packs(), isolated=False))
    assert_read_without_a_word(reading, contract, pack)


def test_month_left_open_in_the_title_is_asked_for() -> None:
    contract = contracts()["problems"]
    book = openpyxl.load_workbook(io.BytesIO(template(contract, XIANGSHAN, "", [])))
    write(book.worksheets[0], legal_rows(contract, XIANGSHAN, ""))
    reading = read(saved(book), "台账.xlsx", Brief(packs=packs(), isolated=False))
    assert [question.flag for question in reading.questions] == ["--month"]
    book.worksheets[0]["A1"] = book.worksheets[0]["A1"].value.replace("    年  月", "2022年8月")
    reading = read(saved(book), "台账.xlsx", Brief(packs=packs(), isolated=False))
    assert_read_without_a_word(reading, contract, XIANGSHAN)


def test_example_written_over_is_told_as_left_out() -> None:
    contract = contracts()["problems"]
    book = openpyxl.load_workbook(io.BytesIO(filled("problems", "xiangshan")))
    title = [column.name for column in contract.columns].index("title") + 2
    book.worksheets[0].cell(EXAMPLE_ROW + 1, title, "下水道堵塞")
    reading = read(saved(book), "台账.xlsx", Brief(packs=packs(), isolated=False))
    assert ["示例" in problem.found for problem in reading.problems] == [True]
