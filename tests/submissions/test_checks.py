"""Checks find their items by number, else by words; one that finds none is told (B4)."""

from tests.office import Office, assert_answer

CLOSED = "item_no | title | state | closed_on\nP1 | 路灯坏 | closed | 09-05"


def warned(outcome: object) -> list[str]:
    return [problem.found for problem in outcome.problems]  # type: ignore[attr-defined]


def test_check_without_a_number_finds_its_item_by_title_and_unit(office: Office) -> None:
    office.send("2022-09", CLOSED, unit="甲部")
    check = "item_no | title | checked_on | is_verified\n— | 路灯 坏 | 09-20 | yes"
    outcome = office.hand_in(office.reading("", check, kind="checks", unit="甲部"))
    assert warned(outcome) == []
    assert_answer(office.ask("campaign_totals", "09-30"), "verified_count\n1")


def test_check_of_no_known_item_is_told_and_counts_nothing(office: Office) -> None:
    office.send("2022-09", CLOSED, unit="甲部")
    check = "item_no | title | checked_on | is_verified\nP9 | 路面破 | 09-20 | yes"
    outcome = office.hand_in(office.reading("", check, kind="checks", unit="甲部"))
    assert (outcome.status, warned(outcome)) == ("published", ["P9"])
    assert_answer(office.ask("campaign_totals", "09-30"), "verified_count\n0")
