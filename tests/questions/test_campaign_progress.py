"""campaign_progress: counts and shares by dimension, and what due, overdue and closed mean."""

import pytest

from tests.office import Office, expect


def test_campaign_progress_counts_each_dimension_in_the_packs_order(office: Office) -> None:
    office.send(
        "2022-09",
        """
        item_no | unit | dimension | due_on | state  | closed_on
        P1      | 甲部 | 民生      | 09-10  | closed | 09-09
        P2      | 甲部 | 经济      | 09-10  | closed | 09-20
        P3      | 乙部 | 经济      | 09-10  | open   | —
        P4      | 乙部 | 经济      | 10-20  | closed | 09-28
        P5      | 乙部 | 经济      | 10-20  | open   | —
        P6      | 丙部 | —         | 10-20  | open   | —
        """,
    )
    # 经济: due P2 P3; closed P2 P4; of the due P2, and late. 2/4 closed against 2/4 due: level.
    expect(
        office.ask("campaign_progress", "09-30"),
        """
        dimension | item_count | due_count | closed_count | closed_due_count | on_time_count | overdue_count | closed_share | closed_of_all_share | on_time_share | schedule_share | gap_share | state
        经济      | 4          | 2         | 2            | 1                | 0             | 1             | 1/2          | 1/2                 | 0             | 1/2            | 0         | level
        民生      | 1          | 1         | 1            | 1                | 1             | 0             | 1            | 1                   | 1             | 1              | 0         | level
        未注明    | 1          | 0         | 0            | 0                | 0             | 0             | —            | 0                   | —             | 0              | 0         | level
        """,
    )


@pytest.mark.parametrize(
    ("as_of", "due_count", "overdue_count"),
    [
        ("09-14", 0, 0),  # the day before the deadline
        ("09-15", 1, 0),  # on the day itself an item is due and not yet overdue
        ("09-16", 1, 1),  # the day after
    ],
)
def test_item_is_due_on_its_deadline_and_overdue_the_day_after(
    office: Office, as_of: str, due_count: int, overdue_count: int
) -> None:
    office.send("2022-09", "item_no | due_on\nP1 | 09-15", unit="甲部")
    expect(
        office.ask("campaign_progress", as_of),
        f"due_count | overdue_count\n{due_count} | {overdue_count}",
    )
