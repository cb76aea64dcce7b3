"""campaigns archive, unarchive and carry: what an ended campaign leaves behind (A15)."""

import json
from pathlib import Path

import pytest

from tests.cli.terminal import Terminal

pytestmark = pytest.mark.usefixtures("server")

ROSTER = "单位名称,分组\n招商部,各部门\n"


def test_archived_campaign_takes_nothing_in_until_it_is_taken_out(
    terminal: Terminal, september: Path
) -> None:
    assert terminal.run("campaigns", "archive", "xiangshan", "--by", "办公室") == 0
    assert "已归档" in terminal.out
    assert terminal.run("campaigns", "archive", "xiangshan") == 1
    assert "已经归档" in terminal.err
    assert terminal.run("import", september) == 1
    assert "已归档，不再接收台账" in terminal.out
    terminal.run("campaigns", "--json")
    *_, last = json.loads(terminal.out)
    assert (last["campaign"], last["state"], last["archived_by"]) == (
        *("xiangshan", "archived", "办公室"),
    )
    assert terminal.run("campaigns", "unarchive", "xiangshan") == 0
    assert terminal.run("import", september) == 0


def test_open_items_are_carried_into_a_draft_of_the_other_campaign(
    terminal: Terminal, september: Path, tmp_path: Path
) -> None:
    terminal.run("import", september)
    roster = tmp_path / "单位名册.csv"
    roster.write_text(ROSTER, "utf-8")
    assert terminal.run("import", roster, "--campaign", "huaihua") == 0
    assert terminal.run("campaigns", "carry", "xiangshan", "huaihua", "--json") == 0
    said = json.loads(terminal.out)
    assert (said["status"], said["campaign"], said["rows"]) == ("draft", "huaihua", 2)
    assert terminal.run("campaigns", "carry", "xiangshan", "huaihua") == 1
    assert "已有一份结转的草稿" in terminal.err
    terminal.run("publish", said["upload"], "--by", "办公室")
    assert terminal.run("campaigns", "carry", "xiangshan", "huaihua") == 1
    assert "2 项都已经结转过" in terminal.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["carry", "xiangshan"], "写明结转到哪一个"),
        (["carry", "xiangshan", "nowhere"], "没有“nowhere”这个专项行动"),
        (["archive", "nowhere"], "没有“nowhere”这个专项行动"),
        (["archive"], "写明是哪一个专项行动，例如 campaigns archive"),
    ],
)
def test_wrong_usage_says_what_is_missing(terminal: Terminal, words: list[str], said: str) -> None:
    assert terminal.run("campaigns", *words) == 2
    assert said in terminal.err
