"""What a number's format makes of it: percentages, noughts, numbers shown smaller than they are."""

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from typing import Any

import openpyxl
import pytest
import xlwt

from tally.contracts import Reading
from tally.intake import read
from tally.intake.cells.answers import shown
from tally.intake.marking.copied_cells import copied
from tally.intake.opening.archive import open_archive
from tally.intake.opening.grids import Figure
from tally.intake.opening.looks import Look, look_of
from tally.intake.opening.plain_sheets import read_plain_sheets
from tally.intake.opening.transport import decode, encode
from tally.intake.opening.workbook import open_workbook
from tests.intake.forms import cell_record, ods, row_record, xls_bytes, xlsb
from tests.intake.plain_xml import SHEET
from tests.intake.samples import PROBLEM_HEADERS, SEPTEMBER, brief, saved, xlsx

TASK_HEADERS = ("任务名称", "牵头单位", "完成进度", "累计完成（万元）", "状态")


def styled(rows: Sequence[Sequence[Any]], formats: Mapping[str, str]) -> bytes:
    """Return a workbook of these rows whose cells have these number formats."""
    book = openpyxl.load_workbook(BytesIO(xlsx(*rows)))
    for place, code in formats.items():
        book.active[place].number_format = code
    return saved(book)


def styled_xls(rows: Sequence[Sequence[Any]], formats: Mapping[str, str]) -> bytes:
    """Return the same as an old .xls file."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("台账")
    for row, cells in enumerate(rows):
        for at, cell in enumerate(cells):
            code = formats.get(f"{'ABCDEFG'[at]}{row + 1}", "General")
            sheet.write(row, at, cell, xlwt.easyxf(num_format_str=code))
    return xls_bytes(book)


STYLED: Sequence[Callable[..., bytes]] = (styled, styled_xls)


def reading_of(content: bytes) -> Reading:
    return read(content, "台账.xlsx", brief(**SEPTEMBER))


@pytest.mark.parametrize(
    ("code", "look"),
    [
        ("General", None),
        ("#,##0.00", None),
        ("yyyy\\.mm\\.dd", None),
        ('0.0"%"', None),
        ("0.0\\%", None),
        ("0.0!%", None),
        ("[$%-804]0.0", None),
        ("0.0%", Look(is_percent=True)),
        ('0.0"约"%', Look(is_percent=True)),
        ("#,##0.00,", Look(is_scaled=True)),
        ("0,.0", Look(is_scaled=True)),
        ("0!.0,", Look(is_scaled=True)),
        ("0\\.0", Look(is_scaled=True)),
        ('0"."0,"万"', Look(is_scaled=True)),
        ("#,##0.0,;-#,##0.0,", Look(is_scaled=True)),
        ("0.0%;[Red]-0.0%;", Look(is_percent=True)),
        ("0.00_);(0.00);@", None),
        ("0!.0,;@", Look(is_scaled=True)),
        ("@", None),
        ('[>1]"a;b"0.0;[<0]0.0\\;', None),
        ("000", Look(digit_count=3)),
        ('"XS-"000', Look(before="XS-", digit_count=3)),
        ("00;-00", Look(digit_count=2)),
        ("0", None),
    ],
)
def test_look_of_number_format(code: str, look: Look | None) -> None:
    assert look_of(code) == look


@pytest.mark.parametrize(
    ("code", "shown_smaller"),
    [
        ("[>=10000]0!.0,;0", [10000, 123456]),
        ("[>=10000]0!.0,", [10000, 123456]),
        ("[<10000]0;0!.0,", [10000, 123456]),
        ("[>100000]0!.0,;[>9999]0!.00,;0", [10000, 123456]),
        ("[=0]0;[<>123456]0!.0,;0", [-123456, 9999, 10000]),
        ("0;0!.0,", [-123456]),
        ("0!.0,;-0", [0, 9999, 10000, 123456]),
        ("0!.0,;-0!.0,;0", [-123456, 9999, 10000, 123456]),
        ("[>100000]0!.0,;0;0!.00,", [0, 9999, 10000, 123456]),
    ],
)
def test_look_of_format_with_branches_is_that_of_the_numbers_branch(
    code: str, shown_smaller: list[int]
) -> None:
    look = look_of(code)
    assert look
    numbers = (-123456, 0, 9999, 10000, 123456)
    assert [n for n in numbers if look.cell(n) == Figure(n)] == shown_smaller
    assert all(look.cell(n) == n for n in numbers if n not in shown_smaller)


@pytest.mark.parametrize("write", STYLED)
def test_read_number_below_the_bound_from_which_it_is_shown_smaller_needs_no_word(
    write: Callable[..., bytes],
) -> None:
    rows = [
        TASK_HEADERS,
        *(
            (name, "招商部", None, value, "正在推进")
            for name, value in (("甲", 36), ("乙", 123456))
        ),
    ]
    code = "[>=10000]0!.0,;0"
    reading = reading_of(write(rows, {"D2": code, "D3": code}))
    assert [p.cell for p in reading.problems if "缩小" in p.expected] == ["D3"]


def test_figure_is_a_number_of_its_own_beside_the_plain_one() -> None:
    figure = Figure(1, "001")
    assert len({figure, 1, Figure(1, "01"), Figure(1)}) == 4
    assert (figure + 1, shown(figure), shown(Figure(12))) == (2.0, "001", "12")


@pytest.mark.parametrize("write", STYLED)
def test_read_share_whose_percent_sign_is_only_words_is_no_percentage(
    write: Callable[..., bytes],
) -> None:
    rows = [
        TASK_HEADERS,
        ("甲", "招商部", 6.5, 1, "正在推进"),
        ("乙", "招商部", 0.065, 1, "正在推进"),
    ]
    reading = reading_of(write(rows, {"C2": '0.0"%"', "C3": "0.0%"}))
    assert [row["progress_share"] for row in reading.ledgers[0].rows] == [None, 0.065]
    (said,) = [p for p in reading.problems if p.column == "progress_share"]
    assert (said.cell, said.found) == ("C2", "6.5")


@pytest.mark.parametrize("write", STYLED)
def test_read_number_that_is_shown_smaller_is_said_once_of_its_column(
    write: Callable[..., bytes],
) -> None:
    rows = [TASK_HEADERS, *((name, "招商部", None, 123456, "正在推进") for name in "甲乙丙")]
    reading = reading_of(write(rows, {"D2": "0!.0,", "D4": "#,##0.00,"}))
    assert [row["value"] for row in reading.ledgers[0].rows] == [123456] * 3
    (said,) = [p for p in reading.problems if "缩小" in p.expected]
    assert (said.level, said.cell, said.found) == ("warning", "D2", "123456")
    assert said.expected == "单元格格式把数字缩小了显示，按实际值 123456 读入，共 2 行"


@pytest.mark.parametrize("write", STYLED)
def test_read_item_number_keeps_the_noughts_that_its_format_shows(
    write: Callable[..., bytes],
) -> None:
    rows = [
        PROBLEM_HEADERS,
        *((n, f"问题{n}", "规建部", "2022-10-31", "正在推进", "") for n in (1, 2, 3)),
    ]
    reading = reading_of(write(rows, {"A2": "000", "A3": '"XS-"000'}))
    assert [row["item_no"] for row in reading.ledgers[0].rows] == ["001", "XS-002", "3"]


def test_read_number_with_noughts_stays_a_number() -> None:
    rows = [TASK_HEADERS, ("甲", "招商部", 0.5, 7, "正在推进")]
    (row,) = reading_of(styled(rows, {"D2": "000"})).ledgers[0].rows
    assert row["value"] == 7


def test_open_workbook_opendocument_keeps_the_noughts_that_are_shown() -> None:
    value = '<table:table-cell office:value-type="float" office:value="1"><text:p>{}</text:p>'
    cells = "".join(f"{value.format(text)}</table:table-cell>" for text in ("001", "1", "1.00"))
    (grid,) = open_workbook(ods(f"<table:table-row>{cells}</table:table-row>")).grids
    assert grid.line(0) == [Figure(1, "001"), 1, 1]


@pytest.mark.parametrize(
    ("code", "cell"),
    [('0.0"%"', 6), ("0.0%", "600%"), ("000", Figure(6, "006")), ("0!.0,", Figure(6))],
)
def test_open_workbook_xlsb_looks_are_those_of_the_format(code: str, cell: Any) -> None:
    (grid,) = open_workbook(xlsb([row_record(0), cell_record(0, 6.0, 1)], code=code)).grids
    assert grid.line(0) == [cell]


def test_copied_workbook_shows_item_numbers_as_they_were() -> None:
    rows = [(1, 12, 12, 123456, 1.5)]
    formats = {"A1": "000", "B1": '"XS-2"000', "C1": '"Q"00', "D1": "0!.0,", "E1": "0!.0,"}
    copy, _ = copied(open_workbook(styled_xls(rows, formats)))
    line = open_workbook(saved(copy)).grids[0].line(0)
    assert [shown(cell) for cell in line] == ["001", "XS-2012", "Q12", "123456", "1.5"]
    assert [float(cell) for cell in line] == [1, 12, 12, 123456, 1.5]


def test_both_lanes_and_the_way_back_from_the_child_agree_on_looks() -> None:
    rows = [(1, 1, 123456, 6.5, 0.5, True), (1, 1, 123456, 6.5, 0.5, False)]
    formats = {"A1": "000", "C1": "0!.0,", "D1": '0.0"%"', "E1": "0%"}
    content = styled(rows, formats)
    book = open_workbook(content)
    plain = read_plain_sheets(open_archive(content), [("Sheet1", SHEET, False)], False)[SHEET]
    back = decode(b"".join(encode(book))).grids[0]
    expected = [Figure(1, "001"), 1, Figure(123456), 6.5, "50%", True]
    for grid in (book.grids[0], plain, back):
        assert grid.line(0) == expected
        assert grid.line(1) == [1, 1, 123456, 6.5, 0.5, False]
