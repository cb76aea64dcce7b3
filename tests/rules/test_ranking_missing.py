"""ranking_missing (D16): quarterly rankings that were not handed in."""

from collections.abc import Callable
from dataclasses import replace

from tally.packs import DEMO, Theme
from tally.submissions import Terms
from tests.office import Office, assert_answer
from tests.rules.trying import found
from tests.tables import day

LIMITS = {"scope": "工作形式", "works": ["进企业", "督执法"], "days": 10}
PLAYED = Terms(uploaded_by=DEMO, reason=DEMO, is_sample=True)


def handed_in(office: Office, came_on: str, ranked_on: str, published_by: str = "丙部") -> None:
    """Hand a ranking of 进企业 in on a day."""
    reading = office.reading(
        "2022-12",
        f"unit | rank | ranked_on\n甲部 | 1 | {ranked_on}",
        kind="ranks",
        work="进企业",
        scope="工作形式",
        published_by=published_by,
    )
    outcome = office.hand_in(replace(reading, reported_on=day(came_on)), PLAYED)
    assert outcome.status == "published", outcome.problems


def test_each_work_is_missing_from_the_day_after_the_limit(office: Office) -> None:
    handed_in(office, "10-08", "09-30")
    assert found(office, "ranking_missing", "10-10", **LIMITS) == []
    assert_answer(
        found(office, "ranking_missing", "10-11", **LIMITS),
        """
        subject             | detail | unit | since_on | until_on | measured_value | threshold | row
        督执法·2022年三季度 | 督执法 | —    | 10-11    | —        | 11             | 10        | —
        """,
    )


def test_a_ranking_that_came_late_was_missing_until_it_came(office: Office) -> None:
    handed_in(office, "10-20", "09-30")
    answer = found(office, "ranking_missing", "10-31", **{**LIMITS, "works": ["进企业"]})
    assert_answer(answer, "unit | since_on | until_on | measured_value\n丙部 | 10-11 | 10-20 | 20")


def test_sending_a_ranking_again_does_not_make_it_late(office: Office) -> None:
    handed_in(office, "10-08", "09-30")
    handed_in(office, "10-25", "09-30", published_by="丁部")
    assert found(office, "ranking_missing", "10-31", **{**LIMITS, "works": ["进企业"]}) == []


def test_another_quarters_ranking_is_not_that_of_the_quarter(office: Office) -> None:
    handed_in(office, "10-08", "08-31")
    handed_in(office, "10-08", "10-05")
    answer = found(office, "ranking_missing", "2023-01-15", **{**LIMITS, "works": ["进企业"]})
    assert answer == []
    handed_in(office, "10-08", "06-30")
    assert len(found(office, "ranking_missing", "2023-01-15", **LIMITS)) == 2


def test_who_leads_the_work_in_the_pack_answers_for_it(office_of: Callable[..., Office]) -> None:
    office = office_of(themes=(Theme("进企业", "形式", DEMO, "丁部"),))
    handed_in(office, "10-20", "09-30")
    answer = found(office, "ranking_missing", "10-15", **{**LIMITS, "works": ["进企业"]})
    assert_answer(answer, "unit | until_on\n丁部 | —")
