"""What a notice quoted of a sealed month stands; what came after it can go."""

from datetime import date, timedelta

import pytest

from tally import clock
from tally.submissions import CannotUndo, seal, unseal
from tests.office import SLUG, Office

MONTH = date(2022, 9, 1)


def item_keys(office: Office) -> list[str]:
    """Return the keys of the items in force, in alphabetical order."""
    return sorted(row["item_key"] for row in office.ask("items", "12-31"))


@pytest.fixture
def first(office: Office) -> int:
    """The list that 第3期通报 quoted."""
    upload = office.send("2022-09", "item_no\nP1", unit="甲部")
    seal(office.database, SLUG, MONTH, "第3期通报")
    return upload


def test_correction_that_a_later_notice_quotes_cannot_be_taken_back(
    office: Office, first: int
) -> None:
    correction = office.send("2022-09", "item_no\nP1\nP2", unit="甲部")
    seal(office.database, SLUG, MONTH, "第4期通报")
    with pytest.raises(CannotUndo, match="《第4期通报》引用"):
        office.take_back(correction)
    later = office.send("2022-09", "item_no\nP1\nP2\nP3", unit="甲部")
    office.take_back(later)
    assert item_keys(office) == ["P1", "P2"]


def test_quoted_list_that_came_back_cannot_be_taken_back_either(office: Office, first: int) -> None:
    office.take_back(office.send("2022-09", "item_no\nP1\nP2", unit="甲部"))
    with pytest.raises(CannotUndo, match="《第3期通报》引用"):
        office.take_back(first)
    assert item_keys(office) == ["P1"]


def test_list_of_a_unit_that_came_after_the_seal_can_be_taken_back(
    office: Office, first: int
) -> None:
    late = office.send("2022-09", "item_no\nQ1", unit="乙部")
    office.take_back(late)
    assert item_keys(office) == ["P1"]


def test_seal_lifted_after_the_clock_went_back_ends_after_it_began(
    office: Office, first: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier = clock.now() - timedelta(hours=1)
    monkeypatch.setattr(clock, "now", lambda: earlier)
    unseal(office.database, SLUG, MONTH)
    [kept] = office.database.rows("SELECT from_at, until_at FROM store.main.seal").to_pylist()
    assert kept["until_at"] > kept["from_at"]
