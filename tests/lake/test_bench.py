"""The bench of both stores: a tiny home and the lake it was moved to answer alike."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tally.addresses import STORE_VARIABLE
from tally.bench.answers import QUESTIONS
from tally.bench.made_up import make_home
from tally.cli import main
from tally.registry import registry_of
from tally.safekeeping.migration import migrate_store


def test_bench_stores_asks_every_question_of_the_file_and_of_the_lake(
    new_lake: Callable[[], str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    words = ["bench", "stores", "--home", str(tmp_path), "--repeats", "1", "--json"]
    make_home(tmp_path, 600)
    migrate_store(tmp_path, address := new_lake())
    registry_of.cache_clear()
    monkeypatch.setenv(STORE_VARIABLE, address)
    assert main(words) == 0
    report = json.loads(capsys.readouterr().out)
    assert {one["name"] for one in report["questions"]} == set(QUESTIONS)
    assert all(one["row_count"] > 0 and one["ratio"] > 0 for one in report["questions"])
    monkeypatch.delenv(STORE_VARIABLE)
    assert main(words) == 2
    assert "没有写共享数据库的地址" in capsys.readouterr().err
