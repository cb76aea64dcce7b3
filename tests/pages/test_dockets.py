"""专项台账: each docket of a campaign, its verdict and list (A13, B7, B8, B13, B18, B19, E11)."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tally.board import Filters
from tally.board.clues import clues_verdict
from tally.board.institutions import institutions_verdict
from tally.board.obstacles import obstacles_verdict
from tally.board.returns import returns_verdict
from tests.pages.conftest import headings, headline, opened

NANYANG = "南阳职教园区“观念能力作风提升年”"
XIANGSHAN = "相山经开区“六找六强”"
CHOSEN = Filters("nanyang", date(2023, 6, 30))


def labels(app: AppTest) -> list[str]:
    """Return the dockets that the page offers."""
    return list(app.segmented_control(key="docket").options)


@pytest.mark.parametrize(
    ("docket", "found"),
    [
        ("说“不”与办不成事", "逐件办理"),
        ("问题线索", "逐条办理"),
        ("五项月报", "各单位"),
        ("制度机制", "逐项印发"),
        ("问题性质", "问题性质 × 难易程度"),
        ("报送情况", "谁报了谁没报"),
    ],
)
def test_docket_opens_by_its_address(full_home: Path, docket: str, found: str) -> None:
    app = opened("dockets", campaign=NANYANG, docket=docket)
    assert [element.value for element in (*app.exception, *app.error)] == []
    assert headline(app)
    assert found in headings(app)
    if docket != "报送情况":
        assert [b.label for b in app.button if b.label.startswith("看原表第")]


def test_page_offers_only_the_dockets_of_its_campaign(full_home: Path) -> None:
    assert labels(opened("dockets", campaign=XIANGSHAN)) == ["制度机制", "报送情况"]
    assert len(labels(opened("dockets", campaign=NANYANG))) == 6


def test_unknown_docket_falls_back_on_the_first(full_home: Path) -> None:
    app = opened("dockets", campaign=NANYANG, docket="没有的")
    assert headline(app) == headline(opened("dockets", campaign=NANYANG))


def test_cell_of_the_address_narrows_the_items(full_home: Path) -> None:
    address = {"docket": "问题性质", "kind": "顽固问题", "difficulty": "疑难"}
    app = opened("dockets", campaign=NANYANG, **address)
    few = len(app.dataframe[0].value)
    app.button(key="all_classes").click().run()
    assert 0 < few < len(app.dataframe[0].value)


def test_filter_that_leaves_nothing_offers_a_way_out(full_home: Path) -> None:
    app = opened("dockets", campaign=NANYANG, docket="问题线索")
    app.multiselect(key="unit").set_value(["电视台"]).run()
    assert "筛选后没有事项" in headline(app)


def test_obstacles_are_judged_by_what_is_open_and_overturned() -> None:
    rows = pd.DataFrame(
        {
            "ledger": ["refusals", "refusals", "refusals", "failures"],
            "unit": ["甲部", "甲部", "乙部", "乙部"],
            "is_closed": [False, False, True, True],
            "is_upheld": [None, False, True, None],
            "age_days": [84, 9, 20, 3],
        }
    )
    said = obstacles_verdict(CHOSEN, rows)
    assert said.headline == "▲ 在办 2 件，最长 84 天"
    assert said.detail_text == (
        "说“不” 3 件，办不成事 1 件，已办结 2 件；提级复核 2 件，应办 1 件；在办最多：甲部 2 件"
    )
    closed = obstacles_verdict(CHOSEN, rows[rows["is_closed"]])
    assert closed.headline == "● 说“不”和办不成事全部办结"


def clue_rows(*rows: tuple[str, str | None, bool, bool]) -> pd.DataFrame:
    """Return `clue_progress` from (unit, limit, overdue, done)."""
    return pd.DataFrame(
        [
            {
                "unit": unit, "due_on": date.fromisoformat(limit) if limit else None,
                "is_overdue": late, "is_done": done,
                "matter_settled_on": date(2023, 6, 1), "people_settled_on": None,
            }
            for unit, limit, late, done in rows
        ]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("甲部", "2023-06-01", True, False)], "■ 1 条复杂线索超过办理期限"),
        ([("甲部", "2023-07-05", False, False)], "▲ 1 条复杂线索临近期限"),
        ([("甲部", "2023-09-05", False, False)], "● 在办 1 条，无超限"),
        ([("甲部", "2023-06-01", False, True)], "● 线索全部办结"),
    ],
)
def test_clues_are_judged_by_their_limit(rows: list[tuple], expected: str) -> None:
    assert clues_verdict(CHOSEN, clue_rows(*rows)).headline == expected


def test_returns_name_who_has_not_sent_one() -> None:
    rows = pd.DataFrame({"unit": ["甲部", "乙部"], "is_reported": [True, False]})
    said = returns_verdict(CHOSEN, rows)
    assert said.headline == "○ 6月五项月报缺 1 个单位"
    assert said.detail_text == "已报 1 / 2 个单位；未报：乙部"


def test_institutions_are_judged_by_what_is_overdue() -> None:
    rows = pd.DataFrame(
        {"unit": ["甲部", "乙部", None], "status": ["overdue", "late", "open"]},
    )
    said = institutions_verdict(CHOSEN, rows)
    assert said.headline == "■ 制度成果逾期未印发 1 项"
    assert said.detail_text == "逾期：甲部；应出台 3 项，已印发 1 项，其中迟 1 项；没有时限 1 项"
