"""Frozen meetings (issue 7.3): what was answered then is answered again, whatever came since."""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

import pytest

from tally.packs import Pack
from tally.store import question, question_names
from tally.submissions import remove_campaign
from tally.submissions.findings import Step, Subject, take_step
from tally.submissions.instructions import instruct
from tally.submissions.meetings import (
    MAIN_QUESTIONS,
    CannotFreeze,
    Seen,
    changed,
    digest,
    freeze,
    moment_of_freezing,
    state_before,
)
from tests.office import SLUG, Office
from tests.questions.ruled_pack import ruled_pack
from tests.tables import day

AS_OF = day("10-31")
SEEN = Seen(SLUG, AS_OF)
OCTOBER = """
    item_no | title | unit | due_on | state  | closed_on
    P1      | 路灯  | 甲部 | 08-01  | open   | —
    P2      | 管网  | 甲部 | 10-08  | open   | —
    P3      | 绿化  | 乙部 | 10-15  | closed | 10-10
    """
TICKETS = """
    ticket_no | unit | received_on | due_on | closed_on
    T1        | 甲部 | 10-01       | 10-09  | 10-20
    """
CHECKS = "item_no | unit | checked_on | is_verified\nP3 | 乙部 | 10-20 | no"
ROSTER = "name | unit\n某企业 | 甲部"


def own_pack(folder: Path) -> Pack:
    """Return the campaign under rules, with a folder of its own for what its pack says."""
    pack = ruled_pack()
    (folder / "campaign.toml").write_text("# 试点", "utf-8")
    return Pack(**{**vars(pack), "folder": folder})


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    """The pack of the campaign."""
    return own_pack(tmp_path)


@pytest.fixture
def met(ruled: Office) -> Office:
    """An office with lists of every sort, a finding acknowledged and an instruction."""
    ruled.send("2022-09", OCTOBER.replace("closed | 10-10", "open   | —"))
    ruled.send("2022-10", OCTOBER)
    ruled.send("2022-10", TICKETS, kind="tickets")
    ruled.send("2022-10", CHECKS, kind="checks")
    ruled.send("", ROSTER, kind="enterprises")
    acknowledged = Step("acknowledged", day("10-20"), "督查岗")
    take_step(ruled.database, Subject(SLUG, "严重超期", "P1", day("09-01")), acknowledged)
    instruct(ruled.database, SLUG, "通水", "丙部", day("10-20"), "主任", given_on=day("10-10"))
    return ruled


def answers(
    office: Office, known_at: datetime | None, names: Iterable[str] = question_names()
) -> dict[str, str]:
    """Return a digest of every question that can be asked about an earlier moment."""
    asked = {name: question(name).parameters for name in names}
    given = SEEN.parameters(known_at)
    return {
        name: digest(
            office.database.ask(name, {key: given[key] for key in given if key in parameters})
        )
        for name, parameters in asked.items()
        if "known_at" in parameters
    }


def test_reopened_meeting_answers_every_question_as_it_did(met: Office, pack: Pack) -> None:
    before = answers(met, None)
    number = freeze(met.database, pack, SEEN, "十月调度会", "督查岗")
    [meeting] = met.ask("meetings")
    assert (meeting["meeting"], meeting["note"], meeting["frozen_by"]) == (
        *(number, "十月调度会"),
        "督查岗",
    )
    for upload, kind in {row["upload"]: row["ledger"] for row in met.ask("uploads")}.items():
        if kind in ("checks", "enterprises"):
            met.take_back(upload)
    met.send("2022-10", OCTOBER.replace("10-08  | open   | —", "10-08  | closed | 10-09"))
    withdrawn = Step("withdrawn", day("10-31"), "督查岗", content="情况不实")
    take_step(met.database, Subject(SLUG, "严重超期", "P1", day("09-01")), withdrawn)
    instruct(met.database, SLUG, "通电", "丙部", day("10-20"), "主任", given_on=day("10-11"))
    met.database.forget_findings()

    again = answers(met, meeting["known_at"])
    assert [name for name in before if again[name] != before[name]] == []
    now = answers(met, None, ("meeting_agenda", "rule_findings", "instruction_progress", "items"))
    assert [name for name in now if now[name] == before[name]] == []
    assert changed(met.database, pack, meeting).pages == ()


def test_a_changed_pack_or_lost_data_is_named(met: Office, pack: Pack) -> None:
    seen = Seen(SLUG, AS_OF, "部门", ("甲部", "乙部"), ("经济",), "第一副主任")
    freeze(met.database, pack, seen, "", "督查岗")
    [meeting] = met.ask("meetings")
    assert Seen.of_meeting(meeting) == seen
    assert meeting["agenda"] == ["finding·严重超期·甲部·red·请决定"]
    assert met.ask_all("meetings", campaign="nowhere") == []
    (pack.folder / "campaign.toml").write_text("# 改过", "utf-8")
    found = changed(met.database, pack, meeting)
    assert (found.pages, found.is_pack, found.is_program) == ((), True, False)
    remove_campaign(met.database, SLUG)
    assert "预警督办" in changed(met.database, pack, meeting).pages
    assert met.ask("meetings") == []


def test_who_was_left_out_is_kept_beside_those_asked_about(met: Office, pack: Pack) -> None:
    left_out = {"left_out_unit": ("甲部",), "left_out_dimension": ("经济",)}
    seen = Seen(SLUG, AS_OF, unit=("乙部", "丙部"), dimension=("民生",), **left_out)
    freeze(met.database, pack, seen, "", "督查岗")
    [meeting] = met.ask("meetings")
    assert Seen.of_meeting(meeting) == seen
    assert changed(met.database, pack, meeting).pages == ()


def test_a_meeting_needs_a_post_and_something_published(ruled: Office, pack: Pack) -> None:
    with pytest.raises(CannotFreeze, match="经办岗位"):
        freeze(ruled.database, pack, SEEN, "", " ")
    with pytest.raises(CannotFreeze, match="没有发布"):
        freeze(ruled.database, pack, SEEN, "", "督查岗")


def test_a_meeting_is_compared_with_the_last_one_of_an_earlier_day() -> None:
    def held(on: date, as_of: date) -> dict:
        return {"held_on": on, "as_of": as_of, "known_at": datetime(on.year, on.month, on.day, 6)}

    today = day("11-05")
    meetings = [held(today, AS_OF), held(day("10-08"), day("09-30")), held(day("09-05"), AS_OF)]
    assert state_before(meetings, AS_OF, today).held_on == day("10-08")
    assert state_before(meetings, AS_OF, day("11-06")).held_on == today
    alone = state_before([], AS_OF, today)
    assert (alone.as_of, alone.known_at, alone.held_on) == (day("09-30"), None, None)


def test_a_clock_set_back_loses_nothing_that_was_published(
    ruled: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = ruled.send("2022-10", OCTOBER)
    monkeypatch.setattr("tally.submissions.meetings.clock.now", lambda: datetime(2020, 1, 1))
    moment, last_upload = moment_of_freezing(ruled.database)
    assert last_upload == upload
    assert ruled.ask("items", "10-31", known_at=moment) == ruled.ask("items", "10-31")


def test_main_questions_can_all_be_asked_about_an_earlier_moment() -> None:
    assert [name for name in MAIN_QUESTIONS if "known_at" not in question(name).parameters] == []
