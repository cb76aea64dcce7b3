"""红黑榜 (D2), and how a campaign shows its rankings (`[rankings] shown`)."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tally.board.appraisals import RANKED, kept_parts
from tally.board.asking import Filters
from tally.board.honours import entries, first_day, honours_verdict
from tally.board.ranking_use import (
    as_shown,
    league_filters,
    no_ranking,
    own_verdict,
    without_names,
)
from tally.packs import DEMO, RankingUse, packs
from tests.pages.conftest import headline, opened
from tests.pages.test_pages import faults

NANYANG = "南阳职教园区“观念能力作风提升年”"
DAY = date(2023, 6, 30)
UNITS = [unit.name for unit in packs()["nanyang"].units]


def show(monkeypatch: pytest.MonkeyPatch, shown: str, source: str = DEMO) -> None:
    """Let nanyang show its rankings in this way."""
    pack = replace(packs()["nanyang"], rankings=RankingUse(shown, source))
    monkeypatch.setitem(packs(), "nanyang", pack)  # type: ignore[arg-type]


def everything(app: AppTest) -> str:
    """Return all that the page says and draws below its filters."""
    body = [element.value for element in (*app.title, *app.markdown)]
    # What the viewer chose stands in the filters' own line.
    body = [text for text in body if not text.startswith("正在看")]
    tables = [frame.value.to_csv() for frame in (*app.dataframe, *app.table)]
    specs = [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]
    charts = [json.dumps(spec, ensure_ascii=False) for spec in specs]
    buttons = [button.label for button in app.button]
    return "\n".join([*body, *tables, *charts, *buttons])


def named(app: AppTest) -> set[str]:
    """Return the units that the page names."""
    said = everything(app)
    return {unit for unit in UNITS if unit in said}


def rolls(*rows: tuple[str, str, str, str | None]) -> pd.DataFrame:
    """Return rows of `honour_rolls`: roll, unit, sentence, remark."""
    names = ("roll", "unit", "sentence", "remark")
    return pd.DataFrame([dict(zip(names, row, strict=True)) for row in rows], columns=names).assign(
        rule="严重超期", subject="P1", is_holding=True
    )


BOTH = rolls(
    ("红榜", "甲部", "甲部进了3位", None),
    ("黑榜", "乙部", "乙部超期41天", "并列末位"),
    ("黑榜", "甲部", "甲部超期3天", None),
    ("黑榜", "乙部", "乙部末位", None),
)


def test_time_begins_with_the_month_or_the_quarter() -> None:
    assert first_day(date(2023, 6, 30), 1) == date(2023, 6, 1)
    assert first_day(date(2023, 6, 30), 3) == date(2023, 4, 1)
    assert first_day(date(2023, 10, 1), 3) == date(2023, 10, 1)


def test_verdict_names_who_is_on_both_lists() -> None:
    said = honours_verdict(BOTH, "本季", has_rules=True)
    assert said.headline == "■ 本季红榜 1 个单位，黑榜 2 个"
    assert said.detail_text == "红榜：甲部；黑榜：乙部、甲部；两榜都有：甲部"
    assert honours_verdict(BOTH.head(1), "本季", has_rules=True).state == "normal"
    assert honours_verdict(BOTH.head(0), "本季", has_rules=True).state == "normal"
    assert honours_verdict(BOTH.head(0), "本季", has_rules=False).state == "unreported"


def test_verdict_of_ones_own_unit_names_no_other() -> None:
    said = honours_verdict(BOTH, "本季", has_rules=True, own="乙部")
    assert said.headline == "■ 本季本单位在黑榜"
    assert said.detail_text == "全部单位：红榜 1 个，黑榜 2 个"
    other = honours_verdict(BOTH, "本季", has_rules=True, own="丙部")
    assert other.headline == "● 本季本单位没有上榜"


def test_a_unit_is_one_entry_with_its_tie_printed() -> None:
    listed = entries(BOTH[BOTH["roll"] == "黑榜"])
    assert listed[["unit", "said", "remark", "more"]].to_numpy().tolist() == [
        ["乙部", "乙部超期41天", "并列末位", "1 条规则"],
        ["甲部", "甲部超期3天", "—", "—"],
    ]
    over = entries(BOTH.assign(is_holding=False).iloc[[1]])
    assert over["remark"].tolist() == ["● 已消除；并列末位"]


def test_units_without_names_keep_their_number_in_every_frame() -> None:
    ranking = pd.DataFrame({"unit": ["乙部", "甲部"], "leader_post": ["主任", "局长"]})
    history = pd.DataFrame({"unit": ["甲部", "丙部", "乙部"], "remark": ["比乙部高", None, "并列"]})
    first, second = without_names(ranking, history)
    assert first["unit"].tolist() == ["单位一", "单位二"]
    assert first["leader_post"].isna().all()
    assert second["unit"].tolist() == ["单位二", "单位三", "单位一"]
    assert second["remark"].fillna("—").tolist() == ["比单位一高", "—", "并列"]


def test_numbers_of_units_are_read_as_they_are_spoken() -> None:
    [many] = without_names(pd.DataFrame({"unit": [f"第{number}" for number in range(1, 101)]}))
    called = many["unit"].tolist()
    assert [called[place - 1] for place in (9, 10, 11, 20, 21, 99, 100)] == [
        "单位九", "单位十", "单位十一", "单位二十", "单位二十一", "单位九十九", "单位100",
    ]  # fmt: skip


def test_sentences_go_with_the_names() -> None:
    [shown] = without_names(BOTH)
    assert entries(shown)["said"].tolist() == ["严重超期", "严重超期"]
    assert entries(shown)["unit"].tolist() == ["单位一", "单位二"]


def test_pack_that_does_not_say_is_open(monkeypatch: pytest.MonkeyPatch) -> None:
    pack = replace(packs()["nanyang"], rankings=None)
    monkeypatch.setitem(packs(), "nanyang", pack)  # type: ignore[arg-type]
    chosen = Filters("nanyang", DAY, unit=("住建部门",))
    assert no_ranking(chosen) is None
    assert as_shown(chosen, BOTH) == (BOTH,)
    assert league_filters(chosen).unit == ("住建部门",)


def test_no_filter_tells_who_a_row_without_name_is(monkeypatch: pytest.MonkeyPatch) -> None:
    show(monkeypatch, "anonymous")
    asked = league_filters(Filters("nanyang", DAY, unit=("住建部门",), post="区长"))
    assert (asked.unit, asked.post) == ((), None)


def test_unit_alone_in_its_league_is_left_out_of_a_ranking_without_names(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The league's name would be its own."""
    show(monkeypatch, "anonymous")
    ranking = pd.DataFrame(
        {"unit": ["甲部", "乙部", "丙镇"], "league": ["部门", "部门", "丙镇"], "rank": [1, 2, 1]}
    )
    [shown] = as_shown(Filters("nanyang", DAY), ranking)
    assert shown["unit"].tolist() == ["单位一", "单位二"]


