"""rank_gained (D5): units that moved up by places and stand in the leading group."""

import pytest

from tests.office import Office, assert_answer
from tests.rules.trying import found


def ranked(office: Office, places: str, of_count: str = "15") -> None:
    """Hand in places of 甲部 in the city: `03-31 8, 06-30 4`."""
    lines = [f"甲部 | {place} | {day}" for day, place in map(str.split, places.split(","))]
    table = "\n".join(["unit | rank | ranked_on", *lines])
    office.send("2022-12", table, kind="ranks", work="环境", scope="全市", of_count=of_count)


def gained(office: Office, as_of: str) -> list[dict]:
    """Return who moved up three places and is among the first five."""
    return found(office, "rank_gained", as_of, scope="全市", places=3, leading=5)


def test_three_places_up_into_the_leading_group_are_found_with_both_rankings(
    office: Office,
) -> None:
    ranked(office, "03-31 8, 06-30 5, 09-30 5")
    assert_answer(
        gained(office, "09-30"),
        """
        subject   | detail | since_on | until_on | measured_value | threshold | remark | row
        甲部·环境 | 环境   | 06-30    | 09-30    | 3              | 3         | —      | 2
        甲部·环境 | 环境   | 06-30    | 09-30    | 3              | 3         | —      | 3
        """,
    )


@pytest.mark.parametrize("places", ["03-31 7, 06-30 5", "03-31 12, 06-30 6", "06-30 1"])
def test_two_places_or_outside_the_leading_group_or_nothing_before_is_not(
    office: Office, places: str
) -> None:
    ranked(office, places)
    assert gained(office, "06-30") == []


def test_it_is_held_against_the_newest_ranking_of_an_earlier_quarter(office: Office) -> None:
    ranked(office, "02-28 9, 03-31 6, 05-31 5, 06-30 3")
    assert_answer(
        gained(office, "06-30"),
        "since_on | measured_value | row\n06-30 | 3 | 3\n06-30 | 3 | 5",
    )


def test_quarters_without_a_ranking_between_are_said(office: Office) -> None:
    ranked(office, "03-31 8, 09-30 2")
    assert gained(office, "09-30")[0]["remark"] == "与2022年一季度相比，其间没有排名"


def test_another_number_of_ranked_is_said(office: Office) -> None:
    ranked(office, "03-31 8")
    ranked(office, "06-30 2", of_count="13")
    assert gained(office, "06-30")[0]["remark"] == "参排由15家变为13家"
