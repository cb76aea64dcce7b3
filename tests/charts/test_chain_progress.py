"""The chain of responsibility drawn: the whole, its own, its parts; grey for not reported (A6)."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from tally.charts.chain_progress import chain_progress
from tally.palette import palette


def part_row(part: str, unit: str | None, items: int, closed: int, **more: Any) -> dict[str, Any]:
    """Return a row of `chain_progress` of which half is due."""
    share = closed / items if items else None
    return {
        "part": part, "unit": unit, "level": "乡", "below_count": 0, "unit_count": 1,
        "item_count": items, "closed_count": closed, "overdue_count": 0,
        "closed_of_all_share": share, "schedule_share": 0.5 if items else None,
        "state": "behind" if items and share < 0.45 else "level", "unreported_count": 0,
        "last_month": "2022-09", **more,
    }  # fmt: skip


WHOLE = part_row("whole", "甲县", 12, 4, unit_count=4, below_count=3, unreported_count=1)
OWN = part_row("own", "甲县", 2, 0)
SILENT = part_row("part", "丙镇", 3, 1, unreported_count=1, last_month="2022-08")
PARTS = [part_row("part", "甲镇", 4, 3), part_row("part", "乙镇", 3, 0), SILENT]


def _figure(rows: list[dict[str, Any]], theme: str = "light") -> go.Figure:
    return chain_progress(pd.DataFrame(rows), theme=theme)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("many", [3, 26, 60])
def test_chain_has_no_text_that_meets(faults: Callable, many: int, theme: str) -> None:
    name = "市人力资源社会保障第{}局"
    parts = [part_row("part", name.format(n), 4, 3, below_count=n) for n in range(many)]
    assert faults(_figure([WHOLE, OWN, *parts], theme)) == []


def test_only_parts_lead_further_down() -> None:
    targets = _figure([WHOLE, OWN, *PARTS]).data[-1]
    assert {data[0] for data in targets.customdata} == {"甲镇", "乙镇", "丙镇"}


def test_part_that_has_not_reported_is_grey_and_says_of_which_month_it_speaks(
    texts: Callable, fill_under: Callable
) -> None:
    figure = _figure([WHOLE, OWN, *PARTS])
    said = texts(figure)
    assert "○ 未报，用8月数" in said
    assert "○ 未报 1 / 4" in said
    tokens = palette("light")
    assert fill_under(figure, "丙镇") == tokens.states["unreported"].ground
    # Its share is of August: no judgement stands on it.
    assert "33.3%" in said
    assert "■ 0.0%" in said


def test_unit_without_items_has_none_and_one_without_a_report_nothing_at_all(
    texts: Callable,
) -> None:
    silent = part_row("part", "缺镇", 0, 0, unreported_count=1, last_month=None)
    said = texts(_figure([part_row("part", "空镇", 0, 0), silent]))
    assert said.count("无条目") == 1
    assert "○ 未报" in said
