"""A process that lets one home go ends nothing that runs for another."""

import threading
from pathlib import Path

import pytest

from tally import service
from tally.safekeeping.keeper import Keeper


def running() -> set[threading.Thread]:
    """Return the threads that run now."""
    return set(threading.enumerate())


def test_home_let_go_keeps_what_runs_for_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_first = running()
    monkeypatch.setenv("TALLY_HOME", str(tmp_path / "one"))
    kept: Keeper = service.keeper()
    its_own = running() - at_first
    monkeypatch.setenv("TALLY_HOME", str(tmp_path / "other"))
    service.database()
    service.close()
    monkeypatch.setenv("TALLY_HOME", str(tmp_path / "one"))
    assert its_own
    assert its_own <= running()
    assert service.keeper() is kept
    service.close()
    assert not its_own & running()
