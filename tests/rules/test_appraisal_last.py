"""appraisal_last (D6): last in one of the three lists, and below the mark."""

from tests.office import Office, assert_answer
from tests.rules.trying import found


def appraised(office: Office, table: str) -> None:
    """Hand appraisals in, of 30 September and of 甲部 unless the table says else."""
    given = {"appraised_on": "09-30", "unit": "甲部", "list": "评重点科室"}
    office.send("2022-12", table, kind="appraisals", **given)


def last(office: Office, as_of: str = "09-30") -> list[dict]:
    """Return who was last with less than 75, 30 raters being enough."""
    return found(office, "appraisal_last", as_of, score=75.0, few_raters=30)


def test_last_and_below_the_mark_is_found_when_the_quarter_is_over(office: Office) -> None:
    appraised(
        office,
        """
        subject | score | appraised_on
        审批科  | 74.9  | 09-20
        投资科  | 75    | 09-20
        """,
    )
    assert last(office, "09-29") == []
    assert_answer(
        last(office),
        """
        subject                  | detail | unit | since_on | until_on | measured_value | threshold
        甲部·审批科（评重点科室） | 审批科 | 甲部 | 09-30    | —        | 74.9           | 75
        """,
    )


def test_last_with_the_mark_itself_or_below_it_but_not_last_is_not(office: Office) -> None:
    appraised(office, "subject | score\n审批科 | 75\n投资科 | 80")
    assert last(office) == []
    appraised(office, "subject | score\n审批科 | 70\n投资科 | 71")
    assert [row["detail"] for row in last(office)] == ["审批科"]


def test_each_list_and_each_quarter_is_ranked_by_itself(office: Office) -> None:
    appraised(
        office,
        """
        list       | subject | score | appraised_on
        评部门     | 甲部    | 70    | 06-30
        评部门     | 乙部    | 72    | 06-30
        评部门     | 甲部    | 74    | 09-30
        评部门     | 乙部    | 73    | 09-30
        评基层站所 | 东所    | 60    | 09-30
        评基层站所 | 西所    | 90    | 09-30
        """,
    )
    assert_answer(
        last(office),
        """
        subject                | since_on | measured_value
        甲部（评部门）         | 06-30    | 70
        甲部·东所（评基层站所） | 09-30    | 60
        甲部·乙部（评部门）    | 09-30    | 73
        """,
    )


def test_all_that_share_the_lowest_score_are_last_and_it_is_said(office: Office) -> None:
    appraised(office, "subject | score\n审批科 | 70\n投资科 | 70\n财务科 | 71")
    assert_answer(last(office), "detail | remark\n审批科 | 并列末位\n投资科 | 并列末位")


def test_who_was_not_appraised_or_is_the_only_one_is_not_last(office: Office) -> None:
    appraised(office, "subject | score | appraised_on\n审批科 | 60 | 06-30\n审批科 | 90 | 09-30")
    assert last(office) == []


def test_what_is_run_from_above_calls_for_a_letter_and_few_raters_are_said(
    office: Office,
) -> None:
    appraised(
        office,
        """
        subject | score | is_vertical | raters_count
        税务所  | 60    | yes         | 29
        农技站  | 90    | no          | 29
        """,
    )
    assert last(office)[0]["remark"] == "上级垂直管理：向其主管部门发函建议免职；参评仅29人"
