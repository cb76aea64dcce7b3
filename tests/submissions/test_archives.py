"""Campaigns put away, and what of an ended one goes on in the next (A15)."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tally import clock
from tally.packs import packs
from tally.store import Database
from tally.submissions import (
    CannotArchive,
    CannotCarry,
    CannotPublish,
    CannotUndo,
    CannotWithdraw,
    Given,
    NilReturn,
    Outcome,
    Terms,
    archive,
    carry_over,
    carrying,
    import_file,
    kept_row,
    publish,
    remove_campaign,
    send_nil,
    side_by_side,
    unarchive,
    undo,
    withdraw,
)
from tests.intake.samples import xlsx
from tests.office import SLUG, Office, assert_answer
from tests.tables import day

OLD, NEW = "xiangshan", "huaihua"
HEADS = (
    "问题编号",
    "问题描述",
    "责任单位",
    "完成时限",
    "延期至",
    "延期批准日期",
    "状态",
    "销号日期",
)
OPEN = ("XS-1", "路灯不亮", "招商部", "2022-10-31", "2022-12-20", "2022-10-20", "正在推进", None)
UNNUMBERED = (None, "路面破损", "招商部", "2022-11-30", None, None, "提级", None)
CLOSED = ("XS-3", "管网错接", "招商部", "2022-10-31", None, None, "已销号", "2022-10-30")


def states(office: Office, as_of: str) -> list[str]:
    return [row["state"] for row in office.ask_all("campaigns", as_of)]


def test_campaign_is_ahead_running_and_ended_by_its_days(office: Office) -> None:
    assert [states(office, on) for on in ("06-30", "07-01", "12-31", "2023-01-01")] == [
        *(["upcoming"], ["running"], ["running"], ["ended"]),
    ]


def test_archived_campaign_says_so_until_it_is_taken_out_again(office: Office) -> None:
    office.send("2022-09", "item_no | state\nP1 | open\nP2 | closed", unit="甲部")
    archive(office.database, SLUG, "办公室")
    (row,) = office.ask_all("campaigns", "2023-01-01")
    assert (row["state"], row["archived_by"], row["open_count"]) == ("archived", "办公室", 1)
    with pytest.raises(CannotArchive, match="已经归档"):
        archive(office.database, SLUG)
    unarchive(office.database, SLUG)
    assert states(office, "2023-01-01") == ["ended"]
    with pytest.raises(CannotArchive, match="没有归档"):
        unarchive(office.database, SLUG)


def test_nothing_is_taken_in_for_an_archived_campaign(office: Office) -> None:
    published = office.send("2022-08", "item_no\nP1", unit="甲部")
    september = office.reading("2022-09", "item_no\nP1", unit="甲部")
    draft = office.hand_in(september, Terms(is_draft=True)).upload
    archive(office.database, SLUG)
    refused = office.hand_in(office.reading("2022-10", "item_no\nP1", unit="甲部"))
    assert refused.status == "refused"
    assert refused.problems[0].expected == "这个专项行动已归档，不再接收台账"
    assert "取消归档" in refused.sentence
    with pytest.raises(CannotPublish, match="已归档"):
        publish(office.database, draft or 0)
    with pytest.raises(CannotPublish, match="已归档"):
        send_nil(office.database, NilReturn(SLUG, "problems", day("09-01"), "甲部"))
    with pytest.raises(CannotUndo, match="已归档"):
        undo(office.database, published)
    with pytest.raises(CannotWithdraw, match="已归档"):
        withdraw(office.database, published, {"P1": "撤销"})
    assert_answer(office.ask("published_months"), "month\n08-01")
    unarchive(office.database, SLUG)
    publish(office.database, draft or 0)
    assert_answer(office.ask("published_months"), "month\n09-01\n08-01")


def test_campaign_whose_data_are_removed_is_not_in_the_archive(office: Office) -> None:
    archive(office.database, SLUG)
    remove_campaign(office.database, SLUG)
    assert states(office, "2023-01-01") == ["ended"]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A home with a September list of the old campaign, and the new one's roster."""
    opened = Database(tmp_path / "home", packs())
    sent(opened, OLD, "problems", HEADS, OPEN, UNNUMBERED, CLOSED)
    sent(opened, NEW, "units", ("单位名称", "分组"), ("招商部", packs()[NEW].leagues[0].name))
    yield opened
    opened.close()


