"""campaign_months: the way to zero, month by month, and what the plan said."""

from tests.office import Office, assert_answer


def test_campaign_months_judge_each_month_at_its_end(office: Office) -> None:
    office.send(
        "2022-09",
        "item_no | due_on | state | closed_on\n"
        "P1 | 09-30 | closed | 09-20\nP2 | 09-30 | open | —\nP3 | 11-30 | open | —",
        unit="甲部",
    )
    office.send(
        "2022-10",
        "item_no | due_on | state | closed_on\n"
        "P1 | 09-30 | closed | 09-20\nP2 | 09-30 | closed | 10-08\nP3 | 11-30 | open | —\n"
        "P4 | 10-10 | open | —",
        unit="甲部",
    )
    rows = office.ask("campaign_months", "10-31")
    assert_answer(
        rows,
        """
        month   | is_reported | item_count | due_count | closed_count | closed_due_count
        2022-09 | yes         | 3          | 2         | 1            | 1
        2022-10 | yes         | 4          | 3         | 2            | 2
        2022-11 | no          | —          | —         | —            | —
        2022-12 | no          | —          | —         | —            | —
        """,
    )
    # September: P1 of P1 P2 in time. October: P2 closed late; P4 overdue. In: P4. Out: P2.
    assert_answer(
        rows,
        """
        closed_share | on_time_share | overdue_count | remaining_count | in_count | out_count
        1/2          | 1/2           | 0             | 2               | 3        | 1
        2/3          | 1/3           | 1             | 2               | 1        | 1
        —            | —             | —             | —               | —        | —
        —            | —             | —             | —               | —        | —
        """,
    )
    # September lists 3 with 2 due; October 4 with 3 due; the last of them is due 11-30.
    assert_answer(rows, "planned_remaining_count\n1\n1\n0\n0")


def test_month_asked_in_its_middle_is_judged_on_the_day(office: Office) -> None:
    office.send("2022-12", "item_no | due_on\nP1 | 12-10\nP2 | 12-20", unit="甲部")
    assert_answer(
        office.ask("campaign_months", "12-15"),
        """
        month   | due_count | overdue_count | planned_remaining_count
        2022-12 | 1         | 1             | 1
        """,
    )


def test_month_without_a_list_carries_the_last_one(office: Office) -> None:
    office.send("2022-10", "item_no | due_on\nP1 | 10-31", unit="甲部")
    office.send("2022-12", "item_no | due_on\nP1 | 10-31\nP2 | —", unit="甲部")
    # P2 has no deadline: in the plan it remains.
    assert_answer(
        office.ask("campaign_months", "12-31"),
        """
        month   | is_reported | item_count | overdue_count | planned_remaining_count | in_count
        2022-10 | yes         | 1          | 0             | 0                       | 1
        2022-11 | yes         | 1          | 1             | 0                       | 0
        2022-12 | yes         | 2          | 1             | 1                       | 1
        """,
    )


def test_reopened_item_takes_one_out_of_the_closed(office: Office) -> None:
    office.send("2022-11", "item_no | state | closed_on\nP1 | closed | 11-05", unit="甲部")
    office.send("2022-12", "item_no | state\nP1 | open", unit="甲部")
    assert_answer(
        office.ask("campaign_months", "12-31"),
        "month | closed_count | out_count\n2022-11 | 1 | 1\n2022-12 | 0 | -1",
    )


def test_months_go_on_past_the_campaigns_end_as_long_as_the_day_asked(office: Office) -> None:
    office.send("2022-12", "item_no | due_on\nP1 | 2023-01-15", unit="甲部")
    assert_answer(
        office.ask("campaign_months", "2023-02-28"),
        """
        month   | overdue_count | planned_remaining_count
        2022-12 | 0             | 1
        2023-01 | 1             | 0
        2023-02 | 1             | 0
        """,
    )


def test_campaign_months_keep_to_the_filters(office: Office) -> None:
    office.send(
        "2022-12",
        """
        item_no | unit   | dimension | state  | closed_on
        P1      | 甲部   | 经济      | open   | —
        P2      | 丙部   | 民生      | closed | 12-05
        P3      | 东社区 | 民生      | open   | —
        """,
    )
    for filters, counts in (
        ({}, (3, 1)),
        ({"unit": ["丙部"]}, (1, 1)),
        ({"league": "部门"}, (2, 1)),
        ({"dimension": ["民生"]}, (2, 1)),
        ({"post": "第一副主任"}, (1, 0)),
    ):
        [row] = office.ask("campaign_months", "12-31", **filters)
        assert (row["item_count"], row["closed_count"]) == counts, filters


def test_months_without_any_list_are_not_shown(office: Office) -> None:
    assert office.ask("campaign_months", "12-31") == []
