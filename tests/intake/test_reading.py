"""A workbook in, a Reading and its Problems out."""

import csv
from collections import Counter
from collections.abc import Sequence
from datetime import date
from io import StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally.contracts import Problem, Reading
from tally.intake import read
from tests.intake.samples import (
    DIMENSIONS,
    PROBLEM_HEADERS,
    S1_SECTIONS,
    SEPTEMBER,
    UNITS,
    brief,
    only_row,
    s1_ledger,
    xlsx,
)

GOOD_ROW = ("XS-001", "污水管网错接", "规建部", "2022-10-31", "正在推进", None)


def ledger(
    *rows: Sequence[Any], headers: Sequence[str] = PROBLEM_HEADERS, **answers: Any
) -> Reading:
    """Read a workbook of these headers and rows, as a September ledger of the small pack."""
    return read(xlsx(headers, *rows), "台账.xlsx", brief(**{**SEPTEMBER, **answers}))


def said(problems: Sequence[Problem], column: str = "") -> list[tuple[str, str, str]]:
    """Return (level, cell, expected) of the problems, of one column or of all."""
    return [(p.level, p.cell, p.expected) for p in problems if not column or p.column == column]


def test_read_s1_ledger_gives_its_148_rows() -> None:
    reading = read(s1_ledger(), "四项清单.xlsx", brief())

    (problems,) = reading.ledgers
    assert (problems.kind, len(problems.rows)) == ("problems", 148)
    assert (reading.campaign, reading.month, reading.unit) == ("xiangshan", date(2022, 9, 1), "")
    assert reading.reported_on == date(2022, 9, 30)
    assert not reading.errors
    assert Counter(row["state"] for row in problems.rows) == {"closed": 118, "open": 30}
    counts = [count for count, _ in S1_SECTIONS]
    assert Counter(row["dimension"] for row in problems.rows) == dict(
        zip(DIMENSIONS, counts, strict=True)
    )
    assert {row["unit"] for row in problems.rows} == {name for name, _ in UNITS}
    assert {row["due_on"] for row in problems.rows if row["due_text"] == "9月底前"} == {
        date(2022, 9, 30)
    }


def test_read_s1_ledger_says_what_it_passed_over() -> None:
    reading = read(s1_ledger(), "四项清单.xlsx", brief())

    passed = [(p.found, p.expected) for p in reading.problems if not p.column]
    assert passed == [
        ("合计 148项", "合计行，已略过"),
        ("分节行 6 行、表后附注 3 行", "不作为台账的条目"),
    ]
    (sheet,) = reading.sheets
    assert (sheet.name, sheet.ledger, sheet.header_row, sheet.rows) == (
        "9月台账", "problems", 3, 148,
    )  # fmt: skip
    assert sheet.columns["责任分工责任单位"] == "unit"
    assert sheet.columns["责任分工配合单位"] == "partners"


def test_read_row_carries_every_column_and_its_place() -> None:
    row = only_row(ledger(GOOD_ROW))

    assert row["item_no"] == "XS-001"
    assert row["unit"] == "规划建设部"
    assert row["due_on"] == date(2022, 10, 31)
    assert (row["sheet"], row["row"], row["period"]) == ("Sheet1", 2, date(2022, 9, 1))
    assert (row["is_due_derived"], row["due_text"], row["partners"]) == (False, None, None)


@pytest.mark.parametrize(
    ("column", "cell", "place", "column_name"),
    [
        (1, None, "B2", "title"),
        (2, None, "C2", "unit"),
        (2, "招商局", "C2", "unit"),
        (2, "各部门", "C2", "unit"),
        (2, "#REF!", "C2", "unit"),
        (1, "#NAME?", "B2", "title"),
        (3, "2022.13.1", "D2", "due_on"),
        (3, "#N/A", "D2", "due_on"),
        (4, "差不多了", "E2", "state"),
        (5, "九月的某天", "F2", "closed_on"),
    ],
)
def test_read_wrong_cell_of_a_strict_column_is_an_error_at_its_place(
    column: int, cell: str | None, place: str, column_name: str
) -> None:
    row = [*GOOD_ROW]
    row[column] = cell
    (error,) = ledger(row).errors
    assert (error.sheet, error.cell, error.column) == ("Sheet1", place, column_name)
    assert error.found == (cell or "")
    assert error.expected and error.remedy