def test_own_row_needs_one_unit(monkeypatch: pytest.MonkeyPatch) -> None:
    show(monkeypatch, "own")
    for units in ((), ("甲部", "乙部")):
        refused = no_ranking(Filters("nanyang", DAY, unit=units))
        assert refused is not None
        assert refused.headline == "○ 排名只看本单位：先选单位"
    chosen = Filters("nanyang", DAY, unit=("乙部",))
    assert no_ranking(chosen) is None
    [own] = as_shown(chosen, BOTH)
    assert set(own["unit"]) == {"乙部"}


def test_own_verdict_tells_the_rank_and_the_spread_of_the_league() -> None:
    ranking = pd.DataFrame(
        {
            "unit": ["甲部", "乙部", "丙镇"],
            "league": ["部门", "部门", "乡镇"],
            "closed_share": [0.9, 0.5, 0.1],
            "league_share": [0.7, 0.7, 0.1],
            "rank": [1, 2, 1],
            "is_tied": [False, False, False],
            "state": ["level", "behind", "level"],
        }
    )
    said = own_verdict("乙部", ranking)
    assert said.headline == "■ 本单位第2：到期销号率 50.0%"
    assert said.detail_text == "部门各单位在 50.0% 到 90.0% 之间；全部单位 70.0%"
    unranked = own_verdict("乙部", ranking.assign(rank=float("nan")))
    assert unranked.headline == "○ 到期太少，暂不排名：销号率 50.0%"
    assert own_verdict("丁部", ranking).state == "unreported"


