"""The template that staff fill: what it writes, the import reads back without asking."""

import io
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import cache
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tally.contracts import Column, Contract, Reading, contracts
from tally.intake import Brief, read
from tally.notices.columns import entries
from tally.notices.template import EXAMPLE_ROW, FIRST_ROW, HEADER_ROW, template
from tally.packs import Pack, packs

XIANGSHAN = packs()["xiangshan"]
MONTHS = {
    "xiangshan": date(2022, 9, 1),
    "huaihua": date(2022, 9, 1),
    "huludao": date(2021, 6, 1),
}
ROW_COUNT = 20
KINDS_AND_CAMPAIGNS = [(kind, slug) for kind in sorted(contracts()) for slug in sorted(MONTHS)]


def legal(column: Column, choices: tuple[str, ...], number: int, month: date) -> Any:
    """Return a value that a careful clerk could put into a column's cell."""
    if choices:
        return choices[number % len(choices)]
    if column.type == "date":
        return month.replace(day=number + 1)
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
    for number in range(1, ROW_COUNT + 1):
        row = {
            entry.column.name: legal(entry.column, entry.choices, number, month)
            for entry in columns
        }
        if "state" in row and row["state"] != contract.states["closed"][0]:
            row["closed_on"] = None
        if row.get("closed_on"):
            row["closed_on"] = month.replace(day=28)
        if unit and "unit" in row:
            row["unit"] = unit
        if "partners" in row:
            others = [entry.name for entry in pack.units if entry.name != row["unit"]]
            row["partners"] = "、".join(others[: number % 3]) or None
        if "indicator" in row:
            row["indicator"] = f"指标{number}"
        rows.append(row)
    return rows


def write(sheet: Worksheet, contract: Contract, rows: list[dict[str, Any]]) -> None:
    """Fill the rows below the example, as a clerk would."""
    for line, row in enumerate(rows, start=FIRST_ROW + 1):
        sheet.cell(line, 1, line - FIRST_ROW)
        for place, column in enumerate(contract.columns, start=2):
            sheet.cell(line, place, row[column.name])


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
    write(book.worksheets[0], contract, legal_rows(contract, pack, unit))
    return saved(book)


def assert_read_without_a_word(reading: Reading, contract: Contract, pack: Pack) -> None:
    """Nothing is asked, nothing is said, and every row is there."""
    assert reading.questions == ()
    assert reading.problems == ()
    assert reading.campaign == pack.slug
    assert [(ledger.kind, len(ledger.rows)) for ledger in reading.ledgers] == [
        (contract.kind, ROW_COUNT)
    ]
    if contract.nature == "state":
        assert reading.month == MONTHS[pack.slug]


@pytest.mark.parametrize("is_campaign_given", [True, False])
@pytest.mark.parametrize(("kind", "slug"), KINDS_AND_CAMPAIGNS)
def test_filled_template_is_read_without_a_question_or_a_warning(
    kind: str, slug: str, is_campaign_given: bool
) -> None:
    contract, pack = contracts()[kind], packs()[slug]
    brief = Brief(packs=packs(), campaign=slug if is_campaign_given else "", isolated=False)
    reading = read(filled(kind, slug), "台账.xlsx", brief)
    assert_read_without_a_word(reading, contract, pack)
    assert reading.unit == ""


@pytest.mark.parametrize(("kind", "slug"), KINDS_AND_CAMPAIGNS)
def test_template_of_a_unit_says_whose_it_is(kind: str, slug: str) -> None:
    contract, pack = contracts()[kind], packs()[slug]
    unit = pack.units[2].name
    brief = Brief(packs=packs(), isolated=False)
    reading = read(filled(kind, slug, unit), "台账.xlsx", brief)
    assert_read_without_a_word(reading, contract, pack)
    assert reading.unit == ("" if contract.nature == "reference" else unit)


