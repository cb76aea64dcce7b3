"""`docs/mechanisms.md`: every mechanism of the families built has its page, question and test."""

import ast
import re

import pytest

from manage import ROOT

BUILT = [
    *(f"A{number}" for number in range(1, 16)),
    *(f"B{number}" for number in range(1, 20)),
    *(f"C{number}" for number in range(1, 16)),
    *(f"D{number}" for number in range(1, 23)),
    *(f"E{number}" for number in range(1, 14)),
    *("F4", "F5", "G1", "G2"),
]
FOLDERS = {"page": "pages", "question": "queries", "test": "tests"}
LANGUAGES = ("mechanisms.md", "mechanisms.zh-CN.md")


def rows(name: str) -> dict[str, list[str]]:
    """Return the cells of each mechanism's row, its ID first."""
    lines = (ROOT / "docs" / name).read_text("utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {row[0]: row for row in cells if re.fullmatch(r"[A-G]\d+", row[0])}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_mechanism_built_has_a_row_with_nothing_blank(language: str) -> None:
    found = rows(language)
    assert list(found) == BUILT
    assert [row[0] for row in found.values() if len(row) != 5 or "" in row] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_question_and_test_of_a_mechanism_exist(language: str) -> None:
    missing = [
        f"{mechanism}: {folder}/{name}"
        for mechanism, (_, _, *cells) in rows(language).items()
        for folder, cell in zip(FOLDERS.values(), cells, strict=True)
        for name in re.findall(r"`([^`]+)`", cell)
        if not (ROOT / folder / name).exists()
    ]
    assert missing == []


def docstrings(name: str) -> str:
    """Return what a test file and its tests say they are about."""
    tree = ast.parse((ROOT / "tests" / name).read_text("utf-8"))
    tests = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    return "\n".join(ast.get_docstring(node) or "" for node in (tree, *tests))


def test_test_of_a_mechanism_names_it_by_itself() -> None:
    """Whoever looks for a mechanism finds it in the test that shows it; a range shows none."""
    silent = [
        f"{mechanism}: {name}"
        for mechanism, row in rows(LANGUAGES[0]).items()
        for name in re.findall(r"`([^`]+)`", row[4])
        if not re.search(rf"(?<![–-])\b{mechanism}\b(?![–-])", docstrings(name))
    ]
    assert silent == []
