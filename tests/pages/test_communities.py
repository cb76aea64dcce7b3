"""社区地图: the place chosen stands in the address and in the line above, and is taken back."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import PAGES, headings, opened

XIANGSHAN = "相山经开区“六找六强”"
HERE = ("place", "xiangshan", "2022-10-31")
PLACE = "王店社区"


def ways_back(app: AppTest) -> list[str]:
    return [button.label for button in app.button if button.key == "part_back"]


def test_address_chooses_the_place_that_the_card_is_of(full_home: Path) -> None:
    app = opened("communities", campaign=XIANGSHAN, part=[*HERE, PLACE])
    assert headings(app)[-1] == PLACE
    assert ways_back(app) == [f"点图选定 {PLACE} ✕"]
    assert headings(opened("communities", campaign=XIANGSHAN))[-1] != PLACE

    earlier = opened("communities", campaign=XIANGSHAN, part=[*HERE, PLACE], map_month="2022年8月")
    assert headings(earlier)[-1] == PLACE, "the slider over months keeps the place"


def test_taken_back_place_leaves_the_worst(full_home: Path) -> None:
    worst = headings(opened("communities", campaign=XIANGSHAN))[-1]
    app = opened("communities", campaign=XIANGSHAN, part=[*HERE, PLACE])
    app.button(key="part_back").click().run()
    assert headings(app)[-1] == worst
    assert ways_back(app) == []
    assert "part" not in app.query_params


@pytest.mark.parametrize(
    "part", [[*HERE, "没有的社区"], [*HERE], ["place", "xiangshan", "", PLACE]]
)
def test_address_of_no_place_chooses_none(full_home: Path, part: list[str]) -> None:
    app = opened("communities", campaign=XIANGSHAN, part=part)
    assert not [*app.exception, *app.error]
    assert ways_back(app) == []


def test_choice_is_left_with_the_page(full_home: Path) -> None:
    app = opened("communities", campaign=XIANGSHAN, part=[*HERE, PLACE])
    app.switch_page(str(PAGES["overdue"])).run()
    assert ways_back(app) == []
