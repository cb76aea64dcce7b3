"""Filters as a meeting uses them: found by initials, left out, taken back, cleared, said."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from tally import board
from tally.board import Filters
from tests.pages.conftest import headline, opened
from tests.pages.test_pages import XIANGSHAN, faults

HULUDAO = "葫芦岛市“争先创优”"
FINANCE, UNITS = "财政金融部", 11


def asked(app: AppTest) -> Filters:
    return app.session_state[board.FILTERS_KEY]


def line(app: AppTest) -> str:
    """Return the line that says what is being looked at, without its emphasis."""
    said = next(text.value for text in app.markdown if text.value.startswith("正在看"))
    return said.replace("*", "").replace("\\", "")


def typed(app: AppTest, text: str) -> AppTest:
    return app.text_input(key="lookup").set_value(text).run()


def candidates(app: AppTest) -> list[str]:
    buttons = [button for button in app.button if (button.key or "").startswith("candidate_")]
    return [button.label.split("　", 1)[-1] for button in buttons]


def test_initials_narrow_to_the_unit_and_the_line_says_so(full_home: Path) -> None:
    app = typed(opened("progress", campaign=XIANGSHAN), "czjrb")
    assert faults(app) == []
    assert asked(app).unit == (FINANCE,)
    assert line(app) == f"正在看：{XIANGSHAN}，2022年10月，单位 {FINANCE}"
    assert app.text_input(key="lookup").value == ""

    typed(app, "+zsb")
    assert asked(app).unit == (FINANCE, "招商部")
    typed(app, "zsb")
    assert asked(app).unit == ("招商部",)


def test_unit_typed_with_a_minus_is_left_out_of_every_figure(full_home: Path) -> None:
    app = opened("progress", campaign=XIANGSHAN)
    everything = board_count(app)
    typed(app, "czjrb")
    own = board_count(app)

    typed(app, "-czjrb")

    assert board_count(app) == everything - own
    assert FINANCE not in asked(app).unit
    assert asked(app).left_out_unit == (FINANCE,)
    assert line(app).endswith(f"除 {FINANCE} 外的 {UNITS - 1} 个单位")
    assert app.query_params["unit_left_out"] == "true"

    app.button(key="leave_out").click().run()
    assert asked(app).unit == (FINANCE,)
    assert asked(app).left_out_unit == ()


def board_count(app: AppTest) -> int:
    """Return the number of items that the page asks for."""
    return int(board.ask("campaign_totals", asked(app))["item_count"].iloc[0])


def test_unit_left_out_and_a_league_leave_the_rest_of_the_league(full_home: Path) -> None:
    app = opened(
        "rankings", campaign=XIANGSHAN, league="社区", unit="凤凰山社区", unit_left_out="true"
    )
    assert faults(app) == []
    assert "比较组 社区，除 凤凰山社区 外" in line(app)
    rows = board.ask("unit_ranking", asked(app))["unit"].tolist()
    assert rows
    assert all(unit.endswith("社区") and unit != "凤凰山社区" for unit in rows)


def test_leaving_out_every_name_narrows_nothing(full_home: Path) -> None:
    app = opened("progress", campaign=XIANGSHAN)
    names = app.multiselect(key="dimension").options
    app.toggle(key="dimension_left_out").set_value(True)
    app.multiselect(key="dimension").set_value(names).run()
    assert asked(app).dimension == ()
    assert "维度" not in line(app)


def test_field_finds_every_kind_of_filter(full_home: Path) -> None:
    app = typed(opened("progress", campaign=XIANGSHAN), "jjfz")
    assert asked(app).dimension == ("经济发展",)
    typed(app, "shequ")
    assert asked(app).league == "社区"
    typed(app, "2022n8y")
    assert asked(app).as_of.month == 8
    typed(app, "葫芦岛")
    assert asked(app).pack.slug == "huludao"


def test_several_that_fit_are_offered_and_one_of_them_chosen(full_home: Path) -> None:
    app = typed(opened("progress", campaign=XIANGSHAN), "-shequ")
    assert asked(app).unit == ()
    offered = candidates(app)
    assert len(offered) > 1
    assert all(name.endswith("社区") for name in offered)

    app.button(key="candidate_2").click().run()

    assert candidates(app) == []
    assert asked(app).left_out_unit == (offered[1].removeprefix("单位　"),)


def test_field_leads_to_a_page_and_to_a_task(full_home: Path) -> None:
    app = typed(opened("progress", campaign=HULUDAO), "danweipaiming")
    assert "到期销号率" in headline(app)
    task = board.ask("task_progress", asked(app)).iloc[0]
    typed(app, task["task"])
    assert faults(app) == []
    assert app.query_params["task"] == task["item_key"]


def test_what_is_found_nowhere_is_said_and_can_be_looked_for_in_the_ledgers(
    full_home: Path,
) -> None:
    app = typed(opened("progress", campaign=XIANGSHAN), "污水<b>")
    assert any("没有找到“污水\\<b\\>”" in text.value for text in app.markdown)
    app.button(key="candidate_1").click().run()
    assert app.text_input(key="words").value == "污水<b>"


def test_one_button_clears_all_and_is_there_only_when_something_is_set(full_home: Path) -> None:
    app = opened("progress", campaign=XIANGSHAN)
    assert "clear_all" not in {button.key for button in app.button}
    everything = asked(app)
    app = opened("progress", campaign=XIANGSHAN, league="社区", unit=FINANCE, dimension="经济发展")

    app.button(key="clear_all").click().run()

    assert asked(app) == everything
    assert "clear_all" not in {button.key for button in app.button}


def test_months_go_back_and_on_to_the_ends_of_the_list(full_home: Path) -> None:
    app = opened("progress", campaign=XIANGSHAN)
    assert app.button(key="month_on").disabled
    app.button(key="month_back").click().run()
    assert app.selectbox(key="month").value == "2022年9月"
    app.button(key="month_on").click().run()
    assert app.selectbox(key="month").value == "2022年10月"


def test_names_another_campaign_does_not_have_are_dropped_and_said(full_home: Path) -> None:
    app = opened("progress", campaign=XIANGSHAN, unit=FINANCE, league="社区")
    app.selectbox(key="campaign").set_value(HULUDAO).run()
    assert faults(app) == []
    assert (asked(app).unit, asked(app).league) == ((), None)
    assert asked(app).as_of.year == 2021
    assert any(f"▲ 这里没有社区、{FINANCE}" in text.value for text in app.markdown)
    app.button(key="month_back").click().run()
    assert not any("▲ 这里没有" in text.value for text in app.markdown)


def test_names_of_an_address_that_do_not_exist_are_said(full_home: Path) -> None:
    app = opened("progress", campaign=XIANGSHAN, unit="没有的部门")
    assert asked(app).unit == ()
    assert any("▲ 这里没有没有的部门" in text.value for text in app.markdown)


def test_keys_go_to_the_next_page_and_round_the_menu(full_home: Path) -> None:
    app = opened("progress", campaign=XIANGSHAN)
    typed(app, "-czjrb").button(key="page_on").click().run()
    assert "到期销号率" in headline(app)
    assert asked(app).left_out_unit == (FINANCE,)
    app.button(key="page_back").click().run()
    app.button(key="page_back").click().run()
    assert faults(app) == []
    assert headline(app) == headline(opened("accounts", campaign=XIANGSHAN))


def test_clearing_all_clears_the_search_of_the_page_too(full_home: Path) -> None:
    app = opened("ledger", campaign=XIANGSHAN, unit=FINANCE, words="项目", state="■ 逾期")
    whole = headline(opened("ledger", campaign=XIANGSHAN))
    assert headline(app) != whole
    app.button(key="clear_all").click().run()
    assert faults(app) == []
    assert (asked(app).unit, app.text_input(key="words").value) == ((), "")
    assert headline(app) == whole
    assert "clear_all" not in [button.key for button in app.button]
