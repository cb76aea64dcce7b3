"""Names found by initials, by whole readings, by characters and by a mixture of them."""

import sys
from itertools import islice, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally.packs import packs
from tally.pinyin import INSIDE, SCATTERED, START, WHOLE, best_fit, fit, fold, readings

UNITS = sorted({unit.name for pack in packs().values() for unit in pack.units})
HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=8)


def initials(name: str) -> list[str]:
    """Return a name's initials, once for each way to read it, 64 ways at most."""
    ways = [sorted({form[0] for form in readings(sign)[1:]}) or [sign] for sign in fold(name)]
    return ["".join(way) for way in islice(product(*ways), 64)]


@pytest.mark.parametrize("name", UNITS)
def test_unit_of_a_campaign_is_found_by_its_initials_however_it_is_read(name: str) -> None:
    assert {fit(typed, name) for typed in initials(name)} == {WHOLE}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("czjrb", WHOLE),
        ("CZJRB", WHOLE),
        ("caizhengjinrongbu", WHOLE),
        ("财政金融部", WHOLE),
        ("ｃｚｊ", START),
        ("caizheng", START),
        ("caiz金", START),
        ("财政", START),
        ("jrb", INSIDE),
        ("金融", INSIDE),
        ("czb", SCATTERED),
        ("czjrbx", None),
        ("招商", None),
        ("", None),
        ("，。", None),
    ],
)
def test_finance_department_by_what_is_typed(typed: str, expected: int | None) -> None:
    assert fit(typed, "财政金融部") == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("10y", INSIDE), ("10月", INSIDE), ("2022n", START), ("0y", None), ("2022n10y", WHOLE)],
)
def test_month_is_found_by_its_number_but_not_from_the_middle_of_one(
    typed: str, expected: int | None
) -> None:
    assert fit(typed, "2022年10月") == expected


def test_name_with_signs_is_found_without_them() -> None:
    assert fit("xsjkqlzlq", "相山经开区“六找六强”") == WHOLE


def test_thing_is_found_by_the_best_of_its_names() -> None:
    assert best_fit("fgw", ("市发展改革委", "发改委")) == WHOLE
    assert best_fit("xyz", ("市发展改革委", "发改委")) is None


@given(HAN, st.data())
def test_readings_cut_short_anywhere_find_the_whole_name(name: str, data: st.DataObject) -> None:
    typed = ""
    for sign in name:
        form = data.draw(st.sampled_from(readings(sign)))
        typed += form[: data.draw(st.integers(1, len(form)))]
    if len(typed) <= 40:
        assert fit(typed, name) == WHOLE


@given(HAN, st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=8))
def test_what_finds_a_name_finds_it_with_its_last_letter_missing(name: str, typed: str) -> None:
    if fit(typed, name) in (WHOLE, START, INSIDE):
        assert fit(typed[:-1], name) in (WHOLE, START, INSIDE)


def test_phrases_are_not_loaded() -> None:
    assert not sys.modules["pypinyin.constants"].PHRASES_DICT
