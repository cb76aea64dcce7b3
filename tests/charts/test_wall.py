"""Screens of the wall: no text below the room's size, none cut by another, contrast of 7:1."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from tally.charts.wall import Age, Heading, Sheet
from tally.charts.wall.findings import findings
from tally.charts.wall.indicators import indicators
from tally.charts.wall.overdue import COUNT_STEPS, TOP_STEP
from tally.charts.wall.overdue import overdue as overdue_screen
from tally.charts.wall.overview import overview
from tally.charts.wall.ranking import ranking as ranking_screen
from tally.palette import Palette, palette
from tally.rooms import SMALLEST, Room, Viewport
from tally.sentences import Verdict
from tests.test_palette import contrast

FULL_HD, ULTRA_HD, WIDE = Viewport(1920, 1080), Viewport(3840, 2160), Viewport(5760, 2160)
# Windows and rooms, from a wall made for its room to a television for eight rows of seats.
PLACES = [
    (FULL_HD, Room(98, 6)),
    (ULTRA_HD, Room(98, 6)),
    (WIDE, Room(165, 6)),
    (WIDE, Room(98, 6)),
    (FULL_HD, Room(75, 6)),
    (FULL_HD, Room(55, 6)),
    (FULL_HD, Room(43, 6)),
    (Viewport(1366, 768), Room(98, 6)),
]
HEADING = Heading(
    "相山经开区“六找六强”",
    "第三阶段 积极争先",
    Age("数据截至 2022年10月31日，已 12 天", "截至 10月31日", is_stale=True),
    is_demo=True,
    place="1 / 5",
)
VERDICT = Verdict(
    "overdue", "落后序时 6.1 个百分点", ("拖后最多：招商部 逾期 8 项，规划建设部 5 项",)
)
UNITS = [(f"{name}部", 10 - index % 3, 18, index - 3) for index, name in enumerate(
    ["招商", "规划建设", "产业发展", "财政金融", "应急环保", "党建综合", "社会事务服务中心"]
)]  # fmt: skip
TOTALS = {
    "item_count": 148, "closed_count": 118, "closed_of_all_share": 118 / 148,
    "schedule_share": 0.858, "state": "behind", "overdue_count": 20, "overdue_30_count": 8,
    "due_soon_days": 7, "due_soon_count": 13, "verified_count": 96,
}  # fmt: skip
Screen = Callable[[Sheet], go.Figure]


def finding_rows(count: int) -> pd.DataFrame:
    """Return `rule_findings` of which every third is red."""
    rows = [
        {
            "level": "amber" if index % 3 else "red", "unit": "产业发展部", "is_new": not index,
            "sentence": "产业发展部的招商引资连续3个季度在全市后5位", "open_days": 91 - index,
        }
        for index in range(count)
    ]  # fmt: skip
    return pd.DataFrame(rows)


# Of those that wait the wall was given the first twenty.
FOUND = {
    "open_count": 55944, "good_count": 6, "red_count": 23958, "amber_count": 31980,
    "new_count": 16409, "untaken_count": 55938, "oldest_days": 151,
}  # fmt: skip


def indicator_rows() -> pd.DataFrame:
    """Return the newest rows of `indicator_progress`, the last without a target."""
    rows = [
        {
            "indicator": name, "value": 40.9, "total": 40.9, "unit_of_measure": "亿元",
            "target": target, "is_target_growth": False, "achieved_share": share,
            "ideal_value": 50.0, "light": light, "gap_share": -0.2, "pace_share": 0.7,
            "growth_share": 0.031, "reported_growth_share": None,
        }
        for name, target, share, light in (
            ("一般公共预算收入", 60.0, 0.68, "red"),
            ("规模以上工业增加值", 60.0, 0.8, "green"),
            ("市场主体", None, None, None),
        )
    ]  # fmt: skip
    return pd.DataFrame(rows)


@pytest.fixture
def screens(
    dimensions: Callable[..., pd.DataFrame],
    months: Callable[..., pd.DataFrame],
    ranking_frame: pd.DataFrame,
    overdue_frames: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame],
) -> Mapping[str, Screen]:
    """Every screen with rows enough to fill it."""
    cells, ageing, reporting = overdue_frames
    flows = [(148, 20), (0, 40), (0, 33), (0, 25)]
    drawn: dict[str, Any] = {
        "totals": TOTALS,
        "months": months("2022-07", [128, 88, 55, 21, 8, 0], [130, 90, 57, 30], flows).assign(
            overdue_count=[0, 5, 9, 20, None, None]
        ),
        "dimensions": dimensions(("经济发展", 30, 28, 18), ("为企优环境", 30, 28, 20),
                                 ("为民办实事", 28, 24, 24), ("改革创新", 20, 15, 16)),
        "units": ranking_frame, "unreported_count": 1, "dimension_word": "维度",
    }  # fmt: skip
    return {
        "总览": lambda sheet: overview(sheet, HEADING, VERDICT, **drawn),
        "单位排名": lambda sheet: ranking_screen(sheet, HEADING, VERDICT, units=ranking_frame),
        "逾期热力": lambda sheet: overdue_screen(
            sheet, HEADING, VERDICT, cells=cells, ageing=ageing, reporting=reporting,
            as_of=date(2022, 10, 31),
        ),
        "预警督办": lambda sheet: findings(
            sheet, HEADING, VERDICT, totals=FOUND, found=finding_rows(20)
        ),
        "指标进度": lambda sheet: indicators(sheet, HEADING, VERDICT, latest=indicator_rows()),
    }  # fmt: skip


@pytest.fixture
def ranking_frame(ranking: Callable[..., pd.DataFrame]) -> pd.DataFrame:
    """Return seven ranked units."""
    return ranking(*UNITS)


@pytest.fixture
def overdue_frames(
    overdue: Callable[..., tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]],
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return the frames of nine units, some of which have nothing overdue."""
    late = {f"{name}部": {"2022-08": index, "2022-10": index * 2} for index, (name, *_) in
            enumerate(UNITS)}  # fmt: skip
    return overdue(late, {"招商部部": {"2022-11": 3}})


