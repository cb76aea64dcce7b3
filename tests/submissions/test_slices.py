"""Slices: what publishing replaces, what undo brings back, and what is kept."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tally.contracts import Problem, Question
from tally.submissions import (
    CannotPublish,
    CannotUndo,
    Terms,
    original_path,
    publish,
    read_original,
    remove_campaign,
)
from tests.office import SLUG, Office, file_bytes

DRAFT = Terms(is_draft=True)


def item_keys(office: Office, as_of: str = "12-31") -> list[str]:
    """Return the keys of the items in force, in alphabetical order."""
    return sorted(row["item_key"] for row in office.ask("items", as_of))


def statuses(office: Office) -> list[str]:
    """Return the uploads' statuses, oldest first."""
    return [row["status"] for row in office.ask("uploads")][::-1]


def test_same_file_twice_changes_nothing(office: Office) -> None:
    reading = office.reading("2022-09", "item_no\nP1", unit="甲部")
    first, second = office.hand_in(reading), office.hand_in(reading)
    assert (first.status, second.status) == ("published", "unchanged")
    assert second.upload == first.upload
    assert statuses(office) == ["published"]


def test_same_file_after_another_took_its_place_is_published_again(office: Office) -> None:
    reading = office.reading("2022-09", "item_no\nP1", unit="甲部")
    office.hand_in(reading)
    office.send("2022-09", "item_no\nP2", unit="甲部")
    assert office.hand_in(reading, Terms(reason="改回")).status == "published"
    assert item_keys(office) == ["P1"]


def test_same_file_after_its_undo_is_published_again(office: Office) -> None:
    reading = office.reading("2022-09", "item_no\nP1", unit="甲部")
    upload = office.hand_in(reading).upload
    assert upload
    office.take_back(upload)
    assert office.hand_in(reading).status == "published"


def test_corrected_list_replaces_exactly_its_slice(office: Office) -> None:
    office.send("2022-08", "item_no\nP1", unit="甲部")
    office.send("2022-09", "item_no\nP1\nP2", unit="甲部")
    office.send("2022-09", "item_no\nP3", unit="乙部")
    office.send("2022-09", "item_no\nT1", kind="tasks", unit="甲部")
    office.send("2022-09", "item_no\nP1\nP4", unit="甲部")
    # P2 was named by the replaced list only; every other slice stands.
    assert item_keys(office) == ["P1", "P3", "P4", "T1"]
    assert statuses(office) == ["published", "replaced", "published", "published", "published"]


def test_undo_brings_back_what_was_replaced_step_by_step(office: Office) -> None:
    uploads = [office.send("2022-09", f"item_no\n{key}", unit="甲部") for key in ("P1", "P2", "P3")]
    assert item_keys(office) == ["P3"]
    office.take_back(uploads[2])
    assert item_keys(office) == ["P2"]
    assert statuses(office) == ["replaced", "published", "undone"]
    office.take_back(uploads[1])
    assert item_keys(office) == ["P1"]
    office.take_back(uploads[0])
    assert item_keys(office) == []
    assert statuses(office) == ["undone", "undone", "undone"]


def test_what_undo_brought_back_can_be_replaced_and_brought_back_again(office: Office) -> None:
    first = office.send("2022-09", "item_no\nP1", unit="甲部")
    for key in ("P2", "P3"):
        upload = office.send("2022-09", f"item_no\n{key}", unit="甲部")
        assert item_keys(office) == [key]
        office.take_back(upload)
        assert item_keys(office) == ["P1"]
    office.take_back(first)
    assert item_keys(office) == []


def test_undo_of_an_event_file_brings_back_each_of_its_months(office: Office) -> None:
    def tickets() -> dict[str, int]:
        return {
            month: row["received_count"]
            for month in ("2022-08", "2022-09", "2022-10")
            for row in office.ask("ticket_progress", "12-31", month=month)
        }

    def send(*received: str) -> int:
        rows = [f"T{number} | {day}" for number, day in enumerate(received)]
        return office.send(
            "", "\n".join(["ticket_no | received_on", *rows]), kind="tickets", unit="甲部"
        )

    send("08-01", "08-02", "09-01")
    second = send("08-01", "10-01")
    # August is replaced, October new; September the second file does not speak of.
    assert tickets() == {"2022-08": 1, "2022-09": 1, "2022-10": 1}
    assert statuses(office) == ["published", "published"]
    office.take_back(second)
    assert tickets() == {"2022-08": 2, "2022-09": 1}
    assert statuses(office) == ["published", "undone"]


