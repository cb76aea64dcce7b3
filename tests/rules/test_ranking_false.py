"""ranking_false (D15, D16): rankings handed in that a check found false."""

from tests.office import Office, assert_answer
from tests.rules.trying import found


def test_one_finding_a_ranking_with_each_row_found_false(office: Office) -> None:
    office.send(
        "2022-12",
        """
        work   | scope    | unit   | rank | ranked_on | is_confirmed | checked_on | published_by
        进企业 | 工作形式 | 甲部   | 1    | 09-30     | no           | 10-12      | 丁部
        进企业 | 工作形式 | 乙部   | 2    | 09-30     | no           | 10-10      | 丁部
        进企业 | 工作形式 | 丙部   | 3    | 09-30     | yes          | 10-10      | 丁部
        进企业 | 工作形式 | 西社区 | 4    | 09-30     | —            | —          | 丁部
        执法   | 工作形式 | 甲部   | 1    | 09-30     | yes          | 10-10      | 丙部
        环境   | 全市     | 甲部   | 1    | 09-30     | no           | 10-10      | 市里
        """,
        kind="ranks",
    )
    scopes = ["工作形式", "主题活动"]
    assert_answer(
        found(office, "ranking_false", "10-31", scopes=scopes),
        """
        subject                   | unit | since_on | until_on | measured_value | threshold | row
        丁部·进企业·2022年9月30日 | 丁部 | 10-10    | —        | 2              | 3         | 2
        丁部·进企业·2022年9月30日 | 丁部 | 10-10    | —        | 2              | 3         | 3
        """,
    )
    assert found(office, "ranking_false", "10-09", scopes=scopes) == []
    assert [row["row"] for row in found(office, "ranking_false", "10-11", scopes=scopes)] == [3]


def test_a_false_row_without_a_day_of_checking_counts_from_the_ranking(office: Office) -> None:
    office.send(
        "2022-12",
        "unit | rank | ranked_on | is_confirmed\n甲部 | 1 | 09-30 | no",
        kind="ranks",
        work="三个一批",
        scope="主题活动",
    )
    assert_answer(
        found(office, "ranking_false", "10-31", scopes=["主题活动"]),
        "unit | since_on\n— | 09-30",
    )
