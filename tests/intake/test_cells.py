"""How single cells are read: numbers, shares, states, results, words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally.contracts import contracts
from tally.intake.cells import (
    read_number,
    read_result,
    read_share,
    read_state,
    read_text,
    state_share,
    state_words,
)
from tally.intake.grids import Cell

STATES = state_words(contracts()["problems"].states)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (12, 12.0),
        ("12", 12.0),
        ("１，２３４．５", 1234.5),
        ("1,234,567", 1234567.0),
        ("-3.2", -3.2),
        ("+5", 5.0),
        (" 7 ", 7.0),
        ("—", None),
        ("/", None),
        ("无", None),
        (None, None),
    ],
)
def test_read_number_of_any_writing(cell: Cell, value: float | None) -> None:
    answer = read_number(cell)
    assert (answer.value, answer.expected, answer.is_unreadable) == (value, "", False)


@pytest.mark.parametrize("cell", ["约六成", "60亿元", "1,23", "1.2.3", "十", True])
def test_read_number_words_are_unreadable(cell: Cell) -> None:
    answer = read_number(cell)
    assert (answer.value, answer.is_unreadable, answer.expected) == (None, True, "应为数字")


@pytest.mark.parametrize(
    ("cell", "is_percent_column", "value"),
    [
        ("6.5%", False, 0.065),
        ("6.5％", True, 0.065),
        (0.065, False, 0.065),
        ("0.065", False, 0.065),
        (80, True, 0.8),
        (1, False, 1.0),
        ("120%", False, 1.2),
        ("—", False, None),
    ],
)
def test_read_share_is_between_zero_and_one(
    cell: Cell, is_percent_column: bool, value: float | None
) -> None:
    answer = read_share(cell, is_percent_column)
    assert (answer.value, answer.is_unreadable) == (value, False)


def test_read_share_number_that_could_mean_two_things_is_not_guessed() -> None:
    assert read_share(65).is_unreadable
    assert read_share("约六成").is_unreadable
    assert read_share(0.8, is_percent_column=True).expected == "读作 0.8%"


@pytest.mark.parametrize(
    ("cell", "state"),
    [
        ("已销号", "closed"),
        ("已 销 号", "closed"),
        ("已销号（9月20日）", "closed"),
        ("已整改到位", "closed"),
        ("正在推进", "open"),
        ("整改中", "open"),
        ("完成80%", "open"),
        ("已完成80%", "open"),
        ("已完成100%", "closed"),
        ("提级办理", "escalated"),
        ("容错备案", "tolerated"),
        ("暂缓", "parked"),
        ("移交", "withdrawn"),
        ("", None),
    ],
)
def test_read_state_of_any_accepted_word(cell: str, state: str | None) -> None:
    answer = read_state(cell, STATES)
    assert (answer.value, answer.is_unreadable) == (state, False)


def test_read_state_unknown_word_lists_what_is_accepted() -> None:
    answer = read_state("差不多了", STATES)
    assert answer.is_unreadable
    assert answer.remedy == "改为其中之一：已销号、正在推进、提级、容错、挂起、撤销"


@pytest.mark.parametrize(
    ("cell", "share"), [("完成80%", 0.8), ("已完成100%", 1.0), ("已销号", None), ("约80%", None)]
)
def test_state_share_is_what_the_words_carry(cell: str, share: float | None) -> None:
    assert state_share(cell) == share


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("是 属实 真销号 满意 基本满意 已解决", True),
        ("否 不属实 假销号 不满意 未解决", False),
        ("未评价 — 无", None),
    ],
)
def test_read_result_of_any_accepted_word(words: str, value: bool | None) -> None:
    answers = [read_result(word) for word in words.split()]
    assert [(answer.value, answer.is_unreadable) for answer in answers] == [
        (value, False) for _ in answers
    ]


def test_read_result_unknown_word_is_unreadable() -> None:
    assert read_result("一般").is_unreadable


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (2549.0, "2549"),
        (2549, "2549"),
        (0.5, "0.5"),
        (" 两行\n文字 ", "两行\n文字"),
        ("藏\u202e字\x07", "藏字"),
        ("   ", None),
        (None, None),
        ("x" * 40_000, "x" * 40_000),
    ],
)
def test_read_text_keeps_the_words(cell: Cell, text: str | None) -> None:
    assert read_text(cell).value == text


@given(st.integers(-(10**12), 10**12))
def test_read_number_with_separators_comes_back(number: int) -> None:
    assert read_number(f"{number:,}").value == number


@given(st.integers(0, 1000))
def test_read_share_percentages_come_back(permille: int) -> None:
    assert read_share(f"{permille / 10}%").value == pytest.approx(permille / 1000)


@given(st.text(max_size=30))
def test_cells_any_words_never_raise(text: str) -> None:
    for answer in (
        read_number(text),
        read_share(text),
        read_state(text, STATES),
        read_result(text),
    ):
        assert not (answer.is_unreadable and answer.value is not None)
