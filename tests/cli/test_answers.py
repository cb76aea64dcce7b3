"""What a clerk answers on the command line: used now, and remembered where it means the same."""

import json
from pathlib import Path

import pytest

from tests.cli.terminal import SEPTEMBER, Terminal

pytestmark = pytest.mark.usefixtures("server")

HEAD = "问题编号,问题描述,责任单位,完成时限,状态\n"
NEAR_MISS = HEAD + "CF-1,产业项目落地慢,产业发展局,2022-10-31,正在推进\n"
WITHOUT_NUMBERS = "问题描述,责任单位,完成时限,状态\n{},招商部,2022-10-31,正在推进\n"


def said(terminal: Terminal, *words: object) -> dict:
    """Import and return what was said about the one file."""
    terminal.run("import", *words, "--campaign", "xiangshan", "--json")
    return json.loads(terminal.out)


def asked(terminal: Terminal, name: str) -> list[dict]:
    """Return the rows of an answer about the campaign at the end of October."""
    terminal.run("ask", name, "campaign=xiangshan", "as_of=2022-10-31", "--format", "json")
    return json.loads(terminal.out)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where lists lie."""
    return tmp_path


def listed(folder: Path, unit: str, month: int, text: str) -> Path:
    """Write a unit's list of a month of 2022."""
    path = folder / f"{unit}2022年{month}月问题台账.csv"
    path.write_text(text, "utf-8")
    return path


def test_answered_name_is_known_from_then_on_to_the_unit_that_answered_and_to_no_other(
    terminal: Terminal, folder: Path
) -> None:
    september = listed(folder, "产业发展部", 9, NEAR_MISS)
    refused = said(terminal, september)
    [question] = refused["questions"]
    assert (refused["status"], question["flag"]) == ("refused", "--answer")
    assert (question["key"], question["choices"][0]) == ("unit:产业发展局", "产业发展部")
    answered = said(terminal, september, "--answer", f"{question['key']}=产业发展部")
    assert answered["status"] == "published"
    october = listed(folder, "产业发展部", 10, NEAR_MISS)
    assert said(terminal, october)["status"] == "published"
    other = listed(folder, "招商部", 10, NEAR_MISS.replace("CF-1", "ZS-1"))
    assert said(terminal, other)["status"] == "refused"
    assert [row["unit"] for row in asked(terminal, "items")] == ["产业发展部"]


def test_reworded_item_stays_a_draft_until_it_is_said_to_be_the_same(
    terminal: Terminal, folder: Path
) -> None:
    september = listed(folder, "招商部", 9, WITHOUT_NUMBERS.format("老旧小区雨污管网破损渗漏"))
    october = listed(folder, "招商部", 10, WITHOUT_NUMBERS.format("老旧小区雨污管网破损"))
    said(terminal, september)
    draft = said(terminal, october)
    [question] = draft["questions"]
    assert draft["status"] == "draft" and question["key"].startswith("same:")
    answer = f"{question['key']}={question['choices'][0]}"
    published = said(terminal, october, "--answer", answer)
    assert [published[key] for key in ("status", "added", "vanished")] == ["published", 0, 0]
    assert [row["title"] for row in asked(terminal, "items")] == ["老旧小区雨污管网破损"]


def test_vanished_item_counts_until_its_reason_is_answered(
    terminal: Terminal, september: Path, folder: Path
) -> None:
    said(terminal, september)
    rest = "".join(line for line in SEPTEMBER.splitlines(True) if not line.startswith("ZS-2"))
    october = listed(folder, "招商部", 10, rest)
    assert said(terminal, october)["vanished"] == 1
    assert [row["item_key"] for row in asked(terminal, "vanished_items")] == ["ZS-2"]
    terminal.run("undo", 2)
    said(terminal, october, "--answer", "vanished:ZS-2=合并")
    assert asked(terminal, "vanished_items") == []
    [withdrawn] = asked(terminal, "withdrawn_items")
    assert (withdrawn["item_key"], withdrawn["reason"]) == ("ZS-2", "合并")


def test_answer_without_a_key_is_wrong_usage(terminal: Terminal, september: Path) -> None:
    assert terminal.run("import", september, "--answer", "合并") == 2
    assert "KEY=VALUE" in terminal.err
