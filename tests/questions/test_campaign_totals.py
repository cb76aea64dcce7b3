"""campaign_totals: the whole campaign in one row, recomputed from counts."""

from collections.abc import Callable

from tests.office import Office, assert_answer


def test_campaign_totals_recompute_shares_from_counts(office: Office) -> None:
    office.send(
        "2022-09",
        """
        item_no | dimension | due_on | state  | closed_on
        P1      | 经济      | 09-10  | closed | 09-09
        P2      | 民生      | 09-10  | open   | —
        P3      | 民生      | 09-10  | open   | —
        P4      | 民生      | 12-10  | open   | —
        """,
        unit="甲部",
    )
    rows = office.ask("campaign_totals", "09-30")
    # The mean of the dimensions' shares would be (1/1 + 0/2) / 2; of the whole it is 1/3.
    assert_answer(
        rows,
        """
        campaign | item_count | due_count | closed_count | closed_due_count | on_time_count
        trial    | 4          | 3         | 1            | 1                | 1
        """,
    )
    assert_answer(
        rows,
        """
        closed_share | closed_of_all_share | on_time_share | schedule_share | gap_share | state
        1/3          | 1/4                 | 1/3           | 3/4            | -2/4      | behind
        """,
    )


def test_overdue_for_more_than_30_days_begins_with_the_31st(office: Office) -> None:
    # On 31 October: 1 October is 30 days ago, 30 September 31.
    office.send("2022-10", "item_no | due_on\nP1 | 10-01\nP2 | 09-30", unit="甲部")
    assert_answer(office.ask("campaign_totals", "10-31"), "overdue_count | overdue_30_count\n2 | 1")


def test_due_soon_are_open_items_due_within_the_packs_days(
    office_with: Callable[..., Office],
) -> None:
    office = office_with(due_soon_days=3)
    office.send(
        "2022-10",
        """
        item_no | due_on | state  | closed_on
        P1      | 10-30  | open   | —
        P2      | 10-31  | open   | —
        P3      | 11-03  | open   | —
        P4      | 11-04  | open   | —
        P5      | 11-01  | closed | 10-20
        P6      | —      | open   | —
        """,
        unit="甲部",
    )
    # From the day itself to 3 November: P2 and P3.
    assert_answer(office.ask("campaign_totals", "10-31"), "due_soon_count | due_soon_days\n2 | 3")
    assert_answer(office.ask("due_soon_items", "10-31"), "item_key | days_left\nP2 | 0\nP3 | 3")


def test_vanished_items_are_counted_and_named(office: Office) -> None:
    office.send("2022-08", "item_no\nP1\nP2", unit="甲部")
    office.send("2022-08", "item_no\nP3", unit="乙部")
    office.send("2022-09", "item_no\nP2", unit="甲部")
    # P1 is missing from 甲部's next list; 乙部 has not reported, so P3 is stale, not vanished.
    assert_answer(office.ask("campaign_totals", "08-31"), "item_count | vanished_count\n3 | 0")
    assert_answer(office.ask("campaign_totals", "09-30"), "item_count | vanished_count\n3 | 1")
    assert_answer(office.ask("items", "09-30", state="vanished"), "item_key\nP1")


def test_list_without_rows_reports_its_month_and_lets_all_items_vanish(office: Office) -> None:
    office.send("2022-08", "item_no\nP1", unit="甲部")
    office.send("2022-09", unit="甲部")
    assert_answer(office.ask("campaign_totals", "09-30"), "item_count | vanished_count\n1 | 1")


def test_campaign_without_items_has_no_row(office: Office) -> None:
    assert office.ask("campaign_totals", "09-30") == []


def test_campaign_totals_keep_to_the_filters(office: Office) -> None:
    office.send(
        "2022-09",
        """
        item_no | unit   | dimension
        P1      | 甲部   | 经济
        P2      | 丙部   | 经济
        P3      | 东社区 | 民生
        """,
    )
    for filters, item_count in (
        ({"unit": ["甲部", "丙部"], "dimension": ["经济"]}, 2),
        ({"league": "社区"}, 1),
        ({"post": "第一副主任"}, 1),
    ):
        [row] = office.ask("campaign_totals", "09-30", **filters)
        assert row["item_count"] == item_count, filters
