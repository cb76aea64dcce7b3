"""Every page, opened from the frame: full, empty, with a wrong address, and across a publish."""

import re
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tally import board, service
from tally.board import search
from tally.contracts import contracts
from tally.notices.template import template
from tests.pages.conftest import PAGES, headline, opened
from tests.pages.test_upload import give

# A screen of the wall is one figure, read by tests/pages/test_wall.py.
WITH_VERDICT = sorted(set(PAGES) - {"wall"})
XIANGSHAN = "相山经开区“六找六强”"


def faults(app: AppTest) -> list[str]:
    """Return what a viewer would see of our own mistakes."""
    return [element.value for element in (*app.exception, *app.error)]


@pytest.mark.parametrize("page", WITH_VERDICT)
def test_page_opens_with_a_verdict_over_the_samples(full_home: Path, page: str) -> None:
    """And says that the samples are invented."""
    app = opened(page)
    assert faults(app) == []
    assert headline(app)
    assert any("演示数据" in text.value for text in app.markdown)


def test_upload_page_without_data_offers_templates(empty_home: Path) -> None:
    app = opened("upload")
    assert faults(app) == []
    assert "选择要上传的台账" in headline(app)
    # The newest campaign's own ledgers, the rosters, and one chosen among the others.
    collected = {entry.kind for entry in app.session_state[board.FILTERS_KEY].pack.ledgers}
    assert len(app.get("download_button")) == len(collected | {"units", "communities"}) + 1
    assert len(app.selectbox(key="other_ledger").options) == len(contracts()) - len(collected) - 2


def without_ages(sentence: str) -> str:
    """Return a sentence without how long ago something was: a minute may end in between."""
    return re.sub("刚才| [0-9]+ 分钟前", "", sentence)


@pytest.mark.parametrize("page", sorted(PAGES))
def test_page_falls_back_on_a_wrong_address(full_home: Path, page: str) -> None:
    wrong = dict.fromkeys(("campaign", "month", "league", "unit", "dimension", "post"), "没有的")
    app = opened(page, **wrong)
    assert faults(app) == []
    assert without_ages(headline(app)) == without_ages(headline(opened(page)))


def test_address_chooses_campaign_and_month(full_home: Path) -> None:
    newest = opened("progress", campaign=XIANGSHAN)
    earlier = opened("progress", campaign=XIANGSHAN, month="2022年8月")
    assert "2022-10-31" in "".join(text.value for text in newest.markdown)
    assert "2022-08-31" in "".join(text.value for text in earlier.markdown)
    assert headline(newest) != headline(earlier)


def test_filters_survive_a_change_of_page(full_home: Path) -> None:
    app = opened("progress", campaign=XIANGSHAN, month="2022年9月")
    app.switch_page(str(PAGES["rankings"])).run()
    assert app.selectbox(key="campaign").value == XIANGSHAN
    assert "2022-09-30" in "".join(text.value for text in app.markdown)


def test_filter_that_leaves_nothing_offers_a_way_out(full_home: Path) -> None:
    app = opened("progress", campaign=XIANGSHAN)
    app.multiselect(key="unit").set_value(["凤凰山社区"])
    app.multiselect(key="dimension").set_value(["改革创新"]).run()
    assert "筛选后没有事项" in headline(app)
    app.button(key="show_all").click().run()
    assert "筛选后没有事项" not in headline(app)


def test_published_file_reaches_the_leaders(empty_home: Path) -> None:
    rows = [
        {
            "title": f"事项{number}",
            "unit": "招商部",
            "due_on": date(2022, 8, 31),
            "state": "正在推进",
        }
        for number in range(3)
    ]
    content = template(contracts()["problems"], None, "招商部", rows)
    app = opened("upload")
    app.selectbox(key="upload_campaign").set_value(XIANGSHAN).run()
    app.selectbox(key="upload_month").set_value("2022年9月")
    give(app, "9月.xlsx", content)
    assert faults(app) == []
    assert service.database().ask("overdue_items").num_rows == 0
    app.button(key="publish").click().run()
    assert "已发布" in headline(app)
    assert "逾期 3 项" in headline(opened("ledger", campaign=XIANGSHAN))
    assert "还没有" in headline(opened("ledger", campaign="葫芦岛市“争先创优”"))


def test_ledger_page_finds_tickets_too(full_home: Path) -> None:
    app = opened("ledger", campaign=XIANGSHAN, ledger="工单")
    assert faults(app) == []
    assert "件" in headline(app)


def test_ledger_page_turns_a_long_list(full_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "PAGE_ROWS", 30)
    app = opened("ledger", campaign=XIANGSHAN)
    assert "找到 148 项" in headline(app)
    first = app.dataframe[0].value["title"].tolist()
    [pages] = app.get("pagination")
    assert (len(first), pages.proto.num_pages) == (30, 5)
    app.session_state[search.PAGE_KEY] = 5
    app.run()
    assert len(app.dataframe[0].value) == 28
    # A search with fewer pages begins at its first one.
    app.selectbox(key="state").set_value("■ 逾期").run()
    assert "找到 21 项" in headline(app)
    assert len(app.dataframe[0].value) == 21


def test_task_card_shows_the_indicators_attached_to_it(full_home: Path) -> None:
    app = opened("ledger", campaign="葫芦岛市“争先创优”")
    app.text_input(key="words").set_value("争取上级资金").run()
    assert any("/ 60 亿元" in text.value for text in app.markdown)


def test_ledger_page_finds_every_row_of_every_list(full_home: Path) -> None:
    app = opened("ledger", campaign=XIANGSHAN, ledger="原始行", row_ledger="核查台账")
    assert faults(app) == []
    assert "找到" in headline(app)
    assert any("核查" in text.value for text in app.markdown)
