"""How single cells are read: numbers, shares, states, results, words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally.contracts import contracts
from tally.intake.cells.answers import Answer
from tally.intake.cells.readers import (
    read_number,
    read_result,
    read_share,
    read_state,
    state_share,
    state_words,
)
from tally.intake.opening.grids import Cell

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
        ("　７ ", 7.0),
        ("1，234", 1234.0),
        ("1 234 567", 1234567.0),
        ("−3", -3.0),
        (".5", 0.5),
        ("1.5e3", 1500.0),
        ("三十五", 35.0),
        ("十", 10.0),
        ("一百零五", 105.0),
        ("两万三", 23000.0),
        ("三点五", 3.5),
        ("N/A", None),
        ("nan", None),
        ("……", None),
        ("（无）", None),
        ("—", None),
        ("/", None),
        ("无", None),
        (None, None),
    ],
)
def test_read_number_of_any_writing(cell: Cell, value: float | None) -> None:
    answer = read_number(cell)
    assert (answer.value, answer.expected, answer.is_unreadable) == (value, "", False)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("第3名", 3),
        ("第十二位", 12),
        ("并列第5", 5),
        ("3名", 3),
        ("加2分", 2),
        ("扣1.5分", -1.5),
        ("减 2", -2),
    ],
)
def test_read_number_of_a_place_or_of_points(cell: Cell, value: float) -> None:
    assert read_number(cell) == Answer(value)


@pytest.mark.parametrize(
    "cell",
    [
        "约六成",
        "60亿元",
        "1,23",
        "1.2.3",
        "3 5",
        "12 34",
        "十百",
        "扣-2分",
        "3 5分",
        "第一季度",
        "12分钟",
        "3/4",
        "1e999",
        float("nan"),
        True,
    ],
)
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
        ("６．５％", False, 0.065),
        ("6.5 %", False, 0.065),
        (65, True, 0.65),
        ("65", True, 0.65),
        ("6.5‰", False, 0.0065),
        ("百分之六点五", False, 0.065),
        ("百分之65", False, 0.65),
        ("千分之三", False, 0.003),
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
    assert read_share("6500%").remedy == "请核对，是否应为 65%"
    assert read_share("已完成65%") == Answer(0.65, "读作 65%", "如不对，请只填百分比")


@pytest.mark.parametrize(
    ("cell", "state"),
    [
        ("已销号", "closed"),
        ("已 销 号", "closed"),
        ("已销号（9月20日）", "closed"),
        ("已完成（含整改报告）", "closed"),
        ("正在推进（未验收）", "open"),
        ("未完成（已完成80%）", "open"),
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
        ("√", "closed"),
        ("×", "open"),
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
    "cell",
    [
        "已完成（部分）",
        "已完成（未验收）",
        "已销号【待复核】",
        "已整改（拟销号）",
        "已整改到位〔基本〕",
        "√（部分）",
    ],
)
def test_read_state_whose_brackets_take_it_back_is_not_guessed(cell: str) -> None:
    answer = read_state(cell, STATES)
    assert (answer.value, answer.is_unreadable) == (None, True)
    assert answer.expected == "应为状态词（括号里的话与“已销号”不符）"
    assert answer.remedy == "改为其中之一：已销号、正在推进、提级、容错、挂起、撤销"


@pytest.mark.parametrize("cell", ["通过（待复核）", "属实（部分）", "是（未验收）"])
def test_read_result_whose_brackets_take_it_back_is_not_guessed(cell: str) -> None:
    assert read_result(cell).is_unreadable


@pytest.mark.parametrize(
    ("cell", "value"),
    [("不满意（未解决）", False), ("满意（已回访）", True), ("未评价（未联系上）", None)],
)
def test_read_result_harmless_brackets_do_not_count(cell: str, value: bool | None) -> None:
    assert read_result(cell) == Answer(value)


@pytest.mark.parametrize(
    ("cell", "share"), [("完成80%", 0.8), ("已完成100%", 1.0), ("已销号", None), ("约80%", None)]
)
def test_state_share_is_what_the_words_carry(cell: str, share: float | None) -> None:
    assert state_share(cell) == share


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("是 属实 真销号 满意 基本满意 已解决 √", True),
        ("否 不属实 假销号 不满意 未解决 ×", False),
        ("未评价 — 无", None),
    ],
)
def test_read_result_of_any_accepted_word(words: str, value: bool | None) -> None:
    answers = [read_result(word) for word in words.split()]
    assert [(answer.value, answer.is_unreadable) for answer in answers] == [
        (value, False) for _ in answers
    ]


def test_read_result_of_a_columns_own_words() -> None:
    own = contracts()["refusals"].column("is_upheld").choices
    assert [read_result(word, own).value for word in ("维持", "应办", "是")] == [True, False, True]
    assert read_result("待定", own).remedy == "改为：是、否、维持、应办，或留空"


def test_read_result_unknown_word_is_unreadable() -> None:
    assert read_result("一般").is_unreadable


@given(st.integers(-(10**12), 10**12))
def test_read_number_with_separators_comes_back(number: int) -> None:
    assert read_number(f"{number:,}").value == number


@given(st.integers(0, 1000))
def test_read_share_percentages_come_back(permille: int) -> None:
    assert read_share(f"{permille / 10}%").value == pytest.approx(permille / 1000)


SHARE_FORMS = (
    lambda permille: f"{permille / 10}%",
    lambda permille: f" {permille / 10} ％",
    lambda permille: f"{permille}‰",
    lambda permille: permille / 1000,
    lambda permille: f"{permille / 1000}",
    lambda permille: f"百分之{permille / 10}",
)


@given(st.integers(0, 1000), st.sampled_from(SHARE_FORMS))
def test_read_share_every_form_comes_back(permille: int, form: object) -> None:
    answer = read_share(form(permille))
    assert (answer.value, answer.expected) == (pytest.approx(permille / 1000, abs=1e-12), "")


@given(st.text(max_size=30))
def test_cells_any_words_never_raise(text: str) -> None:
    for answer in (
        read_number(text),
        read_share(text),
        read_state(text, STATES),
        read_result(text),
    ):
        assert not (answer.is_unreadable and answer.value is not None)
