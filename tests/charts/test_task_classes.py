"""137 tasks on one screen, each a tile with its light by shape and word (A5)."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from tally.charts.task_classes import task_classes
from tally.palette import palette

SIX = {
    "重点指标": 13,
    "重大项目": 6,
    "重大平台": 9,
    "重点攻坚": 67,
    "重点民生": 29,
    "制度性创新": 13,
}
LIGHTS = (
    {"light": "green", "is_closed": True},
    {"light": "green"},
    {"light": "yellow"},
    {"light": "red"},
    {"light": "red", "is_overdue": True},
    {"light": None},
)
LABELS = ("✓ 已完成", "● 正常", "▲ 偏慢", "■ 滞后", "■ 逾期", "○ 未报")


def task_rows(counts: dict[str, int], title: str = "任务名称八个字") -> pd.DataFrame:
    """Return rows of `task_progress`: so many of each class, the lights by turns."""
    plain: dict[str, Any] = {"is_closed": False, "is_overdue": False}
    rows = [
        {
            **plain, **LIGHTS[number % len(LIGHTS)], "class": name, "task": title, "unit": "甲局",
            "item_key": f"{name}{number:02}", "achieved_share": 0.5, "schedule_share": 0.6,
        }
        for name, count in counts.items()
        for number in range(count)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def class_rows(counts: dict[str, int], **stated: int) -> pd.DataFrame:
    """Return rows of `task_classes`; what is stated is what is listed unless said."""
    rows = [
        {
            "class": name, "stated_count": stated.get(name, count), "task_count": count,
            "missing_count": stated.get(name, count) - count, "red_count": count // 3,
        }
        for name, count in counts.items()
    ]  # fmt: skip
    return pd.DataFrame(rows)


def _figure(counts: dict[str, int], **more: Any) -> go.Figure:
    settings = {"theme": "light", **more}
    return task_classes(class_rows(counts), task_rows(counts), **settings)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("counts", [SIX, {"一类": 3}, dict.fromkeys(("甲类", "乙类"), 140)])
def test_tiles_have_no_text_that_meets(
    faults: Callable, counts: dict[str, int], theme: str
) -> None:
    assert faults(_figure(counts, theme=theme)) == []


def test_each_of_137_tasks_has_a_tile_that_leads_to_it() -> None:
    targets = _figure(SIX).data[-1]
    keys = {data[0] for data in targets.customdata}
    assert keys == set(task_rows(SIX)["item_key"])
    assert len(keys) == 137


def test_light_is_told_by_shape_and_word_and_only_what_needs_it_is_coloured(
    texts: Callable, fill_under: Callable
) -> None:
    figure = _figure({"甲类": 6})
    assert set(LABELS) <= set(texts(figure))
    tokens = palette("light")
    for label, state in zip(LABELS, ("closed", "normal", "soon", "overdue"), strict=False):
        is_calm = state in ("closed", "normal")
        ground = tokens.bg if is_calm else tokens.states[state].ground
        assert fill_under(figure, label) == ground


def test_class_says_how_many_are_listed_of_those_stated(texts: Callable) -> None:
    counts = {"甲类": 12}
    figure = task_classes(class_rows(counts, 甲类=13), task_rows(counts), theme="light")
    assert "12 项 / 13 项" not in texts(figure)
    assert "12 / 13 项" in texts(figure)


def test_long_title_is_cut_and_shown_whole_when_pointed_at(texts: Callable) -> None:
    title = "推动以企业为主体市场为导向产学研深度融合的科技创新载体建设"
    counts = {"甲类": 13}
    figure = task_classes(class_rows(counts), task_rows(counts, title), theme="light")
    assert title not in texts(figure)
    assert any(said.endswith("…") for said in texts(figure))
    assert title in figure.data[-1].hovertext[0]
