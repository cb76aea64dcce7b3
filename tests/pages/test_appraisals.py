"""考评台账: each part, its verdict and list (D3, D5, D6, D9, D11, D12, D13, D14, D16, D20)."""

import shlex
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tally.board import Filters
from tally.board.appraisal_scores import scores_verdict
from tally.board.contests import contests_verdict
from tally.board.handed_in_ranks import ranks_verdict
from tally.board.questionings import questionings_verdict
from tally.board.reviews import reviews_verdict
from tests.pages.conftest import headings, headline, opened

NANYANG = "南阳职教园区“观念能力作风提升年”"
HUAIHUA = "怀化高新区“三整顿两提升”"
NINGGUO = "宁国市“四季竞赛、五大比拼”"
XIANGSHAN = "相山经开区“六找六强”"
CHOSEN = Filters("nanyang", date(2023, 6, 30))


def parts(app: AppTest) -> list[str]:
    """Return the parts that the page offers."""
    return list(app.segmented_control(key="part").options)


@pytest.mark.parametrize(
    ("campaign", "part", "found"),
    [
        (NANYANG, "三评", "评议结果"),
        (NANYANG, "名次", "最近一次排名"),
        (HUAIHUA, "比武", "评比名次"),
        (HUAIHUA, "积分", "各单位"),
        (NINGGUO, "报告检讨", "逐份报送"),
        (NINGGUO, "抽问", "已抽问"),
    ],
)
def test_part_opens_by_its_address(full_home: Path, campaign: str, part: str, found: str) -> None:
    app = opened("appraisals", campaign=campaign, part=part)
    assert [element.value for element in (*app.exception, *app.error)] == []
    assert headline(app)
    assert found in headings(app)
    assert [b.label for b in app.button if b.label.startswith("看原表第")]


def test_page_offers_only_the_parts_of_its_campaign(full_home: Path) -> None:
    assert parts(opened("appraisals", campaign=NANYANG)) == ["三评", "名次", "报告检讨"]
    assert parts(opened("appraisals", campaign=HUAIHUA)) == ["比武", "积分"]
    assert parts(opened("appraisals", campaign=NINGGUO)) == ["名次", "报告检讨", "抽问"]


def test_campaign_without_any_part_says_so(full_home: Path) -> None:
    assert headline(opened("appraisals", campaign=XIANGSHAN)) == "○ 这个行动没有考评台账"


@pytest.mark.parametrize(
    "wrong",
    [
        {"part": "没有的"},
        {"part": "名次", "scope": "没有的"},
        {"part": "三评", "quarter": "没有的"},
    ],
)
def test_wrong_word_in_the_address_falls_back(full_home: Path, wrong: dict[str, str]) -> None:
    app = opened("appraisals", campaign=NANYANG, **wrong)
    kept = {name: value for name, value in wrong.items() if value != "没有的"}
    assert [element.value for element in (*app.exception, *app.error)] == []
    assert headline(app) == headline(opened("appraisals", campaign=NANYANG, **kept))


def test_draw_of_a_seed_is_listed_with_the_line_that_repeats_it(full_home: Path) -> None:
    asked = {"campaign": NINGGUO, "part": "抽问", "seed": "5月18日 宁'", "size": "没有的"}
    app = opened("appraisals", **asked)
    assert [element.value for element in (*app.exception, *app.error)] == []
    _, _, name, *given, known = shlex.split(app.code[0].value)
    assert (name, given) == (
        "questioning_draw",
        ["campaign=ningguo", "as_of=2021-10-31", "seed=5月18日 宁'", "size=3"],
    )
    assert known.startswith("known_at=20")
    drawn = app.dataframe[0].value["unit"].tolist()
    assert len(drawn) == 3
    assert drawn[0] in headings(app)


def test_sheet_of_any_unit_is_there_before_a_draw(full_home: Path) -> None:
    app = opened("appraisals", campaign=NINGGUO, part="抽问")
    assert not app.code
    app.selectbox(key="sheet_unit").set_value("经信局").run()
    assert "经信局" in headings(app)


