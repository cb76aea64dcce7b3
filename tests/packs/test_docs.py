"""The two pages on packs name every list, key, rhythm and ledger of the notation, and no other."""

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from tally.packs import (
    AXES,
    FREQUENCIES,
    MEASURES,
    POWERS,
    PROVING,
    RHYTHMS,
    SUBJECTS,
    Duty,
    Proof,
)
from tally.packs.indicators import LINES
from tally.packs.model import Campaign
from tally.packs.reading import LISTS, SINGLE

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = [DOCS / "packs.md", DOCS / "packs.zh-CN.md"]
KINDS = {"campaign": Campaign, **SINGLE, **LISTS}


def row_of(page: str, key: str) -> str:
    """Return the table row of a list."""
    [row] = [line for line in page.splitlines() if re.match(rf"\| `\[+{key}\]+` ", line)]
    return row


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_list_has_a_row_with_its_keys(path: Path) -> None:
    page = path.read_text("utf-8")
    for key, kind in KINDS.items():
        row = row_of(page, key)
        if kind is Duty:
            continue
        known = {field.name for field in fields(kind)}
        named = {word for word in re.findall(r"`(\w+)`", row.split("|")[3]) if word.islower()}
        assert known <= named, (key, known - named)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_word_of_the_duty_notation_is_explained(path: Path) -> None:
    page = path.read_text("utf-8")
    duty_part = page[page.index("met_by") :] + page
    keys = [field.name for field in (*fields(Duty), *fields(Proof))]
    for word in (*keys, *SUBJECTS, *RHYTHMS, *PROVING):
        assert f"`{word}`" in duty_part or f"{word} = " in duty_part, word
    for one in PROVING.values():
        assert all(word in page for word in one.filled)
    assert all(word in page for word in (*AXES, *POWERS, *MEASURES, *FREQUENCIES, *LINES))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_examples_are_right_toml_of_known_keys(path: Path) -> None:
    examples = re.findall(r"```toml\n(.*?)```", path.read_text("utf-8"), re.DOTALL)
    for key, count in {"duties": 5, "rules": 1}.items():
        entries = [one for example in examples for one in tomllib.loads(example).get(key, ())]
        assert len(entries) == count
        known = {field.name for field in fields(LISTS[key])}
        assert all(set(entry) <= known for entry in entries)


def bones(path: Path) -> list[str]:
    """Return the examples without their comments, and the first word of each table row."""
    text = path.read_text("utf-8")
    examples = re.sub(r"#.*", "", "".join(re.findall(r"```.*?```", text, re.DOTALL)))
    return [line.rstrip() for line in examples.splitlines()] + re.findall(
        r"(?m)^\| (`[^`]+`)", text
    )


def test_both_pages_have_the_same_examples_and_tables() -> None:
    english, chinese = (bones(path) for path in PAGES)
    assert english == chinese
