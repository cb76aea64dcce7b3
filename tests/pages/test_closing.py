"""销号核实 and 抽查核实 from the frame: full, empty, by deep link, and a draw made and checked."""

import io
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tally import service
from tally.board.checks import checks_verdict
from tally.board.closing import closing_verdict
from tally.board.closing_sources import sources_verdict, ways_words
from tally.board.closing_steps import change_words, force_words, steps_verdict
from tally.notices.check_form import DrawnAs, check_form
from tally.packs import packs
from tally.submissions import Given, Terms, import_file
from tally.submissions.draws import Draw, drawn_items, kept_draw
from tests.charts.test_closing import result_rows, share_rows
from tests.pages.conftest import headline, opened

XIANGSHAN = "相山经开区“六找六强”"
HUAIHUA = "怀化高新区“三整顿两提升”"
HULUDAO = "葫芦岛市“争先创优”"
VIEWS = ("真假销号", "延期提级", "来源复发")
NONE = pd.DataFrame()


def said(app: AppTest) -> str:
    """Return everything the page says in words, without what keeps Markdown from acting."""
    return "".join(element.value for element in app.markdown).replace("\\", "")


def opening(app: AppTest) -> str:
    """Return the page's verdict, without what keeps Markdown from acting."""
    return headline(app).replace("\\", "")


def faults(app: AppTest) -> list[str]:
    """Return what a viewer would see of our own mistakes."""
    return [element.value for element in (*app.exception, *app.error)]


def draw(app: AppTest, seed: str) -> AppTest:
    """Make a draw on the page."""
    app.text_input(key="draw_handler").set_value("督查室督查岗").run()
    app.text_input(key="seed").set_value(seed).run()
    return app.button(key="draw_now").click().run()


def filled_form(made: Draw, items: list[dict[str, Any]]) -> bytes:
    """Return the form of a draw as an inspector fills it: the first item is not true."""
    drawn = DrawnAs(made.draw, made.as_of, made.seed, made.drawn_by, made.as_of)
    book = openpyxl.load_workbook(io.BytesIO(check_form(packs()[made.campaign], drawn, items)))
    for number in range(len(items)):
        cells = (datetime(2022, 11, 8), "属实" if number else "不属实", "督查室")
        for place, value in enumerate(cells, start=5):
            book.worksheets[0].cell(5 + number, place).value = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("campaign", [XIANGSHAN, HUAIHUA, HULUDAO])
@pytest.mark.parametrize("view", [*VIEWS, "没有的"])
def test_every_view_opens_with_and_without_checks(
    full_home: Path, campaign: str, view: str
) -> None:
    app = opened("closing", campaign=campaign, view=view)
    assert faults(app) == []
    assert headline(app)


def test_page_says_what_checks_found_over_the_samples(full_home: Path) -> None:
    app = opened("closing", campaign=XIANGSHAN)
    assert headline(app) == ":red[■ 2 项核查不实，重新在办]"
    assert "核查属实 102 / 104" in said(app)
    assert "没有核查台账" in said(opened("closing", campaign=HULUDAO))


def test_card_of_an_item_shows_its_steps_with_day_and_post(full_home: Path) -> None:
    parameters = {"campaign": "xiangshan", "as_of": date(2022, 10, 31), "step": ["审核"]}
    [step, *_] = service.database().ask("item_steps", parameters).to_pylist()
    app = opened("ledger", campaign=XIANGSHAN, words=step["title"])
    assert faults(app) == []
    assert f"{step['step_on']} 审核（{step['post']}）" in said(app)


