"""The boundaries in `data/geo/` fit the packs and the samples' points."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from data.campaigns.sampling.huaihua_items import PARK
from data.campaigns.sampling.places import is_inside, rings
from tally.packs import packs

GEO_FOLDER = Path(__file__).resolve().parents[2] / "data" / "geo"
MAPPED = [pack for pack in packs().values() if pack.map]


def features(file_name: str) -> list[dict[str, Any]]:
    """Return the features of a file in `data/geo/`."""
    return json.loads((GEO_FOLDER / file_name).read_text("utf-8"))["features"]


@pytest.mark.parametrize("pack", MAPPED, ids=lambda pack: pack.slug)
def test_boundaries_name_exactly_the_communities_of_the_pack(pack: Any) -> None:
    drawn = {f["properties"]["name"] for f in features(pack.map.boundaries)}
    assert drawn == {community.name for community in pack.communities}


@pytest.mark.parametrize("pack", MAPPED, ids=lambda pack: pack.slug)
def test_boundary_codes_are_the_division_codes_of_the_pack(pack: Any) -> None:
    codes = {community.name: community.code for community in pack.communities}
    for feature in features(pack.map.boundaries):
        name, code = feature["properties"]["name"], feature["properties"]["code"]
        assert codes[name] == code.ljust(12, "0")


@pytest.mark.parametrize("pack", MAPPED, ids=lambda pack: pack.slug)
def test_every_ring_is_closed(pack: Any) -> None:
    for feature in (*features(pack.map.boundaries), *features(pack.map.outline)):
        shape = feature["geometry"]
        polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        for polygon in polygons:
            for ring in polygon:
                assert ring[0] == ring[-1]
                assert len(ring) >= 4


def test_schematic_communities_lie_inside_the_real_district() -> None:
    (district,) = [
        f for f in features("xiangshan-outline.geojson") if f["properties"]["role"] == "home"
    ]
    outer = district["geometry"]["coordinates"][0]
    for name, ring in rings("xiangshan.geojson").items():
        middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in pairwise(ring)]
        assert all(is_inside(*place, outer) for place in (*ring, *middles)), name


def test_schematic_boundaries_say_so() -> None:
    schematic = [pack for pack in MAPPED if pack.map.is_schematic]
    assert [pack.slug for pack in schematic] == ["xiangshan"]
    assert all("示意" in pack.map.note for pack in schematic)


@pytest.mark.parametrize("district", sorted(PARK))
def test_invented_points_of_huaihua_lie_in_the_district_they_name(district: str) -> None:
    assert all(is_inside(*corner, rings("huaihua.geojson")[district]) for corner in PARK[district])
