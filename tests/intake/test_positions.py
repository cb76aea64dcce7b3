"""Coordinates are kept in WGS-84, whatever datum the head or the pack names."""

import pytest

from tally.intake.cells.positions import datum_of
from tally.packs import packs
from tests.intake.samples import PROBLEM_HEADERS, only_row, problem, reading_of

# GCJ-02 and BD-09 stand some hundred metres off here; WGS-84 does not move at all.
SHIFT_DEGREES = 0.0005


@pytest.mark.parametrize(
    ("head", "is_moved"),
    [("经度", False), ("经度（GCJ-02）", True), ("经度（百度）", True), ("经度（WGS-84）", False)],
)
def test_read_converts_from_the_datum_that_the_head_names(head: str, is_moved: bool) -> None:
    title = ("问题台账（2022年9月）",)
    row = only_row(
        reading_of(
            title, (*PROBLEM_HEADERS, head, "纬度"), (*problem(1), 116.80, 33.95),
            campaign="xiangshan",
        )
    )  # fmt: skip
    shift = abs(row["longitude"] - 116.80)
    assert (shift > SHIFT_DEGREES) is is_moved
    assert shift < 0.02


def test_datum_is_the_packs_where_the_head_names_none() -> None:
    assert datum_of("经度", packs()["huaihua"]) == "GCJ-02"
    assert datum_of("经度（天地图）", packs()["huaihua"]) == "WGS-84"
