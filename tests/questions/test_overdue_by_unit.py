"""overdue_by_unit: unit and month of the deadline in force."""

from tests.office import Office, assert_answer


def test_items_are_counted_under_the_month_of_the_deadline_in_force(office: Office) -> None:
    office.send(
        "2022-10",
        """
        item_no | unit | due_on | extended_on | extended_to | state  | closed_on
        P1      | 甲部 | 09-10  | —           | —           | open   | —
        P2      | 甲部 | 09-20  | —           | —           | open   | —
        P3      | 甲部 | 09-20  | —           | —           | closed | 10-05
        P4      | 甲部 | 09-20  | 09-15       | 11-20       | open   | —
        P5      | 甲部 | 10-31  | —           | —           | open   | —
        P6      | 甲部 | —      | —           | —           | open   | —
        P7      | 乙部 | 10-30  | —           | —           | open   | —
        """,
    )
    # 甲部 in September: P1 P2 overdue, P3 closed; P1 for 20 + 31 = 51 days. P4 moved to
    # November. P5 is due today and pending. P6 has no deadline and appears nowhere.
    assert_answer(
        office.ask("overdue_by_unit", "10-31"),
        """
        campaign | unit | league | month   | overdue_count | item_count | pending_count | overdue_days_max
        trial    | 乙部 | 部门   | 2022-10 | 1             | 1          | 0             | 1
        trial    | 甲部 | 部门   | 2022-09 | 2             | 3          | 0             | 51
        trial    | 甲部 | 部门   | 2022-10 | 0             | 1          | 1             | —
        trial    | 甲部 | 部门   | 2022-11 | 0             | 1          | 1             | —
        """,
    )


def test_overdue_by_unit_keeps_to_the_filters(office: Office) -> None:
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
        rows = office.ask("overdue_by_unit", "09-30", **filters)
        assert {row["unit"] for row in rows} == units, filters
