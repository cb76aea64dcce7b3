"""Undo restores exactly what was there: every question answers as before."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Barrier
from typing import Any

import pytest

from tally import clock
from tally.store import question, question_names
from tally.submissions import (
    CannotPublish,
    NilReturn,
    Outcome,
    Terms,
    publish,
    return_upload,
    send_nil,
    withdraw,
)
from tests.office import SLUG, Office

DRAFT = Terms(is_draft=True)
LAST_DAY = "2022-12-31"
# What stands: all other figures are counted from these.
STANDING = ("items", "ledger_rows", "submissions_due", "tickets", "withdrawn_items")
OF_DAYS = {"items": "2022-09-30", "tickets": "2022-09-30"}
# What names the very uploads that were taken back.
RECORDS = {"uploads", "upload_findings"}
AUGUST = """
item_no | title | due_on | state  | closed_on
P1      | 积水  | 08-20  | closed | 08-18
P2      | 招商  | 09-10  | open   | —
P3      | 管网  | 09-20  | open   | —
"""
SEPTEMBER = "item_no | title | due_on | state\nP2 | 招商 | 09-10 | open"


def answers(
    office: Office, names: Iterable[str] = question_names() - RECORDS
) -> dict[tuple[str, str], list[str]]:
    """Return every question's answer on the last day and the items' before, rows in order."""
    found = {}
    for name in sorted(names):
        known = question(name).parameters
        for as_of in {LAST_DAY, OF_DAYS.get(name, LAST_DAY)}:
            given: dict[str, Any] = {"campaign": SLUG, "as_of": date.fromisoformat(as_of)}
            asked = {key: value for key, value in given.items() if key in known}
            rows = office.database.ask(name, asked).to_pylist()
            found[name, as_of] = [repr(row) for row in rows]
    return found


def assert_same_answers(
    before: dict[tuple[str, str], list[str]], after: dict[tuple[str, str], list[str]]
) -> None:
    """Fail with the questions whose answers differ, and the first rows that do."""
    differing = [
        (key, next((pair for pair in zip(before[key], after[key], strict=False)
                    if pair[0] != pair[1]), (len(before[key]), len(after[key]))))
        for key in before
        if before[key] != after[key]
    ]  # fmt: skip
    assert not differing, differing[:3]


def a_history(office: Office) -> None:
    """Publish two months of two units, tickets, and a reason for an item that vanished."""
    office.send("2022-08", AUGUST, unit="甲部")
    office.send("2022-08", "item_no | due_on\nQ1 | 08-31\nQ2 | 10-31", unit="乙部")
    office.send("", "ticket_no | received_on\nT1 | 08-05\nT2 | 09-05", kind="tickets")
    september = office.send("2022-09", SEPTEMBER, unit="甲部")
    withdraw(office.database, september, {"P3": "合并"})


def corrected(office: Office) -> int:
    return office.send("2022-08", AUGUST.replace("08-18", "08-19"), unit="甲部")


def emptied(office: Office) -> int:
    return office.send("2022-09", "item_no\nP9", unit="甲部")


def brought_back(office: Office) -> int:
    return office.send("2022-09", f"{SEPTEMBER}\nP3 | 管网 | 09-20 | open", unit="甲部")


def withdrawn_since(office: Office) -> int:
    upload = office.send("2022-10", "item_no\nP8", unit="甲部")
    withdraw(office.database, upload, {"P2": "移交"})
    return upload


def nil(office: Office) -> int:
    outcome = send_nil(
        office.database, NilReturn(SLUG, "problems", date(2022, 10, 1), "乙部"), by="乙部"
    )
    assert outcome.upload
    return outcome.upload


def tickets_of_two_months(office: Office) -> int:
    return office.send(
        "", "ticket_no | received_on\nT3 | 09-06\nT4 | 10-06", kind="tickets"
    )  # fmt: skip


@pytest.fixture
def history(office: Office) -> Iterator[Office]:
    """An office with a history behind it."""
    a_history(office)
    yield office


CHANGES = (corrected, emptied, brought_back, withdrawn_since, nil, tickets_of_two_months)


def test_every_question_answers_as_before_once_what_came_since_is_undone(
    history: Office,
) -> None:
    """Each publication by itself, a chain of them, and the same rows once more."""
    before = answers(history)
    standing = answers(history, STANDING)
    for change in CHANGES:
        upload = change(history)
        assert answers(history, STANDING) != standing, change.__name__
        history.take_back(upload)
        assert_same_answers(standing, answers(history, STANDING))
    chain = [corrected(history), emptied(history), nil(history), brought_back(history)]
    for upload in reversed(chain):
        history.take_back(upload)
    assert_same_answers(standing, answers(history, STANDING))
    again = history.reading("2022-09", SEPTEMBER, unit="甲部")
    assert history.hand_in(again).status == "unchanged"
    assert_same_answers(before, answers(history))


def test_every_question_but_the_roster_answers_as_before_once_a_list_is_returned(
    history: Office,
) -> None:
    before = answers(history)
    return_upload(history.database, corrected(history), "日期不对")
    after = answers(history)
    # The roster alone says that a list was sent back, and why.
    roster = {key for key in before if key[0] == "submissions_due"}
    assert all(before[key] != after[key] for key in roster)
    for known in (before, after):
        for key in roster:
            del known[key]
    assert_same_answers(before, after)


def test_correction_of_august_leaves_september_alone_and_tells_the_history_anew(
    history: Office,
) -> None:
    def rows_of(month: str) -> list[dict]:
        return [row for row in history.ask("ledger_rows", "12-31") if row["month"] == month]

    september = rows_of("2022-09")
    history.send("2022-08", AUGUST.replace("P2      | 招商", "P2 | 引资"), unit="甲部")
    assert rows_of("2022-09") == september
    changes = [
        (row["month"], row["column"], row["old_value"], row["new_value"])
        for row in history.ask("item_history", item_key="P2")
        if row["column"] == "title"
    ]
    assert changes == [("2022-09", "title", "引资", "招商")]


def published_or_told(office: Office, upload: int, gate: Barrier) -> str:
    """Publish a draft when all are ready; return the sentence of whoever was told no."""
    gate.wait()
    try:
        publish(office.database, upload)
    except CannotPublish as refusal:
        return str(refusal)
    return ""


def test_of_two_who_publish_one_slice_one_wins_and_the_other_is_told(office: Office) -> None:
    for attempt in range(3):
        keys = [f"P{attempt}{sender}" for sender in range(2)]
        drafts = [
            office.hand_in(
                office.reading("2022-09", f"item_no\n{key}", unit="甲部"),
                replace(DRAFT, uploaded_by=f"{number}号岗位"),
            ).upload
            for number, key in enumerate(keys)
        ]
        gate = Barrier(2)
        with ThreadPoolExecutor(2) as threads:
            told = list(threads.map(published_or_told, [office] * 2, drafts, [gate] * 2))
        winner = told.index("")
        assert told.count("") == 1, told
        assert [row["item_key"] for row in office.ask("items", "12-31")] == [keys[winner]]
        loser = told[1 - winner]
        today = clock.in_shanghai(clock.now())
        assert f"{winner}号岗位在 {today:%Y-%m-%d %H:}" in loser, loser
        assert "请重新导入" in loser
        published = drafts[winner]
        assert published
        office.take_back(published)


def test_of_two_who_send_one_slice_at_once_nobody_replaces_unseen(office: Office) -> None:
    readings = [
        office.reading("2022-09", f"item_no\nP{number}", unit="甲部") for number in range(2)
    ]
    gate = Barrier(2)

    def send(number: int) -> Outcome:
        gate.wait()
        return office.hand_in(readings[number], Terms(uploaded_by=f"{number}号岗位"))

    with ThreadPoolExecutor(2) as threads:
        outcomes = list(threads.map(send, range(2)))
    in_force = {row["item_key"] for row in office.ask("items", "12-31")}
    for number, outcome in enumerate(outcomes):
        if outcome.status == "draft":
            assert "号岗位在" in outcome.sentence or "理由" in outcome.sentence
        else:
            # Who came second and was published had seen the first one's list.
            assert f"P{number}" in in_force or outcome.comparison.count("vanished") == 0
    assert len(in_force) == 1


def test_draft_published_by_two_people_is_published_once(office: Office) -> None:
    reading = office.reading("2022-09", "item_no\nP1", unit="甲部")
    upload = office.hand_in(reading, replace(DRAFT, uploaded_by="甲部统计岗")).upload
    assert upload
    gate = Barrier(2)
    with ThreadPoolExecutor(2) as threads:
        told = list(threads.map(published_or_told, [office] * 2, [upload] * 2, [gate] * 2))
    assert sorted(bool(sentence) for sentence in told) == [False, True]
    assert f"已发布 {upload} 号" in "".join(told)