@pytest.mark.parametrize(("kind", "slug"), KINDS_AND_CAMPAIGNS)
def test_what_is_written_into_a_template_is_what_is_read(kind: str, slug: str) -> None:
    contract, pack = contracts()[kind], packs()[slug]
    reading = read(
        filled(kind, slug), "台账.xlsx", Brief(packs=packs(), campaign=slug, isolated=False)
    )
    kept_as_written = ("text", "units", "date", "share", "number", "dimension", "community")
    names = [column.name for column in contract.columns if column.type in kept_as_written]
    names = [name for name in names if name not in ("longitude", "latitude")]
    wanted = [{name: row[name] for name in names} for row in legal_rows(contract, pack, "")]
    assert [{name: row[name] for name in names} for row in reading.ledgers[0].rows] == wanted


@pytest.mark.parametrize(("kind", "slug"), KINDS_AND_CAMPAIGNS)
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
    write(book.worksheets[0], contract, legal_rows(contract, XIANGSHAN, ""))
    reading = read(saved(book), "台账.xlsx", Brief(packs=packs(), isolated=False))
    assert [question.flag for question in reading.questions] == ["--month"]
    book.worksheets[0]["A1"] = book.worksheets[0]["A1"].value.replace("    年  月", "2022年9月")
    reading = read(saved(book), "台账.xlsx", Brief(packs=packs(), isolated=False))
    assert_read_without_a_word(reading, contract, XIANGSHAN)


def test_example_written_over_is_told_as_left_out() -> None:
    contract = contracts()["problems"]
    book = openpyxl.load_workbook(io.BytesIO(filled("problems", "xiangshan")))
    title = [column.name for column in contract.columns].index("title") + 2
    book.worksheets[0].cell(EXAMPLE_ROW + 1, title, "下水道堵塞")
    reading = read(saved(book), "台账.xlsx", Brief(packs=packs(), isolated=False))
    assert ["示例" in problem.found for problem in reading.problems] == [True]


def choices_of(sheet: Worksheet) -> Mapping[str, Any]:
    return {str(rule.sqref).split(":")[0]: rule for rule in sheet.data_validations.dataValidation}


def head_letters(sheet: Worksheet) -> dict[str, str]:
    return {cell.value: cell.column_letter for cell in sheet[HEADER_ROW + 1]}


def test_template_offers_the_names_of_the_campaign_and_the_states() -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(template(contracts()["problems"], XIANGSHAN, "招商部", []))
    )
    sheet, lists = book.worksheets[0], book["选项"]
    letters, rules = head_letters(sheet), choices_of(sheet)
    assert lists.sheet_state == "hidden"
    wanted = {
        "责任单位": [unit.name for unit in XIANGSHAN.units],
        "维度": [dimension.name for dimension in XIANGSHAN.dimensions],
        "社区": [community.name for community in XIANGSHAN.communities],
        "状态": ["已销号", "正在推进", "提级", "容错", "挂起", "撤销"],
    }
    for head, names in wanted.items():
        rule = rules[f"{letters[head]}{FIRST_ROW + 1}"]
        assert rule.type == "list"
        offered = [row[0].value for row in lists[rule.formula1.split("!")[1].replace("$", "")]]
        assert offered == names


def test_template_checks_days_and_numbers_in_chinese() -> None:
    book = openpyxl.load_workbook(io.BytesIO(template(contracts()["tasks"], XIANGSHAN, "", [])))
    sheet = book.worksheets[0]
    letters, rules = head_letters(sheet), choices_of(sheet)
    for head, kind, word in (
        ("完成时限", "date", "2022-09-30"),
        ("累计完成", "decimal", "数字"),
        ("完成进度", "decimal", "65%"),
    ):
        rule = rules[f"{letters[head]}{FIRST_ROW + 1}"]
        assert rule.type == kind
        assert word in rule.error
        assert rule.errorStyle == "warning"


