"""theme_ranking_missing (D15): themes that are over and were not ranked."""

from collections.abc import Callable

from tally.packs import DEMO, Theme
from tests.office import Office, assert_answer
from tests.rules.trying import found
from tests.tables import day

THEMES = (
    Theme("三个一批", "专项整治", DEMO, "甲部", day("07-01"), day("08-31")),
    Theme("规范执法", "专项整治", DEMO, "乙部", day("07-01"), day("08-31")),
    Theme("民生实事", "专项整治", DEMO, "丙部"),
    Theme("四个聚焦", "别的", DEMO, "丁部", day("07-01"), day("08-31")),
)


def test_a_theme_is_found_from_the_limit_until_its_ranking(
    office_of: Callable[..., Office],
) -> None:
    office = office_of(themes=THEMES)
    limits = {"kinds": ["专项整治"], "days": 15}
    office.send(
        "2022-12",
        """
        work     | unit | rank | ranked_on
        三个一批 | 丁部 | 1    | 09-15
        规范执法 | 丁部 | 1    | 09-28
        """,
        kind="ranks",
        scope="主题活动",
    )
    assert found(office, "theme_ranking_missing", "09-15", **limits) == []
    assert_answer(
        found(office, "theme_ranking_missing", "09-20", **limits),
        "subject | unit | since_on | until_on\n规范执法 | 乙部 | 09-16 | —",
    )
    assert_answer(
        found(office, "theme_ranking_missing", "10-31", **limits),
        """
        subject  | detail   | unit | since_on | until_on | measured_value | threshold | row
        规范执法 | 专项整治 | 乙部 | 09-16    | 09-28    | 28             | 15        | —
        """,
    )
