"""The check form (核查表): drawn items to take along, fill in on the spot and hand in (B5).

It has the layout of the check ledger, so that `tally.intake` reads it as it stands.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from tally import words
from tally.contracts import Contract, contracts
from tally.notices.cells import SETTINGS, Pen
from tally.notices.columns import Entry, entries
from tally.packs import Pack

KIND = "checks"
HEADER_ROW = 3
FIRST_ROW = 4
A4 = 9
ROW_POINTS = 34
WIDTHS = {"item_no": 14, "title": 38, "unit": 18, "checked_on": 13, "is_verified": 11}
USUAL_WIDTH = 18
EDGE = {"border": 1, "valign": "vcenter", "text_wrap": True}
Row = Mapping[str, Any]


@dataclass(frozen=True)
class DrawnAs:
    """How the items were drawn, as the form says it: whoever doubts the list can repeat it."""

    number: int
    as_of: date
    seed: str
    drawn_by: str
    drawn_on: date


def check_form(pack: Pack, drawn: DrawnAs, items: Sequence[Row]) -> bytes:
    """Return an .xlsx of the drawn items (rows of `verification_draw`), A4 landscape."""
    contract = contracts()[KIND]
    columns = entries(contract, pack, "WGS-84")
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, SETTINGS) as book:
        sheet = book.add_worksheet(contract.title)
        _page(sheet, len(items))
        _lines_above(book, sheet, pack, contract, drawn, len(columns))
        _heads(book, sheet, columns)
        pen = Pen(book)
        for number, item in enumerate(items):
            _line(pen, sheet, columns, number, item)
        _rules(sheet, columns, len(items))
    return buffer.getvalue()


def _page(sheet: Worksheet, row_count: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, HEADER_ROW)
    sheet.freeze_panes(FIRST_ROW, 0)
    sheet.print_area(0, 0, FIRST_ROW + max(row_count, 1) - 1, len(contracts()[KIND].columns))
    sheet.set_footer("&L核查人签字：&R第 &P 页，共 &N 页")


def _lines_above(
    book: Workbook, sheet: Worksheet, pack: Pack, contract: Contract, drawn: DrawnAs, last: int
) -> None:
    large = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
    sheet.merge_range(0, 0, 0, last, f"{pack.campaign.name}　{contract.title}", large)
    sheet.set_row(0, 26)
    as_of, drawn_on = words.iso_day(drawn.as_of), words.iso_day(drawn.drawn_on)
    how = f"抽查第 {drawn.number} 号　种子 {drawn.seed}　截至 {as_of} 自报销号的事项"
    sheet.write_string(1, 0, f"{how}　{drawn_on} 由{drawn.drawn_by}抽取")
    sheet.write_string(
        2,
        0,
        "填好核查日期、核查结果和核查人职务后原样上传；没有去查的行请删去。"
        "当月已报过核查台账的，请并成一份再上传，否则会替换那一份。",
    )


def _heads(book: Workbook, sheet: Worksheet, columns: Sequence[Entry]) -> None:
    plain = {**EDGE, "bold": True, "align": "center", "bg_color": "#E6EEF8"}
    head = book.add_format(plain)
    sheet.write_string(HEADER_ROW, 0, "序号", head)
    sheet.set_column(0, 0, 6)
    for place, entry in enumerate(columns, start=1):
        sheet.write_string(HEADER_ROW, place, entry.head, head)
        sheet.set_column(place, place, WIDTHS.get(entry.column.name, USUAL_WIDTH))


def _line(pen: Pen, sheet: Worksheet, columns: Sequence[Entry], number: int, item: Row) -> None:
    line = FIRST_ROW + number
    sheet.set_row(line, ROW_POINTS)
    pen.put(sheet, (line, 0), number + 1, EDGE)
    told = {**item, "note": f"自报 {words.iso_day(item['closed_at_on'])} 销号"}
    for place, entry in enumerate(columns, start=1):
        text = told.get(entry.column.name)
        look = {**EDGE, "num_format": entry.number_format}
        pen.put(sheet, (line, place), str(text) if text else None, look)


def _rules(sheet: Worksheet, columns: Sequence[Entry], row_count: int) -> None:
    """Check what is filled in; the results are few enough to stand in the rule itself."""
    last = FIRST_ROW + max(row_count, 1) - 1
    for place, entry in enumerate(columns, start=1):
        if entry.column.type in ("result", "date"):
            rule = entry.validation(f'"{",".join(entry.choices)}"')
            sheet.data_validation(FIRST_ROW, place, last, place, rule)
