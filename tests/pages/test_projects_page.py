"""项目攻坚 and 暖民心: views by address, the empty page, verdicts (C5, C6, C10, C11, C15)."""

from pathlib import Path

import pytest

from tally import service
from tally.board.project_admission import admission_verdict
from tally.board.project_numbers import numbers_verdict
from tally.board.project_stages import stages_verdict
from tally.board.project_starts import starts_verdict
from tally.board.warmth import warmth_verdict
from tally.packs import packs
from tally.submissions import Terms, read_file, submit
from tally.submissions.staging import Given
from tests.pages.conftest import headline, opened

HULUDAO, XIANGSHAN = "葫芦岛市“争先创优”", "相山经开区“六找六强”"
HUAIHUA = "怀化高新区“三整顿两提升”"


def markdowns(app: object) -> str:
    """Return all that a page writes."""
    return "\n".join(text.value for text in app.markdown)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ({"number": "签约项目"}, "#### 签约项目"),
        ({"view": "阶段流转", "stage": "前期"}, "#### 前期"),
        ({"view": "准入审核", "supply": "盘活"}, "亩均税收** = 预计年税收"),
        ({"view": "没有的", "number": "没有的"}, "#### 争取上级资金"),
    ],
)
def test_view_of_the_projects_opens_by_its_address(
    full_home: Path, address: dict[str, str], found: str
) -> None:
    app = opened("projects", campaign=HULUDAO, **address)
    assert [element.value for element in (*app.exception, *app.error)] == []
    assert headline(app)
    assert found in markdowns(app)
    # Every view leads to the row of the list that it stands on.
    assert [button for button in app.button if button.label.startswith("看原表第")]


def test_page_without_its_ledger_says_which_to_bring(full_home: Path) -> None:
    assert "还没有项目台账" in headline(opened("projects", campaign=XIANGSHAN))
    app = opened("warmth", campaign=HULUDAO)
    assert "还没有暖民心调查" in headline(app)
    assert "满意度调查台账" in markdowns(app)


def test_projects_the_newest_list_leaves_out_are_counted_and_listed(empty_home: Path) -> None:
    unit = packs()["huludao"].units[0].name
    head, lists = "项目编号,项目名称,责任单位,项目阶段\n", {
        "2021年8月项目台账.csv": f"X1,修桥,{unit},前期\nX2,建厂,{unit},前期\n",
        "2021年9月项目台账.csv": f"X1,修桥,{unit},开工\n",
    }  # fmt: skip
    for named, rows in lists.items():
        content, database = (head + rows).encode("utf-8-sig"), service.database()
        given = Given(campaign="huludao")
        reading = read_file(database, content, named, given, isolated=False)
        outcome = submit(database, reading, content, Terms(uploaded_by="办公室"))
        assert outcome.status == "published", (outcome.sentence, outcome.problems)
    app = opened("projects", campaign=HULUDAO, view="阶段流转")
    assert [element.value for element in (*app.exception, *app.error)] == []
    app.button(key="dropped").click().run()
    assert "▲ 最新台账没有列出 1 个" not in [button.label for button in app.button]
    said = markdowns(app)
    assert "台账未列出" in said and "建厂" in said and "修桥" not in said


def test_filter_that_leaves_no_project_offers_a_way_out(full_home: Path) -> None:
    app = opened("projects", campaign=HULUDAO)
    app.multiselect(key="unit").set_value(["市财政局"]).run()
    assert "筛选后没有事项" in headline(app)


def test_cell_of_the_address_is_shown_with_its_sample_and_source(full_home: Path) -> None:
    address = {"measure": "知晓率", "action": "便民停车行动", "community": "河北社区"}
    app = opened("warmth", campaign=XIANGSHAN, **address)
    assert "知晓率" in headline(app)
    assert "便民停车行动 · 河北社区" in markdowns(app).replace("\\", "")
    assert [button for button in app.button if button.label.startswith("看原表第")]
    app.multiselect(key="unit").set_value(["王店社区"]).run()
    assert "河北社区" not in markdowns(app)
    fallen = opened("warmth", campaign=XIANGSHAN, measure="没有的", action="没有的")
    assert "满意率" in headline(fallen)


NUMBER = {
    "number": "签约项目", "value": 120.0, "target": 300.0, "expected_value": 224.4,
    "unit_of_measure": "个", "state": "behind", "reported_value": 180.0, "reported_gap": 60.0,
}  # fmt: skip


