"""A workbook that staff can fill: heads, drop-downs, an example row and notes.

What it writes, `tally.intake` reads back: the heads are the contract's own titles.
"""

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from tally.contracts import TEMPLATE_CHOICES, TEMPLATE_NOTES, Column, Contract
from tally.packs import Pack

HEADER_ROW = 2
EXAMPLE_ROW = 3
FIRST_ROW = 4
ROWS_TO_FILL = 300
RESULT_WORDS = {
    "is_verified": ("属实", "不属实"),
    "is_satisfied": ("满意", "基本满意", "不满意", "未评价"),
    "is_resolved": ("是", "否"),
}
WIDE_COLUMNS = frozenset(
    {"title", "goal", "measure", "target", "content", "answer", "progress_note"}
)


def template(
    contract: Contract, pack: Pack | None, unit: str, rows: Sequence[Mapping[str, Any]]
) -> bytes:
    """Return an .xlsx to fill for one kind of ledger; `rows` are filled in as they stand."""
    buffer = io.BytesIO()
    settings = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, settings) as book:
        sheet = book.add_worksheet(contract.title.replace("/", "或"))
        # What is filled in was kept in WGS-84; what staff add comes from the pack's maps.
        datum = "WGS-84" if rows or not pack or not pack.map else pack.map.datum
        _head(book, sheet, contract, pack, unit, datum)
        _rows(book, sheet, contract, rows)
        _choices(book, sheet, contract, pack)
        _notes(book, contract)
    return buffer.getvalue()


def _head(
    book: Workbook,
    sheet: Worksheet,
    contract: Contract,
    pack: Pack | None,
    unit: str,
    datum: str,
) -> None:
    title = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
    head = book.add_format(
        {"bold": True, "border": 1, "text_wrap": True, "align": "center", "bg_color": "#E6EEF8"}
    )
    last = len(contract.columns)
    name = f"{pack.campaign.name}　" if pack else ""
    sheet.merge_range(0, 0, 0, last, f"{name}    年  月{contract.title}", title)
    sheet.write_string(1, 0, f"填报单位：{unit}　　填报日期：")
    sheet.write_string(HEADER_ROW, 0, "序号", head)
    for place, column in enumerate(contract.columns, start=1):
        sheet.write_string(HEADER_ROW, place, _title(column, datum), head)
        sheet.set_column(place, place, 34 if column.name in WIDE_COLUMNS else 15)
        if column.note or column.required:
            sheet.write_comment(
                HEADER_ROW, place, f"{'必填。' if column.required else ''}{column.note}"
            )
    _example(book, sheet, contract)
    sheet.freeze_panes(FIRST_ROW, 0)


def _title(column: Column, datum: str) -> str:
    """Return a column's head; a coordinate's says which datum it is meant in."""
    is_position = column.name in ("longitude", "latitude")
    return f"{column.title}（{datum}）" if is_position else column.title


def _example(book: Workbook, sheet: Worksheet, contract: Contract) -> None:
    """Write a row that shows how; it says 示例 in front, and so is not taken in."""
    pale = book.add_format({"italic": True, "font_color": "#8A95A1"})
    sheet.write_string(EXAMPLE_ROW, 0, "示例", pale)
    for place, column in enumerate(contract.columns, start=1):
        sheet.write_string(EXAMPLE_ROW, place, column.example, pale)


def _rows(
    book: Workbook, sheet: Worksheet, contract: Contract, rows: Sequence[Mapping[str, Any]]
) -> None:
    day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
    for number, row in enumerate(rows):
        sheet.write_number(FIRST_ROW + number, 0, number + 1)
        for place, column in enumerate(contract.columns, start=1):
            value = row.get(column.name)
            if column.type == "state":  # kept as open, written as 正在推进
                value = contract.states.get(value, (value,))[0]
            _write(sheet, FIRST_ROW + number, place, value, day)


def _write(sheet: Worksheet, row: int, place: int, value: Any, day: Format) -> None:
    if isinstance(value, date):
        sheet.write_datetime(row, place, value, day)
    elif isinstance(value, bool):
        sheet.write_string(row, place, "是" if value else "否")
    elif isinstance(value, int | float):
        sheet.write_number(row, place, value)
    elif value:
        sheet.write_string(row, place, str(value))


def _listed(column: Column, contract: Contract, pack: Pack | None) -> Sequence[str]:
    """Return what a cell of the column may hold, where that is a short list."""
    if column.type == "result":
        return RESULT_WORDS[column.name]
    if column.type == "state":
        return [accepted[0] for accepted in contract.states.values()]
    if pack and column.name == "unit":
        return [unit.name for unit in pack.units]
    if pack and column.type == "dimension":
        return [dimension.name for dimension in pack.dimensions]
    if pack and column.type == "community":
        return [community.name for community in pack.communities]
    return ()


def _choices(book: Workbook, sheet: Worksheet, contract: Contract, pack: Pack | None) -> None:
    """Offer drop-downs from a sheet of their own: a list in the rule itself ends at 255 letters."""
    lists = book.add_worksheet(TEMPLATE_CHOICES)
    lists.hide()
    for place, column in enumerate(contract.columns, start=1):
        choices = _listed(column, contract, pack)
        if not choices:
            continue
        for row, choice in enumerate(choices):
            lists.write_string(row, place, choice)
        letter = xlsxwriter.utility.xl_col_to_name(place)
        sheet.data_validation(
            FIRST_ROW,
            place,
            FIRST_ROW + ROWS_TO_FILL,
            place,
            {
                "validate": "list",
                "source": f"={TEMPLATE_CHOICES}!${letter}$1:${letter}${len(choices)}",
                "error_type": "warning",
                "error_title": "不在选项里",
                "error_message": "可以保留，但导入时可能认不出。",
            },
        )


def _notes(book: Workbook, contract: Contract) -> None:
    """Tell how to fill it, with an example for each column, away from the table itself."""
    notes = book.add_worksheet(TEMPLATE_NOTES)
    bold = book.add_format({"bold": True})
    for place, head in enumerate(("列", "必填", "示例", "说明")):
        notes.write_string(0, place, head, bold)
    for row, column in enumerate(contract.columns, start=1):
        cells = (column.title, "必填" if column.required else "", column.example, column.note)
        for place, text in enumerate(cells):
            notes.write_string(row, place, text)
    notes.set_column(0, 2, 20)
    notes.set_column(3, 3, 60)
