"""unit_year (D19): a unit's year in counts, for people to judge."""

from collections.abc import Callable

import pytest

from tally.packs import DEMO, Rule
from tests.office import Office, assert_answer

LATE = Rule(
    *("超期", "overdue_long", "D7", "red", "督办"),
    *("{detail}超期{measured}天", DEMO),
    {"days": 10},
)
ITEMS = "item_no | due_on | state | closed_on"


@pytest.fixture
def office(office_of: Callable[..., Office]) -> Office:
    """An office whose rule finds what is overdue for more than 10 days."""
    return office_of(rules=(LATE,))


def test_items_stand_as_on_the_months_last_day(office: Office) -> None:
    office.send("2022-07", f"{ITEMS}\nP1 | 07-20 | open | —\nP2 | 08-20 | open | —", unit="甲部")
    office.send(
        "2022-08", f"{ITEMS}\nP1 | 07-20 | closed | 08-10\nP2 | 08-20 | open | —", unit="甲部"
    )
    assert_answer(
        office.ask("unit_year", "09-15", unit=["甲部"]),
        """
        month   | is_reported | item_count | due_count | closed_due_count | closed_share | overdue_count | found_count | ended_count
        2022-07 | yes         | 2          | 1         | 0                | 0            | 1             | 1           | 0
        2022-08 | yes         | 2          | 2         | 1                | 1/2          | 1             | 1           | 1
        2022-09 | no          | —          | —         | —                | —            | —             | 0           | 0
        """,
    )


def test_what_happened_counts_in_its_month(office: Office) -> None:
    office.send("2022-07", f"{ITEMS}\nP1 | 07-20 | closed | 07-10", unit="甲部")
    office.send(
        "", "item_no | checked_on | is_verified\nP1 | 07-20 | yes", kind="checks", unit="甲部"
    )
    office.send(
        "",
        "reason | points | given_on\n简报 | 5 | 07-20\n迟到 | -2 | 07-21",
        kind="points",
        unit="甲部",
    )
    office.send(
        *("2022-07", "item_no | kind | title | published_on\nC1 | 公开承诺 | 甲 | 07-20"),
        kind="commitments",
        unit="甲部",
    )
    assert_answer(
        office.ask("unit_year", "08-31", unit=["甲部"]),
        """
        month   | true_count | false_count | points | commitment_count | questioning_count
        2022-07 | 1          | 0           | 3      | 1                | 0
        2022-08 | 0          | 0           | 0      | 0                | 0
        """,
    )


def test_every_unit_of_the_roster_has_every_month(office: Office) -> None:
    rows = office.ask("unit_year", "12-31")
    assert len(rows) == 6 * 6
    assert {row["month"] for row in rows} == {f"2022-{month:02}" for month in range(7, 13)}


def test_year_begins_with_the_first_month_that_a_list_tells_of(office: Office) -> None:
    """Points given in May, before the campaign began, are in the year; those of 2021 are not."""
    rows = "reason | points | given_on\n简报 | 5 | 05-20\n旧账 | 9 | 2021-05-20"
    office.send("", rows, kind="points", unit="甲部")
    months = [row["month"] for row in office.ask("unit_year", "08-15", unit=["甲部"])]
    assert months == ["2022-05", "2022-06", "2022-07", "2022-08"]
    assert office.ask("unit_year", "08-15", unit=["甲部"])[0]["points"] == 5
