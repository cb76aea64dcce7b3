"""Problems grouped by what to do about them."""

from collections.abc import Mapping

import pytest

from tally.contracts import Problem, contracts
from tally.repairs import column_titles, repairs

REAL_DATE = "改为真实日期，如 2022-09-30"
TITLES = column_titles(["problems"])


def problem(cell: str, **said: str) -> Problem:
    """Return an unreadable deadline in a cell, or what is said otherwise."""
    usual: Mapping[str, str] = {
        "level": "error",
        "sheet": "8月",
        "column": "due_on",
        "found": "2022.13.1",
        "expected": "应为日期",
        "remedy": REAL_DATE,
    }
    return Problem(cell=cell, **{**usual, **said})  # type: ignore[arg-type]


def line(*problems: Problem) -> str:
    """Return the line of the only group."""
    (repair,) = repairs(problems, TITLES)
    return repair.line


def test_line_says_what_how_often_how_to_mend_and_where() -> None:
    twelve = [problem(f"D{row}") for row in range(14, 26)]

    assert line(*twelve) == f"完成时限：12 处，应为日期 — {REAL_DATE} — D14、D15、D16 等 12 处"


def test_line_of_few_places_names_them_all() -> None:
    assert line(problem("D14"), problem("D17")).endswith("— D14、D17")


def test_line_over_two_sheets_names_the_sheet() -> None:
    assert line(problem("D14"), problem("D14", sheet="9月")).endswith("— “8月”D14、“9月”D14")


def test_repairs_same_remedy_in_other_words_is_one_group() -> None:
    near = [
        problem("E8", expected="名册里没有“规建办”", remedy="是否为“规划建设部”？"),
        problem("E9", expected="名册里没有“产发办”", remedy="是否为“产业发展部”？"),
        problem("E10", expected="名册里没有“规建办”", remedy="是否为“规划建设部”？"),
    ]

    (repair,) = repairs(near, TITLES)

    assert (repair.expected, repair.remedy) == ("名册里没有“…”", "是否为“…”？")
    assert [found.cell for found in repair.problems] == ["E8", "E9", "E10"]


def test_repairs_agreeing_words_are_kept() -> None:
    same = [
        problem(f"第 {row} 行", column="", expected=f"与“8月”第 {row - 1} 行完全相同")
        for row in (9, 20)
    ]

    (repair,) = repairs(same, TITLES)

    assert repair.expected == "与“8月”第 … 行完全相同"
    assert repair.subject == "整行"


@pytest.mark.parametrize(
    "other",
    [{"level": "warning"}, {"column": "closed_on"}, {"expected": "应为数字"}, {"remedy": "请补填"}],
    ids=lambda other: next(iter(other)),
)
def test_repairs_differing_in_one_thing_are_two_groups(other: dict[str, str]) -> None:
    assert len(repairs([problem("D14"), problem("D15", **other)], TITLES)) == 2


def test_repairs_errors_come_first_then_the_most_cells() -> None:
    many = [problem(f"J{row}", level="warning", column="closed_on") for row in range(5)]
    some = [problem(f"D{row}") for row in range(3)]
    one = [problem("E8", column="unit")]

    levels = [(repair.level, len(repair.problems)) for repair in repairs(many + one + some, TITLES)]

    assert levels == [("error", 3), ("error", 1), ("warning", 5)]


@pytest.mark.parametrize(
    ("cell", "sheet", "subject"),
    [
        ("L4", "8月", "表头"),
        ("第 9 行", "8月", "整行"),
        ("M 列", "8月", "整列"),
        ("", "8月", "工作表"),
        ("", "", "文件"),
    ],
)
def test_repairs_without_a_column_are_named_for_the_place(
    cell: str, sheet: str, subject: str
) -> None:
    (repair,) = repairs([problem(cell, column="", sheet=sheet)], TITLES)

    assert repair.subject == subject


def test_column_titles_the_files_own_ledger_goes_first() -> None:
    shared = [
        column.name
        for column in contracts()["tickets"].columns
        if column.name in contracts()["problems"].columns_by_name
    ]
    titles = column_titles(["", "tickets"])

    assert {titles[name] for name in shared} == {
        contracts()["tickets"].columns_by_name[name].title for name in shared
    }
