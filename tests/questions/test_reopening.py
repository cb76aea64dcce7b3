"""What a check found false is open again (假销号, B4), until it is closed anew or found true."""

from collections.abc import Sequence

import pytest

from tests.office import Office, assert_answer

CLOSED = "item_no | due_on | state | closed_on\nP1 | 09-15 | closed | {}"
OPEN = "item_no | due_on | state\nP1 | 09-15 | open"


def check(office: Office, *results: str) -> None:
    """Send the checks of P1, each as `09-20 no`."""
    rows = [f"P1 | {' | '.join(result.split())}" for result in results]
    text = "\n".join(["item_no | checked_on | is_verified", *rows])
    office.send("", text, kind="checks", title="核查")


def stands(office: Office, as_of: str) -> str:
    """Return how P1 stands on a day, in words."""
    [item] = office.ask("items", as_of)
    flags = ("is_reported_closed", "is_closed", "is_reopened", "is_verified")
    return " ".join(flag.removeprefix("is_") for flag in flags if item[flag])


def test_item_found_false_is_open_again_and_overdue(office: Office) -> None:
    office.send("2022-09", CLOSED.format("09-10"), unit="甲部")
    check(office, "09-20 no")
    assert stands(office, "09-19") == "reported_closed closed"
    assert stands(office, "09-20") == "reported_closed reopened"
    [item] = office.ask("items", "09-30")
    assert (item["is_overdue"], item["overdue_days"], str(item["closed_at_on"])) == (
        True,
        15,
        "2022-09-10",
    )


@pytest.mark.parametrize(
    ("lists", "checks", "expected"),
    [
        # The list goes on calling it closed on the same day, or leaves the day out.
        ((CLOSED.format("09-10"),), (), "reported_closed reopened"),
        ((CLOSED.format("—"),), (), "reported_closed reopened"),
        # It reports a new closing, on the day after the failed check or later.
        ((CLOSED.format("09-21"),), (), "reported_closed closed"),
        ((CLOSED.format("09-20"),), (), "reported_closed reopened"),
        # A unit that says itself that it is open again has not done it yet.
        ((OPEN,), (), "reopened"),
        ((OPEN, CLOSED.format("09-10")), (), "reported_closed reopened"),
        ((OPEN, CLOSED.format("11-10")), (), "reported_closed closed"),
        ((OPEN, CLOSED.format("—")), (), "reported_closed closed"),
        ((OPEN, CLOSED.format("11-10"), OPEN), (), ""),
        # A later check settles it, whatever the lists say.
        ((CLOSED.format("09-10"),), ("10-20 yes",), "reported_closed closed verified"),
        ((OPEN,), ("10-20 yes",), ""),
        ((CLOSED.format("10-10"),), ("10-20 no",), "reported_closed reopened"),
    ],
)
def test_item_stays_reopened_until_closed_anew_or_found_true(
    office: Office, lists: Sequence[str], checks: Sequence[str], expected: str
) -> None:
    office.send("2022-09", CLOSED.format("09-10"), unit="甲部")
    for month, rows in zip(("2022-10", "2022-11", "2022-12"), lists, strict=False):
        office.send(month, rows, unit="甲部")
    check(office, "09-20 no", *checks)
    assert stands(office, "12-31") == expected


def test_failed_check_of_what_no_list_called_closed_reopens_nothing(office: Office) -> None:
    office.send("2022-09", OPEN, unit="甲部")
    check(office, "09-20 no")
    assert stands(office, "09-30") == ""
    # Closed in August, taken back in September by the unit itself, then looked at in October.
    office.send("2022-08", CLOSED.format("08-10"), unit="甲部")
    office.send("2022-10", OPEN, unit="甲部")
    check(office, "10-20 no")
    assert stands(office, "10-31") == ""


def test_undoing_a_check_closes_the_item_again(office: Office) -> None:
    office.send("2022-09", CLOSED.format("09-10"), unit="甲部")
    text = "item_no | title | checked_on | is_verified\nP1 | 核查 | 09-20 | no"
    upload = office.send("", text, kind="checks")
    before = office.now()
    office.take_back(upload)
    assert stands(office, "09-30") == "reported_closed closed"
    [then] = office.ask("items", "09-30", known_at=before)
    assert then["is_reopened"]


def test_reopened_items_count_against_their_unit(office: Office) -> None:
    office.send(
        "2022-09",
        """
        item_no | unit | dimension | due_on | state  | closed_on
        P1      | 甲部 | 经济      | 09-15  | closed | 09-10
        P2      | 甲部 | 经济      | 09-15  | closed | 09-10
        P3      | 乙部 | 经济      | 09-15  | closed | 09-10
        P4      | 乙部 | 民生      | 09-15  | open   | —
        """,
    )
    check(office, "09-20 no")
    assert_answer(
        office.ask("campaign_progress", "09-30"),
        """
        dimension | reported_closed_count | closed_count | reopened_count | overdue_count
        经济      | 3                     | 2            | 1              | 1
        民生      | 0                     | 0            | 0              | 1
        """,
    )
    assert_answer(
        office.ask("unit_ranking", "09-30", unit=["甲部", "乙部"]),
        """
        unit | closed_due_count | due_count | closed_share | reopened_count | is_tied
        甲部 | 1                | 2         | 1/2          | 1              | yes
        乙部 | 1                | 2         | 1/2          | 0              | yes
        """,
    )
    assert_answer(
        office.ask("campaign_totals", "09-30"),
        "reported_closed_count | closed_count | reopened_count\n3 | 2 | 1",
    )
    [found] = office.ask("items", "09-30", state="reopened")
    assert found["item_key"] == "P1"
