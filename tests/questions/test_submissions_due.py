"""submissions_due: who owes which list by when, and what came of it (E1)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tally import clock
from tally.packs import DEMO, ExpectedLedger
from tally.store import Database
from tally.submissions import NilReturn, Terms, return_upload, seal, send_nil
from tally.workdays import LAST_KNOWN_YEAR, workday_from
from tests.office import DEPARTMENTS, PLACES, SLUG, Office, assert_answer, trial_pack
from tests.tables import day

MONTH = date(2022, 9, 1)
PLAYED = Terms(uploaded_by=DEMO, reason=DEMO, is_sample=True)


def send_on(office: Office, came_on: str, *lists: str, **options: str) -> int:
    """Publish a list of September that came on a day of 2022, as demonstration data do."""
    month = options.pop("month", "2022-09")
    reading = office.reading(month, *lists, **options)  # type: ignore[arg-type]
    outcome = office.hand_in(replace(reading, reported_on=day(came_on)), PLAYED)
    assert outcome.status == "published" and outcome.upload, outcome.sentence
    return outcome.upload


def owed(office: Office, as_of: str | None = "10-31", unit: str = "甲部") -> dict:
    """Return the row of a unit's problem list of September."""
    rows = office.ask("submissions_due", as_of, month="2022-09")
    [row] = [row for row in rows if (row["unit"], row["ledger"]) == (unit, "problems")]
    return row


def test_roster_names_every_list_owed_and_what_came_of_it(office: Office) -> None:
    send_on(office, "10-08", "item_no\nP1", unit="甲部")
    send_on(office, "10-09", "item_no\nP2", unit="乙部")
    send_nil(office.database, NilReturn(SLUG, "problems", MONTH, "丙部"), by="丙部")
    # The 5th is in the holiday, which ends with a worked Saturday; the 31st is a Monday.
    rows = office.ask("submissions_due", "10-10", month="2022-09")
    assert_answer(
        [row | {"unit": row["unit"] or "合并"} for row in rows],
        """
        month   | unit   | ledger   | due_on | status      | version | is_late | row_count
        2022-09 | 甲部   | problems | 10-08  | sent        | 1       | no      | 1
        2022-09 | 乙部   | problems | 10-08  | late        | 1       | yes     | 1
        2022-09 | 丙部   | problems | 10-08  | nil         | 1       | yes     | 0
        2022-09 | 丁部   | problems | 10-08  | missing     | 0       | no      | —
        2022-09 | 东社区 | problems | 10-08  | missing     | 0       | no      | —
        2022-09 | 西社区 | problems | 10-08  | missing     | 0       | no      | —
        2022-09 | 合并   | checks   | 10-31  | not yet due | 0       | no      | —
        2022-09 | 合并   | tickets  | —      | not yet due | 0       | no      | —
        """,
    )


@pytest.mark.parametrize(
    ("as_of", "status"), [("10-07", "not yet due"), ("10-08", "not yet due"), ("10-09", "missing")]
)
def test_list_is_missing_from_the_day_after_it_is_due(
    office: Office, as_of: str, status: str
) -> None:
    assert owed(office, as_of)["status"] == status


def test_without_a_day_every_due_day_is_past(office: Office) -> None:
    assert owed(office, None)["status"] == "missing"


def test_correction_after_the_day_leaves_a_list_in_time(office: Office) -> None:
    send_on(office, "10-07", "item_no\nP1", unit="甲部")
    second = send_on(office, "10-20", "item_no\nP1\nP2", unit="甲部")
    row = owed(office)
    assert (row["status"], row["version"], row["upload"]) == ("sent", 2, second)


def test_list_that_replaces_one_taken_back_is_judged_by_its_own_day(office: Office) -> None:
    first = send_on(office, "10-07", "item_no\nP1", unit="甲部")
    office.take_back(first)
    assert owed(office)["status"] == "missing"
    send_on(office, "10-20", "item_no\nP2", unit="甲部")
    row = owed(office)
    assert (row["status"], row["version"]) == ("late", 1)


def test_undone_correction_is_no_version(office: Office) -> None:
    first = send_on(office, "10-07", "item_no\nP1", unit="甲部")
    office.take_back(send_on(office, "10-20", "item_no\nP1\nP2", unit="甲部"))
    row = owed(office)
    assert (row["status"], row["version"], row["upload"]) == ("sent", 1, first)