def test_undo_of_what_is_not_in_force_is_refused(office: Office) -> None:
    first = office.send("2022-09", "item_no\nP1", unit="甲部")
    second = office.send("2022-09", "item_no\nP2", unit="甲部")
    for upload in (first, 999):
        with pytest.raises(CannotUndo, match=str(upload)):
            office.take_back(upload)
    office.take_back(second)
    with pytest.raises(CannotUndo):
        office.take_back(second)
    assert item_keys(office) == ["P1"]


def test_draft_is_on_no_screen_until_it_is_published(office: Office) -> None:
    outcome = office.hand_in(office.reading("2022-09", "item_no\nP1", unit="甲部"), DRAFT)
    assert outcome.status == "draft" and outcome.upload
    assert item_keys(office) == []
    assert not office.ask("unit_reporting", "09-30")[0]["is_reported"]
    publish(office.database, outcome.upload)
    assert item_keys(office) == ["P1"]


def test_draft_taken_back_is_discarded(office: Office) -> None:
    outcome = office.hand_in(office.reading("2022-09", "item_no\nP1", unit="甲部"), DRAFT)
    assert outcome.upload
    office.take_back(outcome.upload)
    with pytest.raises(CannotPublish, match=str(outcome.upload)):
        publish(office.database, outcome.upload)


def test_file_drafted_again_takes_the_older_drafts_place(office: Office) -> None:
    reading = office.reading("2022-09", "item_no\nP1", unit="甲部")
    office.hand_in(reading, DRAFT)
    second = office.hand_in(reading, DRAFT)
    assert statuses(office) == ["undone", "draft"]
    assert second.upload
    publish(office.database, second.upload)
    assert item_keys(office) == ["P1"]


def test_original_is_kept_under_its_sha256(office: Office) -> None:
    reading = office.reading("2022-09", "item_no\nP1", unit="甲部")
    outcome = office.hand_in(reading)
    path = original_path(office.database.home, outcome.sha256)
    assert path.read_bytes() != file_bytes(reading)
    assert read_original(office.database.home, outcome.sha256) == file_bytes(reading)
    assert path.relative_to(office.database.home).parts[0] == "uploads"
    assert not [other for other in path.parent.iterdir() if other.name.startswith("tmp")]


def test_refused_file_keeps_only_its_record(office: Office) -> None:
    wrong = Problem("error", "台账", "D2", "due_on", "2026.13.1", "日期", "请改成日期")
    reading = replace(office.reading("2022-09", "item_no\nP77", unit="甲部"), problems=(wrong,))
    outcome = office.hand_in(reading)
    assert (outcome.status, outcome.sentence) == ("refused", "请改成日期")
    assert item_keys(office) == []
    assert not original_path(office.database.home, reading.sha256).exists()
    [row] = office.ask("uploads")
    assert (row["upload"], row["status"], row["row_count"]) == (outcome.upload, "refused", 0)


def test_file_with_an_open_question_leaves_no_trace(office: Office) -> None:
    asked = Question("--month", "这是哪个月的台账？")
    reading = replace(office.reading("2022-09", "item_no\nP1", unit="甲部"), questions=(asked,))
    outcome = office.hand_in(reading)
    assert (outcome.status, outcome.sentence) == ("question", asked.sentence)
    assert office.ask("uploads") == []


def test_file_of_two_ledgers_is_one_upload_with_a_slice_each(office: Office) -> None:
    problems = office.reading("2022-09", "item_no\nP1", unit="甲部")
    tasks = office.reading("2022-09", "item_no\nT1\nT2", kind="tasks", unit="甲部")
    both = replace(problems, ledgers=(*problems.ledgers, *tasks.ledgers))
    outcome = office.hand_in(both)
    assert item_keys(office) == ["P1", "T1", "T2"]
    [row] = office.ask("uploads")
    assert (row["ledger"], row["row_count"]) == ("problems,tasks", 3)
    assert outcome.upload
    office.take_back(outcome.upload)
    assert item_keys(office) == []