def test_draw_is_made_on_the_page_filled_in_and_counted(full_home: Path) -> None:
    app = opened("checks", campaign=XIANGSHAN, draw="没有的")
    assert "还没有抽查过" in headline(app)
    app = draw(app, "20221103")
    assert faults(app) == []
    made = kept_draw(service.database(), 1)
    assert made is not None and (made.seed, made.drawn_by) == ("20221103", "督查室督查岗")
    items = drawn_items(service.database(), made)
    assert f"已核查 0 / {len(items)} 项" in opening(app)

    # The form goes with the inspector, comes back filled in, and is taken in as it stands.
    content, terms = filled_form(made, items), Terms(uploaded_by="督查室督查岗")
    outcome = import_file(service.database(), content, "核查表.xlsx", Given(), terms)
    assert outcome.status == "published", (outcome.sentence, outcome.problems)
    app = opened("checks", campaign=XIANGSHAN, draw="1")
    assert opening(app) == f":red[■ 已核查 {len(items)} / {len(items)} 项，1 项不实]"
    assert items[0]["unit"] in said(app)
    assert faults(app) == []
    # The same seed draws no second list in the same month.
    assert "已用种子" in draw(app, "20221103").error[0].value


def test_verdicts_say_what_is_true_false_and_unchecked() -> None:
    rows = result_rows(("", 60, 30, 27), ("甲部", 60, 30, 27))
    reopened = pd.DataFrame({"item_key": ["P1", "P2"], "is_returned": [False, False]})
    assert closing_verdict(rows, reopened).headline == "■ 2 项核查不实，重新在办"
    reopened["is_returned"] = [False, True]
    assert closing_verdict(rows, reopened).headline == "■ 2 项核查不实或被退回，重新在办"
    assert closing_verdict(rows, NONE).headline == "▲ 核查不实 3 项，均已重新销号"
    true = result_rows(("", 60, 30, 30), ("甲部", 60, 30, 30))
    assert closing_verdict(true, NONE).headline == "● 已核查 30 项，全部属实"
    none = result_rows(("", 60, 0, 0), ("甲部", 60, 0, 0))
    assert closing_verdict(none, NONE).state == "unreported"
    assert closing_verdict(NONE, NONE).sentence == "还没有自报销号的事项"
    assert checks_verdict(None, None).sentence == "还没有抽查过"


def test_steps_verdict_puts_both_shares_side_by_side() -> None:
    shares = share_rows(("甲部", 10, 6, 10, 6, 0), ("乙部", 10, 4, 8, 6, 2)).assign(
        escalated_count=[1, 0], tolerated_count=[0, 2]
    )
    steps = pd.DataFrame({"step": ["延期", "延期", "提级"], "is_in_force": [True, False, None]})
    verdict = steps_verdict(shares, steps)
    assert verdict.headline == "▲ 按期销号率：原期限 50.0%，现期限 66.7%"
    assert verdict.detail_text == (
        "延期生效 2 项：乙部；到期后才批准、不改变期限 1 项；提级 1 项，容错备案 2 项"
    )


def test_steps_say_old_and_new_and_whether_the_deadline_moved() -> None:
    late = {
        "step": "延期",
        "old_value": "2022-09-10",
        "new_value": "2022-10-10",
        "is_in_force": False,
        "ledger": "steps",
    }
    assert (change_words(late), force_words(late)) == ("2022-09-10 → 2022-10-10", "▲ 不计")
    listed = {"step": "提级", "old_value": "open", "new_value": "escalated", "ledger": "problems"}
    assert (change_words(listed), force_words(listed)) == ("在办 → 提级", "● 台账所载")


def test_sources_verdict_calls_recurrences_leads() -> None:
    found = pd.DataFrame(
        {
            "unit": ["甲部", "甲部"],
            "found_by": ["自己找", "群众提"],
            "item_count": [3, 5],
            "stated_count": [8, 8],
            "own_count": [3, 3],
            "own_found_share": [3 / 8, 3 / 8],
        }
    )
    verdict = sources_verdict(found, pd.DataFrame({"likeness": [0.6, 0.5]}))
    assert verdict.headline == "▲ 疑似复发线索 2 条"
    assert "自己找出 3 / 8（37.5%）" in verdict.detail_text
    assert "线索" in verdict.detail_text
    assert sources_verdict(found, NONE).headline == "● 没有疑似复发的事项"
    assert ways_words(found) == "自己找 3，群众提 5"
