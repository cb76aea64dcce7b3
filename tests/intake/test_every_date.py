"""Any day, however it is written, comes back; anything else never raises."""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tally.intake.cells.dates import EPOCH, EPOCH_1904, Window, read_date

HALF_YEAR = Window(date(2022, 7, 11), date(2022, 12, 31), date(2022, 9, 1))
ACROSS = Window(date(2022, 9, 1), date(2023, 8, 31), date(2022, 11, 1))
NOTHING = Window()
DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
CHINESE = "〇一二三四五六七八九"


def _tens(number: int) -> str:
    tens, ones = divmod(number, 10)
    words = ("" if tens == 0 else "十" if tens == 1 else CHINESE[tens] + "十") + CHINESE[ones]
    return words.removesuffix("〇") if tens else words


def _chinese(day: date) -> str:
    year = "".join(CHINESE[int(digit)] for digit in str(day.year))
    return f"{year}年{_tens(day.month)}月{_tens(day.day)}日"


WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
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
    lambda day: f"{day.year}、{day.month}、{day.day}",
    lambda day: f"{day.year}—{day.month}—{day.day}",
    lambda day: f"{day:%Y%m%d}235959",
    lambda day: f"{day.isoformat()}T23:59:59+08:00",
    lambda day: f"{day.year}年{day.month}月{day.day}日（星期三）",
    lambda day: f"{day.year}/{day.month}/{day.day} 下午 3:05",
    lambda day: f"{day.year}".translate(WIDE) + f"．{day.month}．{day.day}",
    lambda day: f"{day.isoformat()}前完成",
    lambda day: f"\u200b{day.isoformat()}\xa0",
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


@given(st.dates(HALF_YEAR.start_on, HALF_YEAR.end_on), st.sampled_from("月.-/"))
def test_read_date_two_digit_years_and_yearless_marks_come_back(day: date, mark: str) -> None:
    assert read_date(f"{day.month}{mark}{day.day}", HALF_YEAR).value == day
    assert read_date(f"{day:%y}.{day.month}.{day.day}", HALF_YEAR).value == day


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)), st.integers(0, 400))
def test_read_date_range_is_its_end(start: date, days: int) -> None:
    end = min(start + timedelta(days), date(2100, 12, 31))
    assert read_date(f"{start.isoformat()}至{end.isoformat()}", NOTHING).value == end
    assert read_date(f"{start:%Y.%m.%d}-{end:%Y.%m.%d}", NOTHING).value == end


WORDS_OF_DAYS = "0123456789年月日号底前至-./ 上中下旬第季度半每长期坚持（），今明本"


@given(st.text(alphabet=WORDS_OF_DAYS, max_size=16), st.sampled_from([NOTHING, HALF_YEAR, ACROSS]))
def test_read_date_near_misses_never_raise_and_never_give_an_unsaid_guess(
    text: str, window: Window
) -> None:
    answer = read_date(text, window)
    digits = sum(sign.isdigit() for sign in text)
    is_full = digits >= 5
    assert answer.value is None or answer.expected or answer.wording or is_full


@given(st.floats() | st.integers() | st.booleans() | st.none())
def test_read_date_any_number_never_raises(cell: object) -> None:
    answer = read_date(cell, HALF_YEAR)
    assert answer.value is None or 1990 <= answer.value.year <= 2100


@given(st.text(max_size=40))
def test_read_date_any_words_give_a_plausible_day_or_none(text: str) -> None:
    answer = read_date(text, HALF_YEAR)
    assert answer.value is None or 1990 <= answer.value.year <= 2100
    assert answer.value is None or not answer.is_unreadable
