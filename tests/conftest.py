"""The trial office that the tests of the store and of its questions work in."""

import fcntl
import itertools
import os
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from streamlit.components.v2 import manifest_scanner

from tally.packs import Pack, packs
from tally.registry import registry_of
from tally.safekeeping.opening import open_home
from tally.sealing import KEY_FILE_VARIABLE
from tally.store import Database
from tally.submissions import load_samples, remove_campaign
from tests.browser.chromium import headless
from tests.office import SLUG, Office, trial_pack


@pytest.fixture(scope="session", autouse=True)
def key_file(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep the tests' key away from the user's own; the workers of a run share one."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    os.environ[KEY_FILE_VARIABLE] = str(folder / "tally.key")


@pytest.fixture(scope="session", autouse=True)
def packages_read_once() -> Iterator[None]:
    """Let Streamlit read what is installed once: for every page it takes longer than the page."""
    with pytest.MonkeyPatch.context() as patch:
        scan = manifest_scanner.scan_component_manifests
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(scan))
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return the Chromium of this machine, one for all tests of a worker."""
    with headless() as chromium:
        yield chromium


@pytest.fixture(scope="session")
def trial_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One database for all tests that only need an empty campaign: opening takes its time."""
    database = Database(tmp_path_factory.mktemp("home"), {SLUG: trial_pack()})
    yield database
    database.close()


@pytest.fixture
def office(trial_database: Database) -> Iterator[Office]:
    """An office whose campaign is empty; the minimum of due items to be ranked is 1."""
    yield Office(trial_database)
    remove_campaign(trial_database, SLUG)


@pytest.fixture(scope="session")
def idle_databases() -> Iterator[dict[str, list[Database]]]:
    """The databases that no test uses just now, by their packs; their campaigns are empty."""
    idle: dict[str, list[Database]] = defaultdict(list)
    yield idle
    for database in itertools.chain(*idle.values()):
        database.close()


@pytest.fixture
def office_under(
    idle_databases: dict[str, list[Database]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[Pack], Office]]:
    """Open an empty office under a pack; another test with the same pack gets it afterwards."""
    used: list[tuple[str, Database]] = []

    def open_office(pack: Pack) -> Office:
        idle = idle_databases[repr(pack)]
        database = idle.pop() if idle else Database(tmp_path_factory.mktemp("of"), {SLUG: pack})
        used.append((repr(pack), database))
        return Office(database)

    yield open_office
    for under, database in used:
        remove_campaign(database, SLUG)
        idle_databases[under].append(database)


@pytest.fixture
def office_with(office_under: Callable[[Pack], Office]) -> Callable[..., Office]:
    """Open an office with the limits that `trial_pack` takes."""
    return lambda **limits: office_under(trial_pack(**limits))


@pytest.fixture
def office_of(office_under: Callable[[Pack], Office]) -> Callable[..., Office]:
    """Open an office whose pack has these lists: `office_of(classes=(…))`."""
    return lambda **lists: office_under(replace(trial_pack(), **lists))


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the sample campaigns, closed; copy it, never open it: others need it too.

    Of the workers of a run, the first that needs it loads it for all.
    """
    return made_once(tmp_path_factory, "samples", fill_with_samples)


def made_once(factory: pytest.TempPathFactory, name: str, fill: Callable[[Path], object]) -> Path:
    """Return a home that the first worker who needs it fills for all, closed."""
    folder = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    home, unfinished = folder / name, folder / f"{name}-unfinished"
    with (folder / f"{name}.lock").open("w") as lock:
        # Let go when the file is closed, also by a worker that failed: the next one tries anew.
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not home.exists():
            shutil.rmtree(unfinished, ignore_errors=True)
            fill(unfinished)
            unfinished.rename(home)
    return home


def fill_with_samples(home: Path) -> None:
    """Load every sample campaign into an empty home, and close it."""
    database = Database(home, packs())
    outcomes = list(load_samples(database))
    database.close()
    assert [outcome.file for outcome in outcomes if outcome.status != "published"] == []
    # Whoever opens a copy finds the record of writes begun, and writes nothing.
    open_home(home, packs()).database.close()
    registry_of(home).close()
    registry_of.cache_clear()
