"""overdue_items: the definition of overdue, and the deadline in force."""

from tests.office import Office, assert_answer

AS_OF = "10-31"


def overdue_keys(office: Office, as_of: str = AS_OF, **filters: object) -> list[str]:
    """Return the keys of the overdue items in alphabetical order."""
    return sorted(row["item_key"] for row in office.ask("overdue_items", as_of, **filters))


def test_overdue_items_come_longest_first_with_the_place_they_came_from(office: Office) -> None:
    upload = office.send(
        "2022-10",
        """
        item_no | unit | dimension | community | leader_post | due_on | sheet | state
        P1      | 甲部 | 经济      | —         | 第一副主任  | 10-30  | 表一  | open
        P2      | 乙部 | 民生      | 东社区    | —           | 07-31  | 表二  | escalated
        """,
    )
    # From 31 July to 31 October it is 31 + 30 + 31 = 92 days.
    rows = office.ask("overdue_items", AS_OF)
    assert_answer(
        rows,
        """
        item_key | title | unit | dimension | community | leader_post | due_on | overdue_days
        P2       | P2    | 乙部 | 民生      | 东社区    | —           | 07-31  | 92
        P1       | P1    | 甲部 | 经济      | —         | 第一副主任  | 10-30  | 1
        """,
    )
    assert_answer(
        rows,
        f"""
        campaign | ledger   | state     | upload   | file                     | sheet | row
        trial    | problems | escalated | {upload} | 合并2022-10问题台账.xlsx | 表二  | 3
        trial    | problems | open      | {upload} | 合并2022-10问题台账.xlsx | 表一  | 2
        """,
    )


def test_item_is_overdue_when_its_deadline_passed_and_it_was_not_closed(office: Office) -> None:
    office.send(
        "2022-10",
        """
        item_no                | due_on | state     | closed_on
        due today              | 10-31  | open      | —
        due yesterday          | 10-30  | open      | —
        no deadline            | —      | open      | —
        closed late, today     | 09-30  | closed    | 10-31
        closed tomorrow        | 09-30  | closed    | 11-01
        closed without a date  | 10-15  | closed    | —
        handed up              | 09-30  | escalated | —
        tolerated              | 09-30  | tolerated | —
        parked                 | 09-30  | parked    | —
        merged into another    | 09-30  | withdrawn | —
        """,
        unit="甲部",
    )
    assert overdue_keys(office) == [
        "closed tomorrow",
        "due yesterday",
        "handed up",
        "parked",
        "tolerated",
    ]


def test_extension_moves_the_deadline_only_when_approved_before_it_passed(office: Office) -> None:
    office.send(
        "2022-09",
        """
        item_no                | due_on | extended_on | extended_to
        1 before the deadline  | 09-15  | 09-10       | 10-15
        2 on its last day      | 09-15  | 09-15       | 10-15
        3 a day too late       | 09-15  | 09-16       | 10-15
        4 to an earlier day    | 09-15  | 09-10       | 08-15
        5 without approval day | 09-15  | —           | 10-15
        6 without a new day    | 09-15  | 09-10       | —
        7 of no deadline       | —      | 09-10       | 10-15
        """,
        unit="甲部",
    )
    by_name = sorted(office.ask("items", AS_OF), key=lambda row: row["item_key"])
    assert_answer(
        by_name,
        """
        item_key               | due_on | original_due_on | is_extended
        1 before the deadline  | 10-15  | 09-15           | yes
        2 on its last day      | 10-15  | 09-15           | yes
        3 a day too late       | 09-15  | 09-15           | no
        4 to an earlier day    | 09-15  | 09-15           | no
        5 without approval day | 09-15  | 09-15           | no
        6 without a new day    | 09-15  | 09-15           | no
        7 of no deadline       | —      | —               | no
        """,
    )


def test_extension_does_not_count_before_the_day_it_was_approved(office: Office) -> None:
    office.send(
        "2022-09",
        "item_no | due_on | extended_on | extended_to\nP1 | 09-15 | 09-10 | 10-15",
        unit="甲部",
    )
    assert [row["due_on"].day for row in office.ask("items", "09-09")] == [15]
    assert [row["due_on"].month for row in office.ask("items", "09-09")] == [9]
    assert [row["due_on"].month for row in office.ask("items", "09-10")] == [10]


def test_extensions_chain_while_each_is_approved_in_time(office: Office) -> None:
    for month, extended_on, extended_to in (
        ("2022-07", "07-20", "08-15"),  # 31 July moved in time
        ("2022-08", "08-14", "09-15"),  # and moved on in time
        ("2022-09", "09-20", "12-31"),  # too late: 15 September had passed
    ):
        office.send(
            month,
            f"""
            item_no | due_on | extended_on   | extended_to
            P1      | 07-31  | {extended_on} | {extended_to}
            """,
            unit="甲部",
        )
    # From 15 September to 31 October it is 46 days.
    assert_answer(
        office.ask("overdue_items", AS_OF),
        "item_key | due_on | original_due_on | overdue_days\nP1 | 09-15 | 07-31 | 46",
    )


