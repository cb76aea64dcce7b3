"""What docs/security.md says is shown by tests that exist, in both languages alike."""

import ast
import re
from pathlib import Path

import pytest

from manage import ROOT

DOCS = (ROOT / "docs" / "security.md", ROOT / "docs" / "security.zh-CN.md")
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
LINES = [
    *("A1", "A2", "A3", "A4★", "B1", "B2", "B3", "B4★", "B5★", "C1", "C2", "C3", "C4★", "C5"),
    *("D1", "D2", "D3", "E1★", "E2★", "F1", "F2", "G1", "H1"),
]
FAULT_COUNT = 15


@pytest.mark.parametrize("doc", DOCS, ids=lambda path: path.name)
def test_every_test_that_is_named_exists(doc: Path) -> None:
    named = NAMED.findall(doc.read_text("utf-8"))
    missing = []
    for path, name in named:
        tree = ast.parse((ROOT / path).read_text("utf-8")) if (ROOT / path).is_file() else None
        nodes = ast.walk(tree) if tree else ()
        if not any(isinstance(node, ast.FunctionDef) and node.name == name for node in nodes):
            missing.append(f"{path}::{name}")

    assert len(named) > 80
    assert missing == []


@pytest.mark.parametrize("doc", DOCS, ids=lambda path: path.name)
def test_every_line_of_the_checklist_is_answered_and_every_fault_has_a_test(doc: Path) -> None:
    rows = [line.split(" | ") for line in doc.read_text("utf-8").splitlines() if "::" in line]
    lines = [row[0].removeprefix("| ") for row in rows if len(row) == 4]

    assert lines == LINES
    assert len([row for row in rows if len(row) == 3]) == FAULT_COUNT


def test_both_languages_name_the_same_tests_in_the_same_order() -> None:
    english, chinese = (NAMED.findall(doc.read_text("utf-8")) for doc in DOCS)

    assert english == chinese
