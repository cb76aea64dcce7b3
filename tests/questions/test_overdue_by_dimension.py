"""overdue_by_dimension: unit and dimension of what has a deadline."""

from tests.office import Office, assert_answer


def test_items_are_counted_under_their_dimension_in_the_packs_order(office: Office) -> None:
    office.send(
        "2022-10",
        """
        item_no | unit | dimension | due_on | state  | closed_on
        P1      | 甲部 | 民生      | 09-10  | open   | —
        P2      | 甲部 | 民生      | 09-20  | closed | 10-05
        P3      | 甲部 | 经济      | 10-31  | open   | —
        P4      | 甲部 | 经济      | —      | open   | —
        P5      | 乙部 | —         | 10-30  | open   | —
        """,
    )
    # P3 is due on the day and pending; P4 has no deadline; P5 names no dimension.
    assert_answer(
        office.ask("overdue_by_dimension", "10-31"),
        """
        campaign | unit | dimension | overdue_count | item_count | pending_count
        trial    | 甲部 | 经济      | 0             | 1          | 1
        trial    | 甲部 | 民生      | 1             | 2          | 0
        trial    | 乙部 | —         | 1             | 1          | 0
        """,
    )


def test_overdue_by_dimension_keeps_to_the_filters(office: Office) -> None:
    office.send(
        "2022-09",
        """
        item_no | unit   | dimension | due_on
        P1      | 甲部   | 经济      | 07-15
        P2      | 丙部   | 民生      | 08-15
        P3      | 东社区 | 民生      | 09-15
        """,
    )
    for filters, units in (
        ({"unit": ["丙部"]}, {"丙部"}),
        ({"league": "社区"}, {"东社区"}),
        ({"dimension": ["民生"]}, {"丙部", "东社区"}),
        ({"post": "第一副主任"}, {"甲部"}),
    ):
        rows = office.ask("overdue_by_dimension", "09-30", **filters)
        assert {row["unit"] for row in rows} == units, filters
