"""ranked_last (D3, D5, D9): units among the last in a ranking that was handed in."""

from tests.office import Office, assert_answer
from tests.rules.trying import found, found_then

EVERYTHING = {"works": [], "leagues": []}


def ranked(office: Office, table: str, **defaults: str) -> int:
    """Hand a ranking in: the work 环境, in the city, among 15, unless the table says else."""
    given = {"work": "环境", "scope": "全市", "of_count": "15", **defaults}
    return office.send("2022-12", table, kind="ranks", **given)


def test_units_among_the_last_places_are_found_from_the_ranking_on(office: Office) -> None:
    ranked(
        office,
        """
        unit | rank | ranked_on
        甲部 | 11   | 09-30
        乙部 | 10   | 09-30
        丙部 | 15   | 09-30
        """,
    )
    assert_answer(
        found(office, "ranked_last", "12-30", scope="全市", count=5, **EVERYTHING),
        """
        subject   | detail | unit | since_on | until_on | measured_value | threshold | remark | row
        丙部·环境 | 环境   | 丙部 | 09-30    | —        | 15             | 11        | —      | 4
        甲部·环境 | 环境   | 甲部 | 09-30    | —        | 11             | 11        | —      | 2
        """,
    )
    assert found(office, "ranked_last", "09-29", scope="全市", count=5, **EVERYTHING) == []
    assert found(office, "ranked_last", "12-30", scope="全区", count=5, **EVERYTHING) == []


def test_one_finding_goes_on_until_a_ranking_places_the_unit_better(office: Office) -> None:
    ranked(
        office,
        """
        unit | rank | ranked_on
        甲部 | 14   | 07-31
        甲部 | 12   | 08-31
        甲部 | 9    | 09-30
        甲部 | 13   | 12-31
        """,
    )
    assert_answer(
        found(office, "ranked_last", "12-31", scope="全市", count=5, **EVERYTHING),
        """
        since_on | until_on | measured_value | row
        07-31    | 09-30    | 12             | 2
        07-31    | 09-30    | 12             | 3
        12-31    | —        | 13             | 5
        """,
    )
    assert_answer(
        found(office, "ranked_last", "09-29", scope="全市", count=5, **EVERYTHING),
        """
        since_on | until_on | measured_value
        07-31    | —        | 12
        07-31    | —        | 12
        """,
    )


def test_a_ranking_without_the_unit_neither_finds_nor_ends(office: Office) -> None:
    ranked(office, "unit | rank | ranked_on\n甲部 | 14 | 03-31\n乙部 | 2 | 06-30\n乙部 | 3 | 09-30")
    assert_answer(
        found(office, "ranked_last", "09-30", scope="全市", count=5, **EVERYTHING),
        "unit | since_on | until_on | remark\n甲部 | 03-31 | — | 之后没有新的排名",
    )


def test_tied_places_that_reach_into_the_last_ones_count_all(office: Office) -> None:
    ranked(
        office,
        """
        unit   | rank | ranked_on
        甲部   | 1    | 09-30
        乙部   | 2    | 09-30
        丙部   | 3    | 09-30
        丁部   | 4    | 09-30
        东社区 | 4    | 09-30
        西社区 | 6    | 09-30
        """,
        scope="全区",
        of_count="—",
    )
    assert_answer(
        found(office, "ranked_last", "10-31", scope="全区", count=2, **EVERYTHING),
        """
        unit   | measured_value | threshold | remark
        丁部   | 4              | 5         | 并列
        东社区 | 4              | 5         | 并列
        西社区 | 6              | 5         | —
        """,
    )


def test_nobody_is_last_where_it_is_not_known_how_many_were_ranked(office: Office) -> None:
    ranked(office, "unit | rank | ranked_on\n甲部 | 14 | 09-30\n乙部 | 1 | 09-30", of_count="—")
    assert found(office, "ranked_last", "10-31", scope="全市", count=5, **EVERYTHING) == []


def test_the_better_half_of_a_short_ranking_is_never_last(office: Office) -> None:
    lines = "甲部 | 1 | 09-30\n乙部 | 2 | 09-30\n丙部 | 3 | 09-30\n丁部 | 4 | 09-30"
    ranked(office, f"unit | rank | ranked_on\n{lines}", of_count="4")
    ranked(office, "unit | rank | ranked_on\n甲部 | 1 | 08-31", work="消防", of_count="1")
    assert_answer(
        found(office, "ranked_last", "10-31", scope="全市", count=5, **EVERYTHING),
        "unit | measured_value | remark\n丁部 | 4 | 参排仅4家\n丙部 | 3 | 参排仅4家",
    )


def test_a_row_that_a_check_found_false_places_nobody(office: Office) -> None:
    ranked(
        office,
        """
        unit | rank | ranked_on | is_confirmed
        甲部 | 15   | 09-30     | no
        乙部 | 14   | 09-30     | yes
        """,
    )
    answer = found(office, "ranked_last", "10-31", scope="全市", count=5, **EVERYTHING)
    assert [row["unit"] for row in answer] == ["乙部"]


def test_a_row_found_false_at_the_end_makes_nobody_else_the_last(office: Office) -> None:
    lines = "甲部 | 1 | —\n乙部 | 2 | —\n丙部 | 3 | —\n丁部 | 4 | no"
    ranked(office, f"unit | rank | is_confirmed\n{lines}", of_count="—", ranked_on="09-30")
    assert found(office, "ranked_last", "10-31", scope="全市", count=1, **EVERYTHING) == []


def test_only_the_works_and_leagues_asked_about_are_looked_at(office: Office) -> None:
    ranked(office, "unit | rank | ranked_on\n甲部 | 15 | 09-30\n东社区 | 14 | 09-30")
    ranked(office, "unit | rank | ranked_on\n乙部 | 13 | 08-31", work="消防")

    def units(works: list[str], leagues: list[str]) -> list[str]:
        limits = {"scope": "全市", "count": 5, "works": works, "leagues": leagues}
        answer = found(office, "ranked_last", "10-31", **limits)
        return sorted(row["unit"] for row in answer)

    assert units([], []) == ["东社区", "乙部", "甲部"]
    assert units(["消防"], []) == ["乙部"]
    assert units([], ["社区"]) == ["东社区"]


def test_a_corrected_ranking_is_judged_as_it_was_known(office: Office) -> None:
    ranked(office, "unit | rank | ranked_on\n甲部 | 15 | 09-30")
    limits = {"scope": "全市", "count": 5, **EVERYTHING}
    assert len(found(office, "ranked_last", "10-31", **limits)) == 1
    before = office.now()
    ranked(office, "unit | rank | ranked_on\n甲部 | 5 | 09-30")
    assert found(office, "ranked_last", "10-31", **limits) == []
    assert len(found_then(office, "ranked_last", "10-31", before, **limits)) == 1
