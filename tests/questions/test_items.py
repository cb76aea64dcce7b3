"""items: any ledger row by words, unit, state and days; each with its place (B1)."""

from tests.office import Office, assert_answer


def keys(office: Office, **filters: object) -> list[str]:
    """Return the keys found, in alphabetical order."""
    return sorted(row["item_key"] for row in office.ask("items", "10-31", **filters))


def test_items_are_found_by_words_state_and_days(office: Office) -> None:
    office.send(
        "2022-10",
        """
        item_no | title      | unit | community | measure  | enterprise | due_on | state  | closed_on
        P1      | 雨污管网   | 甲部 | 东社区    | 改造一期 | —          | 09-15  | open   | —
        P2      | 用工缺口   | 乙部 | —         | —        | 某材料厂   | 11-03  | open   | —
        P3      | 完成80%的路 | 乙部 | —         | 管网迁改 | —          | 09-20  | closed | 09-18
        P4      | a_B5G基站  | 丙部 | —         | —        | —          | —      | open   | —
        """,
    )
    for filters, found in (
        ({}, ["P1", "P2", "P3", "P4"]),
        ({"words": "管网"}, ["P1", "P3"]),  # in the title, and in the measures
        ({"words": "材料厂"}, ["P2"]),
        ({"words": "p2"}, ["P2"]),  # the number, whatever its case
        ({"words": "乙部"}, ["P2", "P3"]),
        ({"words": "东社区"}, ["P1"]),
        ({"words": "80%"}, ["P3"]),
        ({"words": "%"}, ["P3"]),  # a sign like any other, not a wildcard
        ({"words": "_"}, ["P4"]),
        ({"words": "b5g基"}, ["P4"]),
        ({"words": "没有的词"}, []),
        ({"words": "管网 乙部"}, ["P3"]),  # each of them, in whichever column
        ({"words": "乙部　管网 P3"}, ["P3"]),
        ({"words": "乙部 没有的词"}, []),
        ({"state": "open"}, ["P1", "P2", "P4"]),
        ({"state": "closed"}, ["P3"]),
        ({"state": "overdue"}, ["P1"]),
        ({"state": "due_soon"}, ["P2"]),
        ({"state": "verified"}, []),
        ({"due_from": "2022-09-20"}, ["P2", "P3"]),
        ({"due_to": "2022-09-20"}, ["P1", "P3"]),
        ({"month": "2022-09"}, ["P1", "P3"]),
        ({"community": "东社区"}, ["P1"]),
        ({"item_key": "P3"}, ["P3"]),
        ({"words": "管网", "state": "overdue"}, ["P1"]),
        ({"unit": ["乙部"], "state": "open"}, ["P2"]),
        ({"post": "第二副主任"}, ["P4"]),
    ):
        assert keys(office, **filters) == found, filters


def test_item_shows_what_its_last_list_said_and_where(office: Office) -> None:
    office.send("2022-09", "item_no | state\nP1 | open", unit="甲部")
    upload = office.send(
        "2022-10",
        """
        item_no | partners | goal | progress_note | state  | closed_on
        P1      | 乙部     | 清零 | 已完成        | closed | 10-20
        """,
        unit="甲部",
    )
    rows = office.ask("items", "10-31")
    assert_answer(
        rows,
        """
        item_key | partners | goal | progress_note | state  | closed_on | closed_at_on | is_closed
        P1       | 乙部     | 清零 | 已完成        | closed | 10-20     | 10-20        | yes
        """,
    )
    assert_answer(
        rows,
        f"""
        period | upload   | file                     | sheet | row
        10-01  | {upload} | 甲部2022-10问题台账.xlsx | 台账  | 2
        """,
    )


def test_deadline_derived_by_the_pack_is_marked(office: Office) -> None:
    office.send(
        "2022-10",
        "item_no | due_on | due_text | is_due_derived\nP1 | 10-12 | 5 个工作日 | yes\nP2 | 10-12 | — | —",
        unit="甲部",
    )
    assert_answer(
        office.ask("items", "10-31"),
        "item_key | is_due_derived | due_text\nP1 | yes | 5 个工作日\nP2 | no | —",
    )


def test_state_of_an_open_item_is_kept_as_reported(office: Office) -> None:
    office.send("2022-10", "item_no | state\nP1 | escalated\nP2 | parked", unit="甲部")
    assert_answer(
        office.ask("items", "10-31"),
        "item_key | state | is_closed\nP1 | escalated | no\nP2 | parked | no",
    )


def test_items_are_turned_in_pages_and_counted_whole(office: Office) -> None:
    office.send(
        "2022-10",
        """
        item_no | title | unit | due_on | state  | closed_on
        P1      | 甲事  | 甲部 | 09-10  | open   | —
        P2      | 乙事  | 甲部 | 09-20  | open   | —
        P3      | 丙事  | 甲部 | 09-30  | closed | 09-18
        """,
    )
    pages = [office.ask("items", "10-31", at_most=2, skip=skip) for skip in (0, 2, 4)]
    assert [[row["item_key"] for row in page] for page in pages] == [["P1", "P2"], ["P3"], []]
    for row in (*pages[0], *pages[1]):
        counts = (row["found_count"], row["closed_count"], row["overdue_count"])
        assert counts == (3, 1, 2)