def test_filter_that_leaves_nothing_offers_a_way_out(full_home: Path) -> None:
    app = opened("appraisals", campaign=NANYANG, part="三评")
    app.multiselect(key="unit").set_value(["电视台"]).run()
    assert "筛选后没有事项" in headline(app)


def scores(*rows: tuple[str, bool, bool]) -> pd.DataFrame:
    """Return `appraisal_scores` of one quarter from (body, below the mark, quarter over)."""
    return pd.DataFrame(
        [
            {"quarter": "2023年二季度", "list": "评部门", "subject": name, "is_below": below,
             "is_over": over}
            for name, below, over in rows
        ]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("甲", False, True), ("乙", True, True)], "■ 2023年二季度 1 个末位低于 75 分"),
        ([("甲", False, False), ("乙", True, False)], "▲ 2023年二季度暂有 1 个末位低于 75 分"),
        ([("甲", False, True), ("乙", False, True)], "● 2023年二季度没有末位低于 75 分的"),
    ],
)
def test_appraisals_are_judged_by_who_is_last_below_the_mark(
    rows: list[tuple[str, bool, bool]], expected: str
) -> None:
    assert scores_verdict(CHOSEN, scores(*rows)).headline == expected


def test_rankings_are_judged_by_what_a_check_found_false() -> None:
    rows = pd.DataFrame(
        {
            "work": ["招商", "财税"], "unit": ["甲部", "乙部"], "published_by": ["丙局", "丁局"],
            "is_newest": [True, True], "is_last": [True, None], "is_confirmed": [None, False],
            "rank_change": [2, -1],
        }
    )  # fmt: skip
    said = ranks_verdict(CHOSEN, rows)
    assert said.headline == "■ 排名抽查不实 1 条"
    assert said.detail_text == "抽查不实：丁局；末位：甲部；最近一次共 2 项工作、2 个单位"
    assert ranks_verdict(CHOSEN, rows[:1]).headline == "▲ 1 个末位，上升 1 个、下降 0 个"


def test_contests_say_whether_the_marks_part_the_first_from_the_others() -> None:
    rows = pd.DataFrame(
        {
            "contest": ["比武", "比武"], "unit": ["甲部", "乙部"], "rank": [1, 2],
            "is_close": [True, True],
        }
    )  # fmt: skip
    assert contests_verdict(CHOSEN, rows).headline == "▲ 1 项评比，1 项第1名难分高下"
    apart = contests_verdict(CHOSEN, rows.assign(is_close=False))
    assert (apart.headline, apart.detail_text) == ("● 1 项评比，第1名都分得开", "比武第1：甲部")


@pytest.mark.parametrize(
    ("statuses", "confirmed", "expected"),
    [
        (["overdue", "late"], [None, None], "■ 逾期未交 1 份"),
        (["in time", "late"], [False, None], "■ 抽查不实 1 份"),
        (["in time", "late"], [True, None], "▲ 到期的都交了，迟交 1 份"),
        (["in time", "open"], [True, None], "● 到期的都按时交了"),
    ],
)
def test_reviews_are_judged_by_what_did_not_come(
    statuses: list[str], confirmed: list[bool | None], expected: str
) -> None:
    rows = pd.DataFrame({"unit": ["甲部", "乙部"], "status": statuses, "is_confirmed": confirmed})
    assert reviews_verdict(CHOSEN, rows).headline == expected


def test_questionings_are_judged_by_the_marks_of_the_month() -> None:
    days = [date(2023, 6, 9), date(2023, 5, 9)]
    rows = pd.DataFrame({"asked_on": days, "unit": ["甲部", "乙部"], "poor_count": [0, 2]})
    said = questionings_verdict(CHOSEN, rows)
    assert said.headline == "● 6月抽问 1 次，没有最差评价"
    assert said.detail_text == "累计抽问 2 次，2 个单位；有最差评价的 1 次：乙部"
    assert questionings_verdict(CHOSEN, rows[1:]).headline == "○ 6月还没有抽问"
