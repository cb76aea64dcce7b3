"""诉求信访: the funnel and its cases by channel, unit and community; petitions (B9, B17)."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tally.board.appeals import appeals_verdict
from tests.pages.conftest import headings, headline, opened

XIANGSHAN = "相山经开区“六找六强”"
NINGGUO = "宁国市“四季竞赛、五大比拼”"
HUAIHUA = "怀化高新区“三整顿两提升”"
TOTAL = {
    "received_count": 244, "closed_share": 0.909, "satisfied_share": 0.793, "open_count": 22,
    "overdue_count": 12,
}  # fmt: skip


def units_listed(app: AppTest) -> set[str]:
    """Return the units of the cases that are listed."""
    return set(app.dataframe[0].value["unit"])


def test_verdict_says_what_is_late_and_what_came_of_the_rest() -> None:
    channels = [
        {"name": "热线", "satisfied_state": "behind", "satisfied_share": 0.6},
        {"name": "来信", "satisfied_state": "low", "satisfied_share": 0.5},
    ]
    trips = {
        "province_batch_count": 7, "province_person_count": 21, "capital_batch_count": 2,
        "capital_person_count": 3,
    }  # fmt: skip
    said = appeals_verdict(TOTAL, channels, trips, {"resolved_count": 9, "stock_count": 16})
    assert said.headline == "■ 诉求信访超期未办 12 件"
    # A channel that is low but not surely so is not named.
    assert said.detail_text == (
        "收到 244 件，办结 90.9%，满意 79.3%；满意率明显偏低：热线 60.0%；"
        "赴省进京 9 批 24 人次；积案化解 9 / 16"
    )


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"overdue_count": 0}, "● 在办 22 件，无超期"),
        ({"overdue_count": 0, "open_count": 0}, "● 诉求信访全部办结"),
    ],
)
def test_verdict_is_calm_where_nothing_is_late(counts: dict[str, int], expected: str) -> None:
    assert appeals_verdict(TOTAL | counts).headline == expected


def test_verdict_without_appeals_says_so() -> None:
    assert appeals_verdict(None).headline == "○ 还没有诉求和信访件"


def test_page_shows_funnel_trips_stock_and_cases(full_home: Path) -> None:
    app = opened("appeals", campaign=XIANGSHAN)
    assert "诉求信访超期未办" in headline(app)
    assert headings(app) == ["办理漏斗", "信访走势", "积案与交办", "全部诉求"]
    assert any("积案 **16** 件" in text.value for text in app.markdown)
    assert {"■ 超期"} <= set(app.dataframe[0].value["state_words"])


def test_address_names_the_view_and_the_row(full_home: Path) -> None:
    app = opened("appeals", campaign=XIANGSHAN, appeal_view="按单位", pick="规划建设部")
    assert headings(app)[1:] == ["各单位信访量", "积案与交办", "规划建设部"]
    assert units_listed(app) == {"规划建设部"}
    app.button(key="all_appeals").click().run()
    assert len(units_listed(app)) > 1


def test_cases_are_narrowed_to_old_matters_and_lead_to_their_row(full_home: Path) -> None:
    app = opened("appeals", campaign=XIANGSHAN)
    app.selectbox(key="appeal_state").set_value("积案").run()
    assert len(app.dataframe[0].value) == 16
    assert any("信访事项台账 · 第" in text.value for text in app.markdown)
    assert [b.label for b in app.button if b.label.startswith("看原表第")]


@pytest.mark.parametrize("view", ["按渠道", "议案提案等来源"])
def test_list_that_is_cut_says_so(
    full_home: Path, monkeypatch: pytest.MonkeyPatch, view: str
) -> None:
    monkeypatch.setattr("tally.board.appeal_cases.LISTED_MAX", 2)
    app = opened("appeals", campaign=NINGGUO, appeal_view=view)
    assert len(app.dataframe[0].value) == 2
    assert any("列前 2 件" in text.value for text in app.markdown)


def test_motions_and_proposals_are_closed_out_like_other_problems(full_home: Path) -> None:
    app = opened("appeals", campaign=NINGGUO, appeal_view="议案提案等来源", pick="政协提案")
    assert headings(app)[-1] == "政协提案"
    assert {"■ 逾期 51 天", "✓ 已销号"} <= set(app.dataframe[0].value["state_words"])


def test_campaign_without_petitions_gives_its_room_to_the_funnel(full_home: Path) -> None:
    assert headings(opened("appeals", campaign=HUAIHUA)) == ["办理漏斗", "全部诉求"]


def test_wrong_view_and_row_fall_back(full_home: Path) -> None:
    app = opened("appeals", campaign=XIANGSHAN, appeal_view="没有的", pick="没有的")
    assert not app.exception
    assert headings(app) == headings(opened("appeals", campaign=XIANGSHAN))


def test_filter_that_leaves_nothing_offers_a_way_out(full_home: Path) -> None:
    app = opened("appeals", campaign=HUAIHUA)
    app.multiselect(key="unit").set_value(["督查室"]).run()
    assert "筛选后没有事项" in headline(app)
