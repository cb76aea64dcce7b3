"""Lakes on a real PostgreSQL, each test's own and empty; skipped where there is none."""

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tally.addresses import LAKE_PREFIX, STORE_VARIABLE
from tests.lake.postgres import Postgres, programs, running_postgres

_NUMBERS = itertools.count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL for all tests of this worker."""
    if (binaries := programs()) is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    with running_postgres(binaries) as running:
        yield running


@pytest.fixture(scope="session")
def new_lake(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], str]:
    """Make an empty lake and return its address."""

    def make() -> str:
        data: Path = tmp_path_factory.mktemp("lake")
        return f"{LAKE_PREFIX}{postgres.make(f'lake{next(_NUMBERS)}')}?data={data}"

    return make


@pytest.fixture
def lake(new_lake: Callable[[], str], monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty lake that every home opened by the test keeps its ledgers in."""
    address = new_lake()
    monkeypatch.setenv(STORE_VARIABLE, address)
    return address
