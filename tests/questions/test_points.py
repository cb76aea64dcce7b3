"""points_ledger and points_balance (D14): every point with its reason and its row."""

import pytest

from tests.office import Office, assert_answer

HEAD = "unit | points | reason | given_on | basis"
ROWS = (
    "甲部 | 5  | 简报采用 | 08-20 | 简报3期",
    "乙部 | 2  | 提前完成 | 09-01 | P7",
    "甲部 | -2 | 走访迟到 | 09-03 | —",
    "甲部 | 1  | 主动认领 | 09-03 | —",
)


@pytest.fixture
def given(office: Office) -> Office:
    """An office that gave points in August and September."""
    office.send("", "\n".join([HEAD, *ROWS]), kind="points")
    return office


def test_balance_runs_entry_by_entry_each_with_reason_and_row(given: Office) -> None:
    assert_answer(
        given.ask("points_ledger", "09-30"),
        """
        unit | points | balance | reason   | basis   | given_on | sheet | row
        甲部 | 5      | 5       | 简报采用 | 简报3期 | 08-20    | 台账  | 2
        甲部 | -2     | 3       | 走访迟到 | —       | 09-03    | 台账  | 4
        甲部 | 1      | 4       | 主动认领 | —       | 09-03    | 台账  | 5
        乙部 | 2      | 2       | 提前完成 | P7      | 09-01    | 台账  | 3
        """,
    )


def test_days_shown_do_not_change_the_balance(given: Office) -> None:
    rows = given.ask("points_ledger", "09-30", first_on="2022-09-01", unit=["甲部"])
    assert [row["balance"] for row in rows] == [3, 4]
    assert [row["balance"] for row in given.ask("points_ledger", "08-31")] == [5]


def test_balance_of_every_unit_of_the_roster(given: Office) -> None:
    assert_answer(
        given.ask("points_balance", "09-30", league="部门"),
        """
        unit | balance | given | taken | entry_count | month_points | last_on
        甲部 | 4       | 6     | 2     | 3           | -1           | 09-03
        乙部 | 2       | 2     | 0     | 1           | 2            | 09-01
        丙部 | 0       | 0     | 0     | 0           | 0            | —
        丁部 | 0       | 0     | 0     | 0           | 0            | —
        """,
    )
    assert [row["unit"] for row in given.ask("points_balance", "09-30", post="第一副主任")] == [
        "甲部",
        "乙部",
    ]


def test_entry_taken_back_is_in_no_balance(office: Office) -> None:
    upload = office.send("", "\n".join([HEAD, *ROWS]), kind="points")
    office.take_back(upload)
    assert office.ask("points_ledger", "09-30") == []
