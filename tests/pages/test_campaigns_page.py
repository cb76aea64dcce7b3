"""行动管理: the state of every campaign, archiving one, carrying open items over (A15)."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tally import service
from tally.board.campaigns import campaigns_verdict
from tally.packs import packs
from tally.submissions import Given, Terms, archive, import_file, is_archived
from tests.intake.samples import xlsx
from tests.pages.conftest import headline, opened

OLD, NEW = "xiangshan", "huaihua"
NAME = packs()[OLD].campaign.name
HEADS = ("问题编号", "问题描述", "责任单位", "完成时限", "状态")
ROW = ("XS-1", "路灯不亮", "招商部", "2022-10-31", "正在推进")


def faults_of(app: AppTest) -> list[str]:
    """Return what a viewer would see of our own mistakes."""
    return [element.value for element in (*app.exception, *app.error)]


def said(app: AppTest) -> str:
    return "\n".join(text.value for text in app.markdown)


@pytest.fixture
def with_open_item(empty_home: Path) -> Path:
    """A home in which the old campaign has one open item, and the new one knows its unit."""
    roster = ("单位名称", "分组"), ("招商部", packs()[NEW].leagues[0].name)
    for campaign, ledger, rows in ((OLD, "problems", (HEADS, ROW)), (NEW, "units", roster)):
        month = date(2022, 9, 1) if ledger == "problems" else None
        given = Given(campaign=campaign, ledger=ledger, month=month)
        import_file(service.database(), xlsx(*rows), "台账.xlsx", given, Terms("办公室"))
    return empty_home


def campaign(name: str, state: str, open_count: int = 0) -> dict[str, Any]:
    return {"name": name, "state": state, "open_count": open_count}


def test_verdict_names_ended_campaigns_with_open_items_only() -> None:
    rows = [campaign("甲", "ended", 3), campaign("乙", "archived", 2), campaign("丙", "running", 9)]
    verdict = campaigns_verdict(rows)
    assert verdict.state == "soon"
    assert verdict.detail_text == (
        "共 3 个专项行动：在办 1 个、已结束 1 个、已归档 1 个；可以结转的：甲"
    )
    assert campaigns_verdict(rows[1:]).sentence == "1 个行动在办"


def test_page_without_any_list_has_nothing_to_carry(empty_home: Path) -> None:
    app = opened("campaigns", campaign=NAME)
    assert faults_of(app) == []
    assert "个行动在办" in headline(app)
    assert "可结转 **0** 项" in said(app)
    assert app.button(key="carry").disabled


def test_campaign_is_archived_and_taken_out_by_a_click(with_open_item: Path) -> None:
    app = opened("campaigns", campaign=NAME)
    app.text_input(key="campaigns_handler").set_value("督查岗")
    app.button(key="archive").click().run()
    assert faults_of(app) == []
    assert is_archived(service.database(), OLD)
    assert "由督查岗归档" in said(app)
    assert app.selectbox(key="campaign").options[-1] == f"{NAME}（已归档）"
    assert app.selectbox(key="campaign").value == NAME
    app.button(key="archive").click().run()
    assert not is_archived(service.database(), OLD)
    assert f"{NAME}（已归档）" not in app.selectbox(key="campaign").options


def test_link_to_a_campaign_still_finds_it_after_it_was_archived(with_open_item: Path) -> None:
    archive(service.database(), OLD)
    app = opened("campaigns", campaign=NAME)
    assert app.selectbox(key="campaign").value == NAME
    assert faults_of(app) == []


def test_open_items_are_counted_first_and_carried_by_a_click(with_open_item: Path) -> None:
    app = opened("campaigns", campaign=NAME)
    assert "还有未办结事项" in headline(app)
    app.selectbox(key=f"carry_to-{OLD}").set_value(packs()[NEW].campaign.name).run()
    assert "可结转 **1** 项（问题台账 1 项）" in said(app)
    assert (
        service.database().ask("items", {"campaign": NEW, "as_of": date(2022, 12, 31)}).num_rows
        == 0
    )
    app.button(key="carry").click().run()
    assert faults_of(app) == []
    (drafted,) = app.success
    assert "已存为草稿" in drafted.value
    app.button(key="carry").click().run()
    assert "已有一份结转的草稿" in faults_of(app)[0]


def test_units_that_the_other_campaign_lacks_are_named_beforehand(with_open_item: Path) -> None:
    app = opened("campaigns", campaign=NAME)
    app.selectbox(key=f"carry_to-{OLD}").set_value(packs()["huludao"].campaign.name).run()
    assert "那边的名册里没有：招商部" in said(app)
