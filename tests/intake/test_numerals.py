"""Numbers with separators, multipliers and in Chinese words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally.intake.cells.numerals import DIGITS, number_in_words, number_of, quantity_of


def in_words(number: int) -> str:
    """Return a number below 10**12 in Chinese words, written out place by place."""
    for word, size in (("亿", 10**8), ("万", 10**4)):
        if number >= size:
            whole, rest = divmod(number, size)
            gap = "零" if 0 < rest < size // 10 else ""
            return in_words(whole) + word + (gap + in_words(rest) if rest else "")
    words = ""
    for place, size in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, number = divmod(number, size)
        if digit:
            words += "零一二三四五六七八九"[digit] + place
        elif words and number and not words.endswith("零"):
            words += "零"
    return words.rstrip("零") or "零"


@given(st.integers(0, 10**12 - 1))
def test_number_in_words_comes_back(number: int) -> None:
    assert number_in_words(in_words(number)) == number
    assert number_in_words("负" + in_words(number)) == -number


@given(st.integers(0, 999_999), st.text("〇一二三四五六七八九", min_size=1, max_size=4))
def test_number_in_words_with_decimals_comes_back(number: int, decimals: str) -> None:
    digits = "".join(str(DIGITS[word]) for word in decimals)
    assert number_in_words(f"{in_words(number)}点{decimals}") == float(f"{number}.{digits}")


@pytest.mark.parametrize(
    ("text", "number"),
    [("十", 10), ("一百二", 120), ("两万三", 23000), ("二〇二二", 2022), ("一千零五十", 1050),
     ("三十五亿", 3_500_000_000)],
)  # fmt: skip
def test_number_in_words_as_it_is_said(text: str, number: int) -> None:
    assert number_in_words(text) == number


@pytest.mark.parametrize(
    "text", ["十百", "百", "万", "一十百", "点五", "三点", "", "百分之五", "二百千"]
)
def test_number_in_words_that_are_no_number_is_none(text: str) -> None:
    assert number_in_words(text) is None


@pytest.mark.parametrize(
    ("cell", "number", "words"),
    [
        ("3.2亿元", 3.2, "亿元"),
        ("120万", 120, "万"),
        ("35个", 35, "个"),
        ("1万2", 12_000, ""),
        ("1亿2000万元", 120_000_000, "元"),
        ("3万5千", 35_000, ""),
        ("¥1,234元", 1234, "元"),
        ("十五家", 15, "家"),
        ("-2.5 万元", -2.5, "万元"),
        (7, 7, ""),
    ],
)
def test_quantity_is_a_number_and_its_unit(cell: object, number: float, words: str) -> None:
    assert quantity_of(cell) == (number, words)


@pytest.mark.parametrize("cell", ["约35", "个", "", None, True, "1e999"])
def test_quantity_without_a_leading_number_is_none(cell: object) -> None:
    assert quantity_of(cell) is None


SEPARATED = (
    lambda number: f"{number}",
    lambda number: f"{number:,}",
    lambda number: f"{number:,}".replace(",", "，"),
    lambda number: f"{number:,}".replace(",", " "),
    lambda number: f"  {number}\n",
    lambda number: str(number).translate(str.maketrans("0123456789.-", "０１２３４５６７８９．－")),
)


@given(
    st.integers(-(10**14), 10**14) | st.decimals(-(10**9), 10**9, places=3).map(float),
    st.sampled_from(SEPARATED),
)
def test_number_of_every_writing_comes_back(number: float, form: object) -> None:
    assert number_of(form(number)) == number


@given(st.text(max_size=50) | st.text("0123456789.,亿万千百十一二三点负 -+eE", max_size=45))
def test_number_of_any_words_never_raises(text: str) -> None:
    assert number_of(text) is None or abs(number_of(text)) < float("inf")
    quantity_of(text)
