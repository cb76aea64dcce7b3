"""The notice's tables in Excel with the screen's layout, and cells that stay words (G1)."""

import csv
import io

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from tally.formulas import SIGNS, plain_cell
from tally.notices.cells import SETTINGS, Pen
from tally.notices.workbook import sheet_name, workbook
from tests.notices.drafted import PROGRESS, drafted


def test_sheet_has_title_version_heads_and_numbers_that_add_up() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(drafted())))
    sheet = book["各维度进度"]
    assert sheet["A1"].value == "试点行动　各维度进度"
    assert "A1:C1" in [str(merged) for merged in sheet.merged_cells.ranges]
    assert sheet["A2"].value == "数据版本：截至2022年10月31日"
    assert [cell.value for cell in sheet[3]] == list(PROGRESS.heads)
    assert [cell.value for cell in sheet[4]] == ["经济发展", 31, 0.645]
    assert sheet["C4"].number_format == "0.0%"
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A4", "$1:$3")


def test_last_sheet_says_where_each_figure_comes_from() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(drafted()))).worksheets[-1]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert ["campaign_totals as_of=2022-10-31", "事项总数 148项；销号率 79.7%"] in rows


def test_same_words_make_the_same_workbook() -> None:
    assert workbook(drafted()) == workbook(drafted())


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\n=1", " =1", "＝1", "＠A"]
)
def test_text_that_begins_like_a_formula_stays_text(text: str) -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, SETTINGS) as book:
        Pen(book).put(book.add_worksheet(), (0, 0), text)
    cell = openpyxl.load_workbook(stream).worksheets[0]["A1"]
    assert cell.data_type == "s" and cell.quotePrefix
    assert plain_cell(text) == f"'{text}"


@settings(deadline=None, max_examples=50)
@given(st.sampled_from(SIGNS), st.text(max_size=30), st.sampled_from(["", " ", "\u3000"]))
def test_no_text_leaves_in_xlsx_or_csv_as_a_formula(sign: str, rest: str, blank: str) -> None:
    text = blank + sign + rest
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, SETTINGS) as book:
        Pen(book).put(book.add_worksheet(), (0, 0), text)
    stored = openpyxl.load_workbook(stream).worksheets[0]["A1"]
    assert stored.data_type == "s" and stored.quotePrefix

    line = io.StringIO()
    csv.writer(line).writerow([plain_cell(text)])
    assert line.getvalue().lstrip('"').startswith("'")


def test_text_longer_than_a_cell_is_cut_and_not_lost() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, SETTINGS) as book:
        Pen(book).put(book.add_worksheet(), (0, 0), "长" * 40_000)
    assert openpyxl.load_workbook(stream).worksheets[0]["A1"].value == "长" * 32_767


def test_other_values_are_left_as_they_are() -> None:
    for value in ("甲部", "1-2", "−8.8", "", -1, 2.5, None):
        assert plain_cell(value) == value


def test_sheet_name_is_one_that_excel_takes() -> None:
    assert sheet_name("未报/迟报[的]*台账?：" + "长" * 40) == ("未报迟报的台账：" + "长" * 40)[:31]
    assert sheet_name("?") == "表"
