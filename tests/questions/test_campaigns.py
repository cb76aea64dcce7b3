"""campaigns, campaign_phases and published_months: what runs here, and how far it is."""

from tally.submissions import Terms
from tests.office import SLUG, Office, assert_answer
from tests.tables import day


def test_pack_without_data_is_listed_with_nothing_in(office: Office) -> None:
    assert_answer(
        office.ask_all("campaigns", "09-30"),
        """
        campaign | name | start_on | end_on | phase | first_month | newest_month | upload_count | item_count | closed_count | is_sample
        trial    | 试点 | 07-01    | 12-31  | 整改  | —           | —            | 0            | 0          | 0            | no
        """,
    )


def test_campaign_counts_the_uploads_in_force_and_its_items(office: Office) -> None:
    office.send("2022-08", "item_no | state\nP1 | open", unit="甲部")
    office.send("2022-09", "item_no | state\nP1 | open", unit="甲部")
    office.send("2022-09", "item_no | state\nP1 | closed\nP2 | open", unit="甲部")
    rows = office.ask_all("campaigns", "09-30")
    assert_answer(
        rows,
        """
        first_month | newest_month | upload_count | item_count | closed_count | is_sample
        2022-08     | 2022-09      | 2            | 2          | 1            | no
        """,
    )


def test_demonstration_data_is_marked_as_long_as_it_is_in_force(office: Office) -> None:
    sample = office.hand_in(
        office.reading("2022-08", "item_no\nP1", unit="甲部"), Terms(is_sample=True)
    )
    assert_answer(office.ask_all("campaigns", "09-30"), "is_sample\nyes")
    assert_answer(office.ask("published_months"), "month | is_sample\n08-01 | yes")
    assert sample.upload
    office.take_back(sample.upload)
    assert_answer(office.ask_all("campaigns", "09-30"), "is_sample\nno")


def test_two_phases_can_be_current_at_once(office: Office) -> None:
    # 查摆 has 31 days from 1 July, 整改 164 days from 21 July.
    for as_of, expected in (
        ("06-30", "ahead | 0\nahead | 0"),
        ("07-01", "current | 1/31\nahead | 0"),
        ("07-25", "current | 25/31\ncurrent | 5/164"),
        ("07-31", "current | 1\ncurrent | 11/164"),
        ("08-01", "done | 1\ncurrent | 12/164"),
        ("2023-01-01", "done | 1\ndone | 1"),
    ):
        assert_answer(office.ask("campaign_phases", as_of), f"status | elapsed_share\n{expected}")
    assert_answer(
        office.ask("campaign_phases", "07-25"),
        "phase | start_on | end_on\n查摆 | 07-01 | 07-31\n整改 | 07-21 | 12-31",
    )
    assert office.ask_all("campaigns", "07-25")[0]["phase"] == "查摆、整改"


def test_published_months_come_newest_first_with_their_ledgers(office: Office) -> None:
    office.send("2022-08", "item_no\nP1", unit="甲部")
    office.send("2022-09", "item_no\nP1", unit="甲部")
    office.send("", "ticket_no | received_on\nT1 | 09-05", kind="tickets", unit="甲部")
    office.hand_in(office.reading("2022-10", "item_no\nP1", unit="甲部"), Terms(is_draft=True))
    assert_answer(
        office.ask("published_months"),
        "month | ledgers\n09-01 | problems,tickets\n08-01 | problems",
    )


def test_ranks_of_the_year_before_open_no_month_of_it(office: Office) -> None:
    """D4: three quarters in a row may begin before the campaign does."""
    rows = "work | scope | rank | ranked_on\n环境 | 全市 | 9 | 2021-12-31\n环境 | 全市 | 9 | 09-30"
    office.send("", rows, kind="ranks", unit="甲部")
    assert_answer(office.ask("published_months"), "month\n09-01")


def test_check_dated_into_the_next_month_does_not_move_the_default(office: Office) -> None:
    office.send("2022-09", "item_no | state | closed_on\nP1 | closed | 09-20", unit="甲部")
    office.send(
        "", "item_no | checked_on | is_verified\nP1 | 10-03 | yes", kind="checks", unit="甲部"
    )
    assert_answer(office.ask("published_months"), "month | is_default\n10-01 | no\n09-01 | yes")
    assert office.database.default_day(SLUG) == day("09-30")
