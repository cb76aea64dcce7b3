"""How a day is read from a cell, however an office writes it."""

from datetime import date, datetime

import pytest

from tally.intake.cells.dates import Window, read_date, read_month

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
        "2022-09-30前",
        "2022年9月30日前完成",
        "2022.09.30.",
        "2022、9、30",
        "2022—9—30",
        "2022年9月30日 星期五",
        "2022年9月30日（周五）",
        "2022/9/30 上午 11:25",
        "2022年9月30日18:00前",
        "2022-09-29T16:00:00.000Z",
        "2022-09-30T08:00:00+08:00",
        "20220930112505",
        "44834.5",
        "二O二二年九月三十日",
        "二○二二年九月卅日",
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
        ("9.1-9.30", date(2022, 9, 30)),
        ("9月1日-30日", date(2022, 9, 30)),
        ("7-9月", date(2022, 9, 30)),
        ("2022年7-9月", date(2022, 9, 30)),
        ("11月至次年2月", date(2023, 2, 28)),
        ("9月", date(2022, 9, 30)),
        ("9月份", date(2022, 9, 30)),
        ("9月初", date(2022, 9, 10)),
        ("2022年", date(2022, 12, 31)),
        ("2022年度", date(2022, 12, 31)),
        ("2022Q3", date(2022, 9, 30)),
        ("前三季度", date(2022, 9, 30)),
        ("力争9月底前完成", date(2022, 9, 30)),
        ("截至9月30日", date(2022, 9, 30)),
        ("2022年9月30日（已延期）", date(2022, 9, 30)),
        ("2022年9月底前完成并长期坚持", date(2022, 9, 30)),
        ("立行立改（9月30日前）", date(2022, 9, 30)),
        ("22.9.30", date(2022, 9, 30)),
        ("22年9月30日", date(2022, 9, 30)),
        ("220930", date(2022, 9, 30)),
        ("9/30/22", date(2022, 9, 30)),
        ("9/30/2022", date(2022, 9, 30)),
        ("30/9/2022", date(2022, 9, 30)),
        ("24-Oct-22", date(2022, 10, 24)),
        ("Oct 24, 2022", date(2022, 10, 24)),
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
        "9月前",
        "原9月30日，现10月31日",
        "1022-09-30",
        "2022-9-31",
        "2022年9月31日",
        "10/11/12",
        "9/10/2022",
        "Oct-24",
        "9月30日左右",
        "待定",
        "2202-09-30",
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


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("月底", date(2022, 9, 30)),
        ("本月底前", date(2022, 9, 30)),
        ("中旬", date(2022, 9, 20)),
        ("上旬", date(2022, 9, 10)),
        ("本月中旬", date(2022, 9, 20)),
        ("25日前", date(2022, 9, 25)),
        ("下月底", date(2022, 10, 31)),
        ("次月10日前", date(2022, 10, 10)),
        ("本季度末", date(2022, 9, 30)),
        ("今年10月底", date(2022, 10, 31)),
        ("明年3月底", date(2023, 3, 31)),
    ],
)
def test_read_date_relative_words_count_from_the_ledgers_month_and_say_so(
    text: str, day: date
) -> None:
    answer = read_date(text, HALF_YEAR)
    assert (answer.value, answer.wording) == (day, text)
    assert day.isoformat() in answer.expected
    assert read_date(text, NOTHING).is_unreadable


@pytest.mark.parametrize(
    ("number", "day"),
    [
        (10.24, date(2022, 10, 24)),
        (9.5, date(2022, 9, 5)),
        (2022.9, date(2022, 9, 30)),
        (2022.12, date(2022, 12, 31)),
        (202209, date(2022, 9, 30)),
    ],
)
def test_read_date_number_that_is_no_serial_is_read_as_written_and_said(
    number: float, day: date
) -> None:
    answer = read_date(number, HALF_YEAR)
    assert (answer.value, answer.is_unreadable) == (day, False)
    assert day.isoformat() in answer.expected


@pytest.mark.parametrize("number", [10.1, 9.3, 12.2, 2022.1])
def test_read_date_number_whose_nought_may_be_lost_is_not_guessed(number: float) -> None:
    answer = read_date(number, HALF_YEAR)
    assert answer.is_unreadable
    assert f"{number}0" in answer.expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("春节前", "节日"),
        ("五一前", "节日"),
        ("每月25日前", "周期"),
        ("15个工作日内", "天数"),
        ("9月前", "期初还是期末"),
        ("三季度前", "期初还是期末"),
        ("2022-09-30（延期至10月31日）", "两个日期"),
        ("9/10/2022", "分不清月和日"),
        ("2202-09-30", "年份"),
        ("2022年9月31日", "日历上没有"),
        ("2月30日", "日历上没有"),
        ("30/9", "日历上没有"),
        ("13月底", "日历上没有"),
        ("#N/A", "错误值"),
    ],
)
def test_read_date_refusal_says_why(text: str, reason: str) -> None:
    answer = read_date(text, HALF_YEAR)
    assert answer.is_unreadable and answer.remedy
    assert reason in answer.expected


def test_read_date_without_year_in_a_campaign_of_several_years_is_said() -> None:
    years = Window(date(2021, 1, 1), date(2023, 12, 31), date(2022, 11, 1))
    answer = read_date("3月5日", years)
    assert (answer.value, answer.expected) == (date(2022, 3, 5), "读作 2022-03-05")


def test_read_date_year_of_two_digits_far_from_the_campaign_is_unreadable() -> None:
    assert read_date("12.9.30", HALF_YEAR).is_unreadable
    assert read_date("22.9.30", NOTHING).is_unreadable


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
    assert read_month(9, HALF_YEAR).value == read_month("9", HALF_YEAR).value == date(2022, 9, 1)
    assert read_month("9月份", HALF_YEAR).value == date(2022, 9, 1)
    assert read_month(13, HALF_YEAR).is_unreadable
