"""Every value of a pack is cited, public, the office's own, or marked 演示数据."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tally.packs import CAMPAIGNS_FOLDER, DEMO

SEEDS_FOLDER = Path(__file__).resolve().parents[3] / "shared" / "seeds"
CITED = re.compile(r"S[1-5] .*「[^」]+」")
PUBLIC = re.compile(r"公开资料 \S+")
FILES = sorted(CAMPAIGNS_FOLDER.glob("*/*.toml"))
# What a table may hold under its own source: the numbers of a rule, which `limit_source` is about.
OWN_TABLES = {"limits"}


def tables(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each table of the file with its place, down to those nested in lists."""
    for key, value in tomllib.loads(path.read_text("utf-8")).items():
        for position, table in enumerate(value if isinstance(value, list) else [value], start=1):
            yield f"{path.parent.name}/{path.name} {key}[{position}]", table


def squeezed(text: str) -> str:
    """Return the text without any white space."""
    return re.sub(r"\s", "", text)


def is_kind_of_source(source: str) -> bool:
    """Whether the source is a citation, a public source, the office itself or demonstration."""
    return bool(CITED.match(source) or PUBLIC.match(source)) or source in (DEMO, "本级自定")


@pytest.mark.parametrize(
    ("source", "is_source"),
    [
        ("S1 三.3「积极争先进位（8月至12月）」", True),
        ("公开资料 天地图", True),
        ("本级自定", True),
        ("演示数据", True),
        ("S1 三.3", False),
        ("据说", False),
        ("", False),
    ],
)
def test_source_is_known_by_its_form(source: str, is_source: bool) -> None:
    assert is_kind_of_source(source) is is_source


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_value_stands_in_a_table_with_a_source(path: Path) -> None:
    for place, table in tables(path):
        assert isinstance(table, dict), f"{place} is a bare value"
        nested = [
            key for key, value in table.items() if isinstance(value, dict) and key not in OWN_TABLES
        ]
        assert nested == [], f"{place} nests {nested} under a source that is not its own"
        assert is_kind_of_source(table.get("source", "")), place
        assert is_kind_of_source(table.get("due_source", DEMO)), place


@pytest.mark.skipif(not SEEDS_FOLDER.is_dir(), reason="needs ../shared/seeds")
@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_quotation_is_in_the_document(path: Path) -> None:
    for place, table in tables(path):
        document = re.match(r"S([1-5]) ", table["source"])
        if not document:
            continue
        (seed,) = SEEDS_FOLDER.glob(f"{document[1]}-*.txt")
        text = squeezed(seed.read_text("utf-8"))
        for quotation in re.findall(r"「([^」]+)」", table["source"]):
            assert squeezed(quotation) in text, f"{place}: {quotation}"


# How each annex writes a name beside its posts, and how many it lists.
MEMBERS = {
    "1": (r"(?:：|\n)([\u4e00-\u9fff]\s*[\u4e00-\u9fff]{1,2})\s{2}(?:党工委|管委会|\S+部)", 13),
    "5": (r"(?:：|\n)\s*([\u4e00-\u9fff]\s*[\u4e00-\u9fff]{1,2})\s{2}园区", 10),
}


@pytest.mark.skipif(not SEEDS_FOLDER.is_dir(), reason="needs ../shared/seeds")
@pytest.mark.parametrize("document", sorted(MEMBERS))
def test_no_member_of_a_leading_group_is_named_in_a_pack(document: str) -> None:
    (seed,) = SEEDS_FOLDER.glob(f"{document}-*.txt")
    member, count = MEMBERS[document]
    named = {squeezed(name) for name in re.findall(member, seed.read_text("utf-8"))}
    assert len(named) == count, f"the annex of S{document} lists {count} members"
    texts = [*FILES, *CAMPAIGNS_FOLDER.glob("sampling/titles/*.csv")]
    written = "".join(path.read_text("utf-8") for path in texts)
    assert [name for name in sorted(named) if name in written] == []
