"""The trial office that the tests of the store and of its questions work in."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from streamlit.components.v2 import manifest_scanner

from tally.packs import packs
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


@pytest.fixture
def office_with(tmp_path: Path) -> Iterator[Callable[..., Office]]:
    """Open an office of its own, with the limits that `trial_pack` takes."""
    opened: list[Database] = []

    def open_office(**limits: int) -> Office:
        opened.append(Database(tmp_path / f"home{len(opened)}", {SLUG: trial_pack(**limits)}))
        return Office(opened[-1])

    yield open_office
    for database in opened:
        database.close()


@pytest.fixture
def office_of(tmp_path: Path) -> Iterator[Callable[..., Office]]:
    """Open an office of its own whose pack has these lists: `office_of(classes=(…))`."""
    opened: list[Database] = []

    def open_office(**lists: Any) -> Office:
        pack = replace(trial_pack(), **lists)
        opened.append(Database(tmp_path / f"home-of{len(opened)}", {SLUG: pack}))
        return Office(opened[-1])

    yield open_office
    for database in opened:
        database.close()


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