@pytest.mark.parametrize(("window", "room"), PLACES)
def test_no_text_is_too_small_or_meets_another(
    screens: Mapping[str, Screen],
    faults: Callable[[go.Figure], list[str]],
    window: Viewport,
    room: Room,
) -> None:
    scale = room.scale(window)
    for name, draw in screens.items():
        figure = draw(Sheet("light", window.width_px, window.height_px, scale))
        smallest = min(note.font.size for note in figure.layout.annotations if note.text)
        assert smallest >= SMALLEST * scale - 0.1, name
        assert faults(figure) == [], name
        assert (figure.layout.width, figure.layout.height) == (window.width_px, window.height_px)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_stand_out_seven_to_one(screens: Mapping[str, Screen], theme: str) -> None:
    tokens = palette(theme)
    on_cells = {tokens.on_light_steps, tokens.on_strong_steps}
    for name, draw in screens.items():
        figure = draw(Sheet(theme, 1920, 1080, 1.0))
        colors = {note.font.color for note in figure.layout.annotations}
        low = {
            color for color in colors - on_cells | {tokens.text} if contrast(color, tokens.bg) < 7
        }
        assert low == set(), name


@pytest.mark.parametrize("tokens", [palette("light"), palette("dark")])
def test_counts_in_cells_stand_out_seven_to_one(tokens: Palette) -> None:
    for step in (*(step for _, step in COUNT_STEPS), TOP_STEP):
        assert contrast(tokens.on_step(step), tokens.sequential[step]) >= 7


def test_what_a_low_screen_cannot_hold_is_left_out(
    screens: Mapping[str, Screen], texts: Callable[[go.Figure], list[str]]
) -> None:
    whole = texts(screens["总览"](Sheet("light", 1920, 1080, 1.0)))
    less = texts(screens["总览"](Sheet("light", 1920, 1080, 2.0)))
    assert "各维度对序时" in whole
    assert "逾期未销　—" not in whole
    assert "各维度对序时" not in less
    assert any("落后序时" in said for said in less)


def test_findings_that_are_not_shown_are_counted(
    screens: Mapping[str, Screen], texts: Callable[[go.Figure], list[str]]
) -> None:
    said = texts(screens["预警督办"](Sheet("light", 1920, 1080, 1.0)))
    shown = sum("招商引资连续3个季度" in text for text in said)
    assert 0 < shown < 20
    assert f"另有 {55938 - shown} 条，见预警督办" in said


def test_ranking_shows_the_last_places_where_not_all_fit(
    screens: Mapping[str, Screen], texts: Callable[[go.Figure], list[str]]
) -> None:
    said = texts(screens["单位排名"](Sheet("light", 1920, 1080, 1.8)))
    assert any("前面另有" in text for text in said)


def test_ranking_says_the_state_by_its_shape_where_an_axis_has_no_room(
    ranking: Callable[..., pd.DataFrame], texts: Callable[[go.Figure], list[str]]
) -> None:
    units = ranking(
        ("招商部", 18, 18, 1), ("应急环保部", 16, 18, 0), ("社会事务服务中心", 6, 18, -1)
    )
    units = units.assign(state=["level", "low", "behind"])
    wide, narrow = (
        texts(ranking_screen(Sheet("light", 1920, 1080, scale), HEADING, VERDICT, units=units))
        for scale in (1.0, 2.0)
    )
    assert {"100.0%", "88.9%", "33.3%"} <= set(wide)
    assert {"● 100.0%", "▲ 88.9%", "■ 33.3%"} <= set(narrow)
    assert [any(text.startswith("点为") for text in said) for said in (wide, narrow)] == [
        True,
        False,
    ]


def test_units_are_left_out_where_they_are_not_compared(
    screens: Mapping[str, Screen],
    dimensions: Callable[..., pd.DataFrame],
    months: Callable[..., pd.DataFrame],
    texts: Callable[[go.Figure], list[str]],
) -> None:
    figure = overview(
        Sheet("light", 1920, 1080, 1.0), HEADING, VERDICT, totals=TOTALS,
        months=months("2022-10", [21], [30], [(0, 25)]).assign(overdue_count=20),
        dimensions=dimensions(("经济", 2, 1, 1)),
        units=None, unreported_count=0, dimension_word="维度",
    )  # fmt: skip
    assert "谁拖后" not in texts(figure)
    assert "各维度对序时" in texts(figure)


def test_stale_data_are_marked_in_words_shape_and_colour(
    screens: Mapping[str, Screen],
) -> None:
    figure = screens["总览"](Sheet("light", 1920, 1080, 1.0))
    age = next(note for note in figure.layout.annotations if note.text.startswith("▲ 数据截至"))
    assert age.font.color == palette("light").states["soon"].text
