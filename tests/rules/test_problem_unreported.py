"""problem_unreported (D10): visits that found problems nobody reported."""

from tests.office import Office, assert_answer
from tests.rules.trying import found

ROSTER = "name | object_kind | unit | aliases\n甲厂 | 企业 | 甲部 | 老甲厂\n乙厂 | 企业 | 乙部 | —"
VISITS = "object | visited_on | unit | problem_count"


def serve(office: Office, *visits: str) -> None:
    """Publish the roster and these visits."""
    office.send("", ROSTER, kind="enterprises")
    office.send("2022-09", "\n".join([VISITS, *visits]), kind="visits")


def report(office: Office, *rows: str) -> None:
    """Publish problems of enterprises."""
    office.send("2022-09", "\n".join(["item_no | enterprise | found_on", *rows]), unit="丙部")


def test_limit_is_days_from_the_visit_to_the_problem(office: Office) -> None:
    serve(office, "老甲厂 | 09-01 | 丙部 | 2", "乙厂 | 09-01 | 丙部 | 1")
    report(office, "P1 | 甲厂 | 09-09", "P2 | 乙厂 | 09-08")
    assert_answer(
        found(office, "problem_unreported", "09-30", days=7),
        """
        subject | unit | since_on | until_on | measured_value | threshold | row
        甲厂    | 甲部 | 09-09    | 09-09    | 8              | 7         | 2
        """,
    )


def test_it_is_found_when_the_days_are_over_and_nothing_came(office: Office) -> None:
    serve(office, "甲厂 | 09-01 | 甲部 | 1")
    report(office, "P1 | 甲厂 | 08-31", "P2 | 乙厂 | 09-02")
    assert found(office, "problem_unreported", "09-08", days=7) == []
    assert_answer(
        found(office, "problem_unreported", "09-09", days=7),
        "subject | since_on | until_on | measured_value\n甲厂 | 09-09 | — | 8",
    )


def test_visit_that_found_nothing_or_says_nothing_is_none(office: Office) -> None:
    serve(office, "甲厂 | 09-01 | 甲部 | 0", "乙厂 | 09-01 | 乙部 | —")
    assert found(office, "problem_unreported", "09-30", days=7) == []


def test_enterprise_in_no_roster_stands_under_its_own_name(office: Office) -> None:
    serve(office, "丁厂 | 09-01 | 丙部 | 1")
    assert_answer(
        found(office, "problem_unreported", "09-30", days=7),
        "subject | unit | remark\n丁厂 | 丙部 | 名册中没有",
    )


def test_problem_without_a_day_counts_from_its_first_list(office: Office) -> None:
    serve(office, "甲厂 | 08-20 | 甲部 | 1")
    report(office, "P1 | 甲厂 | —")
    assert_answer(
        found(office, "problem_unreported", "09-30", days=7), "subject | until_on\n甲厂 | 09-01"
    )
