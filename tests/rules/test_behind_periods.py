"""behind_periods (D4): units among the last for quarters in a row."""

from tests.office import Office, assert_answer
from tests.rules.trying import found


def ranked(office: Office, places: str) -> None:
    """Hand in places of 甲部 in the city among 15: `03-31 14, 06-30 12`."""
    lines = [f"甲部 | {place} | {day}" for day, place in map(str.split, places.split(","))]
    table = "\n".join(["unit | rank | ranked_on", *lines])
    office.send("2022-12", table, kind="ranks", work="环境", scope="全市", of_count="15")


def behind(office: Office, as_of: str, periods: int = 2) -> list[dict]:
    """Return who was among the last five for so many quarters."""
    return found(office, "behind_periods", as_of, scope="全市", count=5, periods=periods)


def test_the_second_quarter_in_a_row_is_found_and_the_first_is_not(office: Office) -> None:
    ranked(office, "03-31 14, 06-30 14")
    assert behind(office, "06-29") == []
    assert_answer(
        behind(office, "06-30"),
        """
        subject   | detail | unit | since_on | until_on | measured_value | threshold | remark | row
        甲部·环境 | 环境   | 甲部 | 06-30    | —        | 2              | 2         | —      | 2
        甲部·环境 | 环境   | 甲部 | 06-30    | —        | 2              | 2         | —      | 3
        """,
    )
    assert behind(office, "09-30", periods=3) == []


def test_the_third_quarter_goes_on_with_the_second_and_is_a_finding_of_its_own_rule(
    office: Office,
) -> None:
    ranked(office, "03-31 14, 06-30 15, 09-30 15, 12-31 10")
    assert_answer(
        behind(office, "12-31", periods=3),
        """
        since_on | until_on | measured_value
        09-30    | 12-31    | 3
        09-30    | 12-31    | 3
        09-30    | 12-31    | 3
        """,
    )
    assert {(row["since_on"].month, row["measured_value"]) for row in behind(office, "12-31")} == {
        (6, 3)
    }


def test_a_better_place_among_the_last_is_no_improvement_and_is_said(office: Office) -> None:
    ranked(office, "03-31 15, 06-30 12")
    assert behind(office, "06-30")[0]["remark"] == "比上期前移3位，仍在后5位"


def test_a_place_above_the_last_ends_the_row(office: Office) -> None:
    ranked(office, "03-31 15, 06-30 10, 09-30 15")
    assert behind(office, "09-30") == []


def test_a_quarter_without_a_ranking_interrupts_the_row(office: Office) -> None:
    ranked(office, "03-31 15, 09-30 15")
    assert behind(office, "12-30") == []


def test_an_interrupted_row_is_counted_anew_and_says_so(office: Office) -> None:
    ranked(office, "2021-12-31 15, 06-30 15, 09-30 15")
    assert_answer(
        behind(office, "09-30"),
        """
        since_on | measured_value | remark
        09-30    | 2              | 2022年一季度没有排名，此后重新计算
        09-30    | 2              | 2022年一季度没有排名，此后重新计算
        """,
    )


def test_a_finding_ends_with_the_ranking_after_an_interruption(office: Office) -> None:
    ranked(office, "2021-12-31 15, 03-31 15, 09-30 15")
    row = behind(office, "09-30")[0]
    assert (str(row["since_on"]), str(row["until_on"])) == ("2022-03-31", "2022-09-30")
    assert row["remark"] == "2022年二季度没有排名，连续中断"
    assert behind(office, "06-30")[0]["remark"] is None
    assert behind(office, "07-01")[0]["remark"] == "之后没有新的排名"


def test_several_rankings_of_one_quarter_are_one_period(office: Office) -> None:
    ranked(office, "04-30 15, 05-31 15, 06-30 15")
    assert behind(office, "06-30") == []
    ranked(office, "07-31 15")
    assert {str(row["since_on"]) for row in behind(office, "07-31")} == {"2022-07-31"}
