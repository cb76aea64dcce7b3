"""ranked_first (D9): units among the first in a ranking that was handed in."""

from tests.office import Office, assert_answer
from tests.rules.trying import found

EVERYTHING = {"scope": "全省", "count": 3, "works": [], "leagues": []}


def ranked(office: Office, table: str, **defaults: str) -> None:
    """Hand a ranking of the work 统计 in the province in, among 14 unless it says else."""
    given = {"work": "统计", "scope": "全省", "of_count": "14", **defaults}
    office.send("2022-12", table, kind="ranks", **given)


def test_the_first_places_are_found_until_a_worse_ranking(office: Office) -> None:
    ranked(
        office,
        """
        unit | rank | ranked_on
        甲部 | 3    | 07-31
        乙部 | 4    | 07-31
        甲部 | 1    | 08-31
        甲部 | 4    | 09-30
        """,
    )
    assert_answer(
        found(office, "ranked_first", "09-30", **EVERYTHING),
        """
        subject   | since_on | until_on | measured_value | threshold | remark | row
        甲部·统计 | 07-31    | 09-30    | 1              | 3         | —      | 2
        甲部·统计 | 07-31    | 09-30    | 1              | 3         | —      | 4
        """,
    )


def test_tied_first_places_count_all_and_say_so(office: Office) -> None:
    ranked(office, "unit | rank | ranked_on\n甲部 | 3 | 07-31\n乙部 | 3 | 07-31")
    assert_answer(
        found(office, "ranked_first", "09-30", **EVERYTHING),
        "unit | remark\n乙部 | 并列\n甲部 | 并列",
    )


def test_the_worse_half_of_a_short_ranking_is_not_first(office: Office) -> None:
    lines = "甲部 | 1 | 07-31\n乙部 | 2 | 07-31\n丙部 | 3 | 07-31"
    ranked(office, f"unit | rank | ranked_on\n{lines}", of_count="3")
    ranked(office, "unit | rank | ranked_on\n丁部 | 1 | 08-31", work="消防", of_count="1")
    assert_answer(
        found(office, "ranked_first", "09-30", **EVERYTHING),
        "unit | remark\n乙部 | 参排仅3家\n甲部 | 参排仅3家",
    )


def test_a_first_place_needs_no_number_of_ranked(office: Office) -> None:
    ranked(office, "unit | rank | ranked_on\n甲部 | 2 | 07-31", of_count="—")
    assert_answer(found(office, "ranked_first", "09-30", **EVERYTHING), "unit\n甲部")


def test_only_the_works_and_leagues_asked_about_are_looked_at(office: Office) -> None:
    ranked(office, "unit | rank | ranked_on\n甲部 | 2 | 07-31\n东社区 | 1 | 07-31")
    ranked(office, "unit | rank | ranked_on\n乙部 | 1 | 08-31", work="招商")

    def units(**limits: list[str]) -> list[str]:
        answer = found(office, "ranked_first", "10-31", **{**EVERYTHING, **limits})
        return sorted(row["unit"] for row in answer)

    assert units(works=["招商"]) == ["乙部"]
    assert units(leagues=["部门"]) == ["乙部", "甲部"]
