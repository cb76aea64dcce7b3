"""appraisal_scores (D6): three lists, each ranked by itself, quarter by quarter."""

from tests.office import Office, assert_answer


def appraised(office: Office, table: str) -> None:
    """Publish appraisals, of 评重点科室 and of 甲部 unless the table says else."""
    given = {"appraised_on": "09-20", "unit": "甲部", "list": "评重点科室"}
    office.send("2022-12", table, kind="appraisals", **given)


def test_lists_are_ranked_by_themselves_and_ties_share_a_rank(office: Office) -> None:
    appraised(
        office,
        """
        list       | subject | unit | score | raters_count | is_vertical
        评重点科室 | 审批科  | 甲部 | 92    | 40           | —
        评重点科室 | 投资科  | 乙部 | 92    | 40           | —
        评重点科室 | 环评科  | 丙部 | 74    | 40           | yes
        评基层站所 | 东所    | 丁部 | 60    | 12           | —
        """,
    )
    assert_answer(
        office.ask("appraisal_scores", "09-30", score=75.0),
        """
        list       | quarter        | subject | unit | score | rank | is_tied | subject_count | is_last | is_below | raters_count | is_vertical | row
        评重点科室 | 2022年三季度 | 审批科  | 甲部 | 92    | 1    | yes     | 3             | no      | no       | 40           | —           | 2
        评重点科室 | 2022年三季度 | 投资科  | 乙部 | 92    | 1    | yes     | 3             | no      | no       | 40           | —           | 3
        评重点科室 | 2022年三季度 | 环评科  | 丙部 | 74    | 3    | no      | 3             | yes     | yes      | 40           | yes         | 4
        评基层站所 | 2022年三季度 | 东所    | 丁部 | 60    | 1    | no      | 1             | no      | no       | 12           | —           | 5
        """,
    )


def test_last_is_marked_only_below_the_score_itself(office: Office) -> None:
    appraised(office, "subject | score\n审批科 | 90\n投资科 | 75\n环评科 | 75")
    rows = office.ask("appraisal_scores", "09-30", score=75.0)
    assert [(row["rank"], row["is_last"], row["is_below"]) for row in rows] == [
        (1, False, False),
        (2, True, False),
        (2, True, False),
    ]
    above = office.ask("appraisal_scores", "09-30", score=75.1)
    assert [row["is_below"] for row in above] == [False, True, True]
    assert not any(row["is_below"] for row in office.ask("appraisal_scores", "09-30"))


def test_change_is_against_the_quarter_before_and_newest_score_counts(office: Office) -> None:
    appraised(
        office,
        """
        subject | score | appraised_on
        审批科  | 80    | 06-20
        审批科  | 70    | 09-10
        审批科  | 85    | 09-20
        投资科  | 88    | 09-20
        """,
    )
    assert_answer(
        office.ask("appraisal_scores", "09-25"),
        """
        quarter      | subject | score | score_change | rank | is_newest | is_over | quarter_end_on
        2022年三季度 | 投资科  | 88    | —            | 1    | yes       | no      | 09-30
        2022年三季度 | 审批科  | 85    | 5            | 2    | yes       | no      | 09-30
        2022年二季度 | 审批科  | 80    | —            | 1    | no        | yes     | 06-30
        """,
    )
    before = office.ask("appraisal_scores", "09-15")
    assert [(row["subject"], row["score"]) for row in before] == [("审批科", 70), ("审批科", 80)]


def test_filter_of_a_unit_leaves_its_rank_among_all(office: Office) -> None:
    appraised(office, "subject | unit | score\n审批科 | 甲部 | 90\n东岗 | 东社区 | 70")
    assert_answer(
        office.ask("appraisal_scores", "09-30", unit=["东社区"]),
        """
        subject | league | rank | subject_count
        东岗    | 社区   | 2    | 2
        """,
    )
    assert [row["subject"] for row in office.ask("appraisal_scores", "09-30", league="部门")] == [
        "审批科"
    ]
    chosen = office.ask("appraisal_scores", "09-30", post="第二副主任")
    assert [row["subject"] for row in chosen] == ["东岗"]
