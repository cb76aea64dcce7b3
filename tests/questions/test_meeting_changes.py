"""meeting_changes and meeting_change_counts (issue 7.3): two states, as known then and now."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from tally.submissions.findings import Step, Subject, take_step
from tally.submissions.instructions import instruct
from tests.office import SLUG, Office, assert_answer
from tests.tables import day

SEPTEMBER = """
    item_no | title | unit | due_on | state  | closed_on
    P1      | 路灯  | 甲部 | 08-01  | open   | —
    P2      | 管网  | 甲部 | 10-08  | open   | —
    P3      | 绿化  | 乙部 | 10-15  | open   | —
    P4      | 围挡  | 乙部 | 09-01  | closed | 09-20
    """
OCTOBER = """
    item_no | title | unit | due_on | state  | closed_on
    P1      | 路灯  | 甲部 | 08-01  | closed | 10-20
    P2      | 管网  | 甲部 | 10-08  | open   | —
    P3      | 绿化  | 乙部 | 10-15  | open   | —
    P4      | 围挡  | 乙部 | 09-01  | open   | —
    P5      | 用地  | 丙部 | 12-31  | open   | —
    """


@pytest.fixture
def listed(ruled: Office) -> Office:
    """An office with the lists of two months."""
    ruled.send("2022-09", SEPTEMBER)
    ruled.send("2022-10", OCTOBER)
    return ruled


def undated(rows: list[dict]) -> list[dict]:
    """Return rows without the day of lists: that is the day the test runs."""
    return [row | {"moved_on": None} if row["kind"] == "list" else row for row in rows]


def test_each_thing_that_changed_since_the_end_of_last_month(listed: Office) -> None:
    instruct(listed.database, SLUG, "通水", "丙部", None, "主任", given_on=day("10-10"))
    rows = listed.ask("meeting_changes", "10-31", before_on=day("09-30"))
    assert_answer(
        [row for row in undated(rows) if row["kind"] != "unit"],
        """
        change    | kind        | entry            | title    | unit | moved_on
        added     | item        | P5               | 用地     | 丙部 | —
        closed    | item        | P1               | 路灯     | 甲部 | 10-20
        ended     | finding     | 严重超期·P1      | 路灯已超期80天，超过30天 | 甲部 | 10-20
        found     | finding     | 严重超期·P4      | 围挡已超期60天，超过30天 | 乙部 | 10-02
        overdue   | item        | P3               | 绿化     | 乙部 | 10-16
        overdue   | item        | P2               | 管网     | 甲部 | 10-09
        overdue   | item        | P4               | 围挡     | 乙部 | 09-02
        published | list        | problems·2022-10 | problems | —    | —
        reopened  | item        | P4               | 围挡     | 乙部 | —
        told      | instruction | 会办2022-001     | 通水     | 丙部 | 10-10
        """,
    )
    cut = listed.ask("meeting_changes", "10-31", before_on=day("09-30"), at_most=3)
    assert cut == rows[:3]
    units = {row["unit"] for row in rows if row["change"] == "reported"}
    assert units == {"甲部", "乙部", "丙部", "丁部", "东社区", "西社区"}


def test_counts_name_the_units_with_most_first(listed: Office) -> None:
    rows = listed.ask("meeting_change_counts", "10-31", before_on=day("09-30"))
    known = {row["change"]: (row["change_count"], row["units"]) for row in rows}
    assert known["overdue"] == (3, ["乙部", "甲部"])
    assert known["published"] == (1, [])


def test_what_was_corrected_after_the_meeting_changed_since_it(listed: Office) -> None:
    """The same day, known at two moments: a correction, and a finding that was dealt with."""
    then = listed.now()
    listed.send("2022-10", OCTOBER.replace("10-08  | open   | —", "10-08  | closed | 10-09"))
    closed = Step("closed", day("10-31"), "督查岗", reference="办结单1")
    take_step(listed.database, Subject(SLUG, "严重超期", "P4", day("10-02")), closed)
    since = {"before_on": day("10-31"), "before_known_at": then}
    assert_answer(
        undated(listed.ask("meeting_changes", "10-31", **since)),
        """
        change    | entry            | moved_on
        closed    | P2               | 10-09
        corrected | problems·2022-10 | —
        ended     | 严重超期·P4      | 10-31
        """,
    )
    assert listed.ask("meeting_changes", "10-31", known_at=then, **since) == []


def test_filters_keep_to_a_unit_and_a_change(listed: Office) -> None:
    rows = listed.ask("meeting_changes", "10-31", before_on=day("09-30"), unit=["丙部"])
    assert [row["change"] for row in rows] == ["added", "published", "reported"]
    [row] = listed.ask("meeting_changes", "10-31", before_on=day("09-30"), change="closed")
    assert row["entry"] == "P1"


MOVED = """
    item_no | title | unit | dimension | due_on | state  | closed_on
    P1      | 路灯  | 乙部 | 经济      | 08-01  | closed | 10-20
    P2      | 管网  | 丙部 | 文化      | 10-08  | open   | —
    P3      | 绿化  | 乙部 | 文化      | 10-15  | open   | —
    P4      | 围挡  | 甲部 | 文化      | 09-01  | closed | 09-20
    P5      | 用地  | 丙部 | 经济      | 12-31  | open   | —
    """
FILTERS: list[dict[str, Any]] = [
    {},
    *({"unit": [unit]} for unit in ("甲部", "乙部", "丙部")),
    {"unit": ["甲部", "乙部"]},
    {"league": "部门"},
    {"post": "第一副主任"},
    {"post": "第二副主任"},
    {"dimension": ["文化"]},
    {"dimension": ["经济"], "unit": ["乙部", "丙部"]},
]


def changed(now: dict[str, Any], before: dict[str, Any]) -> Iterator[str]:
    """Say in which ways an item changed between two rows of `items`; {} where it is none."""
    if not (now and before):
        yield "added" if now else "gone"
    for change, mark in (("closed", "is_closed"), ("overdue", "is_overdue")):
        if now.get(mark) and not before.get(mark):
            yield change
    if now and before.get("is_closed") and not now["is_closed"]:
        yield "reopened"


@pytest.mark.parametrize("asked", FILTERS, ids=str)
def test_items_that_changed_are_those_of_two_lists_under_the_same_filters(
    ruled: Office, asked: dict[str, Any]
) -> None:
    """To who asks about its old unit alone an item is gone, to its new one it is added."""
    ruled.send("2022-09", SEPTEMBER)
    ruled.send("2022-10", MOVED)
    now, before = (
        {row["item_key"]: row for row in ruled.ask("items", on, **asked)}
        for on in ("10-31", "09-30")
    )
    expected = {
        (change, key)
        for key in now.keys() | before.keys()
        for change in changed(now.get(key, {}), before.get(key, {}))
    }
    rows = ruled.ask("meeting_changes", "10-31", before_on=day("09-30"), **asked)
    told = {(row["change"], row["entry"]): row["unit"] for row in rows if row["kind"] == "item"}
    assert told.keys() == expected
    for (_, key), unit in told.items():
        assert unit == (now.get(key) or before[key])["unit"]


@pytest.mark.parametrize("asked", FILTERS, ids=str)
def test_counts_are_those_of_the_list(listed: Office, asked: dict[str, Any]) -> None:
    listed.send("2022-10", MOVED)
    since = {"before_on": day("09-30"), **asked}
    rows = listed.ask("meeting_changes", "10-31", **since)
    counts = listed.ask("meeting_change_counts", "10-31", **since)
    assert {row["change"]: row["change_count"] for row in counts} == Counter(
        row["change"] for row in rows
    )
    for told in counts:
        most = Counter(row["unit"] for row in rows if row["change"] == told["change"])
        del most[None]
        assert told["units"] == sorted(most, key=lambda unit: (-most[unit], unit))


def test_what_is_published_after_it_was_asked_is_seen(listed: Office) -> None:
    since = {"before_on": day("09-30"), "change": "closed"}
    assert len(listed.ask("meeting_changes", "10-31", **since)) == 1
    listed.send("2022-10", OCTOBER.replace("10-08  | open   | —", "10-08  | closed | 10-09"))
    assert len(listed.ask("meeting_changes", "10-31", **since)) == 2


def test_many_pairs_of_days_are_not_kept_for_ever(
    listed: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tally.store.rules.CHANGES_MAX", 1)
    for on in ("09-01", "09-10", "09-20", "09-30"):
        listed.ask("meeting_changes", "10-31", before_on=day(on))
    kept = listed.database.rows("SELECT DISTINCT before_on FROM memory.main.meeting_change")
    assert kept.num_rows <= 2
