"""When duties are due (E1–E13): the windows of the notation, moved past holidays, and cut."""

import calendar
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tally import clock, workdays
from tally.packs import DEMO, Clock, Duty, ExpectedLedger, Pack, Proof, windows
from tally.workdays import LAST_KNOWN_YEAR, is_workday
from tests.office import trial_pack

HELD = (Proof("activities", "会"),)
FIRST, LAST = date(2023, 1, 1), date(2023, 12, 31)
STANDING = "常设"


def pack_of(
    start_on: date = FIRST,
    end_on: date = LAST,
    issued_on: date = date.min,
    due_day: int = 0,
    standing_from: date = FIRST,
) -> Pack:
    """Return a campaign with a standing clock beside it, that collects problems by `due_day`."""
    pack = trial_pack()
    campaign = replace(pack.campaign, start_on=start_on, end_on=end_on, issued_on=issued_on)
    ledgers = (ExpectedLedger("problems", "unit", DEMO, due_day, DEMO),)
    clocks = (Clock(STANDING, standing_from, DEMO),)
    return replace(pack, campaign=campaign, clocks=clocks, ledgers=ledgers)


def duty(every: str, **more: Any) -> Duty:
    return Duty("会", "units", every, **{"met_by": HELD, "source": DEMO, **more})


def spans(pack: Pack, one: Duty) -> list[str]:
    """Return the windows as `04-03..04-07`."""
    return [f"{w.start_on:%m-%d}..{w.end_on:%m-%d}" for w in windows(pack, one)]


DISCUSSION = duty("month", months=(2, 4, 6, 8, 10, 12), days=(1, 5), is_moved=True)


def test_discussion_of_even_months_is_moved_past_holidays_and_not_due_before_the_plan() -> None:
    """E3 in 2023: the plan of 9 March came too late for February."""
    assert spans(pack_of(issued_on=date(2023, 3, 9)), DISCUSSION) == [
        *("04-03..04-07", "06-01..06-05", "08-01..08-05"),
        *("10-07..10-11", "12-01..12-05"),
    ]


def test_plan_issued_inside_a_window_leaves_it_due() -> None:
    assert spans(pack_of(issued_on=date(2023, 4, 7)), DISCUSSION)[0] == "04-03..04-07"
    assert spans(pack_of(issued_on=date(2023, 4, 8)), DISCUSSION)[0] == "06-01..06-05"


def test_topics_go_to_the_windows_that_are_due_in_turn() -> None:
    topics = replace(DISCUSSION, topics=("甲", "乙"))
    due = windows(pack_of(issued_on=date(2023, 3, 9)), topics)
    assert [window.topic for window in due] == ["甲", "乙", "", "", ""]


@pytest.mark.parametrize(
    ("every", "start_on", "end_on", "expected"),
    [
        ("week", "2022-08-31", "2022-09-13", "08-29..09-04 09-05..09-11 09-12..09-13"),
        ("fortnight", "2022-08-31", "2022-09-30", "08-29..09-11 09-12..09-25 09-26..09-30"),
        ("month", "2022-08-31", "2022-10-31", "08-01..08-31 09-01..09-30 10-01..10-31"),
        ("two_months", "2023-03-09", "2023-07-31", "03-01..04-30 05-01..06-30 07-01..07-31"),
        ("quarter", "2023-03-09", "2023-08-31", "01-01..03-31 04-01..06-30 07-01..08-31"),
        ("half_year", "2023-03-09", "2023-12-31", "01-01..06-30 07-01..12-31"),
        ("year", "2023-03-09", "2023-12-31", "01-01..12-31"),
        ("day", "2023-09-28", "2023-10-09", "09-28..09-28 10-07..10-07 10-08..10-08 10-09..10-09"),
    ],
)
def test_rhythm_gives_its_periods_cut_at_the_last_day(
    every: str, start_on: str, end_on: str, expected: str
) -> None:
    """A rhythm of days leaves out those on which nobody works; weeks begin on Mondays."""
    pack = pack_of(date.fromisoformat(start_on), date.fromisoformat(end_on))
    assert spans(pack, duty(every)) == expected.split()


def test_dated_duty_is_one_window_even_beyond_the_campaign() -> None:
    report = duty("once", start_on=date(2024, 1, 1), end_on=date(2024, 1, 31))
    assert spans(pack_of(), report) == ["01-01..01-31"]
    assert spans(pack_of(issued_on=date(2024, 2, 1)), report) == []


@pytest.mark.parametrize(
    ("every", "days", "expected"),
    [
        ("week", (2, 5), "03-07..03-10"),
        ("month", (-5, -1), "03-27..03-31"),
        ("month", (25, -1), "03-25..03-31"),
        ("month", (29, 31), "03-29..03-31"),
    ],
)
def test_days_count_inside_the_period_from_either_end(
    every: str, days: tuple[int, int], expected: str
) -> None:
    pack = pack_of(date(2023, 3, 6), date(2023, 3, 31))
    assert spans(pack, duty(every, days=days))[0] == expected


def test_day_that_a_month_does_not_have_is_its_last() -> None:
    assert spans(pack_of(), duty("month", months=(2,), days=(29, 31))) == ["02-28..02-28"]


def test_week_in_which_nobody_works_is_left_out_where_the_pack_says_so() -> None:
    """The Spring Festival of 2022: 31 January to 6 February were all holidays."""
    pack = pack_of(date(2022, 1, 24), date(2022, 2, 13))
    assert "01-31..02-06" in spans(pack, duty("week"))
    weeks = spans(pack, duty("week", skips_holidays=True))
    assert weeks == ["01-24..01-30", "02-07..02-13"]