def test_removed_campaign_leaves_no_row_and_others_stand(
    office_with: Callable[..., Office],
) -> None:
    office = office_with()
    office.send("2022-09", "item_no\nP1", unit="甲部")
    office.send("", "ticket_no | received_on\nT1 | 09-01", kind="tickets", unit="甲部")
    other = replace(office.reading("2022-09", "item_no\nP9", unit="甲部"), campaign="other")
    office.hand_in(other)
    assert remove_campaign(office.database, SLUG) == 2
    for table in ("upload", "slice", "problems", "tickets"):
        rows = office.database.rows(f"SELECT 1 AS one FROM store.main.{table}")
        assert rows.num_rows == (0 if table == "tickets" else 1), table


def test_ledger_rows_keep_every_value_and_their_place(office: Office) -> None:
    reading = office.reading(
        "2022-09",
        """
        item_no | dimension | title | goal | unit | partners | due_on | due_text | longitude | note
        P1      | 经济      | 积水  | 清零 | 甲部 | 乙部     | 09-30  | 9月底前  | 116.8     | 备
        """,
    )
    office.hand_in(reading)
    [kept] = office.database.rows("SELECT * FROM store.main.problems").to_pylist()
    [given] = reading.ledgers[0].rows
    assert {name: kept[name] for name in given} == dict(given)


def test_file_that_would_empty_a_month_of_happenings_needs_a_reason(office: Office) -> None:
    august = "ticket_no | received_on\nT1 | 08-01\nT2 | 08-02\nT3 | 08-03"
    office.send("", august, kind="tickets", unit="甲部")
    # September's file carries one ticket of August along: T2 and T3 would be gone.
    september = office.reading(
        "", "ticket_no | received_on\nT1 | 08-01\nT4 | 09-01", kind="tickets", unit="甲部"
    )
    held = office.hand_in(september)
    assert (held.status, held.comparison.count("reversed")) == ("draft", 2)
    assert len(office.ask("tickets", "12-31")) == 3
    assert office.hand_in(september, Terms(reason="八月重报")).status == "published"
    assert len(office.ask("tickets", "12-31")) == 2


def test_correction_that_drops_a_few_rows_needs_none(office: Office) -> None:
    office.send("2022-09", "item_no\nP1\nP2\nP3", unit="甲部")
    outcome = office.hand_in(office.reading("2022-09", "item_no\nP1\nP2", unit="甲部"))
    assert (outcome.status, outcome.comparison.count("vanished")) == ("published", 1)


def test_undo_never_brings_back_what_was_undone(office: Office) -> None:
    both = "ticket_no | received_on\nT1 | 07-01\nT2 | 08-01"
    first = office.send("", both, kind="tickets", unit="甲部")
    second = office.send("", "ticket_no | received_on\nT3 | 07-02", kind="tickets", unit="甲部")
    office.take_back(first)
    assert [row["item_key"] for row in office.ask("tickets", "12-31")] == ["T3"]
    office.take_back(second)
    assert office.ask("tickets", "12-31") == []
    assert statuses(office) == ["undone", "undone"]


def test_undo_that_would_double_an_item_is_refused(office: Office) -> None:
    office.send("2022-09", "item_no\nP1\nP2", unit="甲部")
    correction = office.send("2022-09", "item_no\nP2", unit="甲部")
    office.send("2022-09", "item_no\nP1", unit="乙部")
    with pytest.raises(CannotUndo, match="P1"):
        office.take_back(correction)
    assert item_keys(office) == ["P1", "P2"]


def test_draft_older_than_a_publication_is_refused(office: Office) -> None:
    old = office.hand_in(office.reading("2022-09", "item_no\nP1", unit="甲部"), DRAFT)
    closed = "item_no | state | closed_on\nP1 | closed | 09-10"
    office.send("2022-09", closed, unit="甲部")
    assert old.upload
    with pytest.raises(CannotPublish, match="重新导入"):
        publish(office.database, old.upload)
