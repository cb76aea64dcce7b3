"""due_calendar and deadline_items: what falls due on which day, and which items those are."""

import pytest

from tests.office import Office, assert_answer

ITEMS = """
item_no | unit | dimension | due_on | extended_on | extended_to | state  | closed_on
P1      | 甲部 | 经济      | 09-30  | —           | —           | open   | —
P2      | 甲部 | 经济      | 10-01  | —           | —           | open   | —
P3      | 乙部 | 民生      | 10-01  | —           | —           | open   | —
P4      | 甲部 | 民生      | 10-01  | —           | —           | closed | 09-20
P5      | 甲部 | 民生      | 09-20  | 09-15       | 10-08       | open   | —
P6      | 甲部 | 民生      | 09-29  | —           | —           | open   | —
P7      | 丙部 | 民生      | —      | —           | —           | open   | —
"""


def test_each_day_counts_what_is_open_and_due_on_it(office: Office) -> None:
    office.send("2022-09", ITEMS)
    rows = office.ask("due_calendar", "09-30")
    # P1 is due today. P6 is overdue, P4 closed, P7 without a deadline. 10-08 is a Saturday on
    # which offices work in exchange for the holiday; soon is seven days from 09-30.
    assert_answer(
        [row for row in rows if row["pending_count"]],
        """
        due_on     | pending_count | unit_count | due_soon_count | is_workday
        2022-09-30 | 1             | 1          | 1              | yes
        2022-10-01 | 2             | 2          | 2              | no
        2022-10-08 | 1             | 1          | 0              | yes
        """,
    )
    assert len(rows) == 176


def test_what_falls_due_beyond_the_calendar_stands_in_one_row(office: Office) -> None:
    office.send(
        "2022-09",
        """
        item_no | unit | due_on
        P1      | 甲部 | 2023-03-24
        P2      | 甲部 | 2023-03-25
        P3      | 乙部 | 2024-12-31
        """,
    )
    *days, later = office.ask("due_calendar", "09-30")
    assert (str(days[-1]["due_on"]), days[-1]["pending_count"]) == ("2023-03-24", 1)
    assert (later["due_on"], later["pending_count"], later["unit_count"]) == (None, 2, 2)


def test_day_of_a_year_without_published_holidays_is_neither(office: Office) -> None:
    rows = office.ask("due_calendar", "2026-12-31")
    assert [row["is_workday"] for row in rows[:2]] == [True, None]


@pytest.mark.parametrize(
    ("asked", "keys"),
    [
        ({"due_from": "10-01", "due_to": "10-01", "state": "pending"}, ["P3", "P2"]),
        ({"state": "overdue"}, ["P6"]),
        ({"state": "closed", "offset_from": -11, "offset_to": -11}, ["P4"]),
        ({"offset_from": 0}, ["P6"]),
        ({"dimension": ["经济"]}, ["P1", "P2"]),
        ({}, ["P6", "P1", "P3", "P2", "P4", "P5"]),
    ],
)
def test_items_behind_a_day_or_an_offset(office: Office, asked: dict, keys: list[str]) -> None:
    office.send("2022-09", ITEMS)
    days = {name: f"2022-{value}" for name, value in asked.items() if name.startswith("due_")}
    rows = office.ask("deadline_items", "09-30", **(asked | days))
    assert [row["item_key"] for row in rows] == keys
    assert office.ask("deadline_totals", "09-30", **(asked | days)) == [{"item_count": len(keys)}]


def test_totals_of_deadlines_keep_to_the_filters_and_the_list(office: Office) -> None:
    office.send("2022-09", ITEMS)
    everyone = {"state": "pending"}
    for filters in ({}, {"unit": ["甲部"]}, {"post": "第一副主任"}, {"league": "社区"},
                    {"dimension": ["经济"]}, {"campaign": None}):  # fmt: skip
        listed = office.ask("deadline_items", "09-30", **everyone, **filters)
        [total] = office.ask("deadline_totals", "09-30", **everyone, **filters)
        assert total["item_count"] == len(listed), filters
    assert office.ask("deadline_totals", "09-30", due_from="2022-09-01") == [{"item_count": 4}]