def test_deadline_moved_without_an_extension_changes_nothing(office: Office) -> None:
    office.send("2022-08", "item_no | due_on\nlater | 08-31\nnone before | —", unit="甲部")
    office.send("2022-09", "item_no | due_on\nlater | 12-31\nnone before | 09-30", unit="甲部")
    assert_answer(
        office.ask("overdue_items", AS_OF),
        """
        item_key    | due_on | original_due_on | overdue_days
        later       | 08-31  | 08-31           | 61
        none before | 09-30  | 09-30           | 31
        """,
    )


def test_item_reopened_is_overdue_again(office: Office) -> None:
    office.send(
        "2022-08", "item_no | due_on | state | closed_on\nP1 | 08-31 | closed | 08-20", unit="甲部"
    )
    office.send("2022-09", "item_no | due_on\nP1 | 08-31", unit="甲部")
    assert overdue_keys(office, "08-31") == []
    assert overdue_keys(office, "09-30") == ["P1"]


def test_item_missing_from_a_later_list_stays_open(office: Office) -> None:
    office.send("2022-08", "item_no | due_on\nP1 | 08-31\nP2 | 12-31", unit="甲部")
    office.send("2022-09", "item_no | due_on\nP2 | 12-31", unit="甲部")
    assert overdue_keys(office) == ["P1"]


def test_unit_that_misses_a_month_keeps_its_last_list(office: Office) -> None:
    office.send("2022-08", "item_no | due_on\nP1 | 09-15", unit="甲部")
    office.send("2022-09", "item_no | due_on\nP2 | 09-15", unit="乙部")
    assert overdue_keys(office) == ["P1", "P2"]


def test_item_handed_to_another_unit_is_counted_there_only(office: Office) -> None:
    office.send("2022-08", "item_no | due_on\nP1 | 09-15", unit="甲部")
    office.send("2022-09", "item_no | due_on\nP1 | 09-15", unit="乙部")
    assert_answer(office.ask("overdue_items", AS_OF), "item_key | unit\nP1 | 乙部")


def test_joint_responsibility_counts_for_the_lead_only(office: Office) -> None:
    office.send("2022-09", "item_no | unit | partners | due_on\nP1 | 甲部 | 乙部、丙部 | 09-15")
    assert overdue_keys(office, unit=["甲部"]) == ["P1"]
    assert overdue_keys(office, unit=["乙部", "丙部"]) == []


def test_overdue_items_keep_to_the_filters(office: Office) -> None:
    office.send(
        "2022-09",
        """
        item_no | unit   | dimension | community | due_on
        P1      | 甲部   | 经济      | —         | 07-15
        P2      | 丙部   | 民生      | —         | 08-15
        P3      | 东社区 | 民生      | 东社区    | 09-15
        P4      | 乙部   | —         | —         | 06-15
        """,
    )
    for filters, keys in (
        ({}, ["P1", "P2", "P3", "P4"]),
        ({"is_unsorted": True}, ["P4"]),
        ({"is_unsorted": False}, ["P1", "P2", "P3"]),
        ({"unit": ["甲部", "东社区"]}, ["P1", "P3"]),
        ({"league": "部门"}, ["P1", "P2", "P4"]),
        ({"dimension": ["民生"]}, ["P2", "P3"]),
        ({"post": "第一副主任"}, ["P1", "P4"]),
        ({"month_from": "2022-08"}, ["P2", "P3"]),
        ({"month_to": "2022-08"}, ["P1", "P2", "P4"]),
        ({"month_from": "2022-08", "month_to": "2022-08"}, ["P2"]),
        ({"community": ["东社区"]}, ["P3"]),
        ({"campaign": None}, ["P1", "P2", "P3", "P4"]),
        ({"campaign": "another"}, []),
    ):
        assert overdue_keys(office, **filters) == keys, filters
        if "community" not in filters:
            [total] = office.ask("overdue_totals", AS_OF, **filters)
            assert total["item_count"] == len(keys), filters


def test_list_that_ends_early_holds_the_longest_overdue(office: Office) -> None:
    office.send(
        "2022-09",
        """
        item_no | unit | due_on
        P1      | 乙部 | 08-31
        P2      | 甲部 | 08-31
        P3      | 甲部 | 07-31
        """,
    )
    listed = office.ask("overdue_items", AS_OF, at_most=2)
    assert [row["item_key"] for row in listed] == ["P3", "P1"]
    assert office.ask("overdue_totals", AS_OF) == [{"item_count": 3}]


def test_no_day_asked_gives_no_rows(office: Office) -> None:
    office.send("2022-09", "item_no | due_on\nP1 | 07-15", unit="甲部")
    assert office.ask("overdue_items") == []


def test_deadline_of_the_list_takes_the_place_of_a_derived_one(office: Office) -> None:
    office.send("2022-09", "item_no | due_on | is_due_derived\nP1 | 09-08 | yes", unit="甲部")
    assert [row["item_key"] for row in office.ask("overdue_items", "09-30")] == ["P1"]
    office.send("2022-10", "item_no | due_on\nP1 | 11-30", unit="甲部")
    assert office.ask("overdue_items", "10-31") == []
