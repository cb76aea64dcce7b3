"""A reason for a vanished item when lists name the item again, and drop it again."""

from tally.submissions import Terms, withdraw
from tests.office import Office
from tests.submissions.test_withdrawals import AUGUST, item_keys, september, vanished

__all__ = ["september"]
WITHOUT = "item_no | title\nP1 | 积水"


def test_reason_stays_away_from_an_item_that_was_named_again_and_dropped_again(
    office: Office, september: int
) -> None:
    """The reason was given for September's list; October's has said since that the item is open."""
    withdraw(office.database, september, {"P2": "撤销"})
    october = office.send("2022-10", AUGUST, unit="甲部")
    november = office.send("2022-11", WITHOUT, unit="甲部")
    assert item_keys(office, "12-31") == ["P1", "P2"]
    [row] = office.ask("vanished_items", "12-31")
    assert (row["item_key"], row["upload"]) == ("P2", november)
    office.take_back(november)
    assert item_keys(office, "12-31") == ["P1", "P2"]
    office.take_back(october)
    assert item_keys(office, "12-31") == ["P1"]


def test_reason_of_a_month_is_not_that_of_its_second_correction(
    office: Office, september: int
) -> None:
    """The first correction named the item: why the second dropped it is not said yet."""
    withdraw(office.database, september, {"P2": "撤销"})
    named = office.send("2022-09", AUGUST, unit="甲部")
    dropped = office.send("2022-09", f"{WITHOUT}\nP3 | 内涝", unit="甲部")
    assert vanished(office, "09-30") == ["P2"]
    assert item_keys(office, "09-30") == ["P1", "P2", "P3"]
    office.take_back(dropped)
    assert item_keys(office, "09-30") == ["P1", "P2"]
    office.take_back(named)
    assert item_keys(office, "09-30") == ["P1"]


def test_reason_of_a_month_stays_when_its_last_correction_drops_the_item_too(
    office: Office, september: int
) -> None:
    withdraw(office.database, september, {"P2": "撤销"})
    dropped = office.send("2022-09", f"{WITHOUT}\nP3 | 内涝", unit="甲部")
    assert item_keys(office, "09-30") == ["P1", "P3"]
    office.take_back(dropped)
    assert item_keys(office, "09-30") == ["P1"]


def test_reason_of_an_earlier_month_stands_when_the_later_list_that_named_the_item_was_wrong(
    office: Office, september: int
) -> None:
    """September's list and its reason were never touched; October's correction agrees with it."""
    withdraw(office.database, september, {"P2": "撤销"})
    office.send("2022-10", AUGUST, unit="甲部")
    correction = office.send("2022-10", f"{WITHOUT}\nP3 | 内涝", unit="甲部")
    assert item_keys(office, "09-30") == ["P1"]
    assert item_keys(office, "10-31") == ["P1", "P3"]
    office.take_back(correction)
    assert item_keys(office, "10-31") == ["P1", "P2"]
    assert item_keys(office, "09-30") == ["P1"]


def test_reason_given_with_the_second_correction_is_kept(office: Office, september: int) -> None:
    withdraw(office.database, september, {"P2": "撤销"})
    office.send("2022-09", AUGUST, unit="甲部")
    reading = office.reading("2022-09", f"{WITHOUT}\nP3 | 内涝", unit="甲部")
    terms = Terms(uploaded_by="甲部", reason="更正")
    assert office.hand_in(reading, terms, {"vanished:P2": "合并"}).status == "published"
    assert [row["reason"] for row in office.ask("withdrawn_items", "12-31")] == ["合并"]
