"""What an .ods file holds, cell by cell, and what of it is out of sight."""

from datetime import date, datetime

import pytest

from tally.intake.opening.grids import Cell, Fault, Grid, Merge
from tally.intake.opening.marks import NO_RESULT
from tally.intake.opening.workbook import open_workbook
from tests.intake.forms import ods, ods_row


def _grid(rows: str, before: str = "") -> Grid:
    return open_workbook(ods(rows, before=before)).grids[-1]


def _only(attributes: str, inside: str = "") -> Cell:
    """Return what is read from a cell with these attributes."""
    cell = f"<table:table-cell {attributes}>{inside}</table:table-cell>"
    grid = _grid(f"<table:table-row>{cell}</table:table-row>")
    return grid.line(0)[0] if grid.height else None


VALUES: dict[str, tuple[str, str, Cell]] = {
    "number": ('office:value-type="float" office:value="12"', "十二", 12),
    "fraction": ('office:value-type="float" office:value="1.5"', "1.5", 1.5),
    "money": ('office:value-type="currency" office:value="3.2"', "¥3.20", 3.2),
    "percentage": ('office:value-type="percentage" office:value="0.065"', "6.50%", "6.5%"),
    "day": ('office:value-type="date" office:date-value="2022-09-01"', "9月1日", date(2022, 9, 1)),
    "moment": (
        'office:value-type="date" office:date-value="2019-02-28T11:25:05"',
        "",
        datetime(2019, 2, 28, 11, 25, 5),
    ),
    "no such day": ('office:value-type="date" office:date-value="0000-00-00"', "", "0000-00-00"),
    "time": ('office:value-type="time" office:time-value="PT08H05M00S"', "8:05", "08:05:00"),
    "truth": ('office:value-type="boolean" office:boolean-value="true"', "是", True),
    "error": ('office:value-type="string" calcext:value-type="error"', "#N/A", Fault("#N/A")),
    "error of old": ('office:value-type="float" table:formula="of:=1/0" office:value="0"',
                     "#DIV/0!", Fault("#DIV/0!")),
    "text that looks like an error": ('office:value-type="string"', "#N/A", "#N/A"),
    "no result": ('table:formula="of:=1+1"', "", NO_RESULT),
    "no number": ('table:formula="of:=1+1" office:value-type="float"', "", NO_RESULT),
    "empty result": ('table:formula="of:=A2" office:value-type="string"', "", None),
    "text apart": ('office:value-type="string" office:string-value="甲"', "", "甲"),
}  # fmt: skip


@pytest.mark.parametrize(("attributes", "shown", "cell"), VALUES.values(), ids=VALUES.keys())
def test_open_workbook_ods_value_is_what_was_meant(attributes: str, shown: str, cell: Cell) -> None:
    assert _only(attributes, f"<text:p>{shown}</text:p>" if shown else "") == cell


def test_open_workbook_ods_text_keeps_lines_and_blanks() -> None:
    text = "<text:p>第一行<text:s text:c='2'/>末\n   尾</text:p><text:p>第二<text:tab/>行</text:p>"
    assert _only('office:value-type="string"', text) == "第一行  末 尾\n第二\t行"


@pytest.mark.parametrize(
    "aside",
    [
        "<office:annotation><text:p>批注</text:p></office:annotation>",
        "<draw:frame><draw:text-box><text:p>图</text:p></draw:text-box></draw:frame>",
        "<text:p>甲<text:note><text:p>注</text:p></text:note></text:p>",
    ],
)
def test_open_workbook_ods_remarks_and_pictures_are_no_content(aside: str) -> None:
    inside = aside if "甲" in aside else f"{aside}<text:p>甲</text:p>"
    assert _only('office:value-type="string"', inside) == "甲"


def test_open_workbook_ods_hidden_and_filtered_rows_are_counted_apart() -> None:
    rows = (
        ods_row("甲"),
        ods_row("乙", visibility="filter"),
        ods_row("丙", visibility="collapse", **{"number-rows-repeated": "3"}),
        '<table:table-row table:visibility="collapse"><table:table-cell/></table:table-row>',
    )
    column = '<table:table-column table:visibility="collapse"/>'
    grid = _grid(column + "".join(rows))
    assert (grid.hidden_row_count, grid.filtered_row_count) == (3, 1)
    assert (grid.hidden_column_count, grid.height) == (1, 5)


def test_open_workbook_ods_blank_places_before_content_stay() -> None:
    blank_rows = (
        '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
    )
    blank_cells = '<table:table-cell table:number-columns-repeated="2"/>'
    row = ods_row("甲").replace("<table:table-cell", blank_cells + "<table:table-cell", 1)
    assert _grid(blank_rows + row).line(3) == [None, None, "甲"]


def test_open_workbook_ods_merge_keeps_its_place() -> None:
    cell = '<table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="3"/>'
    assert _grid(f"<table:table-row>{cell}</table:table-row>").merges == (Merge(0, 0, 2, 1),)


def test_open_workbook_ods_hidden_sheet_and_link_cache_are_told() -> None:
    hidden = f'<table:table table:name="藏" table:style-name="hidden">{ods_row("甲")}</table:table>'
    cache = '<table:table table:name="外" table:style-name="ta_extref"/>'
    grids = open_workbook(ods(ods_row("甲"), before=hidden + cache)).grids
    assert [(grid.name, grid.is_hidden) for grid in grids] == [("藏", True), ("台账", False)]


def test_open_workbook_ods_of_1904_is_told() -> None:
    settings = '<table:calculation-settings><table:null-date table:date-value="1904-01-01"/>'
    content = ods(ods_row("甲"), before=f"{settings}</table:calculation-settings>")
    assert open_workbook(content).is_1904
