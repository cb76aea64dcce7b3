"""Words as they stand, marks for nothing, error values and stable numbers."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally.contracts import contracts
from tally.intake.cells.answers import Answer, is_missing, plain, shown
from tally.intake.cells.readers import (
    read_item_number,
    read_number,
    read_result,
    read_share,
    read_state,
    read_text,
    state_words,
)
from tally.intake.opening.grids import Cell, Fault

STATES = state_words(contracts()["problems"].states)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (2549.0, "2549"),
        (2549, "2549"),
        (0.5, "0.5"),
        (" 两行\n文字 ", "两行\n文字"),
        ("藏\u202e字\x07", "藏字"),
        ("\u200b零\u2066宽\u00ad\ufeff", "零宽"),
        ("空\xa0格", "空 格"),
        ("一\r\n二\r三\u2028四", "一\n二\n三\n四"),
        ("行_x000D_\n尾", "行\n尾"),
        ("坏\ud800\uffff\x00字", "坏字"),
        ("=1+1", "=1+1"),
        ("=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
        ("+86", "+86"),
        (date(2022, 9, 30), "2022-09-30"),
        (datetime(2022, 9, 30), "2022-09-30"),
        (datetime(2022, 9, 30, 8, 5), "2022-09-30 08:05:00"),
        (True, "是"),
        ("   ", None),
        (None, None),
        ("x" * 40_000, "x" * 40_000),
    ],
)
def test_read_text_keeps_the_words(cell: Cell, text: str | None) -> None:
    assert read_text(cell).value == text


def test_read_text_garbled_words_are_kept_and_said() -> None:
    assert read_text("问\ufffd\ufffd").expected == "有乱码"


FAULTS = [Fault("#N/A"), "#N/A", "#DIV/0!", "＃Ｎ/Ａ", " #ref! ", "#VALUE!", "#NAME?", "#####"]
READERS = (read_text, read_item_number, read_number, read_share, read_result)


@pytest.mark.parametrize("cell", FAULTS)
def test_read_error_value_is_never_blank_even_typed_as_text(cell: Cell) -> None:
    answers = [reader(cell) for reader in READERS] + [read_state(cell, STATES)]
    assert not is_missing(cell)
    for answer in answers:
        assert (answer.value, answer.is_unreadable) == (None, True)
        assert answer.expected == "应为内容，不是错误值"


def test_read_formula_without_result_says_how_to_get_one() -> None:
    for reader in READERS:
        answer = reader(Fault("公式没有结果"))
        assert answer.is_unreadable
        assert "保存" in answer.remedy


@pytest.mark.parametrize(
    "mark",
    ["-", "—", "——", "–", "－", "/", "\\", "…", "……", "无", "暂无", "（空）", "N/A", "n/a", "NULL",
     "None", "nan", "____", " 　", "\u200b"],
)  # fmt: skip
def test_is_missing_knows_the_marks_for_nothing(mark: str) -> None:
    assert is_missing(mark)


@pytest.mark.parametrize(
    "cell", ["0", 0, "待定", "不详", "#N/A", "无锡", "×", "?", False, "没有完成"]
)
def test_is_missing_is_not_what_says_something(cell: Cell) -> None:
    assert not is_missing(cell)


@pytest.mark.parametrize(
    ("cell", "number"),
    [("ＸＳ－００１", "XS-001"), (" XS - 001\n", "XS-001"), (7, "7"), (7.0, "7"), ("—", None)],
)
def test_read_item_number_is_the_same_however_it_was_typed(cell: Cell, number: str | None) -> None:
    assert read_item_number(cell) == Answer(number)


def test_read_item_number_spoiled_by_the_spreadsheet_is_said() -> None:
    assert "日期" in read_item_number(date(2022, 1, 2)).expected
    assert "15 位" in read_item_number(3.4060419900101e17).expected


@given(st.text() | st.floats() | st.integers() | st.booleans() | st.none() | st.dates())
def test_cells_any_cell_never_raises_nor_stores_what_cannot_be_stored(cell: object) -> None:
    shown(cell).encode("utf-8")
    plain(cell)
    for reader in READERS:
        value = reader(cell).value
        assert value is None or value == value
        assert not isinstance(value, float) or abs(value) < float("inf")
