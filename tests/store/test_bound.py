"""Words are bound once a process, and for a home by itself where no file can be written."""

from contextlib import closing
from pathlib import Path

import pytest

from tally.packs import packs
from tally.store import Database


def known(home: Path) -> list[str]:
    """Return the campaigns that a new home tells of."""
    with closing(Database(home, packs())) as database:
        rows = database.ask("campaigns", {"as_of": "2022-10-31"}).to_pylist()
    return [row["campaign"] for row in rows]


def test_home_opens_where_no_file_can_be_written_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    told = known(tmp_path / "one")
    assert sorted(told) == sorted(packs()) and caplog.text == ""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    assert known(tmp_path / "other") == told
    assert "the words are bound for each home by itself" in caplog.text
