"""What answers, open questions and stale drafts do to a submission."""

import pytest

from tally.contracts import NOT_THE_SAME, Question, Reading
from tally.submissions import CannotPublish, Terms, publish, undo
from tally.submissions.records import recorded
from tests.office import Office

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


def test_required_question_of_a_record_comes_back_as_it_was_asked(office: Office) -> None:
    outcome = office.hand_in(reworded(office))
    (asked,) = outcome.questions
    assert isinstance(asked, Question) and asked.is_required
    assert asked.choices[-1] == NOT_THE_SAME
