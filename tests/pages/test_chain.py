"""责任链 from the frame: down by the address, up by the breadcrumbs, what it says (A6, B15)."""

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tally.board.chain import below, chain_verdict, line_above
from tally.packs import packs
from tests.pages.conftest import headline as marked_headline
from tests.pages.conftest import opened

HULUDAO = "葫芦岛市“争先创优”"
XIANGSHAN = "相山经开区“六找六强”"
WHOLE: dict[str, Any] = {
    "part": "whole", "unit": "甲县", "item_count": 12, "closed_of_all_share": 4 / 12,
    "gap_share": -2 / 12, "state": "behind", "overdue_count": 3, "unreported": None,
}  # fmt: skip


def said(app: AppTest) -> str:
    """Return everything the page says in words."""
    return "".join(text.value for text in app.markdown).replace("\\", "")


def headline(app: AppTest) -> str:
    """Return the page's verdict as it is read."""
    return marked_headline(app).replace("\\", "")


def assert_sound(app: AppTest) -> None:
    """Fail when the viewer would see a mistake of ours."""
    assert [element.value for element in (*app.exception, *app.error)] == []


def test_top_says_who_has_not_reported_and_what_waits_for_the_city(full_home: Path) -> None:
    app = opened("chain", campaign=HULUDAO)
    assert_sound(app)
    assert "全部单位销号率 53.6%，落后序时 21.6 个百分点" in headline(app)
    assert "本月未报：**南票区**、**玉皇街道**、**连湾街道**（按最近一期计）" in said(app)
    assert "市政府办公室负责，14 项未销号" in said(app)
    oldest = app.dataframe[0].value.iloc[0]
    assert (oldest["title"], oldest["age_days"]) == ("项目用地指标缺口待统筹", 104)


def test_address_opens_a_county_and_the_breadcrumbs_lead_back(full_home: Path) -> None:
    app = opened("chain", campaign=HULUDAO, at="龙港区")
    assert_sound(app)
    assert "龙港区销号率 39.4%" in headline(app)
    late = app.dataframe[1].value
    assert len(late) == 5
    app.button(key="up-").click().run()
    assert_sound(app)
    assert "全部单位销号率" in headline(app)


def test_town_is_the_end_of_the_chain(full_home: Path) -> None:
    app = opened("chain", campaign=HULUDAO, at="玉皇街道")
    assert_sound(app)
    assert "玉皇街道销号率 33.3%" in headline(app)
    assert [button.label for button in app.button if button.key.startswith("up-")] == [
        "全部单位",
        "龙港区",
    ]


def test_unit_that_is_not_there_is_told_over_the_top(full_home: Path) -> None:
    app = opened("chain", campaign=HULUDAO, at="没有的区")
    assert_sound(app)
    assert headline(app) == headline(opened("chain", campaign=HULUDAO))
    assert "没有“没有的区”这个单位" in said(app)


def test_campaign_of_one_level_is_a_chain_of_one_step(full_home: Path) -> None:
    app = opened("chain", campaign=XIANGSHAN)
    assert_sound(app)
    assert "全部单位销号率" in headline(app)
    assert "方案没有规定由哪一级解决" in said(app)


def test_line_leads_from_the_top_to_a_town() -> None:
    pack = packs()["huludao"]
    assert line_above(pack, "玉皇街道") == ["龙港区", "玉皇街道"]
    assert line_above(pack, "没有的") == []
    assert below(pack, "龙港区")[:3] == ["龙港区", "葫芦岛街道", "马仗房街道"]
    assert len(below(pack, "龙港区")) == 10
    assert below(pack, "") == []


@pytest.mark.parametrize(
    ("changed", "sentence", "detail"),
    [
        ({}, "■ 甲县销号率 33.3%，落后序时 16.7 个百分点", "逾期最多：乙镇 2 项"),
        (
            {"unit": None, "gap_share": 0.0, "state": "level", "unreported": "丙镇"},
            "● 全部单位销号率 33.3%，与序时持平",
            "逾期最多：乙镇 2 项；本月未报：丙镇（按最近一期计）",
        ),
        ({"item_count": 0}, "○ 甲县没有事项", ""),
    ],
)
def test_verdict_says_where_the_whole_stands(changed: Any, sentence: str, detail: str) -> None:
    parts = [{"part": "part", "unit": "甲镇", "overdue_count": 1}]
    parts.append({"part": "part", "unit": "乙镇", "overdue_count": 2})
    found = chain_verdict([WHOLE | changed, *parts])
    assert (found.headline, found.detail_text) == (sentence, detail)
