"""overdue_items: the definition of overdue, and the deadline in force."""

import pytest

from tests.office import Office, expect

AS_OF = "10-31"


def overdue_keys(office: Office, as_of: str = AS_OF, **filters: object) -> list[str]:
    return [row["item_key"] for row in office.ask("overdue_items", as_of, **filters)]


def test_overdue_items_come_longest_first_with_the_place_they_came_from(office: Office) -> None:
    upload = office.send(
        "2022-10",
        """
        item_no | unit | dimension | community | leader_post | due_on | sheet | state
        P1      | 甲部 | 经济      | —         | 第一副主任  | 10-30  | 表一  | open
        P2      | 乙部 | 民生      | 东社区    | —           | 07-31  | 表二  | escalated
        """,
    )
    # 31 July to 31 October is 92 days.
    expect(
        office.ask("overdue_items", AS_OF),
        f"""
        campaign | ledger   | item_key | title | unit | dimension | community | leader_post | due_on | original_due_on | overdue_days | state     | upload   | file                 | sheet | row
        trial    | problems | P2       | P2    | 乙部 | 民生      | 东社区    | —           | 07-31  | 07-31           | 92           | escalated | {upload} | 合并2022-10问题台账.xlsx | 表二  | 3
        trial    | problems | P1       | P1    | 甲部 | 经济      | —         | 第一副主任  | 10-30  | 10-30           | 1            | open      | {upload} | 合并2022-10问题台账.xlsx | 表一  | 2
        """,
    )


@pytest.mark.parametrize(
    ("due_on", "state", "closed_on", "is_overdue"),
    [
        ("10-31", "open", "—", False),  # due today
        ("10-30", "open", "—", True),  # due yesterday
        ("—", "open", "—", False),  # no deadline: never overdue
        ("09-30", "closed", "10-31", False),  # closed late, on the day itself
        ("09-30", "closed", "11-01", True),  # closed only after the day asked
        ("10-15", "closed", "—", False),  # closed without a date: counts from 1 October
        ("09-30", "escalated", "—", True),  # handed up is still open
        ("09-30", "tolerated", "—", True),
        ("09-30", "parked", "—", True),
        ("09-30", "withdrawn", "—", False),  # taken out with a reason: not counted
    ],
)
def test_item_is_overdue_when_its_deadline_passed_and_it_was_not_closed(
    office: Office, due_on: str, state: str, closed_on: str, is_overdue: bool
) -> None:
    office.send(
        "2022-10",
        f"item_no | due_on | state | closed_on\nP1 | {due_on} | {state} | {closed_on}",
        unit="甲部",
    )
    assert overdue_keys(office) == (["P1"] if is_overdue else [])


@pytest.mark.parametrize(
    ("extended_on", "extended_to", "as_of", "due_on"),
    [
        ("09-10", "10-15", "10-31", "10-15"),  # approved before the deadline
        ("09-15", "10-15", "10-31", "10-15"),  # approved on its last day
        ("09-16", "10-15", "10-31", "09-15"),  # approved after it had passed: void
        ("09-10", "10-15", "09-09", "09-15"),  # not yet approved on the day asked
        ("09-10", "08-15", "10-31", "09-15"),  # an extension never shortens
        ("—", "10-15", "10-31", "09-15"),  # without a day of approval: void
        ("09-10", "—", "10-31", "09-15"),  # without a new day: void
    ],
)
def test_extension_moves_the_deadline_only_when_approved_before_it_passed(
    office: Office, extended_on: str, extended_to: str, as_of: str, due_on: str
) -> None:
    office.send(
        "2022-09",
        f"""
        item_no | due_on | extended_on   | extended_to
        P1      | 09-15  | {extended_on} | {extended_to}
        """,
        unit="甲部",
    )
    expect(
        office.ask("items", as_of),
        f"""
        due_on   | original_due_on | is_extended
        {due_on} | 09-15           | {"no" if due_on == "09-15" else "yes"}
        """,
    )


