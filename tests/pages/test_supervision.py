"""预警督办 and 规则: findings, their life, lights, instructions and a trial (D1–D22, F5)."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tally import clock, service
from tally.board.finding_card import step_line
from tally.board.finding_lights import lights_verdict
from tally.board.rules import limit_words, rules_verdict
from tally.board.supervision import findings_verdict
from tally.finding_words import LIMITS
from tally.store import rule_kind, rule_kinds
from tally.store.rules import ASKED
from tests.pages.conftest import headline, opened

NANYANG = "南阳职教园区“观念能力作风提升年”"


def faults(app: AppTest) -> list[str]:
    """Return what the page says went wrong."""
    return [element.value for element in (*app.exception, *app.error)]


def totals(red: int = 0, amber: int = 0, good: int = 0) -> dict[str, Any]:
    """Return a row of `finding_totals` with so many open findings, one of them new."""
    counts = {"open_count": red + amber + good, "red_count": red, "good_count": good}
    worst = {"worst_units": ["甲部"], "worst_unit_count": 2}
    return {**counts, **worst, "new_count": 1, "oldest_days": 90}


def test_verdict_counts_red_ones_and_names_who_has_most() -> None:
    said = findings_verdict(totals(red=3, amber=1, good=1), has_rules=True)
    assert said.headline == "■ 红色预警 3 条，另有 1 条"
    assert said.detail_text == "本月新增 1 条，最久 90 天；最多：甲部，2 条；可表扬 1 条"
    assert findings_verdict(totals(red=3), has_rules=True).headline == "■ 红色预警 3 条"
    assert findings_verdict(totals(amber=1), has_rules=True).headline == "▲ 预警 1 条，没有红色"
    assert findings_verdict(totals(good=1), has_rules=True).state == "normal"
    assert findings_verdict(totals(), has_rules=False).state == "unreported"


def test_lights_verdict_names_who_is_red_in_the_newest_month() -> None:
    lights = pd.DataFrame(
        {
            "unit": ["甲部", "乙部"] * 2,
            "month": ["2023-05"] * 2 + ["2023-06"] * 2,
            "light": ["red", "red", "amber", "red"],
            "is_made_up": [False, False, True, False],
        }
    )
    said = lights_verdict(lights)
    assert said.headline == "■ 6月亮红灯 1 个单位"
    assert said.detail_text == "红灯：乙部；全年事后补上 1 个单位月"


def test_a_step_reads_in_one_line() -> None:
    step = {
        "step": "acted",
        "step_on": pd.Timestamp("2023-07-03"),
        "post": "纪检组",
        "slip_level": None,
        "measure": "约谈",
        "content": "限一周",
        "reference": None,
    }
    assert step_line(step, {}) == r":small[2023\-07\-03 处置 纪检组：约谈；限一周]"


def test_page_lists_what_was_found_with_its_clause(full_home: Path) -> None:
    app = opened("supervision", campaign=NANYANG)
    assert faults(app) == []
    assert "红色预警" in headline(app)
    assert len(app.dataframe[0].value)
    card = app.table[0].value["内容"].tolist()
    assert any("S5" in text for text in card)


def test_list_that_is_cut_says_how_many_there_are(
    full_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened("supervision", campaign=NANYANG)
    listed = len(app.dataframe[0].value)
    assert not any("列前" in text.value for text in app.markdown)
    monkeypatch.setattr("tally.board.supervision.LISTED_MAX", 2)
    app.run()
    assert len(app.dataframe[0].value) == 2
    assert any(f"{listed} 条，列前 2 条" in text.value for text in app.markdown)


def labelled(elements: Iterable[Any], label: str) -> Any:
    """Return the one element under that label."""
    [found] = [element for element in elements if element.label == label]
    return found


def kept_steps() -> list[tuple[str, str]]:
    """Return what was done so far: step and post."""
    steps = service.database().ask("finding_steps", {"campaign": "nanyang"}).to_pylist()
    return [(step["step"], step["post"]) for step in steps]


def test_a_finding_is_dealt_with_and_the_step_taken_back(full_home: Path) -> None:
    app = opened("supervision", campaign=NANYANG)
    app.text_input(key="step_handler").input("督查室")
    app.button(key="enter_step").click().run()
    assert faults(app) == []
    assert kept_steps() == [("acknowledged", "督查室")]
    app.button(key="finding_take_back").click().run()
    assert kept_steps() == []


def test_a_slip_goes_out_and_is_offered_as_a_document(full_home: Path) -> None:
    app = opened("supervision", campaign=NANYANG)
    labelled(app.segmented_control, "这一步").set_value("slip").run()
    app.text_input(key="step_handler").input("督查室")
    app.button(key="enter_step").click().run()
    assert faults(app) == []
    assert kept_steps() == [("slip", "督查室")]
    assert labelled(app.get("download_button"), "下载蓝色督办单（内部）")
    app.button(key="finding_take_back").click().run()
    assert kept_steps() == []


def test_a_refused_step_says_why_and_nothing_is_kept(full_home: Path) -> None:
    app = opened("supervision", campaign=NANYANG)
    labelled(app.segmented_control, "这一步").set_value("closed").run()
    app.text_input(key="step_handler").input("督查室")
    app.button(key="enter_step").click().run()
    assert any("依据" in error.value for error in app.error)
    assert kept_steps() == []


def test_an_instruction_is_given_in_two_lines(full_home: Path) -> None:
    app = opened("supervision", campaign=NANYANG)
    labelled(app.text_input, "交办什么").input("一周内拿出方案")
    app.selectbox(key="instruct_unit").select_index(0)
    app.text_input(key="instruct_by").input("管委会主任")
    app.button(key="instruct_now").click().run()
    assert faults(app) == []
    [said] = [element.value for element in app.success]
    assert said.startswith("已交办，编号 会办")
    given = service.database().ask(
        "instruction_progress", {"campaign": "nanyang", "as_of": clock.today()}
    )
    assert given["title"].to_pylist().count("一周内拿出方案") == 1


def test_a_second_click_enters_no_second_instruction(full_home: Path) -> None:
    app = opened("supervision", campaign=NANYANG)
    labelled(app.text_input, "交办什么").input("一周内修好路灯")
    app.selectbox(key="instruct_unit").select_index(0)
    app.text_input(key="instruct_by").input("管委会主任")
    app.button(key="instruct_now").click().run()
    assert faults(app) == []
    assert labelled(app.text_input, "交办什么").value == ""
    app.button(key="instruct_now").click().run()
    assert faults(app) == ["请写明交办什么事"]
    given = service.database().ask(
        "instruction_progress", {"campaign": "nanyang", "as_of": clock.today()}
    )
    assert given["title"].to_pylist().count("一周内修好路灯") == 1


def test_a_refused_instruction_keeps_what_was_typed(full_home: Path) -> None:
    app = opened("supervision", campaign=NANYANG)
    labelled(app.text_input, "交办什么").input("一周内修好路灯")
    app.button(key="instruct_now").click().run()
    assert faults(app) == ["请选择交办给哪个单位"]
    assert labelled(app.text_input, "交办什么").value == "一周内修好路灯"


def test_lights_open_by_their_address(full_home: Path) -> None:
    app = opened("supervision", campaign=NANYANG, view="红绿灯")
    assert faults(app) == []
    assert "灯" in headline(app)


def test_unknown_view_falls_back_on_the_findings(full_home: Path) -> None:
    app = opened("supervision", campaign=NANYANG, view="没有的", by="没有的", shown="没有的")
    assert faults(app) == []
    assert "红色预警" in headline(app)


def test_rules_are_listed_and_tried(full_home: Path) -> None:
    app = opened("rules", campaign=NANYANG)
    assert faults(app) == []
    assert "条规则" in headline(app)
    assert any(text.value.startswith("#### 会亮") for text in app.markdown)


def test_rules_verdict_tells_whose_limits_they_are() -> None:
    rules = pd.DataFrame(
        {"limit_source": ["本级自定", "S5 附件3"], "is_on": [True, False], "rule": ["甲", "乙"]}
    )
    said = rules_verdict(rules)
    assert said.headline == "● 2 条规则"
    expected = "界限出自文件的 1 条，本级自定的 1 条；还没有启用的 1 条，可先试算"
    assert said.detail_text == expected
    assert rules_verdict(rules.head(0)).state == "unreported"
    said = limit_words('{"days": 30, "kinds": ["舆情", "事故"], "levels": []}')
    assert said == "天数 30，种类 舆情、事故"


def test_every_limit_of_every_rule_has_a_word() -> None:
    named = {name for kind in rule_kinds() for name in rule_kind(kind).parameters}
    assert named - set(ASKED) == set(LIMITS)