def test_read_wrong_cell_elsewhere_is_a_warning_and_stays_empty() -> None:
    headers = ("任务名称", "牵头单位", "完成进度", "所在地区", "累计完成")
    reading = ledger(("谋划项目", "招商部", "约六成", "东街社区", "若干"), headers=headers)
    row = only_row(reading)
    assert (row["progress_share"], row["community"], row["value"]) == (None, None, None)
    assert {p.cell for p in reading.problems if "读作空" in p.expected} == {"C2", "D2", "E2"}


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("累计完成", "#DIV/0!"),
        ("目标值", "=A1"),
        ("完成进度", "#N/A"),
        ("时间节点", "#REF!"),
        ("计量单位", "#VALUE!"),
        ("所在地区", "#NAME?"),
        ("维度", "#N/A"),
        ("备注", "##########"),
        ("配合单位", "#N/A"),
        ("销号日期", "#N/A"),
    ],
)
def test_read_error_value_is_an_error_in_any_column_that_is_imported(
    header: str, cell: str
) -> None:
    headers = ("任务名称", "牵头单位", header)
    (error,) = ledger(("谋划项目", "招商部", cell), headers=headers).errors
    assert error.cell == "C2"
    assert "错误值" in error.expected or "没有保存结果" in error.expected


def test_read_error_value_in_a_column_that_is_not_imported_does_no_harm() -> None:
    headers = ("序号", "任务名称", "牵头单位", "天气")
    assert not ledger(("#N/A", "谋划项目", "招商部", "#REF!"), headers=headers).errors


def test_read_day_without_year_outside_the_campaign_is_refused_only_as_a_deadline() -> None:
    headers = ("问题描述", "责任单位", "查摆日期", "完成时限")
    reading = ledger(("甲", "招商部", "1月15日", "1月15日"), headers=headers)
    assert reading.ledgers[0].rows[0]["found_on"] == date(2022, 1, 15)
    assert said(reading.problems, "found_on") == [("warning", "C2", "读作 2022-01-15")]
    assert said(reading.problems, "due_on") == [
        ("error", "D2", "应为带年份的日期（不在专项行动期间，分不清是哪一年）")
    ]


def test_read_shared_responsibility_keeps_the_first_as_lead() -> None:
    reading = ledger((*GOOD_ROW[:2], "产发部、招商部、各部门", *GOOD_ROW[3:]))
    row = only_row(reading)
    assert (row["unit"], row["partners"]) == ("产业发展部", "招商部、各部门")
    assert said(reading.problems, "unit") == [
        ("warning", "C2", "按原文记为配合"),
        ("warning", "C2", "首个为牵头，其余为配合"),
    ]


@pytest.mark.parametrize(
    ("state", "closed_on", "read_state", "warning"),
    [
        ("已销号", "2022-09-20", "closed", None),
        ("已销号", None, "closed", "状态为“已销号”但无日期"),
        (None, None, "open", "状态为空，读作未销号"),
        (None, "2022-09-20", "open", "状态为空，读作未销号，但已填销号日期"),
        ("整改中", "2022-09-20", "open", "状态未销号，但已填销号日期"),
        ("已销号", "2022-10-08", "closed", "晚于本期月末 2022-09-30"),
        ("完成80%", None, "open", "读作“正在推进”"),
    ],
)
def test_read_state_and_closing_day_that_disagree_are_said(
    state: str | None, closed_on: str | None, read_state: str, warning: str | None
) -> None:
    reading = ledger((*GOOD_ROW[:4], state, closed_on))
    assert only_row(reading)["state"] == read_state
    assert [p.expected for p in reading.problems] == ([warning] if warning else [])


def test_read_sheet_without_state_column_takes_the_closing_day() -> None:
    headers = ("问题描述", "责任单位", "销号日期")
    reading = ledger(("甲", "招商部", "2022-09-20"), ("乙", "招商部", None), headers=headers)
    assert [row["state"] for row in reading.ledgers[0].rows] == ["closed", "open"]
    assert not reading.problems


def test_read_task_progress_comes_from_the_state_words() -> None:
    headers = ("任务名称", "牵头单位", "完成进度", "完成情况")
    row = only_row(ledger(("谋划项目", "招商部", None, "完成80%"), headers=headers))
    assert (row["state"], row["progress_share"]) == ("open", 0.8)


def test_read_open_ended_deadline_keeps_the_words() -> None:
    row = only_row(ledger((*GOOD_ROW[:3], "长期坚持", "正在推进", None)))
    assert (row["due_on"], row["due_text"]) == (None, "长期坚持")