def test_real_lists_are_judged_by_the_day_of_receipt(office: Office) -> None:
    reading = office.reading("2022-09", "item_no\nP1", unit="甲部")
    before = clock.now()
    office.hand_in(replace(reading, reported_on=day("10-01")))
    # The date in the file is the sender's own word.
    assert owed(office)["status"] == "late"
    assert before <= owed(office)["submitted_at"] <= clock.now()


def test_returned_list_is_missing_with_the_reason_until_another_comes(office: Office) -> None:
    upload = send_on(office, "10-07", "item_no\nP1", unit="甲部")
    return_upload(office.database, upload, "缺完成时限")
    row = owed(office)
    assert (row["status"], row["upload"], row["returned_reason"]) == ("missing", None, "缺完成时限")
    send_on(office, "10-08", "item_no | due_on\nP1 | 10-31", unit="甲部")
    row = owed(office)
    assert (row["status"], row["version"], row["returned_reason"]) == ("sent", 1, None)


def test_returned_correction_brings_the_earlier_list_back_and_says_why(office: Office) -> None:
    first = send_on(office, "10-07", "item_no\nP1", unit="甲部")
    second = send_on(office, "10-08", "item_no\nP1\nP2", unit="甲部")
    return_upload(office.database, second, "P2 不属本单位")
    row = owed(office)
    found = (row["status"], row["upload"], row["returned_reason"])
    assert found == ("sent", first, "P2 不属本单位")


def test_draft_is_named_and_does_not_count(office: Office) -> None:
    reading = office.reading("2022-09", "item_no\nP1", unit="甲部")
    draft = office.hand_in(reading, Terms(is_draft=True)).upload
    row = owed(office)
    assert (row["status"], row["draft"], row["version"]) == ("missing", draft, 0)


def test_real_list_takes_the_place_of_a_nil_return(office: Office) -> None:
    send_nil(office.database, NilReturn(SLUG, "problems", MONTH, "甲部"))
    assert owed(office)["status"] == "nil"
    upload = office.send("2022-09", "item_no\nP1", unit="甲部")
    row = owed(office)
    assert (row["status"], row["version"], row["upload"]) == ("late", 2, upload)


def test_list_of_all_units_has_nothing_to_report_of_who_is_not_in_it(office: Office) -> None:
    upload = send_on(office, "10-07", "item_no | unit\nP1 | 甲部\nP2 | 乙部")
    rows = office.ask("submissions_due", "10-31", month="2022-09")
    problems = {row["unit"]: row for row in rows if row["ledger"] == "problems"}
    assert list(problems) == [*DEPARTMENTS, *PLACES]
    joint = {unit for unit, row in problems.items() if row["is_joint"]}
    assert joint == {*DEPARTMENTS, *PLACES}
    assert {row["upload"] for row in problems.values()} == {upload}
    sent = {unit for unit, row in problems.items() if row["status"] == "sent"}
    assert sent == {"甲部", "乙部"}
    assert {problems[unit]["status"] for unit in problems.keys() - sent} == {"nil"}


def test_nil_return_of_all_units_answers_for_each_of_them(office: Office) -> None:
    send_nil(office.database, NilReturn(SLUG, "problems", MONTH))
    rows = office.ask("submissions_due", "10-31", month="2022-09")
    assert {row["status"] for row in rows if row["ledger"] == "problems"} == {"nil"}


def test_list_of_a_unit_or_one_owed_for_all_is_not_joint(office: Office) -> None:
    send_on(office, "10-07", "item_no\nP1", unit="甲部")
    send_on(office, "10-07", "item_no | unit | checked_on\nP1 | 甲部 | 09-20", kind="checks")
    rows = [row for row in office.ask("submissions_due", "10-31") if row["upload"]]
    assert [(row["ledger"], row["is_joint"]) for row in rows] == [
        ("problems", False),
        ("checks", False),
    ]


def test_list_that_nobody_owed_is_shown_as_sent_without_a_day(office: Office) -> None:
    send_on(office, "10-07", "item_no\nT1", kind="tasks", unit="甲部")
    send_on(office, "07-20", "item_no\nP1", unit="甲部", month="2022-06")
    rows = [row for row in office.ask("submissions_due", "12-31") if row["upload"]]
    assert_answer(
        rows,
        """
        month   | unit | ledger   | due_on | status
        2022-06 | 甲部 | problems | —      | sent
        2022-09 | 甲部 | tasks    | —      | sent
        """,
    )


