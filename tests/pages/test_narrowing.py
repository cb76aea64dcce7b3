"""Filters set by a click on a figure, and taken back; in a page that is nothing but filters."""

import json

import pytest
from streamlit.testing.v1 import AppTest


def page() -> None:
    """Draw two filters, and a button for each thing a click on a figure can do."""
    from datetime import date

    import streamlit as st

    from tally.board import Filters, pick, picked, take_back, unpicked
    from tally.board.narrowing import FILTERS_KEY, clear_filters, follow_narrowing, leave_out

    follow_narrowing()
    units = st.multiselect("单位", ["甲部", "乙部", "丙部"], key="unit")
    st.toggle("除外", key="unit_left_out")
    dimensions = st.multiselect("维度", ["经济", "民生"], key="dimension")
    st.toggle("除外", key="dimension_left_out")
    chosen = Filters("x", date(2022, 9, 30), None, tuple(units), tuple(dimensions))
    st.session_state[FILTERS_KEY] = chosen
    for name in ("甲部", "乙部"):
        st.button(name, on_click=pick, args=("unit", name), key=name)
    st.button("民生", on_click=pick, args=("dimension", "民生"), key="民生")
    st.button("退回", on_click=take_back, key="back")
    st.button("清除", on_click=clear_filters, key="clear")
    st.button("对换", on_click=leave_out, args=("unit",), key="turn")
    st.json([picked("unit"), picked("dimension"), list(unpicked(chosen, "unit").unit)])


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_function(page).run()


def click(app: AppTest, *keys: str) -> None:
    for key in keys:
        app.button(key=key).click().run()
    assert not app.exception


def held(app: AppTest) -> tuple[list[str], list[str]]:
    return app.multiselect(key="unit").value, app.multiselect(key="dimension").value


def test_click_on_a_bar_is_the_ordinary_filter_and_the_figure_stays_whole(app: AppTest) -> None:
    click(app, "甲部")
    assert held(app) == (["甲部"], [])
    assert json.loads(app.json[0].value) == ["甲部", "", []]


def test_second_click_on_the_same_bar_takes_it_back(app: AppTest) -> None:
    app.multiselect(key="unit").set_value(["乙部", "丙部"]).run()
    click(app, "甲部", "甲部")
    assert held(app) == (["乙部", "丙部"], [])


def test_click_on_another_bar_goes_back_to_what_was_before_the_first(app: AppTest) -> None:
    app.multiselect(key="unit").set_value(["丙部"]).run()
    click(app, "甲部", "乙部")
    assert held(app) == (["乙部"], [])
    click(app, "back")
    assert held(app) == (["丙部"], [])


def test_last_click_is_taken_back_first(app: AppTest) -> None:
    click(app, "甲部", "民生", "back")
    assert held(app) == (["甲部"], [])
    click(app, "back", "back")
    assert held(app) == ([], [])


def test_click_ends_leaving_out_and_taking_it_back_brings_that_back(app: AppTest) -> None:
    app.multiselect(key="unit").set_value(["丙部"])
    app.toggle(key="unit_left_out").set_value(True).run()
    click(app, "甲部")
    assert not app.toggle(key="unit_left_out").value
    click(app, "back")
    assert app.toggle(key="unit_left_out").value
    assert held(app) == (["丙部"], [])


def test_filter_changed_since_is_not_taken_back(app: AppTest) -> None:
    click(app, "甲部")
    app.multiselect(key="unit").set_value(["甲部", "乙部"]).run()
    click(app, "back")
    assert held(app) == (["甲部", "乙部"], [])


def test_choice_turned_round_leaves_out_what_was_clicked(app: AppTest) -> None:
    click(app, "甲部", "turn")
    assert app.toggle(key="unit_left_out").value
    assert held(app) == (["甲部"], [])


def test_clearing_all_leaves_nothing_to_take_back(app: AppTest) -> None:
    click(app, "甲部", "民生", "clear", "back")
    assert held(app) == ([], [])
