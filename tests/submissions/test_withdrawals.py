"""Items that a list no longer names count until a reason is given, and again when it is gone."""

from datetime import date

import pytest

from tally.submissions import CannotWithdraw, Terms, publish, seal, withdraw
from tests.office import SLUG, Office, assert_answer

AUGUST = "item_no | title | due_on | state\nP1 | 积水 | 09-20 | open\nP2 | 招商 | 09-25 | open"


def item_keys(office: Office, as_of: str) -> list[str]:
    """Return the keys of the items counted on a day, in alphabetical order."""
    return sorted(row["item_key"] for row in office.ask("items", as_of))


def vanished(office: Office, as_of: str = "12-31") -> list[str]:
    """Return the keys of the items that went missing without a reason."""
    return [row["item_key"] for row in office.ask("vanished_items", as_of)]


@pytest.fixture
def september(office: Office) -> int:
    """The upload of a September list that no longer names P2."""
    office.send("2022-08", AUGUST, unit="甲部")
    return office.send("2022-09", "item_no | title\nP1 | 积水", unit="甲部")


def test_vanished_item_is_listed_with_the_list_that_should_name_it(
    office: Office, september: int
) -> None:
    assert_answer(
        office.ask("vanished_items", "09-30"),
        f"""
        item_key | title | unit | due_on | is_overdue | last_month | missing_month | upload
        P2       | 招商  | 甲部 | 09-25  | yes        | 2022-08    | 2022-09       | {september}
        """,
    )
    assert vanished(office, "08-31") == []
    assert office.ask("vanished_items", "09-30", unit=["乙部"]) == []


def test_first_list_that_does_not_name_the_item_is_asked_about(
    office: Office, september: int
) -> None:
    office.send("2022-10", "item_no | title\nP1 | 积水", unit="甲部")
    [row] = office.ask("vanished_items", "10-31")
    assert (row["missing_month"], row["upload"]) == ("2022-09", september)


def test_item_counts_no_more_from_the_lists_month_on(office: Office, september: int) -> None:
    withdraw(office.database, september, {"P2": "合并"}, "督查岗")
    assert item_keys(office, "08-31") == ["P1", "P2"]
    assert item_keys(office, "09-01") == item_keys(office, "12-31") == ["P1"]
    assert vanished(office) == []
    assert_answer(
        office.ask("withdrawn_items", "12-31"),
        f"""
        item_key | title | unit | reason | month   | upload      | given_by
        P2       | 招商  | 甲部 | 合并   | 2022-09 | {september} | 督查岗
        """,
    )


def test_explained_item_is_not_missed_by_the_next_list(office: Office, september: int) -> None:
    withdraw(office.database, september, {"P2": "合并"})
    october = office.reading("2022-10", "item_no | title\nP1 | 积水", unit="甲部")
    assert office.hand_in(october).comparison.count("vanished") == 0


def test_item_counts_again_when_a_later_list_names_it(office: Office, september: int) -> None:
    withdraw(office.database, september, {"P2": "撤销"})
    october = office.send("2022-10", AUGUST, unit="甲部")
    assert item_keys(office, "09-30") == ["P1"]
    assert item_keys(office, "10-31") == ["P1", "P2"]
    assert office.ask("withdrawn_items", "12-31") == []
    office.take_back(october)
    assert item_keys(office, "10-31") == ["P1"]


def test_item_counts_again_when_the_list_is_corrected_to_name_it(
    office: Office, september: int
) -> None:
    withdraw(office.database, september, {"P2": "重复"})
    correction = office.send("2022-09", AUGUST, unit="甲部")
    assert item_keys(office, "09-30") == ["P1", "P2"]
    office.take_back(correction)
    assert item_keys(office, "09-30") == ["P1"]


def test_undo_of_the_list_takes_its_reasons_back(office: Office, september: int) -> None:
    withdraw(office.database, september, {"P2": "移交"})
    office.take_back(september)
    assert item_keys(office, "12-31") == ["P1", "P2"]
    # Nor do they come back with the same list.
    office.send("2022-09", "item_no | title\nP1 | 积水", unit="甲部")
    assert vanished(office) == ["P2"]


def test_item_handed_over_to_another_unit_counts_there_once(office: Office, september: int) -> None:
    withdraw(office.database, september, {"P2": "移交"})
    office.send("2022-09", "item_no | title\nP2 | 招商", unit="乙部")
    rows = office.ask("items", "09-30")
    assert [(row["item_key"], row["unit"]) for row in rows if row["item_key"] == "P2"] == [
        ("P2", "乙部")
    ]


def test_reason_can_be_changed_and_taken_back(office: Office, september: int) -> None:
    withdraw(office.database, september, {"P2": "移交"})
    withdraw(office.database, september, {"P2": "重复"})
    assert [row["reason"] for row in office.ask("withdrawn_items", "12-31")] == ["重复"]
    withdraw(office.database, september, {"P2": "仍在办"})
    assert vanished(office) == ["P2"]
    assert office.ask("withdrawn_items", "12-31") == []


def test_reason_as_known_earlier_can_be_asked_for(office: Office, september: int) -> None:
    before = office.now()
    withdraw(office.database, september, {"P2": "移交"})
    keys = [row["item_key"] for row in office.ask("items", "09-30", known_at=before)]
    assert sorted(keys) == ["P1", "P2"]


@pytest.mark.parametrize(
    ("reasons", "said"),
    [
        ({"P2": "不想办"}, "不认识；可选 合并、移交、撤销、重复、仍在办"),
        ({"P1": "合并"}, "P1 不是"),
        ({"P7": "合并"}, "P7 不是"),
    ],
)
def test_reason_that_cannot_be_is_refused_and_nothing_is_kept(
    office: Office, september: int, reasons: dict[str, str], said: str
) -> None:
    with pytest.raises(CannotWithdraw, match=said):
        withdraw(office.database, september, reasons)
    assert vanished(office) == ["P2"]


