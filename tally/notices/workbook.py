"""The tables of a notice in Excel with the screen's own layout: titles, units, lights (G1)."""

import io

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from tally import words
from tally.notices.bulletin import sources
from tally.notices.cells import MADE_AT, SETTINGS, Pen
from tally.notices.content import Grid, Notice
from tally.palette import LIGHT

A4 = 9
CHARACTERS = 96
NAME_MAX = 31
EDGE = {"border": 1, "border_color": LIGHT.border, "valign": "vcenter", "text_wrap": True}
SHAPE_STATES = {state.shape: name for name, state in words.STATES.items()}


def workbook(notice: Notice) -> bytes:
    """Return an .xlsx: a sheet a table of the notice, and one of where each figure comes from."""
    stream = io.BytesIO()
    numbered = {grid.tag: f"表{place}" for place, grid in enumerate(notice.grids, start=1)}
    with xlsxwriter.Workbook(stream, SETTINGS) as book:
        pen = Pen(book)
        book.set_properties({"created": MADE_AT, "title": notice.title})
        for grid in (*notice.grids, sources(notice, numbered)):
            _sheet(book, pen, notice, grid)
    return stream.getvalue()


def _sheet(book: Workbook, pen: Pen, notice: Notice, grid: Grid) -> None:
    sheet = book.add_worksheet(sheet_name(grid.title))
    last = len(grid.heads) - 1
    large = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
    sheet.merge_range(0, 0, 0, last, f"{notice.words['行动']}　{grid.title}", large)
    sheet.set_row(0, 28)
    pen.put(sheet, (1, 0), f"数据版本：{notice.version}", {"font_color": LIGHT.muted})
    head = {**EDGE, "bold": True, "align": "center", "bg_color": "#E6EEF8"}
    for place, title in enumerate(grid.heads):
        pen.put(sheet, (2, place), title, head)
        sheet.set_column(place, place, CHARACTERS * grid.widths[place] / sum(grid.widths))
    for line, row in enumerate(grid.rows, start=3):
        for place, text in enumerate(row):
            _cell(pen, sheet, (line, place), text)
    pen.put(sheet, (len(grid.rows) + 3, 0), grid.note, {"font_color": LIGHT.muted})
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, 2)
    sheet.freeze_panes(3, 0)


def _cell(pen: Pen, sheet: Worksheet, cell: tuple[int, int], text: str) -> None:
    """Write what the screen shows; a whole count or a share as a number that adds up."""
    if text.isdigit():
        pen.put(sheet, cell, int(text), {**EDGE, "align": "center"})
    elif text.endswith("%") and text[:-1].replace(".", "", 1).isdigit():
        # One decimal is what the screen shows; more would be another figure.
        value = round(float(text[:-1]) / 100, 4)
        pen.put(sheet, cell, value, {**EDGE, "align": "center", "num_format": "0.0%"})
    else:
        state = SHAPE_STATES.get(text[:1])
        color = {"font_color": LIGHT.states[state].text, "bold": True} if state else {}
        pen.put(sheet, cell, text, {**EDGE, **color})


def sheet_name(title: str) -> str:
    """Return a title as Excel takes it for a sheet: without its signs, at most 31 long."""
    return "".join(sign for sign in title if sign not in "[]:*?/\\'")[:NAME_MAX] or "表"
