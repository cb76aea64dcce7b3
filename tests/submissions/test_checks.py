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


TWO_CLOSED = f"{CLOSED}\nP2 | 井盖缺 | closed | 09-05"
FORM = "item_no | title | unit | checked_on | is_verified\n{}"


def test_filled_forms_add_up_and_each_is_taken_back_alone(office: Office) -> None:
    """B5: every inspector hands in the form of their own draw."""
    office.send("2022-09", TWO_CLOSED, unit="甲部")
    first = office.send("", FORM.format("P1 | 路灯坏 | 甲部 | 09-20 | yes"), kind="checks")
    office.send("", FORM.format("P2 | 井盖缺 | 甲部 | 09-21 | no"), kind="checks", unit="甲部")
    held = "verified_count | closed_count\n{}"
    assert_answer(office.ask("campaign_totals", "09-30"), held.format("1 | 1"))
    office.take_back(first)
    assert_answer(office.ask("campaign_totals", "09-30"), held.format("0 | 1"))


def test_check_of_one_day_reported_again_takes_the_place_of_the_first(office: Office) -> None:
    office.send("2022-09", TWO_CLOSED, unit="甲部")
    office.send("", FORM.format("P1 | 路灯坏 | 甲部 | 09-20 | yes"), kind="checks")
    corrected = office.send("", FORM.format("P1 | 路灯坏 | 甲部 | 09-20 | no"), kind="checks")
    held = "verified_count | closed_count\n{}"
    assert_answer(office.ask("campaign_totals", "09-30"), held.format("0 | 1"))
    office.take_back(corrected)
    assert_answer(office.ask("campaign_totals", "09-30"), held.format("1 | 2"))
