"""The phase strip: what is current, how much has passed, and phases that overlap."""

from collections.abc import Callable
from datetime import date

import pandas as pd
import plotly.graph_objects as go
import pytest

from tally.charts.campaign_phases import campaign_phases

AS_OF = date(2022, 10, 31)
FOUR = (
    ("交流研讨", date(2022, 7, 1), date(2022, 7, 15)),
    ("找准差距", date(2022, 7, 16), date(2022, 7, 31)),
    ("积极争先进位", date(2022, 8, 1), date(2022, 12, 10)),
    ("结果运用", date(2022, 12, 11), date(2022, 12, 31)),
)
OVERLAPPING = (
    ("自查整改", date(2022, 8, 10), date(2022, 11, 15)),
    ("督查核验", date(2022, 10, 1), date(2022, 12, 31)),
)
TEN_DAYS = tuple(
    (name, date(2022, month, first), date(2022, month, last))
    for name, month, first, last in (
        ("动员部署", 10, 1, 10),
        ("全面排查起底", 10, 11, 20),
        ("集中整治攻坚", 10, 21, 31),
        ("回头看", 11, 1, 10),
        ("总结提升", 11, 11, 20),
    )
)


def _figure(rows: pd.DataFrame, as_of: date = AS_OF, theme: str = "light") -> go.Figure:
    return campaign_phases(rows, as_of, date(2022, 7, 1), date(2022, 12, 31), theme=theme)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("rows", [FOUR, OVERLAPPING, TEN_DAYS])
def test_phases_have_no_text_that_meets(
    phases: Callable, faults: Callable, rows: tuple, theme: str
) -> None:
    assert faults(_figure(phases(*rows), theme=theme)) == []


def test_phases_name_each_phase_and_the_months_of_the_current(
    phases: Callable, texts: Callable
) -> None:
    shown = texts(_figure(phases(*FOUR)))
    assert shown[:4] == ["交流研讨", "找准差距", "积极争先进位（8月—12月）", "结果运用"]


def test_phases_that_share_days_stand_in_two_lanes(phases: Callable) -> None:
    figure = _figure(phases(*OVERLAPPING))
    heights = {note.text[:4]: note.y for note in figure.layout.annotations}
    assert heights["督查核验"] > heights["自查整改"]


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (date(2022, 10, 31), "10月31日，时间已过 67%"),
        (date(2022, 6, 21), "6月21日，距开始 10 天"),
        (date(2023, 1, 2), "1月2日，已结束 2 天"),
        (date(2022, 12, 31), "12月31日，时间已过 100%"),
    ],
)
def test_phases_say_how_much_time_has_passed(
    phases: Callable, texts: Callable, faults: Callable, as_of: date, expected: str
) -> None:
    figure = _figure(phases(*FOUR), as_of)
    assert expected in texts(figure)
    assert faults(figure) == []


def test_phases_without_rows_still_show_the_day(phases: Callable, texts: Callable) -> None:
    assert "10月31日，时间已过 67%" in texts(_figure(phases()))
