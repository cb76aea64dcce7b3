"""Projects and 暖民心 drawn: numbers, moves, admission, shares, legible in both themes."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
import pytest

from tally.charts.project_admission import project_admission
from tally.charts.project_moves import project_moves
from tally.charts.project_numbers import project_numbers
from tally.charts.satisfaction_shares import satisfaction_shares
from tally.palette import palette

NUMBER: dict[str, Any] = {
    "number": "签约项目", "value": 120.0, "project_count": 120, "unit_of_measure": "个",
    "target": 300.0, "expected_value": 224.4, "state": "behind", "reported_value": 180.0,
    "reported_on": date(2021, 9, 30), "is_provisional": True, "reported_gap": 60.0,
}  # fmt: skip


def test_number_stands_beside_its_target_and_what_is_reported(
    texts: Callable, faults: Callable
) -> None:
    bare = NUMBER | {"number": "亿元以上项目", "target": None, "state": None}
    bare |= {"reported_value": None, "reported_gap": None, "is_provisional": None}
    figure = project_numbers(pd.DataFrame([NUMBER, bare]), theme="light")
    shown = texts(figure)
    assert {"■ 120", "目标 300 个", "◆ 180 个", "▲初步 9月，比台账多 60"} <= set(shown)
    assert {"120", "没有目标", "指标未报"} <= set(shown)
    assert faults(figure) == []


STAGES = ("储备", "签约", "前期", "开工", "推进", "竣工")


def stage_rows(counts: dict[str, int], stuck: dict[str, int]) -> pd.DataFrame:
    """Return rows of `project_stages`."""
    return pd.DataFrame(
        [
            {
                "stage": name, "quarter": quarter, "is_current": quarter == 3, "before_count": 0,
                "new_count": 0, "came_count": 0, "left_count": 0, "project_count": counts[name],
                "stuck_count": stuck.get(name, 0), "past_quarter_count": 0, "obstacle_count": 0,
                "days_median": 12.0, "stuck_days": 90.0,
            }
            for name, quarter in zip(STAGES, (4, 0, 1, 2, 3, 0), strict=True)
        ]
    )  # fmt: skip


def move_rows(*moves: tuple[str | None, str, int, bool]) -> pd.DataFrame:
    """Return rows of `project_moves` from (from, to, projects, back)."""
    return pd.DataFrame(
        [
            {
                "from_stage": before, "stage": now, "project_count": count, "stuck_count": 0,
                "is_back": back, "before_month": "2021-08", "month": "2021-09",
            }
            for before, now, count, back in moves
        ]
    )  # fmt: skip


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_bands_are_as_wide_as_their_projects_and_say_which_way(
    theme: str, texts: Callable, faults: Callable
) -> None:
    moves = move_rows(
        ("储备", "储备", 300, False),
        ("前期", "开工", 30, False),
        ("推进", "前期", 10, True),
        (None, "签约", 1, False),
    )
    counts = {"储备": 300, "签约": 1, "前期": 10, "开工": 30, "推进": 0, "竣工": 0}
    figure = project_moves(stage_rows(counts, {"前期": 4}), moves, theme=theme)
    bands = {shape.fillcolor for shape in figure.layout.shapes if shape.type == "path"}
    tokens = palette(theme)
    assert bands == {tokens.nonefill, tokens.bar, tokens.states["soon"].fill}
    shown = texts(figure)
    assert {"新入库 1", "前期 10 个（一季度抓）", "■ 卡住 4", "2021年8月台账"} <= set(shown)
    assert not [text for text in shown if text.startswith("推进 0")]
    assert faults(figure) == []


def test_first_list_comes_from_nowhere(texts: Callable) -> None:
    counts = dict.fromkeys(STAGES, 0) | {"开工": 5}
    moves = move_rows((None, "开工", 5, False)).assign(before_month=None)
    assert "首次报送" in texts(project_moves(stage_rows(counts, {}), moves, theme="light"))


def test_failed_checks_stand_out_and_what_does_not_fit_is_counted(
    texts: Callable, faults: Callable
) -> None:
    rows = [
        {
            "item_key": f"P{number}", "title": f"示例项目{number}", "supply": None,
            "tax_per_mu": 8.0, "tax_floor": 12.0, "result": "failed", "failed": ["亩均税收"],
            "checks": ["通过", "不通过", "未审", *["通过"] * 4],
        }
        for number in range(40)
    ]  # fmt: skip
    figure = project_admission(pd.DataFrame(rows), theme="dark")
    shown = texts(figure)
    drawn = sum(text.startswith("示例项目") for text in shown)
    assert shown.count("✗ 不过") == shown.count("○") == shown.count("8.0 / 12") == drawn < 40
    assert f"另有 {40 - drawn} 个项目未列出，可按供地方式或责任单位筛选" in shown
    assert faults(figure) == []


def share_row(action: str | None, community: str | None, **other: Any) -> dict[str, Any]:
    """Return a row of `satisfaction_shares`: 50 asked, 40 of 50 content."""
    return {
        "action": action, "community": community, "is_total": None in (action, community),
        "asked_count": 50, "satisfied_count": 40, "rated_count": 50, "satisfied_share": 0.8,
        "satisfied_low": 0.67, "satisfied_high": 0.89, "satisfied_state": "level",
        "is_few_rated": False, "faulty_count": 0, **other,
    }  # fmt: skip


def test_cell_tells_few_from_none_and_from_contradiction(texts: Callable, faults: Callable) -> None:
    none = {"asked_count": 0, "satisfied_share": None, "satisfied_count": None}
    rows = [
        share_row("老年助餐", "东社区", satisfied_state="behind", satisfied_share=0.5),
        share_row("老年助餐", "西社区", is_few_rated=True, rated_count=9, satisfied_state=None),
        share_row("老年助餐", None),
        share_row("便民停车", "东社区", **none),
        share_row("便民停车", "西社区", **none, faulty_count=1),
        share_row("便民停车", None, **none),
        share_row(None, None),
    ]
    figure = satisfaction_shares(pd.DataFrame(rows), theme="light", chosen=("老年助餐", "全部"))
    shown = texts(figure)
    assert {"■ 50.0%", "样本少 n=9", "n=50", "数字矛盾"} <= set(shown)
    assert shown.count("未调查") == 2
    assert any("95% 区间 67.0%–89.0%" in text for text in figure.data[0].hovertext)
    assert faults(figure) == []
