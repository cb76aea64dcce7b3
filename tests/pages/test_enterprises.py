"""企业服务 from the frame: full, empty, filtered, by deep link; and its verdict (E6, B16)."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tally.board.enterprises import served_verdict
from tests.pages.conftest import headline, opened

HUAIHUA = "怀化高新区“三整顿两提升”"
FRIDAY, SUNDAY = date(2022, 9, 30), date(2022, 10, 2)
SERVED: dict[str, Any] = {
    "listed_count": 138, "week_count": 138, "week_share": 1.0, "never_count": 0, "late_count": 0,
    "late_weeks_max": 0, "other_count": 0, "problem_count": 148, "closed_count": 118,
    "closed_share": 118 / 148,
}  # fmt: skip


def served(**changed: Any) -> dict[str, Any]:
    """Return the totals of a week in which everyone was visited, some of them changed."""
    return SERVED | changed


def said(app: AppTest) -> str:
    """Return everything the page says in words."""
    return "".join(element.value for element in app.markdown).replace("\\", "")


def test_page_says_what_is_served_over_the_samples(full_home: Path) -> None:
    app = opened("enterprises", campaign=HUAIHUA)
    assert headline(app) == ":red[■ 6 家上周以来未走访，最久 17 周]"
    assert "收集问题 148 项，销号 118 项（79.7%）" in said(app)
    assert len(app.exception) + len(app.error) == 0


def test_address_opens_the_card_of_an_object(full_home: Path) -> None:
    app = opened("enterprises", campaign=HUAIHUA, object="示例企业A22")
    assert app.selectbox(key="object").value == "示例企业A22"
    assert "未销号 1 项" in said(app)
    problems = app.dataframe[0].value
    assert [title[:4] for title in problems["title"]] == ["企业22"] * len(problems)


def test_visits_of_an_object_are_found_in_the_ledger_as_they_were_written(full_home: Path) -> None:
    app = opened("enterprises", campaign=HUAIHUA, object="示例企业A22")
    app.button(key="rows_of_visits").click().run()
    assert headline(app) == ":green[●] 找到 33 行"
    assert len(app.exception) + len(app.error) == 0


@pytest.mark.parametrize("wrong", [{"object": "没有的"}, {"object_kind": "没有的"}])
def test_wrong_object_falls_back(full_home: Path, wrong: dict[str, str]) -> None:
    app = opened("enterprises", campaign=HUAIHUA, **wrong)
    assert len(app.exception) + len(app.error) == 0
    assert app.selectbox(key="object").value == "示例企业A88"


def test_filter_narrows_the_objects_and_leaves_the_stated_numbers_out(full_home: Path) -> None:
    app = opened("enterprises", campaign=HUAIHUA)
    app.multiselect(key="unit").set_value(["平安办"]).run()
    assert len(app.exception) + len(app.error) == 0
    assert "本周已走访 13 / 17 家" in said(app)


def test_campaign_that_serves_nobody_says_which_ledgers_are_missing(full_home: Path) -> None:
    app = opened("enterprises", campaign="葫芦岛市“争先创优”")
    assert headline(app) == "○ 还没有企业与项目名册"
    assert "走访调度台账" in said(app)


@pytest.mark.parametrize(
    ("changed", "as_of", "headline_said"),
    [
        ({}, FRIDAY, "● 本周已全部走访"),
        ({"week_count": 120}, FRIDAY, "▲ 本周还有 18 家未走访"),
        ({"week_count": 120}, SUNDAY, "■ 本周还有 18 家未走访"),
        ({"late_count": 6, "late_weeks_max": 17}, FRIDAY, "■ 6 家上周以来未走访，最久 17 周"),
        ({"never_count": 138}, FRIDAY, "○ 还没有走访调度台账"),
        ({"listed_count": 0}, FRIDAY, "○ 还没有企业与项目名册"),
    ],
)
def test_verdict_judges_the_week(changed: dict[str, Any], as_of: date, headline_said: str) -> None:
    assert served_verdict(served(**changed), [], as_of).headline == headline_said


def test_verdict_tells_problems_what_is_put_aside_and_who_is_in_no_roster() -> None:
    parked = [{"is_dispatched": True}, {"is_dispatched": False}]
    opening = served_verdict(served(other_count=1), parked, FRIDAY)
    assert opening.detail_text == (
        "本周已走访 138 / 138 家；收集问题 148 项，销号 118 项（79.7%）；"
        "暂时不能解决 2 项，1 项本周未调度；不在名册 1 家"
    )
