"""Review, sealing, returns, nil returns: who may publish what, and what is kept of it."""

import io
from collections.abc import Callable
from datetime import date

import openpyxl
import pytest

from tally.submissions import (
    CannotPublish,
    CannotSeal,
    CannotUndo,
    NilReturn,
    Terms,
    publish,
    receipt_of,
    return_upload,
    seal,
    send_nil,
    unseal,
)
from tests.office import SLUG, Office, assert_answer

MONTH = date(2022, 9, 1)
LIST = "item_no | title | due_on | state\nP1 | 积水 | 09-20 | open\nP2 | 招商 | 09-25 | open"
MORE = f"{LIST}\nP3 | 路 | 09-30 | open"


def record(office: Office, upload: int | None) -> dict:
    """Return what is kept of an upload."""
    [row] = office.ask("uploads", upload=upload)
    return row


def item_keys(office: Office, as_of: str = "12-31") -> list[str]:
    """Return the keys of the items in force, in alphabetical order."""
    return sorted(row["item_key"] for row in office.ask("items", as_of))


@pytest.fixture
def reviewed(office_with: Callable[..., Office]) -> Office:
    """An office whose campaign is reviewed."""
    return office_with(is_reviewed=True)


def test_import_of_a_reviewed_campaign_stays_a_draft(reviewed: Office) -> None:
    reading = reviewed.reading("2022-09", LIST, unit="甲部")
    outcome = reviewed.hand_in(reading, Terms(uploaded_by="甲部统计岗"))
    assert outcome.status == "draft"
    assert "另一" in outcome.sentence or "换一个岗位" in outcome.sentence
    assert item_keys(reviewed) == []


@pytest.mark.parametrize(
    ("by", "said"), [("", "另一岗位"), ("甲部统计岗", "换一个岗位"), (" 甲部 统计岗", "换一个岗位")]
)
def test_nobody_publishes_what_they_sent(reviewed: Office, by: str, said: str) -> None:
    reading = reviewed.reading("2022-09", LIST, unit="甲部")
    upload = reviewed.hand_in(reading, Terms(uploaded_by="甲部统计岗")).upload
    assert upload
    with pytest.raises(CannotPublish, match=said):
        publish(reviewed.database, upload, by=by)
    assert record(reviewed, upload)["status"] == "draft"


def test_reviewer_publishes_and_is_kept(reviewed: Office) -> None:
    reading = reviewed.reading("2022-09", LIST, unit="甲部")
    upload = reviewed.hand_in(reading, Terms(uploaded_by="甲部统计岗")).upload
    assert upload
    before = reviewed.now()
    publish(reviewed.database, upload, by="督查岗")
    row = record(reviewed, upload)
    assert (row["status"], row["reviewed_by"]) == ("published", "督查岗")
    assert before < row["reviewed_at"] < reviewed.now()
    assert item_keys(reviewed) == ["P1", "P2"]


def test_nil_return_of_a_reviewed_campaign_waits_for_the_reviewer(reviewed: Office) -> None:
    outcome = send_nil(
        reviewed.database, NilReturn(SLUG, "problems", MONTH, "甲部"), by="甲部统计岗"
    )
    assert outcome.status == "draft" and outcome.upload
    publish(reviewed.database, outcome.upload, by="督查岗")
    assert record(reviewed, outcome.upload)["status"] == "published"


def test_campaign_without_review_publishes_at_once_and_names_no_reviewer(office: Office) -> None:
    upload = office.send("2022-09", LIST, unit="甲部")
    assert record(office, upload)["reviewed_by"] is None


def test_what_was_counted_and_answered_is_kept_with_the_upload(office: Office) -> None:
    office.send("2022-08", "item_no | title\nP1 | 积水\nP9 | 管网", unit="甲部")
    upload = office.send("2022-09", "item_no | title\nP1 | 内涝\nP2 | 招商", unit="甲部")
    row = record(office, upload)
    counts = {kind: row[f"{kind}_count"] for kind in ("added", "changed", "vanished", "reversed")}
    assert counts == {"added": 1, "changed": 1, "vanished": 1, "reversed": 0}


