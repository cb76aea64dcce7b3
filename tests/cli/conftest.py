"""An empty home, a list on disk, and a terminal whose commands work there."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tally import service
from tests.cli.terminal import FILE, SEPTEMBER, Terminal


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home, where `TALLY_HOME` points."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("TALLY_HOME", str(home))
    return home


@pytest.fixture
def september(tmp_path: Path) -> Path:
    """A unit's list of September as an office sends it."""
    path = tmp_path / FILE
    path.write_text(SEPTEMBER, "utf-8")
    return path


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str], home: Path) -> Terminal:
    """A terminal whose commands work in the empty home."""
    return Terminal(capsys)


@pytest.fixture
def server(home: Path) -> Iterator[None]:
    """A server that holds the home: it is opened once for all commands of a test."""
    running = service.start(home, with_samples=False)
    yield
    running.stop()
