"""How a day is read from a cell, however an office writes it."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally.intake.dates import EPOCH, EPOCH_1904, Window, read_date, read_month

HALF_YEAR = Window(date(2022, 7, 11), date(2022, 12, 31), date(2022, 9, 1))
ACROSS = Window(date(2022, 9, 1), date(2023, 8, 31), date(2022, 11, 1))
NOTHING = Window()
DAY = date(2022, 9, 30)


@pytest.mark.parametrize(
    "cell",
    [
        date(2022, 9, 30),
        datetime(2022, 9, 30, 11, 25, 5),
        44834,
        44834.5,
        "44834",
        20220930,
        "20220930",
        "2022年9月30日",
        "2022年09月30日前",
        "2022 年 9 月 30 日",
        "2022年9月30号",
        "2022.9.30",
        "2022．9．30",
        "2022/9/30",
        "2022-9-30",
        "2022/9/30 11:25:05",
        "2022-09-30T00:00:00",
        "2022年9月30日 9时30分",
        "２０２２年９月３０日",
        "二〇二二年九月三十日",
        "二零二二年九月三十日",
        " 2022-09-30\n",
    ],
)
def test_read_date_exact_form_is_the_day_without_remark(cell: object) -> None:
    answer = read_date(cell, NOTHING)
    assert (answer.value, answer.expected, answer.wording) == (DAY, "", None)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("9月底前", date(2022, 9, 30)),
        ("9月底", date(2022, 9, 30)),
        ("2022年9月底前", date(2022, 9, 30)),
        ("九月底前", date(2022, 9, 30)),
        ("9月末", date(2022, 9, 30)),
        ("9月上旬", date(2022, 9, 10)),
        ("9月中旬", date(2022, 9, 20)),
        ("9月下旬", date(2022, 9, 30)),
        ("十一月底前完成", date(2022, 11, 30)),
        ("年底前", date(2022, 12, 31)),
        ("2022年底", date(2022, 12, 31)),
        ("年内", date(2022, 12, 31)),
        ("2022年9月", date(2022, 9, 30)),
        ("2022.9", date(2022, 9, 30)),
        ("2022-09", date(2022, 9, 30)),
        ("202209", date(2022, 9, 30)),
        ("三季度末", date(2022, 9, 30)),
        ("第四季度", date(2022, 12, 31)),
        ("下半年", date(2022, 12, 31)),
        ("2022年7月至9月", date(2022, 9, 30)),
        ("7月20日至9月30日", date(2022, 9, 30)),
        ("2022.7.20-2022.9.30", date(2022, 9, 30)),
    ],
)
def test_read_date_vague_form_is_its_last_day_and_says_so(text: str, day: date) -> None:
    answer = read_date(text, HALF_YEAR)
    assert (answer.value, answer.wording) == (day, text)
    assert day.isoformat() in answer.expected


@pytest.mark.parametrize(
    ("text", "window", "day"),
    [
        ("9月5日", HALF_YEAR, date(2022, 9, 5)),
        ("9.5", HALF_YEAR, date(2022, 9, 5)),
        ("9/5前", HALF_YEAR, date(2022, 9, 5)),
        ("9月5日", ACROSS, date(2022, 9, 5)),
        ("3月5日", ACROSS, date(2023, 3, 5)),
        # Outside the campaign: the campaign's own year, or that of the ledger's month.
        ("3月5日", HALF_YEAR, date(2022, 3, 5)),
        ("3月5日", Window(month=date(2021, 6, 1)), date(2021, 3, 5)),
    ],
)
def test_read_date_without_year_takes_it_from_campaign_or_month(
    text: str, window: Window, day: date
) -> None:
    assert read_date(text, window).value == day


@pytest.mark.parametrize(
    "cell",
    [
        "2022.13.1",
        "2022-02-30",
        "二月三十日",
        "9月31日",
        "尽快",
        "约六成",
        "22.9.30",
        "9月前",
        "原9月30日，现10月31日",
        "1022-09-30",
        2022.9,
        2022,
        -3,
        1e300,
        float("nan"),
        True,
    ],
)
def test_read_date_impossible_or_wordy_cell_is_unreadable(cell: object) -> None:
    answer = read_date(cell, HALF_YEAR)
    assert (answer.value, answer.is_unreadable) == (None, True)
    assert answer.remedy


def test_read_date_without_year_and_window_is_unreadable() -> None:
    assert read_date("9月5日", NOTHING).is_unreadable
    assert read_date("9月底前", NOTHING).is_unreadable
    assert read_date("年底前", NOTHING).is_unreadable


@pytest.mark.parametrize("text", ["长期坚持", "持续推进", "立行立改", "长期", "立行立改、长期坚持"])
def test_read_date_open_ended_words_are_no_deadline_and_say_so(text: str) -> None:
    answer = read_date(text, HALF_YEAR)
    assert (answer.value, answer.is_unreadable, answer.wording) == (None, False, text)
    assert "没有期限" in answer.expected


@pytest.mark.parametrize("cell", [None, "", "  ", "—", "/", "无", "-"])
def test_read_date_mark_for_nothing_is_blank(cell: object) -> None:
    answer = read_date(cell, HALF_YEAR)
    assert (answer.value, answer.expected, answer.is_unreadable) == (None, "", False)


def test_read_date_serial_in_1904_workbook_counts_from_1904() -> None:
    assert read_date(44834 - 1462, NOTHING, is_1904=True).value == DAY


def test_read_month_is_the_first_day() -> None:
    assert read_month("2022年9月", HALF_YEAR).value == date(2022, 9, 1)
    assert read_month(date(2022, 9, 30), HALF_YEAR).value == date(2022, 9, 1)
    assert read_month("十三月", HALF_YEAR).is_unreadable


DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
CHINESE = "〇一二三四五六七八九"


def _tens(number: int) -> str:
    tens, ones = divmod(number, 10)
    words = ("" if tens == 0 else "十" if tens == 1 else CHINESE[tens] + "十") + CHINESE[ones]
    return words.removesuffix("〇") if tens else words


def _chinese(day: date) -> str:
    year = "".join(CHINESE[int(digit)] for digit in str(day.year))
    return f"{year}年{_tens(day.month)}月{_tens(day.day)}日"


RENDERINGS = (
    lambda day: day,
    lambda day: datetime(day.year, day.month, day.day, 23, 59),
    lambda day: (day - EPOCH).days,
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: f"{day.year}年{day.month:02}月{day.day:02}日前",
    lambda day: f"{day.year}.{day.month}.{day.day}",
    lambda day: f"{day.year}/{day.month}/{day.day} 8:05:00",
    lambda day: day.isoformat(),
    lambda day: f"{day:%Y%m%d}",
    lambda day: f" {day.year} 年\n{day.month} 月 {day.day} 日",
    _chinese,
)


@given(DAYS, st.sampled_from(RENDERINGS))
def test_read_date_every_rendering_of_a_day_comes_back(day: date, rendering: object) -> None:
    assert read_date(rendering(day), NOTHING).value == day


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_read_date_serials_of_both_epochs_come_back(day: date) -> None:
    assert read_date((day - EPOCH_1904).days, NOTHING, is_1904=True).value == day


@given(st.dates(HALF_YEAR.start_on, HALF_YEAR.end_on))
def test_read_date_without_year_inside_the_campaign_comes_back(day: date) -> None:
    assert read_date(f"{day.month}月{day.day}日", HALF_YEAR).value == day


@given(st.text(max_size=40))
def test_read_date_any_words_give_a_plausible_day_or_none(text: str) -> None:
    answer = read_date(text, HALF_YEAR)
    assert answer.value is None or 1990 <= answer.value.year <= 2100
    assert answer.value is None or not answer.is_unreadable