def test_numbers_are_judged_by_what_is_behind_and_what_no_list_shows() -> None:
    said = numbers_verdict([NUMBER, NUMBER | {"state": "level", "reported_gap": -3.0}])
    assert said.headline == "■ 2 个年度数，1 个落后序时"
    assert said.detail_text == (
        "落后：签约项目 120 / 300 个；指标报签约项目 180 个，台账只查得到 120"
    )
    assert numbers_verdict([NUMBER | {"state": "low"}]).state == "soon"
    calm = numbers_verdict([NUMBER | {"state": "level", "reported_gap": None}])
    assert calm.headline == "● 1 个年度数都跟上序时"
    assert numbers_verdict([NUMBER | {"state": None}]).state == "unreported"
    assert numbers_verdict([]).sentence == "还没有项目台账"


STAGE = {
    "stage": "前期", "before_count": 4, "new_count": 1, "came_count": 2, "project_count": 5,
    "stuck_count": 0, "past_quarter_count": 0, "stuck_days": 90.0, "is_current": False,
}  # fmt: skip


def test_stages_are_judged_by_who_is_stuck() -> None:
    said = stages_verdict(
        [STAGE | {"stuck_count": 3}, STAGE | {"stage": "推进", "is_current": True}]
    )
    assert said.headline == "■ 10 个项目，3 个卡住不动"
    assert said.detail_text == (
        "卡在：前期 3 个（90 天以上）；本期转段 4 个，新入库 2 个；本季抓推进：本期转入 2 个"
    )
    assert stages_verdict([STAGE | {"past_quarter_count": 2}]).state == "soon"
    assert stages_verdict([STAGE]).headline == "● 5 个项目，没有卡住的"
    assert stages_verdict([STAGE | {"stuck_days": None}]).state == "unreported"


def test_admission_is_judged_by_what_fails_and_what_started_all_the_same() -> None:
    row = {"result": "failed", "failed": ["环保"], "is_landed": True, "is_tax_contrary": False}
    said = admission_verdict([row, row | {"result": "passed", "failed": []}])
    assert said.headline == "■ 2 个项目，1 个不符合准入"
    assert said.detail_text == "不通过最多：环保 1 个；1 个没通过就已开工"
    assert admission_verdict([row | {"result": "unreviewed", "failed": []}]).state == "soon"
    assert admission_verdict([]).state == "unreported"


def test_warmth_is_judged_by_actions_surely_under_all() -> None:
    row = {
        "action": "便民停车", "community": None, "is_total": True, "asked_count": 60,
        "aware_count": 12, "aware_share": 0.2, "aware_state": "behind", "faulty_count": 0,
        "is_small": False,
    }  # fmt: skip
    whole = row | {"action": None, "aware_share": 0.5, "aware_count": 30, "aware_state": "level"}
    cell = row | {"community": "东社区", "is_total": False}
    cells = [cell | {"asked_count": 0}, cell | {"is_small": True}, cell | {"faulty_count": 1}]
    said = warmth_verdict([row, whole, *cells], "aware")
    assert said.headline == "■ 1 项行动知晓率明显偏低"
    assert said.detail_text == (
        "便民停车 20.0%；全部知晓率 50.0%（30 / 60）；1 处未调查，1 处样本少，1 次数字矛盾不计"
    )
    assert warmth_verdict([whole], "aware").state == "normal"
    assert warmth_verdict([], "aware").state == "unreported"


START = {
    "indicator": "签约招商项目", "start_value": 33.0, "value": 41.0, "change": 8.0,
    "direction": "up",
}  # fmt: skip


def test_starts_are_held_against_what_came_after_them() -> None:
    """C15: a number that fell back is told, and what cannot be compared is not judged."""
    said = starts_verdict([START, START | {"change": None}, START | {"change": 0.0}])
    assert said.headline == "● 2 项比起点，1 项有增长"
    assert said.detail_text == "没有变化 1 项；1 项起点之后没有可比的数"
    assert starts_verdict([START | {"change": -2.0}]).headline == "■ 1 项比起点，1 项倒退"
    assert starts_verdict([START | {"change": None}]).state == "unreported"


def test_campaign_with_starts_and_no_projects_opens_on_its_starts(full_home: Path) -> None:
    app = opened("projects", campaign=HUAIHUA)
    assert [element.value for element in (*app.exception, *app.error)] == []
    assert "起点" in headline(app)
    shown = app.dataframe[0].value
    assert shown["start"][list(shown["indicator"]).index("合同引资额")] == "43.7 亿元"
