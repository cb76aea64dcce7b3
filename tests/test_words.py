"""How numbers, dates and states are written for the public."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally import words

MISSING = [None, float("nan"), np.nan, pd.NA, pd.NaT]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0.843, "84.3%"),
        (1.0, "100.0%"),
        (0, "0.0%"),
        (0.8425, "84.3%"),
        (0.0625, "6.3%"),
        (2 / 3, "66.7%"),
        (np.float64(0.5), "50.0%"),
    ],
)
def test_share_has_one_decimal_rounded_half_up(value: float, expected: str) -> None:
    assert words.share(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (-0.021, "−2.1 个百分点"),
        (0.03, "+3.0 个百分点"),
        (0.0, "0.0 个百分点"),
        (-0.0001, "0.0 个百分点"),
    ],
)
def test_points_carry_their_sign_with_a_true_minus(value: float, expected: str) -> None:
    assert words.points(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [(8, "+8"), (-3, "−3"), (0, "0"), (np.int64(-12), "−12")]
)
def test_change_carries_its_sign(value: int, expected: str) -> None:
    assert words.change(value) == expected


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (148, "", "148"),
        (148.0, "项", "148 项"),
        (9999, "项", "9999 项"),
        (10000, "项", "1.0 万项"),
        (12345, "项", "1.2 万项"),
        (12345, "", "1.2 万"),
        (0, "项", "0 项"),
    ],
)
def test_count_names_its_unit_once(value: float, unit: str, expected: str) -> None:
    assert words.count(value, unit) == expected


@pytest.mark.parametrize(
    ("place", "is_tied", "expected"), [(1, False, "第1"), (3, True, "并列第3"), (7.0, False, "第7")]
)
def test_rank_says_when_it_is_shared(place: float, is_tied: bool, expected: str) -> None:
    assert words.rank(place, is_tied) == expected


@pytest.mark.parametrize(
    ("moved", "expected"), [(2, "↑ 2"), (-1.0, "↓ 1"), (0, "—"), (None, "新进"), (np.nan, "新进")]
)
def test_rank_change_shows_places_gained(moved: float | None, expected: str) -> None:
    assert words.rank_change(moved) == expected


@pytest.mark.parametrize(
    ("gap", "expected"),
    [
        (-0.194, "落后 19.4"),
        (0.056, "超前 5.6"),
        (0.0, "持平"),
        (-0.0004, "持平"),
        (-0.0005, "落后 0.1"),
    ],
)
def test_schedule_is_level_when_the_gap_rounds_to_nothing(gap: float, expected: str) -> None:
    assert words.schedule(gap) == expected


@pytest.mark.parametrize("value", [date(2022, 10, 3), pd.Timestamp(2022, 10, 3)])
def test_dates_differ_between_sentences_and_tables(value: date) -> None:
    assert (words.day(value), words.iso_day(value)) == ("10月3日", "2022-10-03")


def test_day_of_another_year_is_written_with_its_year() -> None:
    """What was carried over is due on a day of the year before: 1月31日 would look far off."""
    old, own = date(2022, 1, 31), date(2023, 1, 31)
    assert words.day(old, date(2023, 2, 1)) == "2022年1月31日"
    assert words.day(own, date(2023, 2, 1)) == "1月31日"
    assert words.day(None, own) == words.EMPTY


def test_column_of_days_has_years_if_one_is_of_another() -> None:
    own = date(2023, 1, 31)
    assert words.day_format([own, None], own) == words.day_format([], own) == "M月D日"
    assert words.day_format([own, date(2022, 1, 31)], own) == "YYYY-MM-DD"


@pytest.mark.parametrize("value", ["2022-09", "2022-09-30", date(2022, 9, 1)])
def test_months_are_read_from_dates_and_texts(value: date | str) -> None:
    assert (words.month(value), words.year_month(value)) == ("9月", "2022年9月")


def test_ratio_interval_and_days_are_spaced_as_written() -> None:
    assert words.ratio(107, 127) == "107 / 127"
    assert words.interval(0.376, 0.964) == "37.6%–96.4%"
    assert words.days(21) == "21 天"


@pytest.mark.parametrize("value", MISSING)
@pytest.mark.parametrize(
    "form",
    [
        words.share, words.points, words.change, words.count, words.days, words.rank,
        words.schedule, words.day, words.iso_day, words.month, words.year_month, words.text,
    ],
)  # fmt: skip
def test_missing_values_are_a_dash(form: Callable[[Any], str], value: object) -> None:
    assert form(value) == "—"


@pytest.mark.parametrize("value", MISSING)
def test_missing_bound_is_no_interval(value: Any) -> None:
    assert words.interval(value, 0.5) == "—"


@pytest.mark.parametrize("value", [0, 0.0, "", False, date(2022, 1, 1)])
def test_zero_and_blank_are_not_missing(value: object) -> None:
    assert not words.is_missing(value)


def test_states_have_distinct_shapes_and_words() -> None:
    assert [state.label for state in words.STATES.values()] == [
        "● 正常", "▲ 临期", "■ 逾期", "○ 未报", "✓ 已销号", "◆ 核查",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("level", "state"),
    [("behind", "overdue"), ("low", "soon"), ("level", "normal"), (None, "unreported")],
)
def test_levels_are_drawn_as_states(level: str | None, state: str) -> None:
    assert words.state_name(level) == state


def test_names_beyond_three_are_counted() -> None:
    assert words.names(["招商部", "规划建设部"]) == "招商部、规划建设部"
    assert words.names(["甲", "乙", "丙", "丁"]) == "甲 等 4 个单位"


# What Streamlit turns into links, icons and arrows after Markdown has taken the backslashes away.
LATE = re.compile(
    r"https?://|www\.|[\w.+-]+@[\w-]+\.|:material_\w+:|:streamlit:"
    r"|(^|\s)(<->|->|<-|--|>=|<=|~=)(\s|$)",
    re.IGNORECASE,
)


@given(st.text())
def test_escaped_markdown_leaves_no_sign_that_acts(text: str) -> None:
    escaped = words.escape_markdown(text)
    rest = escaped.replace(words.NOTHING, "").replace("\\\\", "")
    for position, sign in enumerate(rest):
        if sign in "*_`[]<>#$:~|!":
            assert rest[position - 1] == "\\"
    assert "\n" not in escaped


@pytest.mark.parametrize(
    "text",
    ["见 http://a.test/b", "WWW.a.test", "写给 a.b@c.test", ":material_home:", ":streamlit:",
     "a -> b", "a <-> b", "a -- b", "a <= b", "a ~= b"],
)  # fmt: skip
def test_escaped_markdown_parts_what_acts_without_markdown(text: str) -> None:
    parts = words.escape_markdown(text).replace("\\", "").split(words.NOTHING)
    assert len(parts) > 1
    assert "".join(parts) == text
    assert not any(LATE.search(part) for part in parts)


def test_width_counts_chinese_as_one_em_and_digits_as_less() -> None:
    assert words.width_em("招商部") == 3
    assert words.width_em("84.3%") == pytest.approx(3 * 0.59 + 0.4 + 0.97)


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0.0, "0"), (-0.004, "0"), (5.654, "5.65"), (5.655, "5.66"), (-7.5, "−7.5"), (45.0, "45"),
     (1234.56, "1,234.6"), (18156.13, "18,156"), (-0.25, "−0.25")],
)  # fmt: skip
def test_amount_keeps_three_figures_or_more(value: float, expected: str) -> None:
    assert words.amount(value) == expected
    assert words.amount(value, "亿元") == f"{expected} 亿元"


def test_growth_and_period_are_told_with_sign_and_frequency() -> None:
    assert [words.growth(share) for share in (0.064, -0.012, 0.0, None)] == [
        "+6.4%", "−1.2%", "0.0%", "—",
    ]  # fmt: skip
    told = [words.period(date(2022, 9, 30), often) for often in ("月", "季", "年")]
    assert told == ["2022年9月", "2022年3季度", "2022年"]


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (35, "三十五"),
        (99, "九十九"),
        (100, "100"),
    ],
)
def test_numeral_is_chinese_up_to_ninety_nine(number: int, told: str) -> None:
    """Headings of a notice are counted so, and units without a name."""
    assert words.numeral(number) == told
