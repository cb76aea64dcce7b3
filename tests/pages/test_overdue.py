"""逾期热力: four views from the address, the own unit, an address that names nothing."""

import re
from pathlib import Path

import pytest

from tests.pages.conftest import headings, headline, opened

XIANGSHAN = "相山经开区“六找六强”"
# What a choice in an address belongs to.
HERE = ("xiangshan", "2022-10-31")
VIEWS = {
    "单位×月份": "逾期 21 项",
    "单位×维度": "逾期 21 项",
    "期限日历": "7 天内到期 2 项",
    "提前与拖后": "期限当天踩点销号",
}


@pytest.mark.parametrize("view", VIEWS)
def test_address_chooses_the_view(full_home: Path, view: str) -> None:
    app = opened("overdue", campaign=XIANGSHAN, view=view)
    assert not [*app.exception, *app.error]
    assert VIEWS[view] in headline(app)
    assert app.dataframe[0].value.shape[0] > 0


@pytest.mark.parametrize("view", ["单位×月份", "期限日历"])
def test_item_of_nobody_asked_for_is_not_shown_where_nothing_is_late(
    full_home: Path, view: str
) -> None:
    app = opened("overdue", campaign=XIANGSHAN, unit="党建综合部", view=view)
    assert headline(app).startswith(":green")
    assert not [text.value for text in app.markdown if "招商部" in text.value]


@pytest.mark.parametrize(("unit", "titled"), [("", "全部单位"), ("招商部", "筛选范围内")])
def test_list_says_whether_it_is_of_all_units(full_home: Path, unit: str, titled: str) -> None:
    given = {"unit": unit} if unit else {}
    app = opened("overdue", campaign=XIANGSHAN, view="单位×月份", **given)
    assert [text.value for text in app.markdown if f"#### {titled}，逾期" in text.value]


@pytest.mark.parametrize(
    ("view", "kind", "data", "title"),
    [
        ("期限日历", "calendar", (), "待到期"),
        ("期限日历", "calendar", ("2022-11-07",), "11月7日到期"),
        ("提前与拖后", "offsets", (), "踩点销号"),
        ("提前与拖后", "offsets", ("closed", "", "-91"), "提前 91"),
        ("提前与拖后", "offsets", ("overdue", "91", ""), "已逾期 91"),
    ],
)
def test_title_counts_what_the_list_below_holds(
    full_home: Path, view: str, kind: str, data: tuple[str, ...], title: str
) -> None:
    part = {"part": [kind, *HERE, *data]} if data else {}
    app = opened("overdue", campaign=XIANGSHAN, view=view, **part)
    [head] = [
        text.value for text in app.markdown if re.match(f"####.*{re.escape(title)}", text.value)
    ]
    listed = 0 if not app.dataframe else len(app.dataframe[0].value)
    assert int(re.findall(r"\d+", head)[-1]) == listed


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (["months", *HERE, "招商部", "招商部", "2022-06", "2022-06"], "招商部，6月到期"),
        (["dimensions", *HERE, "招商部", "", "", ""], ""),
        (["months", "xiangshan", "2022-09-30", "招商部", "", "2022-06", "2022-06"], ""),
        (["months", *HERE, "招商部"], ""),
        (["months", *HERE, "招商部", "", "六月", "六月"], ""),
        (["months", *HERE], ""),
        (["<img src=x>"], ""),
    ],
)
def test_address_says_what_is_chosen_of_the_figure_shown(
    full_home: Path, part: list[str], said: str
) -> None:
    app = opened("overdue", campaign=XIANGSHAN, view="单位×月份", part=part)
    assert not [*app.exception, *app.error]
    ways_back = [button.label for button in app.button if button.key == "part_back"]
    assert ways_back == ([f"点图选定 {said} ✕"] if said else [])
    titled = any(title.startswith("招商部，6月到期") for title in headings(app))
    assert titled == bool(said)


@pytest.mark.parametrize(
    "part", [["calendar", *HERE, "11月7日"], ["offsets", *HERE, "closed", "1", "2"]]
)
def test_address_that_names_no_part_of_the_figure_chooses_none(
    full_home: Path, part: list[str]
) -> None:
    view = {"calendar": "期限日历", "offsets": "提前与拖后"}[part[0]]
    app = opened("overdue", campaign=XIANGSHAN, view=view, part=part)
    assert not [*app.exception, *app.error]
    assert not [button for button in app.button if button.key == "part_back"]


def test_taken_back_part_is_gone_from_the_address_and_another_day_has_none(full_home: Path) -> None:
    part = ["months", *HERE, "招商部", "招商部", "2022-06", "2022-06"]
    app = opened("overdue", campaign=XIANGSHAN, part=part)
    app.button(key="month_back").click().run()
    assert not [button for button in app.button if button.key == "part_back"]
    app.button(key="month_on").click().run()
    app.button(key="part_back").click().run()
    assert not [button for button in app.button if button.key == "part_back"]
    assert "part" not in app.query_params


def test_wrong_view_order_and_own_unit_fall_back(full_home: Path) -> None:
    wrong = dict.fromkeys(("view", "order", "own", "heat_measure"), "没有的")
    app = opened("overdue", campaign=XIANGSHAN, **wrong)
    assert not [*app.exception, *app.error]
    assert headline(app) == headline(opened("overdue", campaign=XIANGSHAN))
    assert app.selectbox(key="own").value is None


def test_own_unit_stays_in_the_address_and_over_a_change_of_view(full_home: Path) -> None:
    app = opened("overdue", campaign=XIANGSHAN, own="财政金融部", order="按花名册")
    app.get("button_group")[-2].set_value("期限日历").run()
    assert app.selectbox(key="own").value == "财政金融部"
    assert app.selectbox(key="order").value == "按花名册"


def test_closing_on_the_day_is_said_in_words(full_home: Path) -> None:
    app = opened("overdue", campaign=XIANGSHAN, view="提前与拖后")
    said = "".join(text.value for text in app.markdown)
    assert "期限当天销号" in said
    assert "前三天内" in said
    assert "踩点销号" in said
