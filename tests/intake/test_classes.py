"""Words that a contract lists, and classes along the axes of a pack (A12, A13, B2, E5)."""

import pytest

from tally.contracts import contracts
from tally.intake.cells.answers import BLANK
from tally.intake.cells.classes import read_choice, read_class
from tally.intake.cells.names import Names
from tally.intake.opening.grids import Fault
from tally.packs import class_entries, packs
from tests.intake.samples import ACTIVITIES, XIANGSHAN

STEP = contracts()["steps"].column("step")
NAMES = Names(XIANGSHAN)
CHANNELS = NAMES.classes("channel")


@pytest.mark.parametrize(
    ("cell", "choice"),
    [
        ("审核", "审核"),
        (" 批准 延期 ", "延期"),
        ("延期（第二次）", "延期"),
        ("派单", "交办"),
        ("会商", "会商"),
    ],
)
def test_choice_is_read_by_every_word_it_is_met_under(cell: str, choice: str) -> None:
    assert read_choice(cell, STEP).value == choice


def test_every_word_of_every_choice_stands_for_one_choice() -> None:
    listed = [
        (column, word, choice)
        for contract in contracts().values()
        for column in contract.columns
        for choice, met in column.choices.items()
        for word in (choice, *met)
    ]
    assert [(w, c) for column, w, c in listed if read_choice(w, column).value != c] == []


def test_choice_that_is_none_says_which_there_are() -> None:
    answer = read_choice("喝茶", STEP)
    assert answer.is_unreadable
    assert answer.remedy.startswith("改为其中之一：申请、审核、确认、抽查、退回")


def test_blank_choice_and_class_are_nothing() -> None:
    assert read_choice("—", STEP) == read_class(None, CHANNELS) == BLANK


def test_error_value_is_neither_choice_nor_class() -> None:
    assert read_choice(Fault("#N/A"), STEP).is_unreadable
    assert read_class(Fault("#N/A"), CHANNELS).is_unreadable


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("channel一类", "channel一类"),
        ("channel 甲", "channel一类"),
        ("channel甲、channel乙", "channel一类、channel二类"),
        ("channel甲/channel一类", "channel一类"),
        ("channel（甲）+channel乙", "channel一类、channel二类"),
        ("channel甲和channel乙", "channel一类、channel二类"),
        ("channel甲、channel乙及channel一类", "channel一类、channel二类"),
    ],
)
def test_class_is_read_by_its_aliases_and_several_are_joined(cell: str, value: str) -> None:
    answer = read_class(cell, CHANNELS)
    assert (answer.value, answer.expected) == (value, "")


def test_unknown_class_is_kept_in_its_words_and_told() -> None:
    answer = read_class("channel乙、市长信箱", CHANNELS)
    assert (answer.value, answer.is_unreadable) == ("channel二类、市长信箱", False)
    assert answer.expected == "方案里没有“市长信箱”，按原文保留"


def test_class_of_an_axis_without_classes_is_kept_in_silence() -> None:
    answer = read_class("随机抽取", Names(XIANGSHAN).classes("no_such_axis"))
    assert (answer.value, answer.expected) == ("随机抽取", "")


def test_forms_of_activity_are_those_by_which_duties_are_met() -> None:
    assert [name for name, _ in class_entries(XIANGSHAN, "activity")] == list(ACTIVITIES)
    assert read_class("进企业、进农村", NAMES.classes("activity")).value == "进企业、进农村"


def test_form_that_the_document_names_and_leaves_open_is_known() -> None:
    """E5: 进社区 has no lead and no frequency in S5, and is one of its five forms."""
    forms = Names(packs()["nanyang"]).classes("activity")
    answer = read_class("进社区", forms)
    assert (answer.value, answer.expected) == ("进社区", "")
    joint = read_class("双月一讨论和一月一反思", forms)
    assert (joint.value, joint.expected) == ("双月一讨论、一月一反思", "")