def test_closed_item_needs_no_reason(office: Office) -> None:
    closed = "item_no | state | closed_on\nP1 | closed | 08-20\nP2 | open | —"
    office.send("2022-08", closed, unit="甲部")
    upload = office.send("2022-09", "item_no\nP3", unit="甲部")
    assert vanished(office) == ["P2"]
    with pytest.raises(CannotWithdraw, match="P1"):
        withdraw(office.database, upload, {"P1": "合并"})


def test_sealed_months_figures_take_no_reason(office: Office, september: int) -> None:
    seal(office.database, SLUG, date(2022, 9, 1), "第3期通报")
    with pytest.raises(CannotWithdraw, match="已封账"):
        withdraw(office.database, september, {"P2": "移交"})
    october = office.send("2022-10", "item_no | title\nP1 | 积水", unit="甲部")
    withdraw(office.database, october, {"P2": "移交"})
    assert (item_keys(office, "09-30"), item_keys(office, "10-31")) == (["P1", "P2"], ["P1"])


def test_reasons_answered_with_the_file_are_kept_when_it_is_published(office: Office) -> None:
    office.send("2022-08", AUGUST, unit="甲部")
    reading = office.reading("2022-09", "item_no | title | due_on\nP1 | 积水 | 09-20", unit="甲部")
    answers = {"vanished:P2": "合并", "vanished:P1": "移交"}
    draft = office.hand_in(reading, Terms(uploaded_by="甲部", is_draft=True), answers)
    assert draft.upload
    assert item_keys(office, "12-31") == ["P1", "P2"]
    publish(office.database, draft.upload)
    assert item_keys(office, "12-31") == ["P1"]
    [kept] = office.ask("withdrawn_items", "12-31")
    assert (kept["item_key"], kept["given_by"]) == ("P2", "甲部")
    office.take_back(draft.upload)
    assert item_keys(office, "12-31") == ["P1", "P2"]


def test_reasons_another_list_took_back_return_when_that_list_is_undone(
    office: Office, september: int
) -> None:
    withdraw(office.database, september, {"P2": "撤销"}, "督查岗")
    before = office.ask("withdrawn_items", "12-31")
    while_withdrawn = office.now()
    october = office.send("2022-10", "item_no | title\nP1 | 积水", unit="甲部")
    withdraw(office.database, october, {"P2": "仍在办"})
    while_open = office.now()
    assert item_keys(office, "12-31") == ["P1", "P2"]
    office.take_back(october)
    assert item_keys(office, "12-31") == ["P1"]
    assert office.ask("withdrawn_items", "12-31") == before
    then = {
        moment: len(office.ask("items", "12-31", known_at=moment))
        for moment in (while_withdrawn, while_open)
    }
    assert then == {while_withdrawn: 1, while_open: 2}


def test_reason_is_taken_back_through_the_list_corrected_since(
    office: Office, september: int
) -> None:
    withdraw(office.database, september, {"P2": "撤销"})
    correction = office.send("2022-09", "item_no | title\nP1 | 内涝", unit="甲部")
    [row] = office.ask("withdrawn_items", "12-31")
    assert row["upload"] == correction
    withdraw(office.database, row["upload"], {"P2": "仍在办"})
    assert item_keys(office, "12-31") == ["P1", "P2"]
    office.take_back(correction)
    assert item_keys(office, "12-31") == ["P1"]


def test_reason_of_a_list_taken_back_stays_away_when_what_ended_it_is_undone(
    office: Office, september: int
) -> None:
    withdraw(office.database, september, {"P2": "撤销"})
    october = office.send("2022-10", "item_no | title\nP1 | 积水", unit="甲部")
    withdraw(office.database, october, {"P2": "仍在办"})
    office.take_back(september)
    office.take_back(october)
    assert item_keys(office, "12-31") == ["P1", "P2"]


def test_reason_taken_back_and_given_twice_returns_once(office: Office, september: int) -> None:
    october = office.send("2022-10", "item_no | title\nP1 | 积水", unit="甲部")
    for reason in ("移交", "撤销"):
        withdraw(office.database, september, {"P2": reason})
        withdraw(office.database, october, {"P2": "仍在办"})
    office.take_back(october)
    assert [row["reason"] for row in office.ask("withdrawn_items", "12-31")] == ["撤销"]


def test_reason_of_a_sealed_month_is_not_taken_back_by_a_later_list(
    office: Office, september: int
) -> None:
    withdraw(office.database, september, {"P2": "撤销"})
    seal(office.database, SLUG, date(2022, 9, 1), "第3期通报")
    october = office.send("2022-10", "item_no | title\nP1 | 积水", unit="甲部")
    with pytest.raises(CannotWithdraw, match="P2 从2022年9月起不计，该月已封账（《第3期通报》"):
        withdraw(office.database, october, {"P2": "仍在办"})
    assert item_keys(office, "09-30") == ["P1"]


def test_month_quoted_with_the_item_stays_so_when_the_later_list_is_undone(
    office: Office, september: int
) -> None:
    withdraw(office.database, september, {"P2": "撤销"})
    october = office.send("2022-10", "item_no | title\nP1 | 积水", unit="甲部")
    withdraw(office.database, october, {"P2": "仍在办"})
    seal(office.database, SLUG, date(2022, 9, 1), "第3期通报")
    office.take_back(october)
    assert item_keys(office, "09-30") == ["P1", "P2"]
