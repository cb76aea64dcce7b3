"""Which year a day without one is of: the campaign's, else the last before the month ends."""

from dataclasses import replace
from datetime import date

import pytest

from tally.intake.cells.dates import Window, read_date, read_month

HALF_YEAR = Window(date(2022, 7, 11), date(2022, 12, 31), date(2022, 9, 1))


@pytest.mark.parametrize("cell", ["1月15日", "3月底", "1.15", 2.3, "上半年", "15-Jan", "10月至1月"])
def test_read_date_without_year_outside_the_campaign_is_asked_for_its_year(cell: object) -> None:
    answer = read_date(cell, HALF_YEAR)
    assert (answer.value, answer.is_unreadable) == (None, True)
    assert answer.remedy


def test_read_date_without_year_outside_the_campaign_says_what_is_in_doubt() -> None:
    answer = read_date("1月15日", HALF_YEAR)
    assert answer.expected == "应为带年份的日期（不在专项行动期间，分不清是哪一年）"


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("1月15日", date(2022, 1, 15)),
        ("6月30日", date(2022, 6, 30)),
        ("9月30日", date(2022, 9, 30)),
        ("3月底", date(2022, 3, 31)),
        (2.3, date(2022, 2, 3)),
    ],
)
def test_read_date_that_is_past_takes_the_last_such_day_before_the_months_end(
    cell: object, day: date
) -> None:
    answer = read_date(cell, replace(HALF_YEAR, is_past=True))
    assert answer.value == day
    assert answer.expected == ("" if cell == "9月30日" else f"读作 {day}")


def test_read_date_range_that_begins_before_the_campaign_ends_within_it() -> None:
    assert read_date("3月至9月", HALF_YEAR).value == date(2022, 9, 30)


@pytest.mark.parametrize(
    ("cell", "day"),
    [("7月5日", date(2022, 7, 5)), ("7月上旬", date(2022, 7, 10)), ("7.1", date(2022, 7, 1))],
)
def test_read_date_in_the_campaigns_first_month_is_of_its_year_and_said(
    cell: object, day: date
) -> None:
    answer = read_date(cell, HALF_YEAR)
    assert (answer.value, answer.expected) == (day, f"读作 {day}")


def test_read_date_end_of_the_month_in_which_the_campaign_begins_is_of_its_year() -> None:
    late = Window(date(2022, 8, 31), date(2022, 10, 31), date(2022, 9, 1))
    assert read_date("8月底前", late).value == date(2022, 8, 31)


def test_read_month_without_year_outside_the_campaign_is_asked_for_its_year_unless_past() -> None:
    assert read_month(3, replace(HALF_YEAR, is_past=True)).value == date(2022, 3, 1)
    assert "哪一年" in read_month(3, HALF_YEAR).expected
