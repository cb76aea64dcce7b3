"""The commands that change what became of an upload or a month: publish, return, seal."""

import json
from pathlib import Path

import pytest

from tests.cli.terminal import SEPTEMBER, Terminal

pytestmark = pytest.mark.usefixtures("server")

JSON = ("--format", "json")


def test_draft_is_published_by_whom_the_flag_names(terminal: Terminal, september: Path) -> None:
    terminal.run("import", september, "--draft", "--by", "招商部统计岗")
    assert terminal.run("publish", 1, "--by", "督查岗") == 0
    assert "已发布 1 号" in terminal.out
    terminal.run("ask", "uploads", *JSON)
    [row] = json.loads(terminal.out)
    assert (row["uploaded_by"], row["reviewed_by"]) == ("招商部统计岗", "督查岗")
    assert terminal.run("publish", 1, "--by", "督查岗") == 1
    assert "督查岗在" in terminal.err and "已发布 1 号" in terminal.err


def test_return_sends_a_list_back_with_its_reason(terminal: Terminal, september: Path) -> None:
    terminal.run("import", september)
    assert terminal.run("return", 1, "--reason", "缺完成时限") == 0
    terminal.run("ask", "submissions_due", "campaign=xiangshan", "month=2022-09", *JSON)
    rows = {row["unit"]: row for row in json.loads(terminal.out) if row["ledger"] == "problems"}
    returned = rows["招商部"]
    # Who still owes a list is asked about today, not at the newest month's end.
    assert (returned["status"], returned["returned_reason"]) == ("missing", "缺完成时限")
    assert terminal.run("return", 1, "--reason", "再改") == 1


def test_sealed_month_is_corrected_with_a_reason_only(terminal: Terminal, september: Path) -> None:
    month = ("--campaign", "xiangshan", "--month", "2022-09")
    assert terminal.run("seal", *month, "--quoted-in", "第3期通报") == 1
    terminal.run("import", september)
    assert terminal.run("seal", *month, "--quoted-in", "第3期通报", "--by", "督查岗") == 0
    added = "ZS-4,经济发展,项目落地慢,招商部,2022-10-10,正在推进,\n"
    september.write_text(SEPTEMBER + added, "utf-8")
    assert terminal.run("import", september, "--json") == 0
    said = json.loads(terminal.out)
    assert said["status"] == "draft" and "第3期通报" in said["message"]
    assert terminal.run("import", september, "--reason", "漏报一项", "--json") == 0
    assert json.loads(terminal.out)["status"] == "published"
    assert terminal.run("unseal", *month) == 0
    terminal.run("ask", "sealed_months", *JSON)
    [seal] = json.loads(terminal.out)
    assert (seal["quoted_in"], seal["sealed_by"]) == ("第3期通报", "督查岗")
    assert not seal["is_in_force"]
