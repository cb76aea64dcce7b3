"""Working days after the official calendar, and what happens where it ends."""

from datetime import date
from pathlib import Path

import pytest

from tally import workdays
from tally.workdays import CalendarUnknown, add_workdays, is_workday, workdays_between


@pytest.mark.parametrize(
    ("day", "is_working", "why"),
    [
        (date(2022, 9, 30), True, "a Friday"),
        (date(2022, 10, 1), False, "the national holiday"),
        (date(2022, 10, 7), False, "a Friday inside the holiday"),
        (date(2022, 10, 8), True, "an adjusted Saturday"),
        (date(2022, 10, 9), True, "an adjusted Sunday"),
        (date(2022, 10, 15), False, "an ordinary Saturday"),
    ],
)
def test_is_workday_follows_the_official_calendar(day: date, is_working: bool, why: str) -> None:
    assert is_workday(day) is is_working, why


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2022, 9, 30), 0, date(2022, 9, 30)),
        (date(2022, 9, 30), 1, date(2022, 10, 8)),
        (date(2022, 9, 30), 2, date(2022, 10, 9)),
        (date(2022, 9, 29), 5, date(2022, 10, 11)),
        (date(2022, 10, 1), 1, date(2022, 10, 8)),
    ],
)
def test_add_workdays_never_counts_the_first_day(start: date, count: int, end: date) -> None:
    assert add_workdays(start, count) == end
    assert workdays_between(start, end) == count


@pytest.mark.parametrize(
    ("day", "moved"),
    [
        (date(2022, 9, 30), date(2022, 9, 30)),
        (date(2022, 10, 1), date(2022, 10, 8)),  # a Saturday that is worked for the holiday
        (date(2022, 11, 5), date(2022, 11, 7)),
    ],
)
def test_workday_from_keeps_a_working_day_and_moves_any_other(day: date, moved: date) -> None:
    assert workdays.workday_from(day) == moved


def test_workdays_between_backwards_is_negative() -> None:
    assert workdays_between(date(2022, 10, 9), date(2022, 9, 30)) == -2


def test_is_workday_unknown_year_names_the_file_that_adds_it() -> None:
    with pytest.raises(CalendarUnknown, match=r"2027 年.*data/workdays/2027\.csv"):
        is_workday(date(2027, 1, 4))


def test_is_workday_added_year_takes_precedence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workdays, "WORKDAYS_FOLDER", tmp_path)
    (tmp_path / "2027.csv").write_text(
        "day,is_workday\n2027-01-01,0\n2027-01-02,1\n", encoding="utf-8-sig"
    )
    named = [is_workday(date(2027, 1, day)) for day in (1, 2)]
    unnamed = [is_workday(date(2027, 1, day)) for day in (3, 4)]
    assert (named, unnamed) == ([False, True], [False, True])


def test_is_workday_broken_year_file_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workdays, "WORKDAYS_FOLDER", tmp_path)
    (tmp_path / "2028.csv").write_text("日期,是否上班\n2028-01-01,0\n", encoding="utf-8")
    with pytest.raises(CalendarUnknown, match=r"2028\.csv 读不懂"):
        is_workday(date(2028, 1, 4))
