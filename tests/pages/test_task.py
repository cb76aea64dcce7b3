"""任务一张图 from the frame: 137 tiles, one task by its address, and the sentences (A5, A7)."""

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tally.board.task import classes_verdict, silent_months
from tally.board.task_standing import task_verdict
from tests.pages.conftest import headline as marked_headline
from tests.pages.conftest import opened

HULUDAO = "葫芦岛市“争先创优”"
XIANGSHAN = "相山经开区“六找六强”"
CLASS = {
    "class": "重点攻坚", "stated_count": 3, "task_count": 3, "missing_count": 0, "closed_count": 1,
    "red_count": 0, "yellow_count": 0,
}  # fmt: skip
TASK = {
    "task": "老旧小区改造", "class": "重点攻坚", "unit": "市住建局", "is_closed": False,
    "is_overdue": False, "light": "green", "due_on": date(2021, 12, 31), "achieved_share": 0.7,
    "schedule_share": 0.66,
}  # fmt: skip


def said(app: AppTest) -> str:
    """Return everything the page says in words and tables."""
    tables = (str(cell) for table in app.table for row in table.value.to_numpy() for cell in row)
    return "".join([*(text.value for text in app.markdown), *tables]).replace("\\", "")


def headline(app: AppTest) -> str:
    """Return the page's verdict as it is read."""
    return marked_headline(app).replace("\\", "")


def assert_sound(app: AppTest) -> None:
    """Fail when the viewer would see a mistake of ours."""
    assert [element.value for element in (*app.exception, *app.error)] == []


def test_page_counts_the_lights_of_137_tasks(full_home: Path) -> None:
    app = opened("task", campaign=HULUDAO)
    assert_sound(app)
    assert headline(app) == ":red[■ 137 项任务，红灯 21 项，黄灯 9 项]"
    assert "已完成 84 项（比上月末：新完成 26 项" in said(app)


def test_address_opens_a_task_with_its_leader_its_team_and_its_cells(full_home: Path) -> None:
    app = opened("task", campaign=HULUDAO, task="ZD-01")
    assert_sound(app)
    assert "争取上级资金：超前序时 1.3 个百分点" in headline(app)
    text = said(app)
    for words in (
        "ZD-01 争取上级资金（重大项目）",
        "分管发展改革的副市长",
        "牵头 市发展改革委；配合 市营商环境局",
        "累计 40.9 / 60 亿元；进度 68.2%，序时 66.9%；节点 1 / 3",
        "20211005 2021年9月重点任务台账 · 重大项目 · 目标值 K4、累计完成 L4",
        "20210705 2021年6月重点任务台账 · 任务台账 · K20",
        "○ 未报：3月、4月、5月",
        "上级资金项目前期手续流转慢",
        "进度：58.5% → 68.2%",
        "节点出处：20211006 2021年9月任务节点和活动记录台账 · 任务节点 · 第 43–45 行",
    ):
        assert words in text, words


def test_ways_lead_to_the_next_task_and_back_to_all(full_home: Path) -> None:
    app = opened("task", campaign=HULUDAO, task="ZD-01")
    by_label = {button.label: button for button in app.button}
    by_label["下一项"].click().run()
    assert_sound(app)
    assert "招商引资签约" in headline(app)
    {button.label: button for button in app.button}["全部任务"].click().run()
    assert "137 项任务" in headline(app)


def test_task_that_is_not_there_is_told_over_all_of_them(full_home: Path) -> None:
    app = opened("task", campaign=HULUDAO, task="ZD-99")
    assert_sound(app)
    assert "137 项任务" in headline(app)
    assert "没有编号“ZD-99”的任务" in said(app)


def test_filters_narrow_the_tiles_and_not_the_task_of_the_address(full_home: Path) -> None:
    app = opened("task", campaign=HULUDAO, unit="市财政局")
    assert "9 项任务" in headline(app)
    app = opened("task", campaign=HULUDAO, unit="市财政局", task="ZD-01")
    assert_sound(app)
    assert "争取上级资金" in headline(app)


def test_campaign_without_tasks_says_which_ledger_is_missing(full_home: Path) -> None:
    app = opened("task", campaign=XIANGSHAN)
    assert_sound(app)
    assert headline(app) == "○ 还没有任务台账"


def test_verdict_names_the_reddest_class_and_what_the_lists_lack() -> None:
    red = {**CLASS, "red_count": 1, "stated_count": 5, "missing_count": 2}
    changes = [{"column": "state", "new_value": "closed"}, {"column": "light", "new_value": "red"}]
    found = classes_verdict([red, {**CLASS, "class": "民生"}], changes)
    assert found.headline == "■ 6 项任务，红灯 1 项"
    assert found.detail_text == (
        "已完成 2 项（比上月末：新完成 1 项，新转红 1 项）；红灯最多：重点攻坚 1 项；"
        "与文件所列相比：重点攻坚 少 2 项"
    )


def test_months_without_a_list_of_tasks_are_named_as_a_gap() -> None:
    owed = pd.DataFrame(
        [
            ("2021-03", "tasks", "missing"),
            ("2021-04", "tasks", "missing"),
            ("2021-04", "tasks", "sent"),
            ("2021-05", "problems", "missing"),
            ("2021-06", "tasks", "not yet due"),
        ],
        columns=["month", "ledger", "status"],
    )
    assert silent_months(owed) == ["2021-03"]
    found = classes_verdict([CLASS], [], silent=["2021-03", "2021-05"])
    assert found.detail_text.endswith("未报任务台账：3月、5月")


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ({"yellow_count": 2}, "▲ 3 项任务，黄灯 2 项，无红灯"),
        ({}, "● 3 项任务，均按序时推进"),
        ({"task_count": 0}, "○ 还没有任务"),
    ],
)
def test_verdict_on_classes_follows_the_worst_light(counts: Any, sentence: str) -> None:
    assert classes_verdict([CLASS | counts], []).headline == sentence


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({}, "● 老旧小区改造：超前序时 4.0 个百分点"),
        ({"achieved_share": 0.66}, "● 老旧小区改造：与序时持平"),
        (
            {"light": "yellow", "achieved_share": 0.55},
            "▲ 老旧小区改造：落后序时 11.0 个百分点",
        ),
        (
            {"light": "red", "is_overdue": True, "due_on": date(2021, 9, 15)},
            "■ 老旧小区改造：逾期 15 天，进度 70.0%",
        ),
        ({"light": "green", "is_closed": True}, "● 老旧小区改造：已完成"),
        ({"light": None, "achieved_share": None}, "○ 老旧小区改造：没有报进度"),
    ],
)
def test_verdict_on_a_task_says_how_far_it_is_from_its_time(changed: Any, sentence: str) -> None:
    assert task_verdict(TASK | changed, date(2021, 9, 30)).headline == sentence