def test_extensions_chain_while_each_is_approved_in_time(office: Office) -> None:
    lists = {
        "2022-07": ("07-20", "08-15"),  # 31 July moved to 15 August in time
        "2022-08": ("08-14", "09-15"),  # and on to 15 September in time
        "2022-09": ("09-20", "12-31"),  # too late: 15 September had passed
    }
    for month, (extended_on, extended_to) in lists.items():
        office.send(
            month,
            f"""
            item_no | due_on | extended_on   | extended_to
            P1      | 07-31  | {extended_on} | {extended_to}
            """,
            unit="甲部",
        )
    # 15 September to 31 October is 46 days.
    expect(
        office.ask("overdue_items", AS_OF),
        "item_key | due_on | original_due_on | overdue_days\nP1 | 09-15 | 07-31 | 46",
    )


def test_deadline_moved_without_an_extension_changes_nothing(office: Office) -> None:
    office.send("2022-08", "item_no | due_on\nP1 | 08-31", unit="甲部")
    office.send("2022-09", "item_no | due_on\nP1 | 12-31", unit="甲部")
    expect(
        office.ask("overdue_items", AS_OF),
        "item_key | due_on | original_due_on | overdue_days\nP1 | 08-31 | 08-31 | 61",
    )


def test_deadline_given_only_by_a_later_list_is_the_original_one(office: Office) -> None:
    office.send("2022-08", "item_no | due_on\nP1 | —", unit="甲部")
    office.send("2022-09", "item_no | due_on\nP1 | 09-30", unit="甲部")
    expect(
        office.ask("overdue_items", AS_OF),
        "item_key | original_due_on | overdue_days\nP1 | 09-30 | 31",
    )


def test_item_reopened_is_overdue_again(office: Office) -> None:
    for month, state, closed_on in (
        ("2022-08", "closed", "08-20"),
        ("2022-09", "open", "—"),
    ):
        office.send(
            month,
            f"item_no | due_on | state | closed_on\nP1 | 08-31 | {state} | {closed_on}",
            unit="甲部",
        )
    assert overdue_keys(office, "08-31") == []
    assert overdue_keys(office, "09-30") == ["P1"]


def test_item_missing_from_a_later_list_stays_open(office: Office) -> None:
    office.send("2022-08", "item_no | due_on\nP1 | 08-31\nP2 | 12-31", unit="甲部")
    office.send("2022-09", "item_no | due_on\nP2 | 12-31", unit="甲部")
    assert overdue_keys(office) == ["P1"]


def test_unit_that_misses_a_month_keeps_its_last_list(office: Office) -> None:
    office.send("2022-08", "item_no | due_on\nP1 | 09-15", unit="甲部")
    office.send("2022-09", "item_no | due_on\nP2 | 09-15", unit="乙部")
    assert overdue_keys(office) == ["P1", "P2"] or overdue_keys(office) == ["P2", "P1"]


def test_joint_responsibility_counts_for_the_lead_only(office: Office) -> None:
    office.send(
        "2022-09", "item_no | unit | partners | due_on\nP1 | 甲部 | 乙部、丙部 | 09-15"
    )
    assert overdue_keys(office, unit=["甲部"]) == ["P1"]
    assert overdue_keys(office, unit=["乙部"]) == []


@pytest.mark.parametrize(
    ("filters", "keys"),
    [
        ({}, ["P1", "P2", "P3"]),
        ({"unit": ["甲部", "东社区"]}, ["P1", "P3"]),
        ({"league": "部门"}, ["P1", "P2"]),
        ({"dimension": ["民生"]}, ["P2", "P3"]),
        ({"post": "第一副主任"}, ["P1"]),
        ({"month_from": "2022-08"}, ["P2", "P3"]),
        ({"month_to": "2022-08"}, ["P1", "P2"]),
        ({"month_from": "2022-08", "month_to": "2022-08"}, ["P2"]),
        ({"community": "东社区"}, ["P3"]),
        ({"campaign": None}, ["P1", "P2", "P3"]),
        ({"campaign": "another"}, []),
    ],
)
def test_overdue_items_keep_to_the_filters(
    office: Office, filters: dict[str, object], keys: list[str]
) -> None:
    office.send(
        "2022-09",
        """
        item_no | unit   | dimension | community | due_on
        P1      | 甲部   | 经济      | —         | 07-15
        P2      | 丙部   | 民生      | —         | 08-15
        P3      | 东社区 | 民生      | 东社区    | 09-15
        """,
    )
    assert overdue_keys(office, **filters) == keys


def test_no_day_asked_gives_no_rows(office: Office) -> None:
    office.send("2022-09", "item_no | due_on\nP1 | 07-15", unit="甲部")
    assert office.ask("overdue_items") == []
