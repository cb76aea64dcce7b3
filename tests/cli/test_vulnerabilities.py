"""Known gaps of what is installed, by a list of OSV's form that was carried in (D2 of 等保)."""

import json
import zipfile
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from packaging.version import Version

from tally.cli import main
from tally.safekeeping.vulnerabilities import ListUnreadable, compared, installed

Record = dict[str, Any]


def record(name: str, package: str, **affected: Any) -> Record:
    """Return one made-up vulnerability of a package, as OSV writes it."""
    about = {"package": {"ecosystem": "PyPI", "name": package}, **affected}
    modified = "2026-11-20T08:00:00Z"
    return {"id": name, "modified": modified, "summary": "虚构的漏洞", "affected": [about]}


def between(*events: Mapping[str, str]) -> dict[str, Any]:
    """Return a range of versions by its events."""
    return {"ranges": [{"type": "ECOSYSTEM", "events": list(events)}]}


def written(path: Path, *records: Record) -> Path:
    """Write a list of these records."""
    with zipfile.ZipFile(path, "w") as archive:
        for one in records:
            archive.writestr(f"{one['id']}.json", json.dumps(one, ensure_ascii=False))
    return path


@pytest.mark.parametrize(
    ("affected", "is_found"),
    [
        ({"versions": ["1.9", "2.0"]}, True),
        ({"versions": ["2.0.0"]}, True),
        ({"versions": ["1.9", "made-up"]}, False),
        (between({"introduced": "0"}), True),
        (between({"introduced": "0"}, {"fixed": "2.0"}), False),
        (between({"introduced": "0"}, {"fixed": "2.0.1"}), True),
        (between({"introduced": "2.1"}), False),
        (between({"introduced": "1.0"}, {"last_affected": "2.0"}), True),
        (between({"introduced": "1.0"}, {"last_affected": "1.9"}), False),
        # Mended once, broken again.
        (
            between({"introduced": "0"}, {"fixed": "1.2"}, {"introduced": "1.9"}, {"fixed": "2.5"}),
            True,
        ),
        ({"ranges": [{"type": "GIT", "events": [{"introduced": "0"}]}]}, False),
    ],
)
def test_version_is_affected_as_the_list_says(
    tmp_path: Path, affected: dict[str, Any], is_found: bool
) -> None:
    path = written(tmp_path / "all.zip", record("GHSA-1", "Some_Package", **affected))
    said = compared(path, {"some-package": Version("2.0")})
    assert bool(said.found) == is_found


def test_gap_is_told_once_with_where_it_is_mended_and_one_withdrawn_not_at_all(
    tmp_path: Path,
) -> None:
    events = between({"introduced": "0"}, {"fixed": "2.1"})
    same = [
        {**record(name, "one", **events), "aliases": ["CVE-2026-1"]}
        for name in ("GHSA-1", "PYSEC-1")
    ]
    gone = {**record("GHSA-2", "one", **events), "withdrawn": "2026-11-01T00:00:00Z"}
    elsewhere = record("GHSA-3", "one", **events)
    elsewhere["affected"][0]["package"]["ecosystem"] = "npm"
    path = written(tmp_path / "all.zip", *same, gone, elsewhere)

    said = compared(path, {"one": Version("2.0"), "two": Version("1.0")})

    assert [(one.name, one.fixed_in) for one in said.found] == [("CVE-2026-1", ("2.1",))]
    assert (said.package_count, said.record_count) == (2, 4)


def test_what_is_installed_is_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert installed()["duckdb"] == Version(version("duckdb"))
    path = written(tmp_path / "all.zip", record("GHSA-1", "DuckDB", **between({"introduced": "0"})))
    clean = written(
        tmp_path / "clean.zip", record("GHSA-1", "not-here", **between({"introduced": "0"}))
    )

    assert main(["vulnerabilities", str(path), "--home", str(tmp_path)]) == 1
    told = capsys.readouterr().out
    assert "duckdb" in told and version("duckdb") in told and "尚无" in told
    assert main(["vulnerabilities", str(clean), "--home", str(tmp_path)]) == 0
    assert "没有已知漏洞" in capsys.readouterr().out


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"{}"])
def test_file_that_is_no_list_is_refused_with_a_sentence(
    tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "all.zip"
    path.write_bytes(content)
    assert main(["vulnerabilities", str(path), "--home", str(tmp_path)]) == 2
    assert "不是 OSV 的漏洞清单" in capsys.readouterr().err


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: written(path, {"id": "x", "modified": "2026-11-20", "affected": ["one"]}),
        lambda path: path.write_bytes(damaged(path)),
    ],
)
def test_list_with_another_content_is_refused(
    tmp_path: Path, spoil: Callable[[Path], object]
) -> None:
    spoil(tmp_path / "all.zip")
    with pytest.raises(ListUnreadable, match="不是 OSV"):
        compared(tmp_path / "all.zip", {})


def damaged(path: Path) -> bytes:
    """Return a packed list with a byte of its record's packed content changed."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x.json", json.dumps({"modified": "2026-11-20", "details": "长" * 999}))
    content = bytearray(path.read_bytes())
    content[36] ^= 0xFF
    return bytes(content)


def test_list_without_records_says_that_nothing_is_known_of_anything(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("readme.txt", "空")
    with pytest.raises(ListUnreadable, match="没有漏洞记录"):
        compared(tmp_path / "all.zip", {})
    written(tmp_path / "other.zip", {"id": "x"})
    with pytest.raises(ListUnreadable, match="不是 OSV"):
        compared(tmp_path / "other.zip", {})
