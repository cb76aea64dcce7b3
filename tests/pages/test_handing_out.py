"""Files that pages hand out: recorded and marked when taken, and by one way only."""

import ast
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest

from manage import ROOT
from tally.board import handing_out
from tally.notices.official import blank_document, saved
from tally.registry import Event, RegistryUnusable, registry_of
from tally.registry.looking_up import Wanted, records
from tally.registry.seals import seals_path
from tally.submissions.originals import sha256_of
from tally.viewers import Role, Viewer, acts

CLERK = Viewer("banshi", frozenset({Role.OFFICE}), address="10.0.0.8")


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Callable[[], bytes]]:
    """Draw the button of a document; return what Streamlit calls when it is clicked."""
    made: list[Callable[[], bytes]] = []
    monkeypatch.setattr(
        handing_out.st, "download_button", lambda label, data, **rest: made.append(data)
    )

    def offer(**about: Any) -> Callable[[], bytes]:
        with acts(CLERK):
            handing_out.hand_out(
                *("下载", lambda: saved(blank_document()), "通报.docx"),
                **{"key": "get", "thing": "通报", "campaign": "xiangshan", **about},
            )
        return made[-1]

    return offer


def headers(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    return "".join(line.text for line in document.sections[0].header.paragraphs)


def test_file_that_is_taken_is_marked_and_recorded_for_who_takes_it(
    empty_home: Path, offered: Callable[..., Callable[[], bytes]]
) -> None:
    make = offered()
    registry = registry_of(empty_home)
    assert records(registry, Wanted(events=(Event.EXPORT,))) == []
    content = make()
    assert headers(content).startswith("banshi　20")
    [record] = records(registry, Wanted(events=(Event.EXPORT,)))
    assert (record["account"], record["address"], record["name"]) == (
        "banshi",
        "10.0.0.8",
        "通报.docx",
    )
    assert (record["campaign"], record["sha256"]) == ("xiangshan", sha256_of(content))


def test_evidence_and_files_of_a_campaign_without_watermark_are_not_marked(
    empty_home: Path, offered: Callable[..., Callable[[], bytes]]
) -> None:
    assert headers(offered(is_marked=False)()) == ""


def test_file_that_cannot_be_recorded_is_not_handed_out(
    empty_home: Path, offered: Callable[..., Callable[[], bytes]]
) -> None:
    make = offered()
    make()
    path = seals_path(empty_home)
    path.unlink()
    path.mkdir()
    with pytest.raises(RegistryUnusable):
        make()


def test_files_leave_pages_by_one_way_only() -> None:
    found = {
        file.relative_to(ROOT).as_posix()
        for folder in ("tally", "pages")
        for file in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "download_button"
    }
    assert found == {"tally/board/handing_out.py"}
