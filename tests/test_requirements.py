"""What is installed is what was locked: each package at one version, by the hashes of its files."""

import ast
import importlib.metadata
import itertools
import re
import sys
from pathlib import Path

import pytest

from manage import REQUIREMENTS, ROOT, needed

PURPOSES = {
    "run": ROOT / "requirements.txt",
    "cluster": ROOT / "requirements-cluster.txt",
    "test": ROOT / "requirements-dev.txt",
}
PINNED = re.compile(r"([\w.-]+)==([\w.]+)")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")
# Rivals that a timing measures where somebody installed them.
OPTIONAL = {"polars", "dash"}
OWN = {"tally", "tests", "pages", "manage", "data"}


def normal(name: str) -> str:
    """Return a package's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned(path: Path) -> dict[str, str]:
    """Return the versions that a file of requirements asks for, by package."""
    return {normal(name): version for name, version in PINNED.findall(path.read_text("utf-8"))}


def locked(purpose: str) -> dict[str, str]:
    """Return the versions that are installed for a purpose, by package."""
    return {
        name: version for path in REQUIREMENTS[purpose] for name, version in pinned(path).items()
    }


def imported(*roots: str) -> set[str]:
    """Return the top names of all that the files below these places import."""
    places = [ROOT / root for root in roots]
    paths = [
        path for place in places for path in ([place] if place.is_file() else place.rglob("*.py"))
    ]
    found = set()
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.partition(".")[0])
    return found - set(sys.stdlib_module_names) - OWN - OPTIONAL


@pytest.mark.parametrize("purpose", PURPOSES)
def test_every_requirement_is_locked_at_its_version(purpose: str) -> None:
    wanted = pinned(PURPOSES[purpose])

    assert wanted
    assert wanted.items() <= locked(purpose).items()


@pytest.mark.parametrize("path", REQUIREMENTS["test"], ids=lambda path: path.name)
def test_every_locked_package_has_hashes_and_no_address(path: Path) -> None:
    lines = path.read_text("utf-8").replace("\\\n", " ").splitlines()
    packages = [line for line in lines if line and not line.startswith(("#", "-"))]

    assert len(packages) >= 5
    assert [line for line in packages if not PINNED.match(line) or not HASH.search(line)] == []
    # An address would send whoever installs to one server, wherever that machine stands.
    assert "://" not in path.read_text("utf-8")
    assert [line for line in lines if re.match(r"--?(i|f|index|extra|find)", line)] == []


def test_no_lock_says_again_what_another_says() -> None:
    locks = REQUIREMENTS["test"]
    named = [name for path in locks for name in pinned(path)]

    assert len(named) == len(set(named))
    for before, path in itertools.pairwise(locks):
        assert path.read_text("utf-8").count(f"-r {before.name}") == 1


@pytest.mark.parametrize(
    ("purpose", "roots"),
    [("run", ("tally", "pages", "app.py")), ("test", ("tests", "docs", "data"))],
)
def test_every_library_that_is_imported_is_a_requirement(
    purpose: str, roots: tuple[str, ...]
) -> None:
    """By name: what another package happens to bring along may be gone with its next version."""
    wanted = {
        name for path in list(PURPOSES.values())[: 2 + (purpose == "test")] for name in pinned(path)
    }
    owners = importlib.metadata.packages_distributions()
    needed = {top: {normal(name) for name in owners[top]} for top in imported(*roots)}
    # The timing of pages drives what the tests drive.
    bench = pinned(PURPOSES["test"]).keys() if purpose == "run" else set()

    assert len(needed) > 10
    assert [top for top, names in needed.items() if not names & (wanted | bench)] == []


def test_only_timing_imports_what_only_tests_have() -> None:
    only_tests = pinned(PURPOSES["test"]).keys() - locked("run").keys()
    parts = [
        path.name
        for path in (ROOT / "tally").iterdir()
        if path.name not in ("bench", "__pycache__")
    ]
    owners = importlib.metadata.packages_distributions()
    tops = imported("pages", "app.py", *(f"tally/{part}" for part in parts))

    assert {top for top in tops if {normal(name) for name in owners[top]} <= only_tests} == set()


@pytest.mark.parametrize(
    ("words", "purpose"),
    [
        (["campaigns"], "run"),
        (["campaigns", "--store", "ducklake:postgres:host=a?data=/b"], "cluster"),
        (["migrate-store", "--to=ducklake:postgres:host=a?data=/b"], "cluster"),
    ],
)
def test_command_on_a_shared_store_takes_what_that_needs(words: list[str], purpose: str) -> None:
    assert needed(words) == purpose
