"""The check form: printed, filled in on the spot, and read back as it stands (B5)."""

import io
from datetime import date, datetime

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tally.intake import Brief, read
from tally.notices.check_form import FIRST_ROW, DrawnAs, check_form
from tally.packs import packs

PACK = packs()["xiangshan"]
DRAWN = DrawnAs(3, date(2022, 10, 31), "58321102", "督查室", date(2022, 11, 3))
ITEMS = [
    {
        "item_no": f"XS-{number:03}" if number % 2 else None,
        "title": f"第{number}处管网错接点未整改",
        "unit": PACK.units[number % 5].name,
        "closed_at_on": date(2022, 9, number + 1),
    }
    for number in range(12)
]


@pytest.fixture
def sheet() -> Worksheet:
    """The form's sheet as a spreadsheet program opens it."""
    return openpyxl.load_workbook(io.BytesIO(check_form(PACK, DRAWN, ITEMS))).worksheets[0]


def filled(sheet: Worksheet) -> bytes:
    """Fill the form as an inspector would, and save it."""
    for number in range(len(ITEMS)):
        cells = (datetime(2022, 11, 8), "不属实" if number == 4 else "属实", "督查室")
        for place, value in enumerate(cells, start=5):
            sheet.cell(FIRST_ROW + 1 + number, place).value = value
    stream = io.BytesIO()
    sheet.parent.save(stream)
    return stream.getvalue()


def test_filled_form_is_read_without_a_question_or_a_warning(sheet: Worksheet) -> None:
    reading = read(filled(sheet), "核查表.xlsx", Brief(packs=packs(), isolated=False))
    assert (reading.questions, reading.problems) == ((), ())
    assert reading.campaign == PACK.slug
    [ledger] = reading.ledgers
    rows = ledger.rows
    assert (ledger.kind, len(rows)) == ("checks", len(ITEMS))
    assert [row["title"] for row in rows] == [item["title"] for item in ITEMS]
    assert [row["item_no"] for row in rows] == [item["item_no"] for item in ITEMS]
    assert [row["is_verified"] for row in rows].count(False) == 1
    assert {row["checked_on"] for row in rows} == {date(2022, 11, 8)}


def test_form_says_how_its_items_were_drawn(sheet: Worksheet) -> None:
    above = "".join(str(sheet.cell(row, 1).value) for row in (1, 2, 3))
    for said in (PACK.campaign.name, "第 3 号", "58321102", "2022-10-31", "2022-11-03", "督查室"):
        assert said in above


def test_form_prints_on_a4_landscape_with_its_head_on_every_page(sheet: Worksheet) -> None:
    assert sheet.page_setup.orientation == "landscape"
    assert int(sheet.page_setup.paperSize) == 9
    assert sheet.print_title_rows == "$1:$4"
    # One page wide, which is how the format says nothing, and as long as it takes.
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_results_are_chosen_from_a_drop_down(sheet: Worksheet) -> None:
    rules = {rule.type: rule for rule in sheet.data_validations.dataValidation}
    assert rules["list"].formula1 == '"属实,不属实"'
    assert str(rules["list"].sqref) == f"F{FIRST_ROW + 1}:F{FIRST_ROW + len(ITEMS)}"
    assert str(rules["date"].sqref) == f"E{FIRST_ROW + 1}:E{FIRST_ROW + len(ITEMS)}"
