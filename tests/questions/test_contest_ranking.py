"""contest_ranking (D13): scored contests, ranked as the lead office's rubric weighs them."""

from tests.office import Office, assert_answer

HEAD = "contest | unit | criterion | score | full_score | scored_on | scorer_post"


def send(office: Office, *rows: str) -> None:
    """Publish marks of the contest 比武."""
    table = "\n".join([HEAD, *(f"比武 | {row}" for row in rows)])
    office.send("", table, kind="contests")


def test_score_is_the_sum_over_criteria_of_the_mean_mark(office: Office) -> None:
    send(
        office,
        *("甲部 | 实绩 | 18 | 20 | 10-08 | 一组", "甲部 | 实绩 | 16 | 20 | 10-08 | 二组"),
        *("甲部 | 作风 | 9  | 10 | 10-08 | 一组", "甲部 | 作风 | 9  | 10 | 10-09 | 二组"),
    )
    assert_answer(
        office.ask("contest_ranking", "10-31", league="部门")[:1],
        """
        unit | score | full_score | score_low | score_high | scorer_count | criterion_count | rank | scored_on | row
        甲部 | 26    | 30         | 25        | 27         | 2            | 2               | 1    | 10-09     | 5
        """,
    )


def test_ties_share_a_rank_and_who_was_not_scored_is_not_last(office: Office) -> None:
    send(
        office,
        *("甲部 | 实绩 | 18 | 20 | 10-08 | 一组", "乙部 | 实绩 | 18 | 20 | 10-08 | 一组"),
        *("丙部 | 实绩 | 12 | 20 | 10-08 | 一组", "东社区 | 实绩 | 3 | 20 | 10-08 | 一组"),
    )
    assert_answer(
        office.ask("contest_ranking", "10-31"),
        """
        league | unit   | score | rank | is_tied | is_complete
        社区   | 东社区 | 3     | 1    | no      | yes
        社区   | 西社区 | —     | —    | no      | no
        部门   | 甲部   | 18    | 1    | yes     | yes
        部门   | 乙部   | 18    | 1    | yes     | yes
        部门   | 丙部   | 12    | 3    | no      | yes
        部门   | 丁部   | —     | —    | no      | no
        """,
    )


def test_unit_not_scored_on_every_criterion_has_no_rank(office: Office) -> None:
    send(
        office,
        *("甲部 | 实绩 | 18 | 20 | 10-08 | 一组", "甲部 | 作风 | 9 | 10 | 10-08 | 一组"),
        "乙部 | 实绩 | 20 | 20 | 10-08 | 一组",
    )
    rows = office.ask("contest_ranking", "10-31", league="部门")
    assert [(row["unit"], row["rank"]) for row in rows[:2]] == [("甲部", 1), ("乙部", None)]


def test_rank_within_the_scorers_disagreement_is_said_to_be_close(office: Office) -> None:
    send(
        office,
        *("甲部 | 实绩 | 18 | 20 | 10-08 | 一组", "甲部 | 实绩 | 14 | 20 | 10-08 | 二组"),
        *("乙部 | 实绩 | 15 | 20 | 10-08 | 一组", "乙部 | 实绩 | 15 | 20 | 10-08 | 二组"),
        *("丙部 | 实绩 | 9  | 20 | 10-08 | 一组", "丙部 | 实绩 | 10 | 20 | 10-08 | 二组"),
    )
    rows = office.ask("contest_ranking", "10-31", league="部门")
    assert [(row["unit"], row["rank"], row["is_close"]) for row in rows[:3]] == [
        ("甲部", 1, True),
        ("乙部", 2, True),
        ("丙部", 3, False),
    ]


def test_marks_given_after_the_day_are_not_counted(office: Office) -> None:
    send(office, "甲部 | 实绩 | 18 | 20 | 10-08 | 一组")
    assert office.ask("contest_ranking", "10-07") == []
