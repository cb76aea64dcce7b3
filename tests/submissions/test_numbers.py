"""The number of an upload names it for good: links and receipts keep pointing to it alone."""

from tally.submissions import remove_campaign
from tests.office import SLUG, Office

LIST = "item_no\nP1"


def test_number_of_a_removed_campaigns_upload_is_not_given_again(office: Office) -> None:
    first = office.send("2022-08", LIST, unit="甲部")
    second = office.send("2022-09", LIST, unit="甲部")
    assert second == first + 1
    remove_campaign(office.database, SLUG)
    assert office.send("2022-08", LIST, unit="甲部") == second + 1
    assert remove_campaign(office.database, SLUG) == 1
    assert office.send("2022-08", LIST, unit="甲部") == second + 2
