"""handed_in_ranks (D3, D4, D5, D9, D15, D16): places in rankings, as handed in, and spot-checked."""

from tests.office import Office, assert_answer

HEAD = "work | scope | unit | rank | of_count | ranked_on | is_confirmed | checked_on"


def ranked(office: Office, *rows: str) -> None:
    """Publish places in rankings."""
    office.send("", "\n".join([HEAD, *rows]), kind="ranks")


def test_change_is_against_the_ranking_of_the_same_work_and_scope_before(office: Office) -> None:
    ranked(
        office,
        *(
            "招商 | 全市 | 甲部 | 8 | 20 | 03-31 | — | —",
            "招商 | 全市 | 甲部 | 4 | 20 | 06-30 | — | —",
        ),
        *(
            "招商 | 全区 | 甲部 | 2 | 9  | 06-30 | — | —",
            "招商 | 全市 | 乙部 | 20 | 20 | 06-30 | — | —",
        ),
    )
    assert_answer(
        office.ask("handed_in_ranks", "09-30"),
        """
        scope | work | ranked_on | is_newest | unit | rank | place_count | rank_change | previous_on | is_last | row
        全市  | 招商 | 06-30     | yes       | 甲部 | 4    | 20          | 4           | 03-31       | no      | 3
        全市  | 招商 | 06-30     | yes       | 乙部 | 20   | 20          | —           | —           | yes     | 5
        全市  | 招商 | 03-31     | no        | 甲部 | 8    | 20          | —           | —           | no      | 2
        全区  | 招商 | 06-30     | yes       | 甲部 | 2    | 9           | —           | —           | no      | 4
        """,
    )
    assert len(office.ask("handed_in_ranks", "06-29")) == 1


def test_row_found_false_is_listed_without_a_place_that_counts(office: Office) -> None:
    ranked(
        office,
        "进企业 | 工作形式 | 甲部 | 1 | 3 | 03-31 | yes | 04-10",
        "进企业 | 工作形式 | 乙部 | 2 | 3 | 03-31 | no  | 04-10",
        "进企业 | 工作形式 | 乙部 | 1 | 3 | 06-30 | —   | —",
    )
    assert_answer(
        office.ask("handed_in_ranks", "09-30"),
        """
        ranked_on | unit | rank | place_count | rank_change | is_confirmed | checked_on
        06-30     | 乙部 | 1    | 3           | —           | —            | —
        03-31     | 甲部 | 1    | 3           | —           | yes          | 04-10
        03-31     | 乙部 | 2    | —           | —           | no           | 04-10
        """,
    )


def test_tied_last_places_are_both_last_and_an_unknown_number_has_no_last(office: Office) -> None:
    ranked(
        office,
        *(
            "招商 | 全市 | 甲部 | 19 | 20 | 06-30 | — | —",
            "招商 | 全市 | 乙部 | 19 | 20 | 06-30 | — | —",
        ),
        "财税 | 全市 | 甲部 | 7 | — | 06-30 | — | —",
    )
    assert_answer(
        office.ask("handed_in_ranks", "06-30"),
        """
        work | unit | is_tied | place_count | is_last
        招商 | 乙部 | yes     | 20          | yes
        招商 | 甲部 | yes     | 20          | yes
        财税 | 甲部 | no      | —           | —
        """,
    )


def test_filters_leave_the_ranks_as_they_are(office: Office) -> None:
    ranked(
        office,
        "招商 | 全市 | 甲部 | 2 | 20 | 06-30 | — | —",
        "招商 | 全市 | 东社区 | 5 | 20 | 06-30 | — | —",
    )
    for given in ({"unit": ["东社区"]}, {"league": "社区"}, {"post": "第二副主任"}):
        assert [row["rank"] for row in office.ask("handed_in_ranks", "06-30", **given)] == [5]


def test_rankings_of_one_month_from_several_bodies_stand_beside_each_other(
    office: Office,
) -> None:
    ranked(
        office,
        "进企业 | 工作形式 | 甲部 | 2 | 2 | 06-30 | — | —",
        "进企业 | 工作形式 | 乙部 | 1 | 2 | 06-30 | — | —",
    )
    ranked(office, "督执法 | 工作形式 | 甲部 | 1 | 3 | 06-28 | — | —")
    before = office.now()
    corrected = "进企业 | 工作形式 | 甲部 | 1 | 2 | 06-30 | yes | 07-02"
    office.send("", f"{HEAD}\n{corrected}", kind="ranks")
    assert_answer(
        office.ask("handed_in_ranks", "09-30"),
        """
        work   | unit | rank | is_tied | is_confirmed
        督执法 | 甲部 | 1    | no      | —
        进企业 | 乙部 | 1    | yes     | —
        进企业 | 甲部 | 1    | yes     | yes
        """,
    )
    then = office.ask("handed_in_ranks", "09-30", known_at=before)
    assert [(row["work"], row["rank"]) for row in then if row["unit"] == "甲部"] == [
        ("督执法", 1),
        ("进企业", 2),
    ]
