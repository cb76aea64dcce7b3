"""community_progress: items and tickets by community, satisfaction over those who rated."""

from tests.office import Office, assert_answer


def test_communities_come_in_the_packs_order_with_items_and_tickets_apart(office: Office) -> None:
    office.send(
        "2022-09",
        """
        item_no | community | due_on | state  | closed_on
        P1      | 东社区    | 09-10  | closed | 09-20
        P2      | 东社区    | 09-10  | open   | —
        P3      | 东社区    | 12-10  | open   | —
        P4      | —         | 09-10  | open   | —
        """,
        unit="甲部",
    )
    office.send(
        "",
        """
        ticket_no | community | received_on | is_satisfied
        T1        | 东社区    | 08-05       | yes
        T2        | 东社区    | 09-05       | no
        T3        | 东社区    | 09-06       | yes
        T4        | 东社区    | 09-07       | —
        T5        | 东社区    | 10-01       | yes
        """,
        kind="tickets",
        unit="乙部",
    )
    rows = office.ask("community_progress", "09-30")
    # Of the due P1 P2 one is closed. T5 came after the day; of T1 T2 T3 rated, two satisfied.
    assert_answer(
        rows,
        """
        community | code        | item_count | due_count | closed_due_count | closed_share | overdue_count
        东社区    | 34060东社区 | 3          | 2         | 1                | 1/2          | 1
        西社区    | 34060西社区 | 0          | 0         | 0                | —            | 0
        """,
    )
    assert_answer(
        rows,
        """
        ticket_count | satisfied_count | rated_count | satisfied_share
        4            | 2               | 3           | 2/3
        0            | 0               | 0           | —
        """,
    )


def test_community_has_reported_by_its_own_list_or_by_one_of_all(office: Office) -> None:
    def reported(as_of: str) -> list[bool]:
        return [row["is_reported"] for row in office.ask("community_progress", as_of)]

    office.send("2022-08", "item_no\nP1", unit="东社区")
    office.send("2022-09", "item_no | unit\nP1 | 甲部")
    assert reported("07-31") == [False, False]
    assert reported("08-31") == [True, False]
    assert reported("09-30") == [True, True]


def test_filters_hold_for_items_and_tickets_alike(office: Office) -> None:
    office.send(
        "2022-09",
        """
        item_no | unit | community | dimension
        P1      | 甲部 | 东社区    | 经济
        P2      | 丙部 | 东社区    | 民生
        """,
    )
    office.send(
        "",
        """
        ticket_no | unit | community | received_on
        T1        | 甲部 | 东社区    | 09-05
        T2        | 丙部 | 东社区    | 09-05
        T3        | 丙部 | 东社区    | 09-05
        """,
        kind="tickets",
    )
    for filters, counts in (
        ({}, (2, 3)),
        ({"unit": ["丙部"]}, (1, 2)),
        ({"post": "第一副主任"}, (1, 1)),
        ({"league": "社区"}, (0, 0)),
        ({"dimension": ["经济"]}, (1, 3)),  # a ticket has no dimension
    ):
        east = office.ask("community_progress", "09-30", **filters)[0]
        assert (east["item_count"], east["ticket_count"]) == counts, filters


def test_streets_sum_their_communities_when_asked_by_street(office: Office) -> None:
    office.send(
        "2022-09",
        """
        name   | street | code
        东社区 | 河北镇 | 1
        西社区 | 河北镇 | 2
        南社区 | 河南镇 | 3
        北社区 | —      | 4
        """,
        kind="communities",
    )
    office.send(
        "2022-09",
        """
        item_no | community | due_on | state  | closed_on
        P1      | 东社区    | 09-10  | closed | 09-20
        P2      | 西社区    | 09-10  | open   | —
        P3      | 西社区    | 09-12  | open   | —
        P4      | 北社区    | 09-12  | open   | —
        """,
        unit="东社区",
    )
    # One of three due is closed in 河北镇. 北社区 has no street and stands for none.
    assert_answer(
        office.ask("community_progress", "09-30", level="street"),
        """
        community | code | street | item_count | due_count | closed_share | overdue_count
        河北镇    | —    | 河北镇 | 3          | 3         | 1/3          | 2
        河南镇    | —    | 河南镇 | 0          | 0         | —            | 0
        """,
    )