def test_page_shows_both_lists_with_the_clause(full_home: Path) -> None:
    app = opened("honours", campaign=NANYANG)
    assert faults(app) == []
    assert "本季红榜" in headline(app)
    assert len(app.dataframe) == 2
    assert "S5 附件3" in everything(app)
    month = opened("honours", campaign=NANYANG, roll_span="本月")
    assert "本月红榜" in headline(month)
    assert headline(opened("honours", campaign=NANYANG, roll_span="没有的")) == headline(app)


def test_a_unit_leads_to_its_findings(full_home: Path) -> None:
    app = opened("honours", campaign=NANYANG)
    unit = app.dataframe[1].value["unit"].iloc[0]
    app.button(key="go-黑榜").click().run()
    assert faults(app) == []
    assert "预警" in headline(app)
    assert set(app.dataframe[0].value["unit"]) == {unit}


@pytest.mark.parametrize("page", ["honours", "rankings"])
def test_ranking_switched_off_is_not_shown(
    full_home: Path, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    show(monkeypatch, "off", "管委会2023年第3次会议")
    app = opened(page, campaign=NANYANG)
    assert faults(app) == []
    assert headline(app) == "○ 这个专项行动不公布排名"
    assert "《整治形式主义为基层减负若干规定》" in everything(app)
    assert named(app) == set()
    assert not app.dataframe


@pytest.mark.parametrize("page", ["honours", "rankings"])
def test_ranking_without_names_names_nobody(
    full_home: Path, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert named(opened(page, campaign=NANYANG))
    show(monkeypatch, "anonymous")
    app = opened(page, campaign=NANYANG, unit="住建部门")
    assert faults(app) == []
    assert named(app) == set()
    assert headline(app) == headline(opened(page, campaign=NANYANG))


@pytest.mark.parametrize("page", ["honours", "rankings"])
def test_ranking_of_ones_own_unit_names_no_other(
    full_home: Path, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    show(monkeypatch, "own")
    assert headline(opened(page, campaign=NANYANG)) == "○ 排名只看本单位：先选单位"
    app = opened(page, campaign=NANYANG, unit="住建部门")
    assert faults(app) == []
    assert "本单位" in headline(app)
    assert named(app) == {"住建部门"}


def test_quarter_comparison_keeps_to_it(full_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    show(monkeypatch, "anonymous")
    app = opened("rhythm", campaign=NANYANG, view="季度节奏")
    [units] = [frame.value["unit"] for frame in app.dataframe if "place_words" in frame.value]
    assert units.iloc[0] == "单位一"
    show(monkeypatch, "off")
    app = opened("rhythm", campaign=NANYANG, view="季度节奏")
    assert not [frame for frame in app.dataframe if "place_words" in frame.value]
    assert ":gray[这个专项行动不公布排名]" in [text.value for text in app.markdown]


@pytest.mark.parametrize("shown", ["off", "anonymous", "own"])
def test_units_stand_side_by_side_only_where_rankings_are_open(
    full_home: Path, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert {"三评", "名次"} <= set(kept_parts(Filters("nanyang", DAY)))
    show(monkeypatch, shown)
    assert not set(RANKED) & set(kept_parts(Filters("nanyang", DAY)))
    own = kept_parts(Filters("nanyang", DAY, unit=("住建部门",)))
    assert ("名次" in own) == (shown == "own")
    assert {unit for part in own.values() for unit in part.rows["unit"]} <= {"住建部门"}


@pytest.mark.parametrize(
    ("shown", "said"),
    [("off", "这个专项行动不公布排名"), ("anonymous", "这个专项行动的排名隐去单位名")],
)
def test_campaign_without_other_appraisals_says_that_its_rankings_are_not_shown(
    full_home: Path, shown: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not that it keeps no such ledger."""
    pack = replace(packs()["huludao"], rankings=RankingUse(shown, DEMO))
    monkeypatch.setitem(packs(), "huludao", pack)  # type: ignore[arg-type]
    app = opened("appraisals", campaign=pack.campaign.name)
    assert said in headline(app) and not app.exception
