"""行动架构: what the document says of a campaign, with its clause, and what it leaves open."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tally.board import Filters
from tally.board.facts import OPEN, Fact, Row, clause, fitting_size, line_count
from tally.board.structure import (
    dimension_rows,
    ledger_rows,
    open_rows,
    organ_rows,
    power_rows,
    structure_verdict,
    theme_rows,
    unit_rows,
)
from tally.packs import DEMO, Organ, Theme, Unit, packs
from tests.office import trial_pack
from tests.pages.conftest import headline, opened

PACK = trial_pack()
CHOSEN = Filters("xiangshan", date(2022, 9, 30))


def texts(rows: Sequence[Row]) -> list[list[str]]:
    """Return what rows say, cell by cell."""
    return [
        [
            "、".join(fact.text for fact in ([cell] if isinstance(cell, Fact) else cell))
            for cell in row
        ]
        for row in rows
    ]


def test_clause_is_where_a_source_stands_without_its_words() -> None:
    assert clause("S5 附件4 三.(三)「聚焦」；附件1「负责」").text == "S5 附件4 三.(三)"
    assert clause("S5 四「督导」").source == "S5 四「督导」"
    assert clause(DEMO).text == DEMO


def test_power_that_no_organ_holds_is_left_open() -> None:
    organs = (
        Organ("领导小组", "领导小组", DEMO, powers=("统筹", "交办")),
        Organ("督查组", "专班", DEMO, powers=("督办", "交办")),
    )
    assert texts(power_rows(replace(PACK, organs=organs))) == [
        ["统筹", "领导小组"],
        ["交办", "领导小组、督查组"],
        ["督办", "督查组"],
        [OPEN, "确认销号、抽查复核、暗访、通报、考评"],
    ]


def test_organ_shows_its_posts_else_what_it_is_for() -> None:
    organs = (
        Organ("领导小组", "领导小组", DEMO, posts=("组长：书记", "副组长：主任"), duties="统筹"),
        Organ("督查组", "专班", DEMO, duties="明察暗访"),
    )
    assert [row[1] for row in texts(organ_rows(replace(PACK, organs=organs)))] == [
        *("组长：书记；副组长：主任", "明察暗访"),
    ]


def test_theme_says_its_lead_or_that_the_document_does_not() -> None:
    themes = (
        Theme("三个一批", "专项整治", DEMO, lead="招商局"),
        Theme("民生实事", "专项整治", DEMO),
        Theme("招商引资", "五大比拼", DEMO),
        Theme("财税工作", "五大比拼", DEMO, start_on=date(2021, 7, 1), end_on=date(2021, 9, 30)),
    )
    assert texts(theme_rows(replace(PACK, themes=themes))) == [
        ["专项整治", f"三个一批（招商局）、民生实事（{OPEN}）"],
        ["五大比拼", f"招商引资、财税工作 7月1日–9月30日、牵头{OPEN}"],
    ]


def test_unit_shows_its_former_name_from_the_day_it_was_renamed() -> None:
    renamed = Unit("甲局", "部门", DEMO, former_name="甲部", renamed_on=date(2022, 9, 1))
    pack = replace(PACK, units=(renamed, Unit("乙镇", "社区", DEMO, level="镇", parent="甲局")))
    assert texts(unit_rows(pack, date(2022, 8, 31)))[-1][0] == "社区"
    assert texts(unit_rows(pack, date(2022, 9, 1)))[-1] == [
        "更名",
        "甲局（2022-09-01 起，原 甲部）",
    ]


def test_chain_of_several_levels_is_counted_level_by_level() -> None:
    levels = ("市", "县", "县", "镇")
    units = tuple(Unit(f"单位{n}", "部门", DEMO, level=name) for n, name in enumerate(levels))
    rows = texts(unit_rows(replace(PACK, units=units), date(2022, 9, 1)))
    assert rows[-1] == ["层级", "市 1 个 → 县 2 个 → 镇 1 个"]


def test_ledger_says_who_sends_it_by_when() -> None:
    assert [row[:3] for row in texts(ledger_rows(PACK))] == [
        ["问题台账", "各单位自报", "次月 5 日前"],
        ["核查台账", "合并报送", "次月 31 日前"],
        ["热线/信访工单", "合并报送", "没有规定报送日"],
    ]


def test_dimension_without_an_owner_and_document_without_open_points_say_so() -> None:
    assert texts(dimension_rows(PACK))[0][:2] == ["经济", OPEN]
    assert texts(open_rows(PACK)) == [["没有登记待明确的事项"]]


@pytest.mark.parametrize(
    ("phases", "on", "sentence"),
    [
        ([("查摆", "done"), ("整改", "current")], date(2022, 9, 30), "正处于整改阶段"),
        ([("查摆", "current"), ("整改", "current")], date(2022, 7, 25), "正处于查摆、整改阶段"),
        ([("查摆", "done")], date(2022, 12, 30), "这一天不在任何阶段"),
        ([("查摆", "done")], date(2023, 1, 1), "行动已经结束"),
        ([], date(2022, 9, 30), "全程推进，文件没有划分阶段"),
    ],
)
def test_verdict_says_which_phases_are_current(
    phases: list[tuple[str, str]], on: date, sentence: str
) -> None:
    rows = [{"phase": name, "status": status} for name, status in phases]
    verdict = structure_verdict(replace(CHOSEN, as_of=on), rows)
    assert verdict.sentence == sentence
    assert "43号" in verdict.detail_text


def test_longer_columns_have_smaller_letters_within_what_can_be_read() -> None:
    sizes = [fitting_size(lines) for lines in (0, 20, 34, 90)]
    assert sizes == sorted(sizes, reverse=True)
    assert (sizes[0], sizes[-1]) == (0.92, 0.78)
    assert line_count([[Fact("短"), Fact("长" * 61)], [Fact("短")]]) == 4


def faults_of(app: AppTest) -> list[str]:
    """Return what a viewer would see of our own mistakes."""
    return [element.value for element in (*app.exception, *app.error)]


def shown(app: AppTest) -> str:
    """Return the words of the page's tables without their markup."""
    return re.sub(r"<[^>]+>", " ", "".join(element.proto.body for element in app.get("html")))


@pytest.mark.parametrize("slug", sorted(packs()))
def test_page_of_every_campaign_shows_its_whole_structure(empty_home: Path, slug: str) -> None:
    pack = packs()[slug]
    app = opened("structure", campaign=pack.campaign.name)
    assert faults_of(app) == []
    said = shown(app)
    named = (
        *pack.phases,
        *pack.clocks,
        *pack.dimensions,
        *pack.organs,
        *pack.themes,
        *pack.leagues,
    )
    missing = [entry.name for entry in named if entry.name.replace('"', "&quot;") not in said]
    missing += [point.about for point in pack.open_points if point.about not in said]
    assert missing == []
    sources = [entry.source for entry in (*pack.organs, *pack.open_points)]
    html = "".join(element.proto.body for element in app.get("html"))
    assert [source for source in sources if source[:20] not in html] == []


def test_page_stands_without_any_list(empty_home: Path) -> None:
    app = opened("structure")
    assert faults_of(app) == []
    assert headline(app)