def test_sealed_month_takes_a_reason_and_the_correction_says_so(office: Office) -> None:
    first = office.send("2022-09", LIST, unit="甲部")
    seal(office.database, SLUG, MONTH, "第3期通报", "督查岗")
    outcome = office.hand_in(office.reading("2022-09", MORE, unit="甲部"))
    assert outcome.status == "draft" and outcome.upload
    for words in ("2022年9月已封账", "第3期通报", "理由"):
        assert words in outcome.sentence
    publish(office.database, outcome.upload, "漏报一项")
    row = record(office, outcome.upload)
    assert (row["is_correction"], row["reason"]) == (True, "漏报一项")
    assert not record(office, first)["is_correction"]


def test_other_months_and_an_unsealed_month_take_no_reason(office: Office) -> None:
    office.send("2022-09", LIST, unit="甲部")
    seal(office.database, SLUG, MONTH, "第3期通报")
    october = office.hand_in(office.reading("2022-10", LIST, unit="甲部"))
    assert (october.status, record(office, october.upload)["is_correction"]) == ("published", False)
    unseal(office.database, SLUG, MONTH)
    again = office.hand_in(office.reading("2022-09", MORE, unit="甲部"))
    assert (again.status, record(office, again.upload)["is_correction"]) == ("published", False)


def test_lifted_seals_are_kept_and_a_month_is_quoted_more_than_once(office: Office) -> None:
    office.send("2022-09", LIST, unit="甲部")
    for notice in ("第3期通报", "季度专报"):
        seal(office.database, SLUG, MONTH, notice, "督查岗")
    unseal(office.database, SLUG, MONTH)
    seal(office.database, SLUG, MONTH, "第4期通报", "督查岗")
    assert_answer(
        office.ask("sealed_months"),
        """
        month   | quoted_in  | sealed_by | is_in_force
        2022-09 | 第4期通报  | 督查岗    | yes
        2022-09 | 季度专报   | 督查岗    | no
        2022-09 | 第3期通报  | 督查岗    | no
        """,
    )


def test_seal_is_refused_with_the_reason(office: Office) -> None:
    with pytest.raises(CannotSeal, match="还没有已发布的台账"):
        seal(office.database, SLUG, MONTH, "第3期通报")
    with pytest.raises(CannotSeal, match="没有封账"):
        unseal(office.database, SLUG, MONTH)
    office.send("2022-09", LIST, unit="甲部")
    seal(office.database, SLUG, MONTH, "第3期通报")
    with pytest.raises(CannotSeal, match="已为《第3期通报》封账"):
        seal(office.database, SLUG, MONTH, "第3期通报")
    with pytest.raises(CannotSeal, match="哪一份通报"):
        seal(office.database, SLUG, MONTH, " ")


def test_what_a_notice_quoted_cannot_be_taken_back_but_its_correction_can(office: Office) -> None:
    first = office.send("2022-09", LIST, unit="甲部")
    seal(office.database, SLUG, MONTH, "第3期通报")
    with pytest.raises(CannotUndo, match="已封账"):
        office.take_back(first)
    with pytest.raises(CannotUndo, match="已封账"):
        return_upload(office.database, first, "改日期")
    correction = office.send("2022-09", "item_no\nP1\nP2\nP3", unit="甲部")
    office.take_back(correction)
    assert item_keys(office) == ["P1", "P2"]


def test_returned_list_is_out_of_force_and_keeps_its_reason(office: Office) -> None:
    first = office.send("2022-09", LIST, unit="甲部")
    second = office.send("2022-09", "item_no\nP7\nP8\nP9", unit="甲部")
    return_upload(office.database, second, "缺完成时限", "督查岗")
    assert item_keys(office) == ["P1", "P2"]
    row = record(office, second)
    assert (row["status"], row["returned_reason"]) == ("returned", "缺完成时限")
    assert row["reviewed_by"] == "督查岗"
    assert record(office, first)["status"] == "published"


def test_returned_list_never_comes_back_by_an_undo(office: Office) -> None:
    first = office.send("2022-09", LIST, unit="甲部")
    return_upload(office.database, first, "缺完成时限")
    second = office.send("2022-09", "item_no\nP7", unit="甲部")
    office.take_back(second)
    assert item_keys(office) == []