def test_read_duplicate_number_is_an_error_and_a_repeated_row_a_warning() -> None:
    other = ("XS-001", "另一个问题", *GOOD_ROW[2:])
    conflict, repeated = ledger(GOOD_ROW, other), ledger(GOOD_ROW, GOOD_ROW)
    assert said(conflict.errors) == [("error", "A3", "与“Sheet1”第 2 行重复，内容不同")]
    assert said(repeated.problems) == [
        ("warning", "第 3 行", "疑似重复：与“Sheet1”第 2 行完全相同")
    ]


TICKET_HEADERS = ("工单编号", "受理时间", "诉求标题", "承办单位", "答复时间", "满意度", "社区")


def test_read_event_rows_have_months_of_their_own_and_derived_deadlines() -> None:
    rows = (
        ("A1", "2022/9/30 11:25:05", "路灯不亮", "招商部", "2022/10/8", "满意", "河北居委会"),
        ("A2", "2022-10-09", "污水外溢", "招商部", None, "未评价", None),
    )
    reading = ledger(*rows, headers=TICKET_HEADERS, month=None)
    first, second = reading.ledgers[0].rows
    assert reading.month is None
    assert (first["period"], second["period"]) == (date(2022, 9, 1), date(2022, 10, 1))
    # Fifteen working days: 8 and 9 October 2022 are adjusted ones.
    assert (first["due_on"], first["is_due_derived"]) == (date(2022, 10, 26), True)
    assert (first["is_satisfied"], second["is_satisfied"]) == (True, None)
    assert (first["community"], first["state"], second["state"]) == ("河北社区", "closed", "open")


def test_read_deadline_beyond_the_known_calendar_is_not_derived_and_said() -> None:
    row = ("A1", "2026-12-28", "路灯不亮", "招商部", None, None, None)
    reading = ledger(row, headers=TICKET_HEADERS)
    assert reading.ledgers[0].rows[0]["due_on"] is None
    assert any("没有 2027 年的工作日安排" in p.expected for p in reading.problems)


def test_read_event_ledger_without_units_asks_for_the_unit() -> None:
    headers = ("留言编号", "留言主题", "留言时间")
    asked = ledger((1, "路灯不亮", "2022-09-01"), headers=headers)
    told = ledger((1, "路灯不亮", "2022-09-01"), headers=headers, unit="规建部")
    assert [question.flag for question in asked.questions] == ["--unit"]
    assert "规划建设部" in asked.questions[0].choices
    assert only_row(told)["unit"] == told.unit == "规划建设部"


def test_read_rosters_have_no_month_and_no_unit() -> None:
    units = ledger(("招商部", "部门", "招商局"), headers=("单位名称", "分组", "简称"), month=None)
    places = ledger(("河北社区", 340603400001), headers=("社区", "代码"), month=None)
    assert only_row(units)["aliases"] == "招商局"
    assert (only_row(places)["code"], only_row(places)["period"]) == ("340603400001", None)


def test_read_check_ledger_is_told_from_a_problem_ledger() -> None:
    headers = ("编号", "问题描述", "责任单位", "核查日期", "核查结果")
    reading = ledger(("XS-001", "错接", "规建部", "2022-09-28", "假销号"), headers=headers)
    row = only_row(reading)
    assert (reading.ledgers[0].kind, row["is_verified"]) == ("checks", False)
    assert row["period"] == date(2022, 9, 1)


CELLS = st.one_of(
    st.none(),
    st.sampled_from(
        [
            *PROBLEM_HEADERS,
            "合计",
            "注：略",
            "一、经济发展方面（2项）",
            "示例",
            "招商部",
            "9月底前",
            "1",
        ]
    ),
    st.text(max_size=8),
)


@given(st.lists(st.lists(CELLS, max_size=7), max_size=8), st.sampled_from(["", "问题台账"]))
def test_read_any_lines_below_a_header_never_raise_and_keep_their_places(
    lines: list[list[str | None]], kind: str
) -> None:
    text = StringIO(newline="")
    csv.writer(text).writerows([PROBLEM_HEADERS, *lines])
    content = text.getvalue().encode("utf-8", "replace")
    reading = read(content, "台账.csv", brief(**SEPTEMBER, ledger=kind))
    rows = [row["row"] for found in reading.ledgers for row in found.rows]
    assert rows == sorted(set(rows))
    assert all(problem.expected and problem.remedy for problem in reading.problems)
