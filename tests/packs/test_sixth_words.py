"""The sixth pack uses every list, key and word a pack can hold: what it lacks, no test tries."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import pytest

from tally.packs import (
    AXES,
    FREQUENCIES,
    MEASURES,
    POWERS,
    PROVING,
    RHYTHMS,
    SUBJECTS,
    Pack,
    Proof,
    read_pack,
)
from tally.packs.indicators import DIRECTIONS, LINES
from tally.packs.reading import LISTS
from tests.packs.test_sixth_pack import SIXTH


@pytest.fixture(scope="module")
def pack() -> Pack:
    """The pack as its folder has it."""
    return read_pack(SIXTH)


def said(entry: Any) -> Mapping[str, Any]:
    """Return the keys of an entry that say something."""
    return {key: value for key, value in vars(entry).items() if value not in (None, "", (), 0)}


@pytest.mark.parametrize("key", sorted(LISTS))
def test_pack_uses_every_key_of_every_list(pack: Pack, key: str) -> None:
    used = {word for entry in getattr(pack, key) for word in said(entry)}
    assert used == {one.name for one in fields(LISTS[key])}


def test_pack_has_a_map() -> None:
    assert read_pack(SIXTH).map


def test_pack_uses_every_word_of_its_structure(pack: Pack) -> None:
    assert {one.axis for one in pack.classes} == set(AXES)
    assert {power for organ in pack.organs for power in organ.powers} == set(POWERS)


def test_pack_uses_every_word_of_its_duties(pack: Pack) -> None:
    proofs: list[Proof] = [proof for duty in pack.duties for proof in duty.met_by]
    assert {duty.subjects for duty in pack.duties} == set(SUBJECTS)
    assert {duty.every for duty in pack.duties} == set(RHYTHMS)
    assert {proof.ledger for proof in proofs} == set(PROVING)
    assert {proof.ledger for proof in proofs if proof.kind} == {
        ledger for ledger, proving in PROVING.items() if proving.kinds
    }
    assert {(proof.ledger, proof.filled) for proof in proofs if proof.filled} == {
        (ledger, column) for ledger, proving in PROVING.items() for column in proving.filled
    }


def test_pack_uses_every_word_of_its_indicators(pack: Pack) -> None:
    assert {one.measure for one in pack.indicators} == set(MEASURES)
    assert {one.frequency for one in pack.indicators} == set(FREQUENCIES)
    assert {one.direction for one in pack.indicators} == set(DIRECTIONS)
    assert {one.line for one in pack.growth_lines} == set(LINES)