def test_numbers_of_items_are_text_so_that_003_stays_003() -> None:
    sheet = openpyxl.load_workbook(
        io.BytesIO(template(contracts()["problems"], XIANGSHAN, "", []))
    ).worksheets[0]
    letters = head_letters(sheet)
    formats = {}
    for head in ("问题编号", "完成时限"):
        style = sheet.column_dimensions[letters[head]]._style
        formats[head] = (
            sheet.parent._number_formats[style.numFmtId - 164]
            if (style.numFmtId >= 164)
            else openpyxl.styles.numbers.BUILTIN_FORMATS[style.numFmtId]
        )
    assert formats == {"问题编号": "@", "完成时限": "yyyy-mm-dd"}


FILLED: Mapping[str, Mapping[str, Any]] = {
    "problems": {
        "item_no": "003",
        "title": "管网错接",
        "unit": "招商部",
        "due_on": date(2022, 9, 30),
        "state": "open",
    },
    "tasks": {
        "title": "储备项目",
        "unit": "招商部",
        "partners": "产业发展部、各社区",
        "target_value": 60.0,
        "progress_share": 0.6512,
        "state": "escalated",
    },
    "tickets": {"title": "路灯不亮", "received_on": date(2022, 9, 3), "unit": "招商部"},
    "checks": {
        "title": "管网错接",
        "unit": "招商部",
        "checked_on": date(2022, 9, 20),
        "is_verified": False,
    },
    "indicators": {"indicator": "财政收入", "value": 3.5, "unit": "招商部"},
    "units": {"name": "新设部门", "league": "部门、中心"},
    "communities": {"name": "新社区", "code": "340603400009"},
}


@pytest.mark.parametrize("kind", sorted(FILLED))
def test_rows_filled_in_are_read_back_as_they_were_stored(kind: str) -> None:
    content = template(contracts()[kind], XIANGSHAN, "招商部", [FILLED[kind]], MONTHS["xiangshan"])
    reading = read(content, "模板.xlsx", Brief(packs=packs(), isolated=False))
    assert (reading.errors, reading.questions) == ((), ())
    (row,) = reading.ledgers[0].rows
    assert {name: row[name] for name in FILLED[kind]} == FILLED[kind]


def test_deadline_without_a_day_keeps_its_words() -> None:
    row = {"title": "长效机制", "unit": "招商部", "state": "open", "due_text": "长期坚持"}
    content = template(contracts()["problems"], XIANGSHAN, "招商部", [row], MONTHS["xiangshan"])
    reading = read(content, "模板.xlsx", Brief(packs=packs(), isolated=False))
    assert reading.ledgers[0].rows[0]["due_text"] == "长期坚持"


def test_derived_deadline_is_derived_again_and_not_written_down() -> None:
    pack = packs()["huaihua"]
    row = {
        "title": "排水不畅",
        "unit": pack.units[0].name,
        "state": "open",
        "found_on": date(2022, 9, 5),
        "due_on": date(2022, 9, 9),
        "is_due_derived": True,
    }
    content = template(contracts()["problems"], pack, "", [row], date(2022, 9, 1))
    (read_row,) = read(content, "模板.xlsx", Brief(packs=packs(), isolated=False)).ledgers[0].rows
    assert read_row["is_due_derived"] is True
    assert read_row["due_on"] > row["found_on"]


def test_text_that_looks_like_a_formula_stays_text() -> None:
    rows = [{"title": "=HYPERLINK(1)", "unit": "招商部"}]
    book = openpyxl.load_workbook(io.BytesIO(template(contracts()["problems"], None, "", rows)))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
    assert [cell.data_type for cell in cells if cell.value == "=HYPERLINK(1)"] == ["s"]


def test_filled_days_are_real_days_for_the_spreadsheet() -> None:
    content = template(contracts()["problems"], XIANGSHAN, "招商部", [FILLED["problems"]])
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    due = sheet[f"{head_letters(sheet)['完成时限']}{FIRST_ROW + 1}"]
    assert due.value == datetime.combine(date(2022, 9, 30), time())
