"""A pack with indicators of every kind, and the places a whole is divided into."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from tally.packs import DEMO, Indicator, Pack
from tally.packs.indicators import Place
from tally.store import Database
from tally.submissions import remove_campaign
from tests.office import SLUG, Office, trial_pack

PARTS = ("甲区", "乙区", "丙区")


def pace_pack() -> Pack:
    """Return the trial campaign (2022) with indicators of every kind and a city of three parts."""
    return replace(
        trial_pack(),
        indicators=(
            Indicator("税收", "亿元", "up", DEMO, target=60, stretch_target=66),
            Indicator("零售", "亿元", "up", DEMO, target=8, is_target_growth=True),
            Indicator("良品率", "%", "up", DEMO, target=80),
            Indicator("能耗", "万吨", "down", DEMO, target=120),
            Indicator(
                "企业数",
                *("家", "up", DEMO),
                target=150,
                measure="期末",
                start_value=100,
                start_on=date(2022, 6, 30),
            ),
            Indicator("库存", "家", "down", DEMO, target=40, measure="期末"),
            Indicator("人均收入", "元", "up", DEMO, is_sum=False),
            Indicator("月产值", "亿元", "up", DEMO, target=24, measure="当期"),
        ),
        places=(
            Place("全市", DEMO),
            *(Place(name, DEMO, whole="全市", is_own=name == "甲区") for name in PARTS),
        ),
    )


@pytest.fixture(scope="module")
def pace_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One database of the campaign with indicators of every kind."""
    database = Database(tmp_path_factory.mktemp("pace"), {SLUG: pace_pack()})
    yield database
    database.close()


@pytest.fixture
def pace_office(pace_database: Database) -> Iterator[Office]:
    """An office with these indicators; its campaign is empty."""
    yield Office(pace_database)
    remove_campaign(pace_database, SLUG)
