"""A workbook that staff can fill: heads, drop-downs, an example row and notes.

What it writes, `tally.intake` reads back: the heads are the contract's own titles, and
campaign, month and unit stand in the lines above them.
"""

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from tally.contracts import TEMPLATE_CHOICES, TEMPLATE_NOTES, Column, Contract
from tally.notices.cells import SETTINGS, Pen
from tally.notices.columns import Entry, Row, entries, shown_value
from tally.packs import Pack
from tally.secrecy import LABELS, ColumnClass

HEADER_ROW = 2
EXAMPLE_ROW = 3
FIRST_ROW = 4
ROWS_TO_FILL = 500
A4 = 9


def template(
    contract: Contract,
    pack: Pack | None,
    unit: str,
    rows: Sequence[Row],
    month: date | None = None,
) -> bytes:
    """Return an .xlsx to fill for one kind of ledger; `rows` are filled in as they stand.

    Without `month` (any day of it) the title of a monthly list leaves it to be written in.
    """
    # What is filled in was kept in WGS-84; what staff add comes from the pack's maps.
    datum = "WGS-84" if rows or not pack or not pack.map else pack.map.datum
    columns = entries(contract, pack, datum, rows)
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, SETTINGS) as book:
        sheet = book.add_worksheet(contract.title.replace("/", "或"))
        _format_columns(book, sheet, columns)
        _lines_above(book, sheet, _title(contract, pack, month), unit, len(columns))
        _heads(book, sheet, columns)
        _example(book, sheet, columns)
        _rows(book, sheet, contract, columns, rows)
        _choices(book, sheet, columns, max(ROWS_TO_FILL, 2 * len(rows)))
        _notes(book, contract, columns, bool(rows))
    return buffer.getvalue()


def _title(contract: Contract, pack: Pack | None, month: date | None) -> str:
    """Return a title that names campaign, month and ledger in the words reading looks for."""
    campaign = f"{pack.campaign.name}　" if pack else ""
    if contract.nature == "reference":
        return f"{campaign}{contract.title}"
    to_write_in = "    年  月" if contract.nature == "state" else ""
    stated = f"{month.year}年{month.month}月" if month else to_write_in
    return f"{campaign}{stated}{contract.title}"


def _format_columns(book: Workbook, sheet: Worksheet, columns: Sequence[Entry]) -> None:
    for place, entry in enumerate(columns, start=1):
        sheet.set_column(place, place, entry.width, book.add_format(_look(entry)))
    sheet.freeze_panes(FIRST_ROW, 0)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER_ROW)


def _look(entry: Entry) -> dict[str, Any]:
    return {
        "num_format": entry.number_format,
        "align": "left",
        "valign": "top",
        "text_wrap": True,
    }


def _lines_above(book: Workbook, sheet: Worksheet, title: str, unit: str, last: int) -> None:
    large = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
    sheet.merge_range(0, 0, 0, last, title, large)
    sheet.write_string(1, 0, f"填报单位：{unit}　　填报日期：")


def _heads(book: Workbook, sheet: Worksheet, columns: Sequence[Entry]) -> None:
    """Write the heads; what must be filled is red, and a comment says what is special."""
    plain = {"bold": True, "border": 1, "text_wrap": True, "align": "center", "bg_color": "#E6EEF8"}
    usual, needed = book.add_format(plain), book.add_format(plain | {"font_color": "#C00000"})
    sheet.write_string(HEADER_ROW, 0, "序号", usual)
    for place, entry in enumerate(columns, start=1):
        is_needed, note = entry.column.required, _note(entry.column)
        sheet.write_string(HEADER_ROW, place, entry.head, needed if is_needed else usual)
        if is_needed or note:
            sheet.write_comment(HEADER_ROW, place, f"{'必填。' if is_needed else ''}{note}")


def _example(book: Workbook, sheet: Worksheet, columns: Sequence[Entry]) -> None:
    """Write a row that shows how; it says 示例 in front, and so is not taken in."""
    pale = book.add_format({"italic": True, "font_color": "#8A95A1", "num_format": "@"})
    sheet.write_string(EXAMPLE_ROW, 0, "示例", pale)
    for place, entry in enumerate(columns, start=1):
        sheet.write_string(EXAMPLE_ROW, place, entry.example, pale)


