"""Which months a list of happenings is the whole list of: given, stated, or that of most rows."""

from datetime import date

import pyarrow as pa
import pytest

from tally.contracts import contracts
from tally.intake.cells.windows import Window
from tally.intake.tables.context import Words
from tally.intake.tables.listing import listed_months
from tests.intake.samples import reading_of

WINDOW = Window(date(2022, 7, 1), date(2022, 12, 31))


def listed(
    counts: dict[int, int],
    file: str = "走访台账",
    title: str = "",
    given: int = 0,
    kind: str = "visits",
) -> list[int]:
    """Return the months found for a list with so many rows a month of 2022."""
    periods = [date(2022, month, 1) for month, count in counts.items() for _ in range(count)]
    rows = pa.table({"period": pa.array(periods, pa.date32())})
    words = Words((title,) if title else (), (), ("Sheet1",), file)
    month = date(2022, given, 1) if given else None
    return [found.month for found in listed_months(contracts()[kind], rows, month, words, WINDOW)]


@pytest.mark.parametrize(
    ("file", "title"),
    [
        ("10月走访台账", ""),
        ("走访台账", "2022年10月企业走访情况表"),
        ("走访台账2022-10", ""),
        ("2022年度走访台账(10月)", ""),
    ],
)
def test_stated_month_is_the_lists_own(file: str, title: str) -> None:
    assert listed({9: 3, 10: 4}, file, title) == [10]
    assert listed({9: 30, 10: 20}, file, title) == [10]


def test_month_of_most_rows_is_the_lists_own_where_none_is_stated() -> None:
    assert listed({9: 3, 10: 200}) == [10]
    assert listed({9: 1, 10: 2}) == [10]


@pytest.mark.parametrize(
    ("counts", "file"),
    [
        ({7: 5, 8: 5, 9: 5, 10: 5}, "走访台账"),
        ({9: 1, 10: 1}, "走访台账"),
        ({7: 5, 8: 5, 9: 90}, "2022年度走访台账"),
        ({7: 5, 8: 5, 9: 90}, "三季度走访台账"),
        ({8: 5, 9: 5, 10: 90}, "8-10月走访台账"),
        ({8: 5, 9: 5, 10: 90}, "2022年8月至2022年10月走访台账"),
        ({8: 5, 9: 5, 10: 90}, "截至10月走访台账"),
        # A running total that is called after its last month.
        ({7: 5, 8: 5, 9: 5, 10: 5}, "10月走访台账"),
    ],
)
def test_list_of_several_months_is_the_whole_list_of_each(
    counts: dict[int, int], file: str
) -> None:
    assert listed(counts, file) == []


def test_months_of_its_sheets_are_the_lists_own() -> None:
    words = Words((), (), ("8月", "9月"), "走访台账")
    periods = [date(2022, month, 1) for month in (7, 8, 8, 9, 9)]
    rows = pa.table({"period": pa.array(periods, pa.date32())})
    found = listed_months(contracts()["visits"], rows, None, words, WINDOW)
    assert [month.month for month in found] == [8, 9]


def test_month_of_the_day_a_list_was_sent_on_is_not_its_own() -> None:
    assert listed({9: 1, 10: 20}, "走访台账11月") == [10]
    assert listed({9: 1, 10: 20}, "走访台账") == [10]


def test_given_month_goes_before_everything_else_if_it_has_rows() -> None:
    assert listed({8: 5, 9: 5, 10: 5}, "截至10月走访台账", given=10) == [10]
    assert listed({9: 1, 10: 20}, given=11) == [10]


@pytest.mark.parametrize("kind", ["problems", "checks", "units"])
def test_only_lists_of_happenings_have_months_of_their_own(kind: str) -> None:
    assert listed({9: 1, 10: 20}, "10月台账", kind=kind) == []


def test_file_of_a_month_says_so_of_its_happenings() -> None:
    heads = ("走访企业", "走访日期", "包保单位")
    days = ("2022-09-28", "2022-09-29", "2022-10-08", "2022-10-09", "2022-10-10")
    rows = [(f"企业{number}", day, "规建部") for number, day in enumerate(days)]
    read = {
        file: reading_of(heads, *rows, file=file, campaign="xiangshan").ledgers[0].months
        for file in ("2022年10月走访台账.xlsx", "2022年9-10月走访台账.xlsx", "走访台账.xlsx")
    }
    october = (date(2022, 10, 1),)
    assert list(read.values()) == [october, (), october]
