"""Nobody waits for what pages stand on: it is counted and found before it is asked for."""

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tally.bench.made_up import make_home
from tally.packs import packs
from tally.store import Database, make_ahead
from tally.store.questions import store_sql

COUNTED = re.findall(r"CREATE TABLE memory\.(kept\.\w+)", store_sql("counted_tables"))
FOUND = ["main.finding", "main.finding_tally"]
ROW_COUNT = 600


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Database]:
    make_home(tmp_path / "home", ROW_COUNT)
    with closing(Database(tmp_path / "home", packs())) as database:
        yield database


def filled(database: Database) -> set[str]:
    """Return the tables of what was counted and found that hold a row."""
    return {name for name in COUNTED + FOUND if database.rows(f"FROM memory.{name}").num_rows}


def test_big_campaign_has_everything_counted_before_anybody_asks(
    opened: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tally.store.ahead.BIG_ROW_COUNT", 1)
    make_ahead(opened)
    assert filled(opened) == {*COUNTED, *FOUND}


def test_small_campaigns_are_left_until_somebody_asks(opened: Database) -> None:
    make_ahead(opened)
    assert filled(opened) <= {"kept.roster_of_turn", "kept.unit_sent_of_turn"}
