"""parked_items: what is put aside is dispatched once a week; weeks without are counted (B16)."""

import pytest

from tests.office import Office, assert_answer


def park(office: Office, *months: str, state: str = "parked") -> None:
    """Publish lists in which item P1 has a state."""
    for month in months:
        office.send(month, f"item_no | due_on | state\nP1 | 12-31 | {state}", unit="甲部")


def dispatch(office: Office, *days: str) -> None:
    """Publish September's dispatches of P1."""
    lines = [f"P1 | 甲部 | 调度 | {day}" for day in days]
    office.send("2022-09", "\n".join(["item_no | unit | step | step_on", *lines]), kind="steps")


def parked(office: Office, as_of: str) -> dict:
    """Return the row of the only item put aside."""
    (row,) = office.ask("parked_items", as_of)
    return row


def test_weeks_without_a_dispatch_count_from_the_list_that_put_it_aside(office: Office) -> None:
    park(office, "2022-08")
    # Whole weeks after August: from 5, 12 and 19 September; the week of the 26th is not over.
    dispatch(office, "09-06", "09-08", "09-13")
    assert_answer(
        office.ask("parked_items", "09-30"),
        """
        item_key | unit | parked_month | last_dispatch_on | dispatch_count | week_count | missed_count | missed_run_count | is_dispatched
        P1       | 甲部 | 2022-08      | 09-13            | 3              | 3          | 1            | 1                | no
        """,
    )


@pytest.mark.parametrize(
    ("as_of", "week_count", "missed_count", "missed_run_count"),
    [("09-04", 0, 0, 0), ("09-10", 0, 0, 0), ("09-11", 1, 1, 1), ("09-18", 2, 1, 0)],
)
def test_week_counts_once_it_is_over(
    office: Office, as_of: str, week_count: int, missed_count: int, missed_run_count: int
) -> None:
    park(office, "2022-08")
    dispatch(office, "09-14")
    row = parked(office, as_of)
    assert row["week_count"] == week_count
    assert row["missed_count"] == missed_count
    assert row["missed_run_count"] == missed_run_count


def test_dispatch_in_the_week_of_the_day_is_told_apart(office: Office) -> None:
    park(office, "2022-08")
    dispatch(office, "09-26")
    assert parked(office, "09-30")["is_dispatched"] is True
    assert parked(office, "09-25")["is_dispatched"] is False


def test_item_taken_up_and_put_aside_again_counts_anew(office: Office) -> None:
    park(office, "2022-06")
    park(office, "2022-07", state="open")
    park(office, "2022-08", "2022-09")
    assert parked(office, "09-30")["parked_month"] == "2022-08"


def test_only_what_is_put_aside_is_listed(office: Office) -> None:
    states = ("open", "closed", "escalated", "withdrawn", "parked")
    for month, told in (("2022-08", ["parked"] * 5), ("2022-09", states)):
        lines = [f"P{number} | 12-31 | {state}" for number, state in enumerate(told, start=1)]
        office.send(month, "\n".join(["item_no | due_on | state", *lines]), unit="甲部")
    assert len(office.ask("parked_items", "08-31")) == 5
    assert [row["item_key"] for row in office.ask("parked_items", "09-30")] == ["P5"]


def test_longest_without_a_dispatch_comes_first_and_filters_hold(office: Office) -> None:
    office.send(
        "2022-08",
        """
        item_no | unit | dimension | due_on | state
        P1      | 甲部 | 经济      | 12-31  | parked
        P2      | 丙部 | 民生      | 12-31  | parked
        """,
    )
    dispatch(office, "09-06")
    keys = [row["item_key"] for row in office.ask("parked_items", "09-30")]
    assert keys == ["P2", "P1"]
    for filters, found in (({"unit": ["甲部"]}, ["P1"]), ({"dimension": ["民生"]}, ["P2"])):
        rows = office.ask("parked_items", "09-30", **filters)
        assert [row["item_key"] for row in rows] == found
