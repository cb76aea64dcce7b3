"""What a table of figures leaves open is refused or asked for in plain words, never guessed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from tally.contracts import Problem, Reading
from tests.intake.samples import problem
from tests.intake.series.tables import reading_of, rows_of, warnings_of

PLACE = "相山经开区"
YEAR = date(2023, 12, 31)


def only_error(reading: Reading) -> Problem:
    """Return the one problem that refuses a file."""
    assert not reading.questions, reading.questions
    (error,) = reading.errors
    return error


@pytest.mark.parametrize(
    ("rows", "cell", "words"),
    [
        ([("地区", "某指标（亿元）", "另一指标"), (PLACE, 5, 6)], "C2", "没有写明计量单位"),
        ([("地区", "GDP（亿元）", "人口（万）"), (PLACE, 5, 6)], "C2", "只写了“万”"),
        ([("单位：亿元",), ("地区", "2023年", "2022年"), (PLACE, 5, 6)], "B3", "没有写明指标名称"),
        ([("GDP（亿元）",), ("地区", "2023年"), ("全国", 9), (PLACE, "约五")], "B4", "应为数字"),
        ([("GDP（亿元）",), ("地区", "2023年"), (PLACE, "5公里")], "B3", "不能换算"),
        ([("GDP（亿元）",), ("地区", "2023年"), ("全国", 9), (PLACE, "#N/A")], "B4", "不是错误值"),
        (
            [("2023年1-7月GDP（亿元）",), ("地区", "2023年", "2022年"), (PLACE, 5, 4)],
            "B3",
            "分不清",
        ),
        (
            [("指标", "单位", "2023年（万元）", "2022年（万元）"), ("税收", "亿元", 5, None)],
            "C2",
            "列头写的是“万元”，本行写的是“亿元”",
        ),
        (
            [("GDP（亿元）",), ("地区", "2023年"), (PLACE, 5), (PLACE, 6)],
            "B4",
            "与 B3 是同一指标、同一时期，数不同",
        ),
        (
            [("GDP（亿元）",), ("地区", "2023年1月", "2023年2月", "同比"), (PLACE, 5, 4, 1)],
            "D2",
            "分不清是哪一期的",
        ),
        (
            [("GDP（亿元）",), ("地区", "时间", "数值"), (PLACE, "2023年", 5), ("全国", None, 9)],
            "C4",
            "没有写明时间",
        ),
        (
            [("GDP（亿元）",), ("时间", "地区", "数值"), ("2023年", PLACE, 5), ("2022年", None, 9)],
            "C4",
            "没有写明地区",
        ),
    ],
)
def test_figure_that_does_not_say_what_it_is_refuses_the_file(
    rows: Sequence[Sequence[Any]], cell: str, words: str
) -> None:
    reading = reading_of(*rows, ledger="indicators", month=date(2023, 7, 1))
    error = only_error(reading)
    assert error.cell == cell
    assert words in error.expected
    assert error.remedy


def test_months_without_any_year_are_of_the_campaigns_year() -> None:
    """The small campaign is of 2022, as every month without a year in its ledgers is."""
    rows = rows_of(reading_of(("GDP（亿元）",), ("地区", "8月", "9月"), (PLACE, 5, 6)))
    assert [row["period_end_on"] for row in rows] == [date(2022, 8, 31), date(2022, 9, 30)]


def test_table_without_any_period_is_asked_for_its_month() -> None:
    table = [("指标名称", "单位", "本月", "累计"), ("税收", "亿元", 5, 36)]
    (question,) = reading_of(*table).questions
    assert question.flag == "--month"
    rows = rows_of(reading_of(*table, month=date(2022, 9, 1)))
    assert [(row["measure"], row["period_end_on"]) for row in rows] == [
        ("当期", date(2022, 9, 30)),
        ("累计", date(2022, 9, 30)),
    ]


def test_growth_over_the_month_before_has_no_measure_and_is_left_out_said() -> None:
    reading = reading_of(("2023年7月",), ("地区", "GDP（亿元）", "环比增长（%）"), (PLACE, 5, 1.5))
    assert len(rows_of(reading)) == 1
    assert [p.cell for p in warnings_of(reading)] == ["C2"]


def test_list_with_one_value_a_row_stays_a_list() -> None:
    head = ("指标名称", "累计完成", "年度目标", "计量单位", "完成率")
    reading = reading_of(head, ("税收", 45.2, 60, "亿元", "75%"), month=date(2022, 9, 1))
    (row,) = rows_of(reading)
    assert (row["value"], row["target_value"], row["value_column"]) == (45.2, 60, "B")
    assert [p.expected for p in reading.problems] == ["列“完成率”不认识，未导入"]


def test_table_of_counts_is_no_table_of_figures() -> None:
    """A list of problems counted by unit and month states no unit of measure."""
    reading = reading_of(("责任单位", "8月", "9月"), ("规建部", 3, 4), ("招商部", 1, 0))
    (error,) = reading.errors
    assert "不是本系统的台账" in error.expected


def test_numbers_beside_another_ledger_are_not_taken_for_figures() -> None:
    reading = reading_of(
        ("问题编号", "问题描述", "责任单位", "完成时限", "状态", "销号日期"),
        *(problem(number) for number in (1, 2)),
        month=date(2022, 9, 1),
    )
    assert [ledger.kind for ledger in reading.ledgers] == ["problems"]


def test_figures_without_any_unit_are_refused_with_what_is_missing() -> None:
    (error,) = reading_of(("出口额",), ("地区", "2023年"), (PLACE, 5)).errors
    assert "请写明计量单位" in error.remedy


def test_growth_behind_two_years_is_of_the_newer() -> None:
    for years in (("2023年", "2022年"), ("2022年", "2023年")):
        rows = rows_of(
            reading_of(
                ("指标", "单位", *years, "增减（±%）"), ("税收", "亿元", 10, 9, "0.6个百分点")
            )
        )
        (grown,) = (row for row in rows if row["measure"] == "同比")
        told = (grown["period_end_on"], grown["value"], grown["unit_of_measure"])
        assert told == (YEAR, 0.6, "百分点")
