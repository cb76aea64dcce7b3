"""What a file leaves open is asked about, never assumed; an answer settles it without a word."""

from datetime import date
from typing import Any

import pytest

from tally.contracts import Question, Reading
from tests.intake.samples import PROBLEM_HEADERS, SEPTEMBER, XIANGSHAN, problem, reading_of

ROW = ("甲", "招商部", "2022-10-31")


def asked_of(header: str, content: Any, *headers: str) -> list[Question]:
    """Return what is asked of a column under a strange header beside title and unit."""
    cells = [""] * len(headers)
    reading = reading_of(("问题描述", "责任单位", *headers, header), (*ROW[:2], *cells, content))
    return [question for question in reading.questions if question.key == f"column:{header}"]


@pytest.mark.parametrize(
    ("header", "content", "title", "is_required"),
    [
        ("完成时间节点", "2022-10-31", "完成时限", True),
        ("整改完成期限", "2022-10-31", "完成时限", True),
        ("办理状态情况", "整改中", "状态", True),
        ("配合科室", "规建部", "配合单位", False),
        ("完成时间及要求", "2022-10-31", "完成时限", True),
        ("发现问题时间", "2022-08-01", "查摆日期", False),
        ("整改的措施", "逐项整改", "措施", False),
    ],
)
def test_read_similar_header_is_asked_about(
    header: str, content: str, title: str, is_required: bool
) -> None:
    (question,) = asked_of(header, content)
    assert (question.flag, question.is_required) == ("--answer", is_required)
    assert question.sentence.startswith(f"列“{header}”是不是“")
    assert title in question.choices and question.choices[-1] == "不导入"


@pytest.mark.parametrize(
    ("header", "content"),
    [
        ("天气", "晴"),
        ("填表时间", "2022-10-31"),
        ("督办领导", "分管负责人"),
        ("问题个数", 3),
        ("办结情况说明", "还在做"),
        ("整改得分", 95),
        ("附件", "见附件"),
        ("完成时间节点", "由主管部门另行研究确定"),
        ("联系人", "办公室"),
        ("责任人电话", "见附表"),
    ],
)
def test_read_header_that_is_clearly_something_else_is_not_asked_about(
    header: str, content: Any
) -> None:
    assert asked_of(header, content) == []


def test_read_header_like_a_column_that_is_already_there_is_not_asked_about() -> None:
    assert asked_of("完成时间节点", "2022-10-31", "完成时限", "销号日期") == []


HEADERS = ("问题描述", "责任单位", "完成时间节点")


def test_read_answered_header_is_taken_or_left_out() -> None:
    key = "column:完成时间节点"
    taken = reading_of(HEADERS, ROW, **SEPTEMBER, answers={key: "完成时限"})
    left = reading_of(HEADERS, ROW, **SEPTEMBER, answers={key: "不导入"})
    other = reading_of(HEADERS, ROW, **SEPTEMBER, answers={key: "牵头领导"})
    assert taken.ledgers[0].rows[0]["due_on"] == date(2022, 10, 31)
    assert left.ledgers[0].rows[0]["due_on"] is None
    assert [(p.cell, p.expected) for p in (*taken.problems, *left.problems)] == [
        ("C1", "列“完成时间节点”按已有的答复读作“完成时限”"),
        ("C1", "列“完成时间节点”按已有的答复，未导入"),
    ]
    assert [question.key for question in other.questions] == [key]


@pytest.mark.parametrize(
    ("rows", "is_required"),
    [
        ((("甲", "招商部", "2022-09-20", "已销号"),), True),
        ((("甲", "招商部", "2022-09-20", "已销号"), ("乙", "招商部", "", "整改中")), True),
        ((("甲", "招商部", "2022-09-20", ""),), True),
        ((("甲", "招商部", "2022-09-20", "整改中"),), False),
        ((("甲", "招商部", "2022-09-20", "已销号"), ("乙", "招商部", "9月底", "整改中")), False),
    ],
)
def test_read_day_that_may_be_the_deadline_or_the_end_must_be_told_unless_open_items_have_it(
    rows: tuple[tuple[str, ...], ...], is_required: bool
) -> None:
    asked = reading_of(("问题描述", "责任单位", "完成时间", "状态"), *rows)
    assert [(q.key, q.choices, q.is_required) for q in asked.questions] == [
        ("column:完成时间", ("完成时限", "销号日期", "不导入"), is_required)
    ]
    days = [row["due_on"] for ledger in asked.ledgers for row in ledger.rows]
    assert days[:1] == ([] if is_required else [date(2022, 9, 20)])


