"""The rules of the house, each read from the files themselves."""

import ast
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import duckdb
import pytest

from manage import ROOT
from tests.house import DOORS, LAYERS, ORDERED_LAYERS

PICTURES = {"plotly_chart", "pydeck_chart", "image", "figure", "picking_figure"}
CLOCK_CALLS = {"now", "today", "utcnow"}
CLOCK_SQL = re.compile(
    r"\b(current_date|current_timestamp|localtimestamp|now\s*\(|today\s*\()", re.IGNORECASE
)
VALUES_SQL = re.compile(
    r"insert\s+into\s+(?!store\.main\.setting\b)[^;]*\bvalues\s*\(", re.IGNORECASE
)
VAGUE_NAMES = {"utils", "helpers", "common", "manager", "misc"}
MACHINE_PATH = re.compile(r"(?<![\w.*])/(tmp|work|root|home)/")
TEXT_SUFFIXES = {".py", ".sql", ".toml", ".md", ".txt", ".sh", ".html"}
SKIPPED_FOLDERS = {".git", ".venv", "__pycache__", "uploads", ".hypothesis"}


def walk(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder that are the repository's own."""
    for path in sorted(folder.iterdir()):
        if path.is_file():
            yield path
        elif path.name not in SKIPPED_FOLDERS:
            yield from walk(path)


OWN_FILES = tuple(walk(ROOT))


def files(*suffixes: str) -> list[Path]:
    """Return the repository's own files with these suffixes."""
    return [path for path in OWN_FILES if path.suffix in suffixes]


def place(path: Path) -> str:
    """Return a file's path inside the repository."""
    return path.relative_to(ROOT).as_posix()


SOURCES = files(".py")
PROGRAM = [
    path for path in SOURCES if place(path).startswith(("tally/", "pages/", "app.py", "manage.py"))
]


@cache
def tree(path: Path) -> ast.Module:
    """Return what a file says; it is parsed once, and only in a worker that asks."""
    return ast.parse(path.read_text("utf-8"))


def imports(path: Path) -> Iterator[str]:
    """Yield the dotted name of all that a file imports, `from a import b` as `a.b`."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function of a file, nested ones too."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def part(path: Path) -> str:
    """Return the part of the house a file belongs to: `store`, `pages`, `app` …"""
    first, *rest = path.relative_to(ROOT).parts
    return Path(rest[0] if first == "tally" and rest else first).stem


def layer(name: str) -> int:
    """Return the layer of a part; a part that no layer names is an error."""
    return next(number for number, parts in enumerate(LAYERS) if name in parts)


def may_import(importer: str, imported: str) -> bool:
    """Tell whether the layers let one part import another."""
    own, other = layer(importer), layer(imported)
    if own != other or importer == imported:
        return other <= own
    parts = LAYERS[own]
    return own in ORDERED_LAYERS and parts.index(imported) < parts.index(importer)


def lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return how many lines a function takes."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_every_part_belongs_to_a_layer() -> None:
    known = {name for parts in LAYERS for name in parts}

    assert {part(path) for path in PROGRAM} - {"__init__"} <= known


def test_part_imports_only_what_lies_below_it() -> None:
    climbs = [
        f"{place(path)} imports {name}"
        for path in PROGRAM
        for name in imports(path)
        if name.startswith("tally.")
        and part(path) != "__init__"
        and not may_import(part(path), name.split(".")[1])
    ]

    assert not climbs, "\n".join(climbs)


@pytest.mark.parametrize("library", sorted(DOORS))
def test_library_comes_in_by_its_one_door(library: str) -> None:
    others = [
        place(path)
        for path in PROGRAM
        if any(name.split(".")[0] == library for name in imports(path))
        and not place(path).startswith(DOORS[library])
    ]

    assert not others, "\n".join(others)


def test_time_comes_only_from_the_clock() -> None:
    askers = [
        f"{place(path)}:{node.lineno}"
        for path in PROGRAM
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CLOCK_CALLS
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"date", "datetime"}
        and place(path) != "tally/clock.py"
    ]
    without_comments = {
        path: re.sub(r"--.*", "", path.read_text("utf-8")) for path in files(".sql")
    }
    askers += [place(path) for path, sql in without_comments.items() if CLOCK_SQL.search(sql)]

    assert not askers, "\n".join(askers)


def test_rows_go_into_the_store_by_arrow_and_never_one_by_one() -> None:
    by_ones = [
        f"{place(path)}:{node.lineno}"
        for path in PROGRAM
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr == "executemany"
    ]
    by_ones += [place(path) for path in files(".sql") if VALUES_SQL.search(path.read_text("utf-8"))]

    assert not by_ones, "\n".join(by_ones)


def test_module_name_says_what_is_in_it() -> None:
    assert [place(path) for path in SOURCES if path.stem in VAGUE_NAMES] == []


def test_file_has_at_most_300_lines() -> None:
    counts = {place(path): len(path.read_text("utf-8").splitlines()) for path in SOURCES}

    assert {path: count for path, count in counts.items() if count > 300} == {}


def test_function_has_at_most_50_lines_and_half_of_them_at_most_10() -> None:
    long = [
        f"{place(path)} {node.name}"
        for path in SOURCES
        for node in functions(path)
        if lines(node) > 50
    ]

    assert not long, "\n".join(long)
    assert statistics.median(lines(node) for path in PROGRAM for node in functions(path)) <= 10


def test_frame_is_named_for_its_rows() -> None:
    named_df = [
        f"{place(path)}:{node.lineno}"
        for path in SOURCES
        for node in ast.walk(tree(path))
        if (isinstance(node, ast.Name) and node.id == "df")
        or (isinstance(node, ast.arg) and node.arg == "df")
    ]

    assert not named_df, "\n".join(named_df)


def test_picture_is_never_shown_without_words_for_who_cannot_see_it() -> None:
    silent = [
        f"{place(path)}:{node.lineno}"
        for path in PROGRAM
        # Charts are drawn there, not shown; the rivals of the bench are pages that only it opens.
        if not place(path).startswith(("tally/charts/", "tally/bench/rivals/"))
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", getattr(node.func, "id", "")) in PICTURES
        and not any(word.arg == "alt" and not is_empty(word.value) for word in node.keywords)
    ]

    assert not silent, "\n".join(silent)


def is_empty(node: ast.expr) -> bool:
    """Tell whether an expression is an empty text, or none."""
    return isinstance(node, ast.Constant) and not node.value


def test_our_own_parts_are_never_mocked() -> None:
    mocking = [
        place(path)
        for path in SOURCES
        if any(name.startswith(("unittest.mock", "mock.")) for name in imports(path))
    ]

    assert not mocking, "\n".join(mocking)


def test_no_path_of_somebodys_machine_is_written_down() -> None:
    found = [
        f"{place(path)}:{number}"
        for path in files(*TEXT_SUFFIXES)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if MACHINE_PATH.search(line)
    ]

    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "path",
    [path for path in files(".sql") if path.parent.name in {"queries", "rules"}],
    ids=lambda path: path.stem,
)
def test_question_is_one_select(path: Path) -> None:
    statements = duckdb.extract_statements(path.read_text("utf-8"))

    assert [statement.type for statement in statements] == [duckdb.StatementType.SELECT]


def test_code_is_clean_for_the_linter() -> None:
    ruff = [sys.executable, "-m", "ruff", "check", "--no-cache", "--output-format=concise"]
    result = subprocess.run(ruff, cwd=ROOT, capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stdout
