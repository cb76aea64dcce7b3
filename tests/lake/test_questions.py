"""Every question has the same answer on a lake as on a home's own file."""

import shutil
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from tally.addresses import STORE_VARIABLE, lake_at
from tally.packs import packs
from tally.store import Database, question, question_names
from tally.store.moving import move_into_lake
from tests.store.test_kept_items import rounded

SAMPLE = "xiangshan"
NAMES = sorted(question_names())


def answers(database: Database, names: Sequence[str]) -> dict[str, object]:
    """Return what questions answer between two lists, where a step may have come."""
    day = database.default_day(SAMPLE) - timedelta(11)
    given = {"campaign": SAMPLE, "as_of": day}
    return {
        name: rounded(
            database.ask(
                name, {key: given.get(key) for key in question(name).parameters}
            ).to_pylist()
        )
        for name in names
    }


# A plan on the lake takes its time: an ordinary run asks every fourth.
@pytest.mark.parametrize(
    "names",
    [NAMES[::4], pytest.param(NAMES, marks=pytest.mark.thorough)],
    ids=["every fourth", "all"],
)
def test_every_question_answers_the_same_on_both_stores(
    names: Sequence[str],
    sample_home: Path,
    new_lake: Callable[[], str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    home = tmp_path / "home"
    shutil.copytree(sample_home, home)
    own = {SAMPLE: packs()[SAMPLE]}
    with closing(Database(home, own)) as database:
        expected = answers(database, names)
    address = new_lake()
    lake = lake_at(address)
    assert lake is not None
    move_into_lake(home / "tally.duckdb", lake)
    monkeypatch.setenv(STORE_VARIABLE, address)
    with closing(Database(tmp_path / "server", own)) as database:
        found = answers(database, names)
    differing = [name for name, answer in expected.items() if found[name] != answer]
    assert differing == []
    assert sum(bool(answer) for answer in expected.values()) > len(expected) / 2
