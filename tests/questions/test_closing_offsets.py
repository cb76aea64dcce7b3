"""closing_offsets: days from the deadline in force to the closing, and closing on the very day."""

from tests.office import Office, assert_answer


def test_closings_and_overdue_are_counted_by_days_from_the_deadline(office: Office) -> None:
    office.send(
        "2022-10",
        """
        item_no | unit | due_on | extended_on | extended_to | state  | closed_on
        P1      | 甲部 | 09-30  | —           | —           | closed | 09-30
        P2      | 甲部 | 09-30  | —           | —           | closed | 09-30
        P3      | 甲部 | 09-30  | —           | —           | closed | 09-28
        P4      | 甲部 | 09-10  | 09-05       | 10-10       | closed | 10-07
        P5      | 甲部 | 09-30  | —           | —           | closed | 10-05
        P6      | 甲部 | 09-30  | —           | —           | closed | —
        P7      | 甲部 | 10-26  | —           | —           | open   | —
        P8      | 甲部 | 11-30  | —           | —           | open   | —
        """,
    )
    # P4 was closed three days before the deadline in force. Of P6 only the month of its
    # closing is known; P8 is not due. Five closed with a date: 2 on the day, 2 shortly before.
    assert_answer(
        office.ask("closing_offsets", "10-31"),
        """
        offset_days | closed_count | overdue_count | all_closed_count | on_day_count | on_day_share | days_before_count | days_before_share | late_count | all_overdue_count
        -3          | 1            | 0             | 5                | 2            | 0.4          | 2                 | 0.4               | 1          | 1
        -2          | 1            | 0             | 5                | 2            | 0.4          | 2                 | 0.4               | 1          | 1
        0           | 2            | 0             | 5                | 2            | 0.4          | 2                 | 0.4               | 1          | 1
        5           | 1            | 1             | 5                | 2            | 0.4          | 2                 | 0.4               | 1          | 1
        —           | 1            | 0             | 5                | 2            | 0.4          | 2                 | 0.4               | 1          | 1
        """,
    )


def test_share_is_unknown_while_nothing_is_closed(office: Office) -> None:
    office.send("2022-10", "item_no | unit | due_on\nP1 | 甲部 | 10-30")
    [row] = office.ask("closing_offsets", "10-31")
    assert (row["overdue_count"], row["all_closed_count"], row["on_day_share"]) == (1, 0, None)


def test_closing_offsets_keep_to_the_filters(office: Office) -> None:
    office.send(
        "2022-09",
        """
        item_no | unit   | dimension | due_on | state  | closed_on
        P1      | 甲部   | 经济      | 07-15  | closed | 07-15
        P2      | 东社区 | 民生      | 08-15  | closed | 08-10
        """,
    )
    for filters, offset in (({"unit": ["甲部"]}, 0), ({"league": "社区"}, -5)):
        assert [r["offset_days"] for r in office.ask("closing_offsets", "09-30", **filters)] == [
            offset
        ]
