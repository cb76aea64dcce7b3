"""Values and targets land in the unit of measure of their rows (C5)."""

from dataclasses import replace

import pytest

from tally.contracts import Reading
from tally.intake import read
from tally.packs import Indicator
from tests.intake.samples import SEPTEMBER, SOURCE, XIANGSHAN, brief, reading_of, xlsx

TAX = Indicator("税收", "亿元", "up", SOURCE, task="T1", target=60)
PACK = replace(XIANGSHAN, indicators=(TAX,))
HEADERS = ("指标名称", "累计完成", "年度目标", "计量单位")


def indicators(*rows: tuple, title: str = "指标完成情况") -> Reading:
    """Read an indicator ledger of the small pack, whose 税收 is kept in 亿元."""
    answers = brief(packs={"xiangshan": PACK}, ledger="indicators", unit="财政金融部", **SEPTEMBER)
    return read(xlsx((title,), *rows), "指标.xlsx", answers)


@pytest.mark.parametrize(
    ("title", "headers", "row", "expected", "is_said"),
    [
        ("指标", HEADERS, ("税收", 45.2, 60, "亿元"), (45.2, 60, "亿元"), False),
        ("指标", HEADERS, ("税收", "452000万元", 60, "亿元"), (45.2, 60, "亿元"), True),
        (
            "指标",
            ("指标名称", "累计完成（万元）", "年度目标", "计量单位"),
            ("税收", 452000, 60, None),
            (45.2, 60, "亿元"),
            True,
        ),
        ("指标（单位：万元）", HEADERS[:3], ("税收", 452000, 600000), (45.2, 60, "亿元"), True),
        ("指标", HEADERS, ("招商项目", "35个", 50, None), (35, 50, "个"), False),
    ],
)
def test_quantity_lands_in_the_unit_of_its_row(
    title: str, headers: tuple, row: tuple, expected: tuple, is_said: bool
) -> None:
    reading = indicators(headers, row, title=title)
    assert not reading.errors and not reading.questions, (reading.problems, reading.questions)
    (read_row,) = reading.ledgers[0].rows
    found = (read_row["value"], read_row["target_value"], read_row["unit_of_measure"])
    assert found == expected
    assert any("换算" in problem.expected for problem in reading.problems) == is_said


def test_quantity_in_a_unit_that_measures_something_else_is_refused() -> None:
    reading = indicators(HEADERS, ("税收", "35公里", 60, "亿元"))
    (error,) = reading.errors
    assert (error.cell, error.column) == ("B3", "value")
    assert "不能换算" in error.expected


@pytest.mark.parametrize(("measure", "value", "unit"), [("累计同比", -6.4, "%"), ("位次", 3, "位")])
def test_growth_and_rank_are_not_in_the_unit_of_their_indicator(
    measure: str, value: float, unit: str
) -> None:
    """C1, C3: 税收 is kept in 亿元; what it grew by is in percent all the same."""
    reading = indicators(("指标名称", "口径", "完成值", "计量单位"), ("税收", measure, value, unit))
    assert reading.errors == ()
    (row,) = reading.ledgers[0].rows
    assert (row["value"], row["unit_of_measure"]) == (value, unit)


def test_dash_is_no_number_of_an_item() -> None:
    """Two rows without a number must not become one item by their dashes."""
    rows = [("—", f"第{n}个问题", "规建部", "2022-10-31", "正在推进", None) for n in (1, 2)]
    headers = ("问题编号", "问题描述", "责任单位", "完成时限", "状态", "销号日期")
    reading = reading_of(headers, *rows)
    assert not reading.errors
    assert [row["item_no"] for row in reading.ledgers[0].rows] == [None, None]
