"""What stands in a template: its heads and its drop-downs."""

import io
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from tally.notices.template import FIRST_ROW, HEADER_ROW
from tally.packs import DEMO, Duty, ItemClass, Organ, Pack, Proof
from tests.notices.campaigns import XIANGSHAN


def choices_of(sheet: Worksheet) -> Mapping[str, Any]:
    return {str(rule.sqref).split(":")[0]: rule for rule in sheet.data_validations.dataValidation}


def head_letters(sheet: Worksheet) -> dict[str, str]:
    return {cell.value: cell.column_letter for cell in sheet[HEADER_ROW + 1]}


def offered(content: bytes) -> dict[str, list[str]]:
    """Return what each column of a template offers in its drop-down."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet, lists = book.worksheets[0], book["选项"]
    rules = choices_of(sheet)
    return {
        head: [row[0].value for row in lists[rule.formula1.split("!")[1].replace("$", "")]]
        for head, letter in head_letters(sheet).items()
        if (rule := rules.get(f"{letter}{FIRST_ROW + 1}")) and rule.type == "list"
    }


def with_structure() -> Pack:
    """Return a campaign with an organ, classes along one axis and one form of activity."""
    return replace(
        XIANGSHAN,
        organs=(Organ("督查组", "专班", DEMO),),
        classes=(ItemClass("found_by", "自己找", DEMO), ItemClass("found_by", "群众提", DEMO)),
        duties=(Duty("每月讨论", "units", "month", (Proof("activities", "讨论"),), DEMO),),
    )
