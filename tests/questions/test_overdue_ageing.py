"""overdue_ageing: for how long, in four classes."""

from tests.office import Office, assert_answer


def test_each_class_begins_the_day_after_the_one_before_ends(office: Office) -> None:
    # On 31 October: 1, 7 | 8, 30 | 31, 90 | 91 days; due today is not overdue.
    office.send(
        "2022-10",
        """
        item_no | due_on
        P0      | 10-31
        P1      | 10-30
        P7      | 10-24
        P8      | 10-23
        P30     | 10-01
        P31     | 09-30
        P90     | 08-02
        P91     | 08-01
        """,
        unit="甲部",
    )
    assert_answer(
        office.ask("overdue_ageing", "10-31"),
        """
        unit | league | days_1_7_count | days_8_30_count | days_31_90_count | days_over_90_count | overdue_count
        甲部 | 部门   | 2              | 2               | 2                | 1                  | 7
        """,
    )


def test_units_come_most_overdue_first_and_without_overdue_items_not_at_all(
    office: Office,
) -> None:
    office.send(
        "2022-10",
        """
        item_no | unit   | due_on
        P1      | 甲部   | 10-20
        P2      | 乙部   | 10-20
        P3      | 乙部   | 10-20
        P4      | 丙部   | 12-20
        P5      | 东社区 | 10-01
        """,
    )
    assert_answer(
        office.ask("overdue_ageing", "10-31"),
        "unit | overdue_count\n乙部 | 2\n东社区 | 1\n甲部 | 1",
    )
    assert_answer(office.ask("overdue_ageing", "10-31", league="社区"), "unit\n东社区")
    assert_answer(office.ask("overdue_ageing", "10-31", post="第一副主任"), "unit\n乙部\n甲部")
