"""Bubbles, hexagons and tiles of the community map."""

import json
import re

import pytest

from tally.maps import community_map
from tally.palette import palette, rgb
from tests.map_rows import (
    TWO,
    areas_of,
    layers_of,
    point_rows,
    progress_rows,
    properties_of,
)


def test_bubbles_have_room_by_count_and_colour_by_step() -> None:
    rows = progress_rows({"overdue_count": 1}, {"overdue_count": 4}, names=TWO)
    layers = layers_of(community_map(rows, areas_of(*TWO), theme="light", layer="bubbles"))
    large, small = layers["bubbles"]["data"]
    assert (large["name"], small["name"]) == ("王店社区", "河北社区")
    assert large["radius"] == 2 * small["radius"]
    assert large["fill"] == rgb(palette("light").sequential[6])
    assert layers["communities"]["getFillColor"] == rgb(palette("light").bg)
    assert "points" not in layers


def test_bubbles_of_a_rate_have_room_by_what_it_is_a_rate_of() -> None:
    rows = progress_rows({"due_count": 90, "closed_share": 0.5}, {"due_count": 0}, names=TWO)
    deck = community_map(rows, areas_of(*TWO), theme="light", layer="bubbles", measure="closed")
    [bubble] = layers_of(deck)["bubbles"]["data"]
    assert bubble["name"] == "河北社区"


def test_few_points_become_hexagons_and_many_give_way_to_fills_when_asked() -> None:
    asked = {"theme": "light", "points": point_rows(3)}
    rows = progress_rows({}, {}, names=TWO)
    few = layers_of(community_map(rows, areas_of(*TWO), layer="hexagons", **asked))
    assert "hexagons" in few and "points" not in few
    many = community_map(
        rows, areas_of(*TWO), layer="areas", **(asked | {"points": point_rows(400)})
    )
    assert layers_of(many)["communities"]["getFillColor"] == "@@=properties.fill"
    assert {"hexagons", "points"} & set(layers_of(many)) == set()


@pytest.mark.parametrize(
    "screen",
    [
        {"width_px": 2264, "height_px": 1280, "scale": 2.0},
        {"width_px": 2500, "height_px": 900, "scale": 1.5},
    ],
)
def test_the_same_places_share_a_hexagon_on_every_screen(screen: dict[str, float]) -> None:
    rows, points = progress_rows({}, {}, names=TWO), point_rows(400)
    desk, other = (
        layers_of(community_map(rows, areas_of(*TWO), theme="light", points=points, **size))
        for size in ({}, screen)
    )
    assert other["hexagons"]["data"] == desk["hexagons"]["data"]


def test_tiles_come_from_the_named_server_alone_and_are_seen_through_the_areas() -> None:
    address = "http://10.0.0.8/{z}/{x}/{y}.png"
    deck = community_map(
        progress_rows({"overdue_count": 2}, {}, names=TWO),
        areas_of(*TWO),
        theme="light",
        tiles=address,
    )
    spec = json.loads(deck.to_json())
    [style] = spec["mapStyle"]
    assert style["sources"]["tiles"]["tiles"] == [address]
    assert set(re.findall(r"https?://[^/\"]+", deck.to_json())) == {"http://10.0.0.8"}
    assert [len(known["fill"]) for known in properties_of(deck).values()] == [4, 4]
