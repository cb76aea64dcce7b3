"""What cannot be right is told at its cell: counts below 0, places outside, days in disorder."""

import pytest

from tally.contracts import contracts
from tally.intake.cells.limits import within_limits
from tally.intake.cells.readers import read_number
from tests.intake.samples import SEPTEMBER, reading_of


@pytest.mark.parametrize(
    ("kind", "column", "number", "is_kept"),
    [
        ("petitions", "persons_count", -3, False),
        ("petitions", "persons_count", 0, True),
        ("visits", "problem_count", -1, False),
        ("satisfaction", "asked_count", -10, False),
        ("returns", "case_count", 4, True),
        ("problems", "longitude", 999, False),
        ("problems", "longitude", 116.79, True),
        # Longitude and latitude in each other's columns.
        ("tickets", "longitude", 33.95, False),
        ("tickets", "latitude", 116.79, False),
        ("communities", "latitude", 33.95, True),
        # What is no count may be below nothing: a growth, a balance.
        ("indicators", "value", -6.4, True),
    ],
)
def test_number_outside_its_columns_limits_is_not_read(
    kind: str, column: str, number: float, is_kept: bool
) -> None:
    answer = within_limits(read_number(number), contracts()[kind].column(column))
    assert (answer.value == number, answer.is_unreadable) == (is_kept, not is_kept)
    assert bool(answer.remedy) is not is_kept


def test_every_count_and_every_position_has_limits() -> None:
    columns = [column for contract in contracts().values() for column in contract.columns]
    counts = [column for column in columns if column.name.endswith("_count")]
    places = [column for column in columns if column.name in ("longitude", "latitude")]
    assert counts and {column.at_least for column in counts} == {0}
    assert places and None not in {column.at_most for column in places}


@pytest.mark.parametrize("text", ["5批12人", "5批次/12人次", "5批、12人"])
def test_batches_and_persons_in_one_cell_are_told_apart(text: str) -> None:
    answer = read_number(text)
    assert answer.is_unreadable and "每批一行" in answer.remedy


def test_negative_count_is_told_at_its_cell_and_kept_empty() -> None:
    reading = reading_of(
        ("走访企业", "走访日期", "包保单位", "收集问题数"),
        ("甲厂", "2022-09-05", "规建部", -2),
        ledger="visits",
        campaign="xiangshan",
    )
    [told] = [problem for problem in reading.problems if problem.column == "problem_count"]
    assert (told.level, told.cell, told.found) == ("warning", "D2", "-2")
    assert "不能小于 0" in told.expected and told.expected.endswith("读作空")
    assert reading.ledgers[0].rows[0]["problem_count"] is None


def test_milestone_that_starts_after_it_is_due_is_told() -> None:
    reading = reading_of(
        ("任务编号", "节点", "责任单位", "开始日期", "计划完成日期"),
        ("ZD-01", "完成立项批复", "规建部", "2022-10-20", "2022-10-10"),
        ("ZD-01", "开工", "规建部", "2022-10-11", "2022-11-10"),
        ledger="milestones",
        **SEPTEMBER,
    )
    [told] = [problem for problem in reading.problems if problem.column == "start_on"]
    assert (told.level, told.cell) == ("warning", "D2")
    assert told.expected == "晚于计划完成日期 2022-10-10"