def test_read_header_that_two_columns_claim_is_what_is_answered() -> None:
    headers, row = ("问题描述", "责任单位", "完成时间"), ("甲", "招商部", "2022-09-20")
    for said, column in (("完成时限", "due_on"), ("销号日期", "closed_on"), ("不导入", None)):
        told = reading_of(headers, row, **SEPTEMBER, answers={"column:完成时间": said})
        (read,) = told.ledgers[0].rows
        assert not told.questions
        assert [name for name in ("due_on", "closed_on") if read[name]] == [column] * bool(column)


def test_read_header_that_two_columns_claim_is_not_asked_about_beside_one_of_them() -> None:
    headers = ("问题描述", "责任单位", "完成时间", "完成时限")
    reading = reading_of(headers, ("甲", "招商部", "2022-09-20", "2022-10-31"))
    assert not reading.questions
    assert reading.ledgers[0].rows[0]["closed_on"] == date(2022, 9, 20)


def test_read_sheet_that_lacks_a_column_with_a_similar_header_is_asked_not_refused() -> None:
    rows = (("序号", "问题情况描述", "责任科室", "完成时限"), (1, *ROW))
    asked = reading_of(*rows)
    answers = {"column:问题情况描述": "问题描述", "column:责任科室": "责任单位"}
    told = reading_of(*rows, **SEPTEMBER, answers=answers)
    declined = reading_of(*rows, **SEPTEMBER, answers={**answers, "column:责任科室": "不导入"})
    assert [(q.key, q.is_required) for q in asked.questions] == [
        ("column:问题情况描述", True),
        ("column:责任科室", True),
    ]
    assert (asked.errors, asked.ledgers) == ((), ())
    assert (told.ledgers[0].rows[0]["title"], told.unit) == ("甲", "招商部")
    assert [p.level for p in declined.errors] == ["error"]


@pytest.mark.parametrize("content", ["规划科", "招商部"])
def test_read_unit_is_not_asked_for_while_its_column_is(content: str) -> None:
    headers = ("问题描述", "完成时限", "状态", "责任单位及责任人")
    reading = reading_of(headers, ("甲", "2022-10-31", "整改中", content))
    assert [question.key for question in reading.questions] == ["column:责任单位及责任人"]


def test_read_header_that_several_tables_share_is_asked_about_once() -> None:
    reading = reading_of(
        *(HEADERS, ROW, ()),
        ("责任单位", "问题描述", "完成时间节点"),
        ("规建部", "乙", "2022-11-30"),
    )
    assert [sheet.header_row for sheet in reading.sheets] == [1, 4]
    assert [question.key for question in reading.questions] == ["column:完成时间节点"]


def placed(reading: Reading) -> tuple[str, date | None, str]:
    """Return the campaign, the month and the unit."""
    return reading.campaign, reading.month, reading.unit


@pytest.mark.parametrize(
    "rows",
    [
        (HEADERS, ROW),
        (("问题情况描述", "责任科室", "完成时限", "状态"), (*ROW, "整改中")),
        (("问题描述", "任务名称", "责任单位"), ("甲", "乙", "招商部")),
    ],
    ids=["column", "required column", "kind"],
)
def test_read_with_open_questions_still_knows_campaign_month_and_unit(
    rows: tuple[tuple[str, ...], ...],
) -> None:
    title = f"{XIANGSHAN.campaign.name}（2022年9月）"
    reading = reading_of((title,), *rows, campaign="")
    assert all(question.is_required for question in reading.questions)
    assert placed(reading) == ("xiangshan", date(2022, 9, 1), "招商部")
    assert reading.ledgers == ()


