"""大屏 and 大屏设置: what the address asks for, on full, empty and odd campaigns."""

import json
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tally.board.asking import Filters
from tally.board.wall import age_of
from tally.board.wall_screens import SCREENS, projected
from tally.board.wall_setup import size_verdict
from tally.packs import packs
from tally.rooms import Room, Viewport
from tests.pages.conftest import headline, opened

NAMES = [screen.name for screen in SCREENS]


def said(app: AppTest) -> str:
    """Return all texts of the figure on the wall."""
    return " ".join(
        note["text"]
        for chart in app.get("plotly_chart")
        for note in json.loads(chart.proto.spec)["layout"]["annotations"]
    )


# Every screen of one campaign; of each other campaign another one.
@pytest.mark.parametrize(
    ("slug", "screen"),
    [
        *(("xiangshan", name) for name in NAMES),
        *zip([slug for slug in packs() if slug != "xiangshan"], NAMES, strict=False),
    ],
)
def test_screens_of_every_campaign_are_drawn(full_home: Path, slug: str, screen: str) -> None:
    campaign = packs()[slug].campaign.name
    app = opened("wall", campaign=campaign, screen=screen)
    assert not app.exception and not app.error
    assert campaign in said(app)
    assert "演示数据" in said(app)


def test_no_personal_number_is_projected() -> None:
    # Made-up numbers, as a clerk writes them into an item's title.
    rows = pd.DataFrame(
        {
            "sentence": ["来电人13800000000反映的围挡未拆", "围挡未拆"],
            "detail": ["皖F00001", None],
            "open_days": [3, 13800000000],
            "worst_units": [np.array(["甲部", "13800000000"]), np.array([])],
        }
    )
    shown = projected(rows)
    assert shown["sentence"].tolist() == ["来电人＊＊＊反映的围挡未拆", "围挡未拆"]
    assert shown["detail"].iloc[0] == "＊＊＊"
    assert shown["open_days"].equals(rows["open_days"])
    assert shown["worst_units"].tolist() == [["甲部", "＊＊＊"], []]


def test_empty_home_says_what_is_missing(empty_home: Path) -> None:
    assert "还没有这个专项行动的台账" in said(opened("wall"))


@pytest.mark.parametrize(
    "odd", [{"screen": "没有"}, {"screens": "没有,总览"}, {"seat": "远"}, {"seconds": "-3"},
            {"seconds": "nan"}, {"diagonal": "1e9"}],
)  # fmt: skip
def test_odd_address_shows_the_first_screen(full_home: Path, odd: dict[str, str]) -> None:
    app = opened("wall", campaign=packs()["xiangshan"].campaign.name, **odd)
    assert not app.exception and not app.error
    assert "落后序时" in said(app)


def test_order_of_the_address_is_kept(full_home: Path) -> None:
    app = opened("wall", screens="预警督办,总览", campaign=packs()["xiangshan"].campaign.name)
    assert "1 / 2" in said(app)
    assert "要办的预警" in said(app)


def test_figure_tells_readers_of_the_screen_its_verdict(full_home: Path) -> None:
    campaign = packs()["xiangshan"].campaign.name
    app = opened("wall", campaign=campaign, screen="总览")
    [chart] = app.get("plotly_chart")
    assert chart.proto.alt.startswith(f"{campaign}，总览：")
    assert "落后序时" in chart.proto.alt


def test_setup_gives_an_address_with_room_order_and_filters(full_home: Path) -> None:
    pack = packs()["xiangshan"]
    app = opened("screens", campaign=pack.campaign.name, unit=pack.units[0].name, seat="8")
    assert "最小字高 40 毫米" in headline(app)
    query = parse_qs(urlsplit(app.code[0].value).query)
    assert query["seat"] == ["8"]
    assert query["unit"] == [pack.units[0].name]
    assert query["screens"] == [",".join(NAMES)]
    app.toggle(key="wall_bar").set_value(True).run()
    assert parse_qs(urlsplit(app.code[0].value).query)["bar"] == ["1"]


def test_setup_leaves_out_what_the_page_leaves_out(full_home: Path) -> None:
    pack = packs()["xiangshan"]
    left_out = pack.units[0].name
    app = opened("screens", campaign=pack.campaign.name, unit=left_out, unit_left_out="true")
    query = parse_qs(urlsplit(app.code[0].value).query)
    assert (query["unit"], query["unit_left_out"]) == ([left_out], ["true"])
    wall = opened("wall", campaign=pack.campaign.name, unit=left_out, unit_left_out="true")
    assert f"除 {left_out} 外" in said(wall)


def test_many_units_are_named_by_their_number(full_home: Path) -> None:
    pack = packs()["xiangshan"]
    names = [unit.name for unit in pack.units[:5]]
    app = opened("wall", campaign=pack.campaign.name, unit=names)
    assert f"{names[0]} 等 5 个单位" in said(app)


# Screen and seat, and whether all has room.
@pytest.mark.parametrize(
    ("diagonal", "seat", "state"), [(98, 6, "normal"), (65, 6, "soon"), (43, 10, "overdue")]
)
def test_a_room_too_large_for_its_screen_is_said(diagonal: float, seat: float, state: str) -> None:
    verdict = size_verdict(Room(diagonal, seat), Viewport())
    assert verdict.state == state
    assert f"不小于 {seat * 5:.0f} 毫米" in verdict.sentence


# Lists of November are due in December: before that day September's data are not old.
@pytest.mark.parametrize(
    ("today", "is_stale", "words"),
    [
        (date(2022, 10, 31), False, "数据截至 10月31日"),
        (date(2022, 11, 20), False, "数据截至 10月31日，已 20 天"),
        (date(2023, 2, 1), True, "数据截至 2022年10月31日，已 93 天"),
    ],
)
def test_data_are_stale_once_the_next_lists_should_have_come(
    full_home: Path, today: date, is_stale: bool, words: str
) -> None:
    age = age_of(Filters("xiangshan", date(2022, 10, 31)), today)
    assert (age.is_stale, age.words) == (is_stale, words)


def test_data_of_an_ended_campaign_are_not_called_stale(full_home: Path) -> None:
    end = packs()["xiangshan"].campaign.end_on
    assert not age_of(Filters("xiangshan", end), date(2026, 1, 1)).is_stale