def sent(database: Database, campaign: str, ledger: str, *rows: tuple[Any, ...]) -> Outcome:
    month = None if ledger == "units" else date(2022, 9, 1)
    given = Given(campaign=campaign, ledger=ledger, month=month)
    outcome = import_file(database, xlsx(*rows), "台账.xlsx", given, Terms("办公室", "测试"))
    assert outcome.status == "published", outcome.problems
    return outcome


def items(database: Database, campaign: str) -> list[dict[str, Any]]:
    asked = {"campaign": campaign, "as_of": date(2022, 12, 31)}
    return sorted(database.ask("items", asked).to_pylist(), key=lambda row: row["title"])


def carried(database: Database) -> Outcome:
    (outcome,) = carry_over(database, OLD, NEW, "办公室")
    assert outcome.status == "draft", outcome.problems
    publish(database, outcome.upload or 0)
    return outcome


def test_open_items_become_a_draft_with_their_first_deadline(database: Database) -> None:
    found = carrying(database, OLD, NEW)
    assert (found.row_count, found.done_count, found.unknown_units) == (2, 0, ())
    assert items(database, NEW) == []
    outcome = carried(database)
    assert outcome.month == date(2022, 7, 1)
    numbered, unnumbered = items(database, NEW)
    assert (numbered["item_key"], numbered["due_on"]) == ("XS-1(2022结转)", date(2022, 10, 31))
    assert (unnumbered["due_on"], unnumbered["state"]) == (date(2022, 11, 30), "escalated")
    numbers = database.rows("SELECT carried_from FROM store.main.problems ORDER BY 1 DESC")
    name = packs()[OLD].campaign.name
    marks = [mark for mark in numbers["carried_from"].to_pylist() if mark]
    assert marks[0].startswith(f"{name} ~")
    assert marks[1] == f"{name} XS-1"


def test_carried_row_leads_back_to_the_workbook_that_was_made(database: Database) -> None:
    outcome = carried(database)
    row = next(row for row in items(database, NEW) if row["title"] == "路灯不亮")
    kept = kept_row(database, outcome.upload or 0, row["sheet"], row["row"])
    assert kept
    assert kept.original.is_file()
    told = {pair.column: pair.content for pair in side_by_side(kept).pairs}
    assert told["结转自"] == f"{packs()[OLD].campaign.name} XS-1"
    assert told["完成时限"] == "2022-10-31"


def test_item_is_never_carried_twice(database: Database) -> None:
    carried(database)
    with pytest.raises(CannotCarry, match="2 项都已经结转过"):
        carry_over(database, OLD, NEW)
    sent(database, OLD, "problems", HEADS, OPEN, UNNUMBERED, ("XS-4", "噪声", *OPEN[2:]))
    assert (carrying(database, OLD, NEW).row_count, carrying(database, OLD, NEW).done_count) == (
        1,
        2,
    )
    carried(database)
    assert [row["title"] for row in items(database, NEW)] == ["噪声", "路灯不亮", "路面破损"]


def test_draft_that_waits_is_not_drafted_again(database: Database) -> None:
    carry_over(database, OLD, NEW)
    with pytest.raises(CannotCarry, match="已有一份结转的草稿"):
        carry_over(database, OLD, NEW)


def test_unit_that_the_other_campaign_lacks_is_named_and_refused(database: Database) -> None:
    sent(database, OLD, "problems", HEADS, ("XS-9", "噪声", "凤凰山社区", *OPEN[3:]))
    assert carrying(database, OLD, NEW).unknown_units == ("凤凰山社区",)
    (outcome,) = carry_over(database, OLD, NEW)
    assert outcome.status == "refused"
    assert [p.expected for p in outcome.problems if p.level == "error"] == [
        "名册里没有“凤凰山社区”"
    ]


@pytest.mark.parametrize(
    ("source", "target", "reason"),
    [(OLD, OLD, "两个不同"), (NEW, OLD, "没有未办结的事项")],
)
def test_carrying_that_makes_no_sense_is_refused(
    database: Database, source: str, target: str, reason: str
) -> None:
    with pytest.raises(CannotCarry, match=reason):
        carry_over(database, source, target)


def test_campaign_that_runs_or_is_archived_is_not_mixed_up_with_another(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive(database, NEW)
    with pytest.raises(CannotCarry, match="已归档"):
        carrying(database, OLD, NEW)
    unarchive(database, NEW)
    archive(database, OLD)
    assert carrying(database, OLD, NEW).row_count == 2
    monkeypatch.setattr(clock, "today", lambda: packs()[OLD].campaign.end_on)
    with pytest.raises(CannotCarry, match="才结束"):
        carrying(database, OLD, NEW)