def test_read_unknown_unit_that_resembles_one_stays_an_error_and_may_be_answered() -> None:
    row = problem(1, "规划建设局")
    reading = reading_of(PROBLEM_HEADERS, row)
    (question,) = reading.questions
    assert [(p.cell, p.found) for p in reading.errors] == [("C2", "规划建设局")]
    assert (question.key, question.is_required) == ("unit:规划建设局", False)
    assert question.choices[0] == "规划建设部"
    told = reading_of(PROBLEM_HEADERS, row, **SEPTEMBER, answers={"unit:规划建设局": "规划建设部"})
    assert (told.errors, told.questions, told.unit) == ((), (), "规划建设部")


def test_read_unknown_community_and_dimension_may_be_answered() -> None:
    headers = ("问题描述", "责任单位", "社区", "维度")
    row = ("甲", "招商部", "凤凰岭社区", "经济建设")
    answers = {"community:凤凰岭社区": "凤凰山社区", "dimension:经济建设": "经济发展"}
    asked, told = reading_of(headers, row), reading_of(headers, row, **SEPTEMBER, answers=answers)
    assert {question.key for question in asked.questions} == answers.keys()
    assert not any(question.is_required for question in asked.questions)
    assert asked.row_count == 1
    (read_row,) = told.ledgers[0].rows
    assert (read_row["community"], read_row["dimension"]) == ("凤凰山社区", "经济发展")
    assert not told.questions


def answered_lines(reading: Reading) -> list[tuple[str, str, str, str]]:
    """Return what a reading says of the names it took by an answer."""
    return [
        (p.cell, p.column, p.found, p.expected) for p in reading.problems if "答复" in p.expected
    ]


def test_read_names_taken_by_an_answer_are_said_once_with_their_first_cell() -> None:
    headers = ("问题描述", "责任单位", "社区", "维度")
    rows = (
        ("甲", "招商部、规划建设局", "凤凰岭社区", "经济建设"),
        ("乙", "规划建设局", "凤凰山社区", "一、经济建设方面"),
    )
    answers = {
        "unit:规划建设局": "规划建设部",
        "community:凤凰岭社区": "凤凰山社区",
        "dimension:经济建设": "经济发展",
        "unit:别的局": "招商部",
    }
    told = reading_of(headers, *rows, **SEPTEMBER, answers=answers)
    assert sorted(answered_lines(told)) == [
        ("B2", "unit", "规划建设局", "按已有的答复读作“规划建设部”，共 2 行"),
        ("C2", "community", "凤凰岭社区", "按已有的答复读作“凤凰山社区”"),
        ("D2", "dimension", "经济建设", "按已有的答复读作“经济发展”，共 2 行"),
    ]
    assert {p.level for p in told.problems} == {"warning"}


def test_read_name_answered_to_be_in_no_roster_says_so_beside_the_error() -> None:
    row = problem(1, "规划建设局")
    told = reading_of(PROBLEM_HEADERS, row, **SEPTEMBER, answers={"unit:规划建设局": "名册里没有"})
    assert answered_lines(told) == [
        ("C2", "unit", "规划建设局", "按已有的答复，名册里没有这个名称")
    ]
    assert [p.cell for p in told.errors] == ["C2"] and not told.questions


def test_read_alias_of_the_roster_goes_before_an_older_answer() -> None:
    row = problem(1, "规建部")
    told = reading_of(PROBLEM_HEADERS, row, **SEPTEMBER, answers={"unit:规建部": "招商部"})
    assert told.ledgers[0].rows[0]["unit"] == "规划建设部"
    assert answered_lines(told) == []


def test_read_unknown_unit_that_resembles_none_is_not_asked_about() -> None:
    assert reading_of(PROBLEM_HEADERS, problem(1, "气象台")).questions == ()
