"""due_soon_items: open items that fall due within the pack's days, 7 unless it says otherwise."""

from tests.office import Office, assert_answer


def test_due_soon_reaches_from_the_day_itself_to_the_seventh_after(office: Office) -> None:
    upload = office.send(
        "2022-10",
        """
        item_no | unit | due_on | state  | closed_on
        P1      | 甲部 | 10-30  | open   | —
        P2      | 乙部 | 10-31  | open   | —
        P3      | 甲部 | 11-07  | open   | —
        P4      | 甲部 | 11-08  | open   | —
        P5      | 甲部 | 11-01  | closed | 10-20
        P6      | 甲部 | —      | open   | —
        """,
    )
    assert_answer(
        office.ask("due_soon_items", "10-31"),
        f"""
        item_key | unit | due_on | days_left | upload   | sheet | row
        P2       | 乙部 | 10-31  | 0         | {upload} | 台账  | 3
        P3       | 甲部 | 11-07  | 7         | {upload} | 台账  | 4
        """,
    )
    assert_answer(office.ask("due_soon_items", "10-31", unit=["甲部"]), "item_key\nP3")
    assert office.ask("due_soon_items", "10-31", league="社区") == []


def test_extended_item_is_due_soon_by_its_new_deadline(office: Office) -> None:
    office.send(
        "2022-10",
        "item_no | due_on | extended_on | extended_to\nP1 | 10-20 | 10-19 | 11-05",
        unit="甲部",
    )
    assert_answer(
        office.ask("due_soon_items", "10-31"),
        "item_key | due_on | original_due_on | days_left\nP1 | 11-05 | 10-20 | 5",
    )
