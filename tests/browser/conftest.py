"""What every browser test stands on: a running server with the samples, and a tab of it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.hostile import hostile_home
from tests.browser.server import running_server
from tests.browser.tab import Tab, opened_tab
from tests.conftest import made_once


@pytest.fixture(scope="session")
def server(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a running server that holds the sample campaigns."""
    home = tmp_path_factory.mktemp("served") / "home"
    shutil.copytree(sample_home, home)
    with running_server(home, with_samples=False) as address:
        yield address


@pytest.fixture
def tab(browser: Browser, server: str) -> Iterator[Tab]:
    """Return a fresh tab on the server with the samples, in the light theme."""
    with opened_tab(browser, server) as opened:
        yield opened


@pytest.fixture
def empty_server(tmp_path: Path) -> Iterator[str]:
    """Return the address of a server just started on an empty home, not visited by anyone."""
    with running_server(tmp_path / "home", with_samples=False) as address:
        yield address


@pytest.fixture(scope="module")
def hostile_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home of one's own whose every text is hostile; the first of the workers makes it."""
    made = made_once(tmp_path_factory, "hostile", hostile_home)
    home = tmp_path_factory.mktemp("hostile") / "home"
    return shutil.copytree(made, home)
