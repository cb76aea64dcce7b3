"""contest_marks (D13): the parts of a contest's score, and how far the scorers disagree."""

from tests.office import Office, assert_answer


def test_parts_are_the_means_with_the_range_of_the_marks(office: Office) -> None:
    office.send(
        "",
        """
        contest | unit | criterion | score | full_score | scored_on | scorer_post
        比武    | 甲部 | 实绩      | 18    | 20         | 10-08     | 一组
        比武    | 甲部 | 实绩      | 16    | 20         | 10-09     | 二组
        比武    | 甲部 | 作风      | 9     | —          | 10-08     | 一组
        评比    | 乙部 | 服务      | 7     | 10         | 10-20     | 一组
        """,
        kind="contests",
    )
    assert_answer(
        office.ask("contest_marks", "10-31"),
        """
        contest | unit | criterion | score | full_score | score_low | score_high | scorer_count | scored_on | row
        比武    | 甲部 | 实绩      | 17    | 20         | 16        | 18         | 2            | 10-09     | 3
        比武    | 甲部 | 作风      | 9     | —          | 9         | 9          | 1            | 10-08     | 4
        评比    | 乙部 | 服务      | 7     | 10         | 7         | 7          | 1            | 10-20     | 5
        """,
    )
    assert [row["unit"] for row in office.ask("contest_marks", "10-31", contest="评比")] == ["乙部"]
    assert len(office.ask("contest_marks", "10-31", unit=["甲部"])) == 2
    assert [row["score"] for row in office.ask("contest_marks", "10-08")] == [18, 9]
