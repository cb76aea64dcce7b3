"""What answers, open questions and stale drafts do to a submission."""

from datetime import date

import pytest

from tally.contracts import NOT_THE_SAME, Problem, Question, Reading
from tally.store import Database
from tally.submissions import CannotPublish, Given, Terms, import_file, publish, undo
from tally.submissions.answers import answered_keys
from tally.submissions.records import given_of, recorded
from tests.intake.samples import xlsx
from tests.office import SLUG, Office
from tests.submissions.test_provenance import database, workbook

__all__ = ["database"]
DRAFT = Terms(uploaded_by="办公室", is_draft=True)


def reworded(office: Office, month: str = "2022-09") -> Reading:
    """Publish an item in August and return a later list that words it otherwise."""
    if not office.ask("uploads"):
        office.send("2022-08", "title | item_no\n老旧小区雨污管网破损渗漏 | —", unit="甲部")
    return office.reading(month, "title | item_no\n老旧小区雨污管网破损 | —", unit="甲部")


def test_draft_with_an_open_question_is_not_published_even_after_a_restart(office: Office) -> None:
    """Publishing it would count the reworded item beside the old one."""
    outcome = office.hand_in(reworded(office))
    assert outcome.upload
    with pytest.raises(CannotPublish, match="还要回答"):
        publish(office.database, outcome.upload, "理由")
    kept = recorded(office.database, outcome.upload)
    assert kept and kept.questions == outcome.questions


def test_answered_item_is_not_asked_about_again_next_month(office: Office) -> None:
    reading = reworded(office)
    (asked,) = office.hand_in(reading).questions
    assert office.hand_in(reading, answers={asked.key: asked.choices[0]}).status == "published"
    october = office.hand_in(reworded(office, "2022-10"))
    assert (october.status, october.questions) == ("published", ())
    assert [row["item_key"] for row in office.ask("items", "12-31")] == [asked.choices[0]]


LISTED = workbook(
    ("相山经开区“六找六强”2022年9月问题台账",),
    ("问题描述", "责任单位", "社区", "完成时间节点"),
    ("甲", "规划建设局", "凤凰岭社区", "2022-09-30"),
    ("乙", "招商部", "凤凰山社区", "2022-09-30"),
)
ANSWERS = {
    "column:完成时间节点": "完成时限",
    "unit:规划建设局": "招商部",
    "community:凤凰岭社区": "凤凰山社区",
}


def test_remembered_answers_can_be_found_and_asked_once_more(database: Database) -> None:
    first = import_file(database, LISTED, "9月.xlsx", Given(answers=ANSWERS), DRAFT)
    again = import_file(database, LISTED, "9月.xlsx", Given(), DRAFT)
    assert (first.status, again.status, again.questions) == ("draft", "draft", ())
    assert answered_keys(again.problems) == ANSWERS.keys()
    # An empty answer stands against the remembered one.
    given = Given(answers=dict.fromkeys(answered_keys(again.problems), ""))
    asked = import_file(database, LISTED, "9月.xlsx", given, DRAFT)
    assert {question.key for question in asked.questions} == {"column:完成时间节点"}
    given = Given(answers={**given.answers, "column:完成时间节点": "完成时限"})
    asked = import_file(database, LISTED, "9月.xlsx", given, DRAFT)
    assert {question.key for question in asked.questions} == {
        "unit:规划建设局",
        "community:凤凰岭社区",
    }


def test_answer_that_names_who_sends_the_file_is_found_by_that_units_next_file(
    database: Database,
) -> None:
    """Without it the next file is nobody's, and what its unit answered would not be found."""
    heads = ("问题描述", "责任单位", "完成时间节点")
    answers = {"column:完成时间节点": "完成时限", "unit:规划建设局": "规划建设部"}
    title = "相山经开区“六找六强”2022年{}月问题台账"
    row = ("甲", "规划建设局", "2022-09-30")
    september = workbook((title.format(9),), heads, row)
    october = xlsx((title.format(10),), heads, row, name="台账")
    first = import_file(database, september, "9月.xlsx", Given(answers=answers), DRAFT)
    again = import_file(database, october, "10月.xlsx", Given(), DRAFT)
    assert (first.unit, again.unit) == ("规划建设部", "规划建设部")
    assert (again.status, again.questions) == ("draft", ())


def test_head_of_two_meanings_is_asked_about_once_and_not_every_month(database: Database) -> None:
    title = "相山经开区“六找六强”2022年{}月问题台账"
    heads, row = ("问题描述", "责任单位", "完成时间"), ("甲", "招商部", "2022-09-20")
    september = xlsx((title.format(9),), heads, row, name="台账")
    asked = import_file(database, september, "9月.xlsx", Given(), DRAFT)
    assert (asked.status, [q.key for q in asked.questions]) == ("question", ["column:完成时间"])
    given = Given(answers={"column:完成时间": "销号日期"})
    assert import_file(database, september, "9月.xlsx", given, DRAFT).status == "draft"
    october = xlsx((title.format(10),), heads, row, name="台账")
    again = import_file(database, october, "10月.xlsx", Given(), DRAFT)
    assert (again.status, again.questions) == ("draft", ())
    assert answered_keys(again.problems) == {"column:完成时间"}