def test_returned_draft_can_no_longer_be_published(office: Office) -> None:
    reading = office.reading("2022-09", LIST, unit="甲部")
    draft = office.hand_in(reading, Terms(is_draft=True)).upload
    assert draft
    return_upload(office.database, draft, "缺完成时限")
    row = record(office, draft)
    assert (row["status"], row["month"], row["ledger"]) == ("returned", "2022-09", "problems")
    with pytest.raises(CannotPublish, match="已退回修改"):
        publish(office.database, draft)


def test_return_takes_a_reason_and_something_in_force(office: Office) -> None:
    upload = office.send("2022-09", LIST, unit="甲部")
    with pytest.raises(CannotUndo, match="理由"):
        return_upload(office.database, upload, " ")
    office.take_back(upload)
    with pytest.raises(CannotUndo, match=str(upload)):
        return_upload(office.database, upload, "缺完成时限")


def test_nil_return_reports_the_month_and_leaves_open_items_open(office: Office) -> None:
    office.send("2022-08", LIST, unit="甲部")
    outcome = send_nil(office.database, NilReturn(SLUG, "problems", MONTH, "甲部"), by="甲部")
    row = record(office, outcome.upload)
    assert (row["status"], row["is_nil"], row["row_count"]) == ("published", True, 0)
    assert (row["file"], row["sha256"], row["uploaded_by"]) == ("零报告", None, "甲部")
    assert item_keys(office) == ["P1", "P2"]
    assert not any(item["is_vanished"] for item in office.ask("items", "09-30"))
    assert office.ask("unit_reporting", "09-30")[0]["is_reported"]


def test_nil_return_never_replaces_a_list(office: Office) -> None:
    office.send("2022-09", LIST, unit="甲部")
    with pytest.raises(CannotPublish, match=r"办公室在 .*《甲部2022-09问题台账.xlsx》"):
        send_nil(office.database, NilReturn(SLUG, "problems", MONTH, "甲部"))
    office.send("2022-10", "item_no | unit\nP1 | 甲部")
    with pytest.raises(CannotPublish, match="合并报送"):
        send_nil(office.database, NilReturn(SLUG, "problems", date(2022, 10, 1), "乙部"))
    assert len(office.ask("uploads")) == 2


@pytest.mark.parametrize(
    ("ledger", "unit", "said"), [("tickets", "甲部", "逐条登记"), ("problems", "外单位", "外单位")]
)
def test_nil_return_is_refused_where_it_says_nothing(
    office: Office, ledger: str, unit: str, said: str
) -> None:
    with pytest.raises(CannotPublish, match=said):
        send_nil(office.database, NilReturn(SLUG, ledger, MONTH, unit))
    assert office.ask("uploads") == []


def test_receipt_says_what_was_received_and_as_what_it_was_read(office: Office) -> None:
    upload = office.send("2022-09", LIST, unit="甲部")
    book = openpyxl.load_workbook(io.BytesIO(receipt_of(office.database, upload)))
    facts = {row[0]: row[1] for row in book["回执"].iter_rows(values_only=True) if row[0]}
    assert facts["编号"] == f"{upload} 号"
    assert facts["文件"] == "甲部2022-09问题台账.xlsx"
    assert facts["文件校验码"] == record(office, upload)["sha256"]
    assert (facts["归属月份"], facts["报送单位"]) == ("2022年9月", "甲部")
    assert facts["读入行数"] == "2 行"
    assert facts["与上一期比较"] == "新增 2 项、变化 0 项、消失 0 项、倒退 0 项"
    assert facts["报送"].startswith("办公室")
    head, *rows = book["问题台账"].iter_rows(values_only=True)
    read = [dict(zip(head, row, strict=True)) for row in rows]
    assert [(row["原表"], row["行"], row["问题描述"]) for row in read] == [
        ("台账", 2, "积水"),
        ("台账", 3, "招商"),
    ]
    assert f"{read[0]['完成时限']:%Y-%m-%d}" == "2022-09-20"


def test_receipt_of_a_nil_return_has_no_rows(office: Office) -> None:
    outcome = send_nil(office.database, NilReturn(SLUG, "problems", MONTH, "甲部"))
    assert outcome.upload
    book = openpyxl.load_workbook(io.BytesIO(receipt_of(office.database, outcome.upload)))
    facts = {row[0]: row[1] for row in book["回执"].iter_rows(values_only=True) if row[0]}
    assert (facts["状态"], facts["读入行数"]) == ("已发布，零报告", "0 行")
