"""What every browser test stands on: a running server with the samples, and a browser."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from manage import BROWSERS
from tests.browser.server import running_server
from tests.browser.tab import Tab, opened_tab

# Maps are drawn by WebGL, which a machine without a graphics card does in software; pages are
# put together without it, in two thirds of the time. The others keep Chromium from calling
# its own makers.
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-gpu-compositing",
    "--disable-gpu-rasterization",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium_path() -> str:
    """Return where this machine's Chromium is."""
    executable = next(filter(None, map(shutil.which, BROWSERS)), None)
    assert executable, "no Chromium on PATH: `python3 manage.py test` installs one"
    return executable


@pytest.fixture(scope="session")
def server(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a running server that holds the sample campaigns."""
    home = tmp_path_factory.mktemp("served") / "home"
    shutil.copytree(sample_home, home)
    with running_server(home, with_samples=False) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return the Chromium of this machine, headless."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


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
