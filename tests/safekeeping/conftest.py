"""Homes of the trial campaign that can be spoilt: each test gets its own copy of one."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tally.registry import registry_of
from tests.safekeeping.homes import make_home
from tests.store.older import make_older


@pytest.fixture(autouse=True)
def own_main(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a child begin without the page that a test of pages left as this process's program."""
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))


@pytest.fixture(scope="session")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder in memory where there is one: a kill is the same there, a flush costs nothing."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        yield tmp_path_factory.mktemp("workshop")
        return
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def made_home(workshop: Path) -> Path:
    """A closed home with the lists of July and August in force and a backup of July's."""
    home = workshop / "made"
    make_home(home)
    return home


@pytest.fixture
def home(made_home: Path, workshop: Path) -> Iterator[Path]:
    """A copy of the made home; its registry is let go afterwards."""
    copied = Path(tempfile.mkdtemp(dir=workshop)) / "home"
    shutil.copytree(made_home, copied)
    yield copied
    registry_of(copied).close()
    registry_of.cache_clear()


@pytest.fixture
def old_home(workshop: Path) -> Path:
    """A home of the first schema."""
    return make_older(Path(tempfile.mkdtemp(dir=workshop)) / "old", 1)
