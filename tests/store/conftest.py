"""What tests of the store share."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tally.packs import packs
from tally.store import Database


@pytest.fixture(scope="package")
def samples(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A home with the sample campaigns, of the store's tests: keeping writes to it."""
    home = tmp_path_factory.mktemp("kept") / "home"
    shutil.copytree(sample_home, home)
    database = Database(home, packs())
    yield database
    database.close()