def test_only_months_of_the_campaign_are_owed(office: Office) -> None:
    months = {row["month"] for row in office.ask("submissions_due", "12-31")}
    assert sorted(months) == [f"2022-{number:02}" for number in range(7, 13)]
    december = office.ask("submissions_due", "12-31", month="2022-12")
    days = {(row["ledger"], row["due_on"]) for row in december}
    expected = {("problems", day("2023-01-05")), ("checks", day("2023-01-31")), ("tickets", None)}
    assert days == expected


def test_correction_of_a_sealed_month_says_so(office: Office) -> None:
    send_on(office, "10-07", "item_no\nP1", unit="甲部")
    seal(office.database, SLUG, MONTH, "第3期通报")
    send_on(office, "10-20", "item_no\nP1\nP2", unit="甲部")
    row = owed(office)
    assert (row["status"], row["is_correction"], row["version"]) == ("sent", True, 2)


@pytest.fixture
def later_office(tmp_path: Path) -> Iterator[Office]:
    """An office whose campaign ends where the calendar of working days does."""
    pack = trial_pack()
    first, last = date(LAST_KNOWN_YEAR, 11, 1), date(LAST_KNOWN_YEAR, 12, 31)
    settings = replace(pack.campaign, start_on=first, end_on=last)
    database = Database(tmp_path, {SLUG: replace(pack, campaign=settings)})
    yield Office(database)
    database.close()


def test_day_beyond_the_calendar_is_null_with_a_sentence(later_office: Office) -> None:
    november, december = f"{LAST_KNOWN_YEAR}-11", f"{LAST_KNOWN_YEAR}-12"
    later_office.send(december, "item_no\nP1", unit="甲部")
    rows = later_office.ask("submissions_due", f"{LAST_KNOWN_YEAR + 1}-03-01")
    days = {row["month"]: row for row in rows if row["unit"] == "乙部"}
    assert days[november]["due_on"] == workday_from(date(LAST_KNOWN_YEAR, 12, 5))
    assert days[november]["due_note"] is None
    unknown = days[december]
    assert (unknown["due_on"], unknown["status"]) == (None, "not yet due")
    assert f"没有 {LAST_KNOWN_YEAR + 1} 年的工作日安排" in unknown["due_note"]
    [sent] = [row for row in rows if row["unit"] == "甲部" and row["month"] == december]
    assert sent["status"] == "sent"


def test_ledger_without_a_day_says_that_none_is_set(office: Office) -> None:
    rows = office.ask("submissions_due", "12-31", month="2022-09")
    notes = {row["ledger"]: row["due_note"] for row in rows}
    assert notes == {"problems": None, "checks": None, "tickets": "没有规定报送日"}


def test_unit_of_an_imported_roster_owes_too(office: Office) -> None:
    office.send("", "name | league\n新部 | 部门", kind="units")
    assert owed(office, unit="新部")["status"] == "missing"


def test_only_the_units_that_the_pack_names_owe_a_ledger(tmp_path: Path) -> None:
    """B13: some departments send their clues each month; a nil return is an answer."""
    owing = ExpectedLedger("clues", "unit", DEMO, 5, DEMO, units=("乙部", "东社区"))
    database = Database(tmp_path, {SLUG: replace(trial_pack(), ledgers=(owing,))})
    office = Office(database)
    send_nil(database, NilReturn(SLUG, "clues", MONTH, "东社区"), by="东社区")
    rows = office.ask("submissions_due", "10-31", month="2022-09")
    assert_answer(
        rows,
        """
        unit   | ledger | status
        乙部   | clues  | missing
        东社区 | clues  | nil
        """,
    )
    database.close()


def test_as_known_then_what_came_or_was_taken_back_since_is_not_yet_so(office: Office) -> None:
    first = office.send("2022-09", "item_no\nP1", unit="甲部")
    then = office.now()
    office.send("2022-09", "item_no\nP1\nP2", unit="甲部")
    office.send("2022-09", "item_no\nP3", unit="乙部")
    known = {
        row["unit"]: (row["upload"], row["version"], row["status"])
        for row in office.ask("submissions_due", "10-31", month="2022-09", known_at=then)
        if row["ledger"] == "problems"
    }
    assert known["甲部"] == (first, 1, "late")
    assert known["乙部"] == (None, 0, "missing")
    assert owed(office)["version"] == 2