def test_duty_on_a_standing_clock_is_due_whatever_the_campaign() -> None:
    """A11: before the campaign began or its plan was issued, and to the end of next year."""
    pack = pack_of(
        date(2023, 9, 1), date(2023, 10, 31), date(2023, 9, 16), standing_from=date(2023, 8, 1)
    )
    months = [window.start_on for window in windows(pack, duty("month", clock=STANDING))]
    assert months[:2] == [date(2023, 8, 1), date(2023, 9, 1)]
    assert months[-1] == date(clock.today().year + 1, 12, 1)


def test_start_and_end_of_a_duty_narrow_its_clock() -> None:
    narrowed = duty("month", start_on=date(2023, 4, 1), end_on=date(2023, 5, 10))
    assert spans(pack_of(), narrowed) == ["04-01..04-30", "05-01..05-10"]


def test_monthly_report_is_due_with_its_list() -> None:
    """E1: September's list is due on the first working day from 5 October on."""
    report = duty("month", met_by=(Proof("submissions", "problems"),))
    [september] = [w for w in windows(pack_of(due_day=5), report) if w.start_on.month == 9]
    assert (september.end_on, september.due_on) == (date(2023, 9, 30), date(2023, 10, 7))


def test_monthly_report_without_a_day_is_never_over() -> None:
    report = duty("month", met_by=(Proof("submissions", "problems"),))
    assert {window.due_on for window in windows(pack_of(due_day=0), report)} == {None}


def test_window_is_due_on_its_last_day() -> None:
    assert all(window.due_on == window.end_on for window in windows(pack_of(), DISCUSSION))


UNKNOWN = LAST_KNOWN_YEAR + 1
REMEDY = f"没有 {UNKNOWN} 年的工作日安排；管理员可加入文件 data/workdays/{UNKNOWN}.csv"


def test_year_the_calendar_does_not_know_is_said_once_and_not_guessed() -> None:
    pack = pack_of(date(LAST_KNOWN_YEAR, 11, 1), date(UNKNOWN, 12, 31))
    known, unknown = windows(pack, DISCUSSION)
    assert (known.start_on, known.note) == (date(LAST_KNOWN_YEAR, 12, 1), "")
    assert (unknown.start_on, unknown.due_on) == (date(UNKNOWN, 2, 1), None)
    assert REMEDY in unknown.note


def test_window_that_needs_no_calendar_is_known_in_any_year() -> None:
    pack = pack_of(date(UNKNOWN, 1, 1), date(UNKNOWN, 12, 31))
    assert [w.note for w in windows(pack, duty("month"))] == [""] * 12
    assert [bool(w.note) for w in windows(pack, duty("day"))] == [True]


def test_report_whose_day_is_not_known_says_so_and_the_next_ones_too() -> None:
    pack = pack_of(date(LAST_KNOWN_YEAR, 11, 1), date(LAST_KNOWN_YEAR, 12, 31), due_day=5)
    november, december = windows(pack, duty("month", met_by=(Proof("submissions", "problems"),)))
    assert november.due_on is not None and november.note == ""
    assert december.due_on is None and REMEDY in december.note


def test_year_added_by_the_administrator_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / f"{UNKNOWN}.csv").write_text(f"day,is_workday\n{UNKNOWN}-02-01,0\n", "utf-8")
    monkeypatch.setattr(workdays, "WORKDAYS_FOLDER", tmp_path)
    pack = pack_of(date(UNKNOWN, 1, 1), date(UNKNOWN, 2, 28))
    assert spans(pack, DISCUSSION) == ["02-02..02-06"]


def naive_months(start_on: date, end_on: date, days: tuple[int, int]) -> Iterator[tuple]:
    """Yield a moved window of every month, each found by walking day by day."""
    month = start_on.replace(day=1)
    while month <= end_on:
        length = calendar.monthrange(month.year, month.month)[1]
        in_month = [month + timedelta(days=shift) for shift in range(length)]
        wanted = [day for day in in_month if days[0] <= day.day <= days[1]]
        while not is_workday(wanted[0]):
            wanted = [*wanted[1:], wanted[-1] + timedelta(days=1)]
        inside = [day for day in wanted if day <= end_on]
        if inside and wanted[-1] >= start_on:
            yield inside[0], inside[-1]
        month = in_month[-1] + timedelta(days=1)


@settings(max_examples=150, deadline=None)
@given(
    st.dates(date(2019, 1, 1), date(2025, 12, 31)),
    st.integers(0, 500),
    st.integers(1, 28),
    st.integers(0, 10),
)
def test_moved_windows_are_those_of_a_walk_through_the_calendar(
    start_on: date, length: int, first: int, more: int
) -> None:
    days = (first, min(first + more, 28))
    end_on = min(start_on + timedelta(days=length), date(2026, 11, 30))
    found = windows(pack_of(start_on, end_on), duty("month", days=days, is_moved=True))
    expected = list(naive_months(start_on, end_on, days))
    assert [(window.start_on, window.end_on) for window in found] == expected


RHYTHMS_OF_PERIODS = ("week", "fortnight", "month", "two_months", "quarter", "half_year", "year")


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(RHYTHMS_OF_PERIODS),
    st.dates(date(2019, 1, 1), date(2025, 12, 31)),
    st.integers(0, 900),
)
def test_every_day_of_the_clock_lies_in_exactly_one_window(
    every: str, start_on: date, length: int
) -> None:
    end_on = start_on + timedelta(days=length)
    found = list(windows(pack_of(start_on, end_on), duty(every)))
    for shift in range(length + 1):
        day = start_on + timedelta(days=shift)
        assert sum(window.start_on <= day <= window.end_on for window in found) == 1
    assert found[-1].end_on == end_on
