"""overdue_long (D7, F5): items overdue for longer than the office calls serious."""

from tests.office import Office, assert_answer
from tests.rules.trying import found


def test_an_item_is_found_from_the_day_after_the_limit(office: Office) -> None:
    office.send(
        "2022-10",
        """
        item_no | due_on
        P30     | 10-01
        P31     | 09-30
        """,
        unit="甲部",
    )
    assert_answer(
        found(office, "overdue_long", "10-31", days=30),
        """
        subject | unit | since_on | until_on | measured_value | threshold | row
        P31     | 甲部 | 10-31    | —        | 31             | 30        | 3
        """,
    )


def test_what_was_closed_late_stays_a_finding_until_its_closing(office: Office) -> None:
    office.send(
        "2022-10",
        """
        item_no | due_on | state  | closed_on
        P1      | 08-01  | closed | 10-10
        P2      | 08-01  | closed | 08-31
        P3      | —      | open   | —
        """,
        unit="甲部",
    )
    assert_answer(
        found(office, "overdue_long", "10-31", days=30),
        "subject | since_on | until_on | measured_value\nP1 | 09-01 | 10-10 | 70",
    )
