"""goal_missed (D11, D21): the year's goals, and the reviews that answer for them."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tally.packs import DEMO, Indicator
from tally.store import Database
from tally.submissions import remove_campaign
from tests.office import SLUG, Office, assert_answer, trial_pack
from tests.rules.trying import found

HEAD = "indicator | unit | measure | period_end_on | value | target_value"
ASKED = {"groups": ["比拼"], "indicators": [], "review": "书面检讨"}
INDICATORS = (
    Indicator("税收", "亿元", "up", DEMO, target=60, group="比拼", owner="甲部"),
    Indicator("招商", "亿元", "up", DEMO, target=40, group="比拼", owner="乙部"),
    Indicator("能耗", "万吨", "down", DEMO, target=10, group="比拼", owner="丙部"),
    Indicator("投资", "亿元", "up", DEMO, group="比拼", owner="丙部"),
    Indicator("考核", "分", "up", DEMO, target=90, group="考评", owner="丁部"),
)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One database for the tests of this file: opening takes its time."""
    pack = replace(trial_pack(), indicators=INDICATORS)
    opened = Database(tmp_path_factory.mktemp("goals"), {SLUG: pack})
    yield opened
    opened.close()


@pytest.fixture
def office(database: Database) -> Iterator[Office]:
    """An office with goals for 2022, all of them units' own; its campaign is empty."""
    yield Office(database)
    remove_campaign(database, SLUG)


def figures(office: Office, *rows: str) -> int:
    """Publish figures of December."""
    return office.send("2022-12", "\n".join([HEAD, *rows]), kind="indicators")


def test_goal_is_missed_below_it_and_made_at_it(office: Office) -> None:
    figures(
        office,
        *("税收 | — | 累计 | 12-31 | 59.9 | —", "招商 | — | 累计 | 12-31 | 40 | —"),
        *("能耗 | — | 累计 | 12-31 | 12.5 | —", "投资 | — | 累计 | 12-31 | 1 | —"),
    )
    assert found(office, "goal_missed", "12-31", **ASKED) == []
    assert_answer(
        found(office, "goal_missed", "2023-01-20", **ASKED),
        """
        subject | detail | unit | since_on   | until_on | measured_value | threshold
        税收    | 2022年 | 甲部 | 2023-01-01 | —        | 599/600        | 1
        能耗    | 2022年 | 丙部 | 2023-01-01 | —        | 4/5            | 1
        """,
    )


def test_year_whose_last_figure_is_not_in_says_nothing(office: Office) -> None:
    """Not reported is not missed."""
    figures(office, "税收 | — | 累计 | 11-30 | 20 | —")
    assert found(office, "goal_missed", "2023-01-20", **ASKED) == []


def test_goal_of_the_list_goes_before_the_packs(office: Office) -> None:
    figures(office, "税收 | 丙部 | 累计 | 12-31 | 59 | 58", "投资 | 丙部 | 累计 | 12-31 | 7 | 8")
    assert_answer(
        found(office, "goal_missed", "2023-01-20", **ASKED), "subject | unit\n投资 | 丙部"
    )


def test_groups_and_indicators_asked_about_are_looked_at(office: Office) -> None:
    figures(office, "税收 | — | 累计 | 12-31 | 59 | —", "考核 | — | 期末 | 12-31 | 80 | —")
    for groups, indicators, subjects in (
        (["考评"], [], ["考核"]),
        ([], ["税收"], ["税收"]),
        (["考评"], ["税收"], ["税收", "考核"]),
        ([], [], []),
    ):
        asked = {"groups": groups, "indicators": indicators, "review": "大会检讨"}
        rows = found(office, "goal_missed", "2023-01-20", **asked)
        assert sorted(row["subject"] for row in rows) == sorted(subjects)


def test_review_of_its_kind_handed_in_after_the_year_ends_it(office: Office) -> None:
    figures(office, "税收 | — | 累计 | 12-31 | 59 | —", "招商 | — | 累计 | 12-31 | 9 | —")
    office.send(
        "2023-01",
        """
        item_no | kind     | unit | title | handed_in_on | is_filed
        J1      | 书面检讨 | 甲部 | 税收  | 2022-12-30   | yes
        J2      | 述职报告 | 甲部 | 全年  | 2023-01-05   | yes
        J3      | 书面检讨 | 甲部 | 税收  | 2023-01-12   | no
        """,
        kind="reviews",
    )
    assert_answer(
        found(office, "goal_missed", "2023-01-20", **ASKED),
        """
        subject | until_on   | remark
        招商    | —          | —
        税收    | 2023-01-12 | 检讨未存档
        """,
    )
    assert [row["until_on"] for row in found(office, "goal_missed", "2023-01-11", **ASKED)] == [
        None,
        None,
    ]


def test_revised_figure_that_makes_the_goal_ends_the_finding(office: Office) -> None:
    figures(office, "税收 | — | 累计 | 12-31 | 59 | —")
    assert len(found(office, "goal_missed", "2023-01-20", **ASKED)) == 1
    figures(office, "税收 | — | 累计 | 12-31 | 61 | —")
    assert found(office, "goal_missed", "2023-01-20", **ASKED) == []
