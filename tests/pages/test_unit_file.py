"""一单位一档: one unit's year on one page, for people to judge (D19)."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tally.board.unit_file import FOR_PEOPLE, clause_words, file_verdict
from tally.board.unit_year import (
    commitment_words,
    light_badge,
    missed_words,
    points_words,
    questioning_words,
)
from tally.packs import packs
from tests.pages.conftest import headline, opened

NANYANG = "南阳职教园区“观念能力作风提升年”"
HUAIHUA = "怀化高新区“三整顿两提升”"


def faults(app: AppTest) -> list[str]:
    """Return what the page says went wrong."""
    return [element.value for element in (*app.exception, *app.error)]


def months(overdue_count: int | None, is_reported: bool = True) -> list[dict[str, Any]]:
    """Return one month of `unit_year`."""
    return [{"month": "2023-06", "is_reported": is_reported, "overdue_count": overdue_count}]


def found(red: int = 0, amber: int = 0, blue: int = 0) -> dict[str, Any]:
    """Return a row of `finding_totals`, one of its findings to be commended."""
    return {"red_count": red, "amber_count": amber, "blue_count": blue, "good_count": 1}


def test_verdict_counts_what_is_open_and_leaves_the_judging_to_people() -> None:
    said = file_verdict("甲部", found(red=1, blue=1), months(3), ("区直单位",))
    assert said.headline == "■ 甲部：红色预警 1 条，另有 1 条，逾期 3 项"
    assert said.detail_text == f"区直单位；{FOR_PEOPLE}"


@pytest.mark.parametrize(
    ("amber", "month", "said"),
    [
        (1, months(0), "▲ 甲部：预警 1 条，没有红色"),
        (1, months(None, is_reported=False), "○ 甲部：6月台账未报"),
        (0, months(2), "▲ 甲部：没有要办的预警，逾期 2 项"),
        (0, months(0), "● 甲部：没有要办的预警"),
        (0, [], "● 甲部：没有要办的预警"),
    ],
)
def test_verdict_without_red(amber: int, month: list[Any], said: str) -> None:
    assert file_verdict("甲部", found(amber=amber), month).headline == said


def test_long_name_moves_from_the_sentence_to_the_line_below() -> None:
    name = "某某某某某某某某某某某某某某某某某某某某某某委员会"
    said = file_verdict(name, found(red=1), months(0))
    assert said.headline == "■ 红色预警 1 条"
    assert said.detail_text == f"{name}；{FOR_PEOPLE}"


def test_light_made_up_late_is_never_shown_as_green() -> None:
    light = {"light": "amber", "is_made_up": True}
    assert light_badge(light) == ":orange-badge[▲ 补]"
    assert light_badge(light | {"is_made_up": False}, is_narrow=True) == ":orange-badge[▲ 黄]"
    assert light_badge(None) == "—"


def test_record_reads_in_words() -> None:
    kept = {"kind": "曝光", "title": "扬尘", "status": "open", "due_on": None, "overdue_days": None}
    assert commitment_words(kept) == "曝光“扬尘”○ 未办结"
    late = kept | {"status": "overdue", "overdue_days": 30.0}
    assert commitment_words(late) == "曝光“扬尘”■ 逾期 30 天"
    points = {"entry_count": 2, "balance": -4.0, "given": 1.0, "taken": 5.0}
    assert points_words(points) == "−4 分（加 1，扣 5）"
    assert points_words(points | {"entry_count": 0}) == "没有记分"
    assert missed_words({"duty": "走访", "missing_count": 2, "late_count": 0}) == "走访 缺 2 次"


def test_questioning_without_a_mark_says_so() -> None:
    asked = {"asked_on": date(2023, 5, 3), "situation": None, "measures": None, "effect": None}
    assert questioning_words(asked) == "5月3日 未评价"
    assert questioning_words(asked | {"measures": "不力"}) == "5月3日 措施不力"


def test_long_clause_loses_its_end() -> None:
    assert clause_words("短") == "短"
    assert clause_words("长" * 60).endswith("长…")


def test_page_shows_one_unit_with_interval_rank_and_clauses(full_home: Path) -> None:
    app = opened("unit_file", campaign=NANYANG, subject_unit="招商发展局")
    assert faults(app) == []
    assert headline(app).startswith(":red[■ 招商发展局：红色预警")
    year, record, found = (table.value for table in app.table)
    assert list(year.columns) == ["项", "3月", "4月", "5月", "6月"]
    assert year["项"].tolist()[:3] == ["灯", "事项", "已销号 / 到期"]
    told = dict(zip(record["字段"], record["内容"], strict=True))
    assert "95% 区间" in told["到期销号率"].replace("\\", "")
    assert "第10 / " in told["名次"].replace("\\", "")
    assert any("S5 附件3" in clause for clause in found["条款"])
    assert any(FOR_PEOPLE in text.value for text in app.markdown)


def test_unit_too_small_for_a_rank_has_none(full_home: Path) -> None:
    app = opened("unit_file", campaign=NANYANG, subject_unit="招商发展局", month="2023年3月")
    told = dict(app.table[1].value.itertuples(index=False, name=None))
    assert told["名次"].startswith("不排名")


def test_rank_of_a_named_unit_is_not_told_where_rankings_are_closed(
    full_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = packs()["nanyang"]
    closed = replace(pack, rankings=replace(pack.rankings, shown="off"))
    monkeypatch.setitem(packs(), "nanyang", closed)
    app = opened("unit_file", campaign=NANYANG, subject_unit="招商发展局")
    assert faults(app) == []
    year, record = app.table[0].value, app.table[1].value
    assert "名次" not in year["项"].tolist()
    assert "这个专项行动不公布排名" in record["内容"].tolist()


def test_shared_filter_narrows_which_units_can_be_chosen(full_home: Path) -> None:
    app = opened("unit_file", campaign=HUAIHUA, unit="优化办", subject_unit="招商合作局")
    assert faults(app) == []
    assert app.selectbox(key="subject_unit").options == ["优化办"]
    assert "优化办" in headline(app)


def test_unknown_unit_falls_back_on_the_first(full_home: Path) -> None:
    app = opened("unit_file", campaign=HUAIHUA, subject_unit="没有的")
    assert faults(app) == []
    assert app.selectbox(key="subject_unit").value == app.selectbox(key="subject_unit").options[0]


def test_unit_that_was_questioned_shows_its_marks(full_home: Path) -> None:
    app = opened("unit_file", campaign="宁国市“四季竞赛、五大比拼”", subject_unit="经开区")
    assert faults(app) == []
    told = dict(app.table[1].value.itertuples(index=False, name=None))
    assert "措施" in told["突击问责"]
