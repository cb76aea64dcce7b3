"""The auditor's commands: records listed, exported, verified and put away, each recorded itself."""

import csv
import io
import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from tally import clock
from tally.registry import Event, registry_of
from tests.cli.terminal import Terminal


def test_what_a_command_did_is_listed_with_its_result(terminal: Terminal, september: Path) -> None:
    terminal.run("import", september, "--campaign", "xiangshan")
    assert terminal.run("undo", 99) == 1
    assert terminal.run("audit") == 0
    lines = terminal.out.splitlines()
    assert lines[0].split()[:3] == ["序号", "时间", "账号"]
    assert [line.split()[4] for line in lines[1:]] == [
        Event.AUDIT_READ,
        Event.ROLL_BACK,
        Event.PUBLISH,
        Event.UPLOAD,
    ]
    assert terminal.run("audit", "--failed", "--format", "json") == 0
    [failed] = json.loads(terminal.out)
    assert (failed["event"], failed["account"]) == (Event.ROLL_BACK, "服务器命令行")


def test_records_are_exported_by_day_and_event_for_a_spreadsheet(terminal: Terminal) -> None:
    terminal.run("ask", "uploads")
    today = clock.today()
    terminal.run("audit", "--event", Event.EXPORT, "--from", today, "--format", "csv")
    [row] = csv.DictReader(io.StringIO(terminal.out))
    assert (row["事件"], row["名称"]) == (Event.EXPORT, "uploads")
    terminal.run("audit", "--event", Event.EXPORT, "--to", today - timedelta(days=1), "--last", 5)
    assert len(terminal.out.splitlines()) == 1
    terminal.run("audit", "--event", Event.AUDIT_EXPORT, "--format", "json")
    assert [one["count_after"] for one in json.loads(terminal.out)] == [1]


def test_verifying_prints_the_newest_hash_or_what_is_wrong(terminal: Terminal, home: Path) -> None:
    terminal.run("ask", "uploads")
    assert terminal.run("audit", "verify") == 0
    assert "第 1 至 1 条" in terminal.out and "指纹" in terminal.out
    with registry_of(home).writing() as connection:
        connection.exec_driver_sql("DELETE FROM audit_event WHERE number = 1")
    assert terminal.run("audit", "verify") == 1
    assert "不见了" in terminal.out


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        ((), 2, "写明归档哪一天之前"),
        (("--before", date(2999, 1, 1)), 1, "至少留存 190 天"),
        (("--before", date(2020, 1, 1)), 1, "没有 2020-01-01 之前的审计记录"),
    ],
)
def test_what_cannot_be_put_away_is_said(
    terminal: Terminal, words: tuple[object, ...], status: int, said: str
) -> None:
    assert terminal.run("audit", "archive", *words) == status
    assert said in terminal.err