def test_remembered_answer_of_a_sheet_can_be_found(database: Database) -> None:
    told = Problem("warning", "汇总", "", "", "", "按已有的答复，未导入", "")
    other = Problem("warning", "汇总", "B3", "unit", "规建部", "应为名册中的单位", "")
    assert answered_keys([told, other]) == {"sheet:汇总"}


def test_two_rows_answered_to_be_one_item_are_refused_with_their_places(office: Office) -> None:
    office.send("2022-08", "title | item_no\n老旧小区雨污管网破损渗漏 | —", unit="甲部")
    text = "title | item_no\n老旧小区雨污管网破损 | —\n老旧小区雨污管网渗漏 | —"
    reading = office.reading("2022-09", text, unit="甲部")
    first, second = office.hand_in(reading).questions
    answers = {first.key: first.choices[0], second.key: second.choices[0]}
    outcome = office.hand_in(reading, answers=answers)
    assert outcome.status == "refused"
    assert [(problem.cell, problem.column) for problem in outcome.problems] == [
        ("第 3 行", "title")
    ]


def test_same_file_with_a_new_answer_is_not_unchanged(office: Office) -> None:
    office.send("2022-08", "item_no | title\nP1 | 一\nP2 | 二", unit="甲部")
    reading = office.reading("2022-09", "item_no | title\nP1 | 一", unit="甲部")
    assert office.hand_in(reading).status == "published"
    assert office.hand_in(reading).status == "unchanged"
    answers = {"vanished:P2": "移交"}
    assert office.hand_in(reading, answers=answers).status == "published"
    assert [row["item_key"] for row in office.ask("items", "12-31")] == ["P1"]
    assert office.hand_in(reading, answers=answers).status == "unchanged"


def test_list_that_changed_nearly_whole_needs_a_reason(office: Office) -> None:
    """Too many to ask about one by one, and they would all be counted twice."""
    before = "\n".join(f"第{number}个点位积水 | —" for number in range(210))
    after = "\n".join(f"点位{number}的积水问题 | —" for number in range(210))
    office.send("2022-08", f"title | item_no\n{before}", unit="甲部")
    outcome = office.hand_in(office.reading("2022-09", f"title | item_no\n{after}", unit="甲部"))
    assert (outcome.status, outcome.comparison.count("reversed")) == ("draft", 210)


def test_draft_is_stale_after_what_it_was_compared_with_is_taken_back(office: Office) -> None:
    head = "item_no | state\n"
    office.send("2022-08", f"{head}P1 | closed", unit="甲部")
    september = office.send("2022-09", f"{head}P1 | open", unit="甲部")
    outcome = office.hand_in(office.reading("2022-10", f"{head}P1 | open", unit="甲部"), DRAFT)
    undo(office.database, september)
    assert outcome.upload
    with pytest.raises(CannotPublish, match="请重新导入"):
        publish(office.database, outcome.upload)


def test_draft_of_a_unit_is_stale_after_a_list_of_all_units(office: Office) -> None:
    head = "item_no | unit | state\n"
    office.send("2022-08", f"{head}P1 | 甲部 | open")
    outcome = office.hand_in(
        office.reading("2022-10", f"{head}P1 | 甲部 | open", unit="甲部"), DRAFT
    )
    office.send("2022-09", f"{head}P1 | 甲部 | closed")
    assert outcome.upload
    with pytest.raises(CannotPublish, match="请重新导入"):
        publish(office.database, outcome.upload)


def test_reason_given_with_the_file_is_kept_for_who_publishes_it(office: Office) -> None:
    head = "item_no | state\n"
    office.send("2022-08", f"{head}P1 | closed", unit="甲部")
    terms = Terms(uploaded_by="办公室", reason="复核退回", is_draft=True)
    outcome = office.hand_in(office.reading("2022-09", f"{head}P1 | open", unit="甲部"), terms)
    assert outcome.upload
    publish(office.database, outcome.upload, by="审核岗位")
    assert office.ask("uploads", upload=outcome.upload)[0]["reason"] == "复核退回"


def test_what_was_said_beside_a_recorded_file_is_known(office: Office) -> None:
    reading = reworded(office)
    (asked,) = office.hand_in(reading).questions
    outcome = office.hand_in(reading, DRAFT, {asked.key: NOT_THE_SAME})
    assert outcome.upload
    assert given_of(office.database, outcome.upload) == Given(
        campaign=SLUG, month=date(2022, 9, 1), unit="甲部", answers={asked.key: NOT_THE_SAME}
    )
    assert given_of(office.database, 999) == Given()


def test_required_question_of_a_record_comes_back_as_it_was_asked(office: Office) -> None:
    outcome = office.hand_in(reworded(office))
    (asked,) = outcome.questions
    assert isinstance(asked, Question) and asked.is_required
    assert asked.choices[-1] == NOT_THE_SAME