def _rows(
    book: Workbook,
    sheet: Worksheet,
    contract: Contract,
    columns: Sequence[Entry],
    rows: Sequence[Row],
) -> None:
    pen = Pen(book)
    for number, row in enumerate(rows):
        line = FIRST_ROW + number
        sheet.write_number(line, 0, number + 1)
        for place, entry in enumerate(columns, start=1):
            value = shown_value(entry.column, contract, row.get(entry.column.name))
            if entry.column.name == contract.deadline:
                value = _deadline(sheet, (line, place), row, value)
            if value not in (None, ""):
                pen.put(sheet, (line, place), value, _look(entry))


def _deadline(sheet: Worksheet, cell: tuple[int, int], row: Row, value: Any) -> Any:
    """Return a deadline as the list gave it; one that was derived is derived again when read."""
    if value and row.get("is_due_derived"):
        sheet.write_comment(*cell, f"没有写明时限，按工作日推算为 {value.isoformat()}")
        return None
    return value or row.get("due_text")


def _choices(book: Workbook, sheet: Worksheet, columns: Sequence[Entry], row_count: int) -> None:
    """Check cells, and offer drop-downs from a sheet of their own.

    A list in the rule itself ends at 255 letters.
    """
    lists = book.add_worksheet(TEMPLATE_CHOICES)
    lists.hide()
    last_row = FIRST_ROW + row_count - 1
    for place, entry in enumerate(columns, start=1):
        lists.write_column(0, place, entry.choices)
        letter = xlsxwriter.utility.xl_col_to_name(place)
        rule = entry.validation(f"={TEMPLATE_CHOICES}!${letter}$1:${letter}${len(entry.choices)}")
        if rule:
            sheet.data_validation(FIRST_ROW, place, last_row, place, rule)


def _advice(contract: Contract, columns: Sequence[Entry], is_filled: bool) -> list[str]:
    titles = {entry.column.name: entry.head for entry in columns}
    lines = [
        "列的顺序可以调整，用不到的列可以空着或删去；表头请不要改名。",
        "红色表头必填。第 4 行是示例，不会导入，不必删除。",
    ]
    if contract.nature == "state":
        lines.append("标题中的年、月是这份台账所属的月份，请核对。")
    if is_filled:
        lines.append("表中是还没有办结的事项：逐条更新后上传；新事项接着往下写，旧事项不要删。")
    if is_filled and contract.key in titles and "title" in titles:
        same = f"“{titles['title']}”和“{titles['unit']}”"
        lines.append(f"没有{titles[contract.key]}的事项，请不要改动{same}，否则会当作新事项。")
    return lines


def _note(column: Column) -> str:
    """Return what is said of a column, its label first where not everybody may see it."""
    if column.column_class is ColumnClass.OPEN:
        return column.note
    return f"{LABELS[column.column_class]}，只给有权限的人看。{column.note}"


def _notes(book: Workbook, contract: Contract, columns: Sequence[Entry], is_filled: bool) -> None:
    """Tell how to fill it, with an example for each column, away from the table itself."""
    notes = book.add_worksheet(TEMPLATE_NOTES)
    bold = book.add_format({"bold": True})
    advice = _advice(contract, columns, is_filled)
    for row, line in enumerate(advice):
        notes.write_string(row, 0, line)
    first = len(advice) + 1
    for place, head in enumerate(("列", "必填", "怎么填", "示例", "说明")):
        notes.write_string(first, place, head, bold)
    for row, entry in enumerate(columns, start=first + 1):
        is_needed = "必填" if entry.column.required else ""
        cells = (entry.head, is_needed, entry.how, entry.example, _note(entry.column))
        for place, text in enumerate(cells):
            notes.write_string(row, place, text)
    notes.set_column(0, 1, 16)
    notes.set_column(2, 3, 30)
    notes.set_column(4, 4, 60)
