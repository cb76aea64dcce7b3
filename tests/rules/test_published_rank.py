"""published_rank (D21): what others' appraisals placed us, between two ranks."""

from collections.abc import Callable

from tally.packs import DEMO, Indicator
from tests.office import Office, assert_answer
from tests.rules.trying import found

APPRAISAL = Indicator(
    "县域经济", "位", "down", DEMO, measure="位次", frequency="年", group="考评", owner="甲部"
)
OTHER = Indicator("园区", "位", "down", DEMO, measure="位次", frequency="年", group="别的")


def told(office_of: Callable[..., Office], rows: str) -> Office:
    """Return an office with ranks of 县域经济 as published."""
    office = office_of(indicators=(APPRAISAL, OTHER))
    table = f"indicator | period_end_on | value\n{rows}"
    office.send("2022-12", table, kind="indicators", measure="位次", frequency="年")
    return office


def test_ranks_between_the_two_are_found_until_the_next_year_is_ranked(
    office_of: Callable[..., Office],
) -> None:
    office = told(
        office_of,
        """县域经济 | 2020-12-31 | 4
        县域经济 | 2021-12-31 | 3
        县域经济 | 2022-12-31 | 1
        园区     | 2021-12-31 | 2""",
    )
    assert_answer(
        found(office, "published_rank", "12-31", group="考评", from_rank=1, to_rank=3),
        """
        subject         | unit | since_on   | until_on | measured_value | remark        | row
        县域经济·2021年 | 甲部 | 2021-12-31 | 12-31    | 3              | 比上年前移1位 | 3
        县域经济·2022年 | 甲部 | 12-31      | —        | 1              | 比上年前移2位 | 4
        """,
    )


def test_poor_ranks_begin_at_the_limit(office_of: Callable[..., Office]) -> None:
    office = told(office_of, "县域经济 | 2020-12-31 | 9\n县域经济 | 2021-12-31 | 10")
    assert_answer(
        found(office, "published_rank", "12-31", group="考评", from_rank=10, to_rank=99),
        "since_on | measured_value | threshold | remark\n2021-12-31 | 10 | 10 | 比上年后移1位",
    )
