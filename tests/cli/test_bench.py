"""`manage.py bench import` times every reader that is installed beside Tally itself."""

import importlib.util
import json

import pytest

from tests.cli.terminal import Terminal

OWN = ("打开（子进程）", "读懂全部行", "导入到发布", "下月再报到发布")
READERS = ("python-calamine", "fastexcel", "polars", "openpyxl")


def test_bench_import_tells_of_every_reader_and_every_step(terminal: Terminal) -> None:
    assert terminal.run("bench", "import", "--rows", 200, "--repeats", 1, "--json") == 0
    report = json.loads(terminal.out)
    assert (report["rows"], report["columns"]) == (200, 15)
    assert report["rows_bytes"] > 0
    lines = {line["name"].partition("：")[2]: line for line in report["lines"]}
    assert tuple(lines) == (*READERS, *OWN)
    timed = {name: line for name, line in lines.items() if not line["left_out"]}
    assert {"python-calamine", "openpyxl", *OWN} <= set(timed)
    assert min(line["ratio"] for name, line in timed.items() if name in READERS) == 1
    for name in ("fastexcel", "polars"):
        is_there = importlib.util.find_spec(name) is not None
        assert ("未安装" in str(lines[name]["left_out"])) is not is_there


def test_bench_import_prints_a_table_of_ratios(terminal: Terminal) -> None:
    assert terminal.run("bench", "import", "--rows", 50, "--columns", 7, "--repeats", 1) == 0
    assert "与最快读取相比" in terminal.out
    assert all(name in terminal.out for name in (*READERS, *OWN))


@pytest.mark.parametrize("words", [("--rows", 0), ("--columns", 6), ("--columns", 16)])
def test_bench_import_of_an_impossible_size_is_wrong_usage(
    terminal: Terminal, words: tuple[str, int]
) -> None:
    assert terminal.run("bench", "import", *words) == 2
    assert "应为" in terminal.err
