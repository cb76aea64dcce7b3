"""Names on the wall: no screen cuts a name of any campaign in the room that is usual."""

from collections.abc import Callable
from datetime import date

import pandas as pd
import plotly.graph_objects as go
import pytest

from tally import maps
from tally.charts.wall import Heading, Sheet
from tally.charts.wall.communities import communities
from tally.charts.wall.findings import findings
from tally.charts.wall.indicators import indicators
from tally.charts.wall.overdue import overdue as overdue_screen
from tally.charts.wall.overview import overview
from tally.charts.wall.ranking import ranking as ranking_screen
from tally.packs import packs
from tally.rooms import Room, Viewport
from tally.words import width_em
from tests.charts.test_wall import FOUND, HEADING, TOTALS, VERDICT, finding_rows, indicator_rows
from tests.map_rows import progress_rows

PACKS = packs()
WINDOWS = [Viewport(1920, 1080), Viewport(3840, 2160), Viewport(5760, 2160)]
# So many rows has the lowest of the windows room for.
ROWS = 5
Builder = Callable[..., pd.DataFrame]


def longest(names: list[str]) -> list[str]:
    """Return the names that need most room."""
    return sorted(names, key=width_em, reverse=True)[:ROWS]


@pytest.fixture(params=WINDOWS, ids=str)
def sheet(request: pytest.FixtureRequest) -> Callable[[], Sheet]:
    """Give a screen of each window in the usual room."""
    window: Viewport = request.param
    scale = Room().scale(window)
    return lambda: Sheet("light", window.width_px, window.height_px, scale)


@pytest.fixture(params=PACKS)
def slug(request: pytest.FixtureRequest) -> str:
    """Give each campaign in turn."""
    return request.param


@pytest.fixture
def heading(slug: str) -> Heading:
    """Head a screen with the campaign's name."""
    return Heading(PACKS[slug].campaign.name, "", HEADING.age, HEADING.is_demo, HEADING.place)


@pytest.fixture
def units(slug: str) -> list[str]:
    """Return the campaign's longest names of units."""
    return longest([unit.name for unit in PACKS[slug].units])


@pytest.fixture
def whole(
    faults: Callable[[go.Figure], list[str]], texts: Callable[[go.Figure], list[str]]
) -> Callable[[go.Figure, list[str]], None]:
    """Give the check that a figure shows names to their end and beside everything else."""

    def check(figure: go.Figure, names: list[str]) -> None:
        shown = texts(figure)
        assert [said for said in shown if "…" in said] == []
        assert [name for name in names if not any(said.startswith(name) for said in shown)] == []
        assert faults(figure) == []

    return check


def test_overview(
    sheet: Callable[[], Sheet], heading: Heading, slug: str, units: list[str], whole: Callable,
    dimensions: Builder, months: Builder, ranking: Builder,
) -> None:  # fmt: skip
    named = longest([dimension.name for dimension in PACKS[slug].dimensions])
    figure = overview(
        sheet(), heading, VERDICT, totals=TOTALS,
        months=months("2022-10", [21], [30], [(0, 25)]).assign(overdue_count=20),
        dimensions=dimensions(*((name, 148, 126, 12) for name in named)),
        units=ranking(*((unit, 118, 148, -1) for unit in units)), unreported_count=1,
        dimension_word=PACKS[slug].campaign.dimension_word,
    )  # fmt: skip
    whole(figure, [*units, *named])


@pytest.mark.parametrize("is_reported", [True, False])
def test_ranking(
    sheet: Callable[[], Sheet], heading: Heading, units: list[str], whole: Callable,
    ranking: Builder, is_reported: bool,
) -> None:  # fmt: skip
    drawn = ranking(*((unit, 118, 148, -1) for unit in units)).assign(is_reported=is_reported)
    whole(ranking_screen(sheet(), heading, VERDICT, units=drawn), units)


def test_overdue(
    sheet: Callable[[], Sheet], heading: Heading, units: list[str], whole: Callable,
    overdue: Callable[..., tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]],
) -> None:  # fmt: skip
    cells, ageing, reporting = overdue({unit: {"2022-10": 12} for unit in units})
    figure = overdue_screen(
        sheet(), heading, VERDICT, cells=cells, ageing=ageing, reporting=reporting,
        as_of=date(2022, 10, 31),
    )  # fmt: skip
    whole(figure, units)


@pytest.mark.parametrize("is_reported", [True, False])
def test_communities(
    sheet: Callable[[], Sheet], heading: Heading, slug: str, whole: Callable, is_reported: bool
) -> None:
    # A campaign without places of its own has no such screen.
    names = longest([community.name for community in PACKS[slug].communities]) or ["全区"]
    rows = [{"is_reported": is_reported, "overdue_count": 12}] * len(names)
    figure = communities(
        sheet(), heading, VERDICT,
        places=progress_rows(*rows, names=tuple(names)),
        place_word="社区", steps=maps.legend_steps("overdue", "light"), face="",
    )  # fmt: skip
    whole(figure, names)


def test_indicators(
    sheet: Callable[[], Sheet], heading: Heading, slug: str, whole: Callable
) -> None:
    names = longest([indicator.name for indicator in PACKS[slug].indicators])
    rows = pd.concat([indicator_rows().iloc[[0]].assign(indicator=name) for name in names])
    whole(indicators(sheet(), heading, VERDICT, latest=rows), names)


def test_findings(
    sheet: Callable[[], Sheet], heading: Heading, units: list[str], whole: Callable
) -> None:
    found = pd.concat([finding_rows(1).assign(unit=unit) for unit in units])
    totals = FOUND | {"open_count": len(units), "good_count": 0}
    whole(findings(sheet(), heading, VERDICT, totals=totals, found=found), units)
