"""Boundaries of the map: put in force, replaced, taken back; the tile server's address."""

import json

import pytest

from tally.submissions import (
    CannotDraw,
    origin_of,
    put_in_force,
    remove_campaign,
    set_tile_server,
    take_boundary_back,
    tile_server,
)
from tests.office import SLUG, Office, assert_answer

NOTHING = {"type": "FeatureCollection", "features": []}


def features(name: str) -> dict:
    """Return one area of that name."""
    ring = [[116.7, 33.9], [116.8, 33.9], [116.8, 34.0], [116.7, 33.9]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    return {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "properties": {"name": name}, "geometry": shape}],
    }


def drawn(office: Office, **asked: object) -> list[str]:
    """Return the names of the areas that the map draws."""
    rows = office.ask("map_boundary", **asked)
    return [f["properties"]["name"] for row in rows for f in json.loads(row["geojson"])["features"]]


def put(office: Office, name: str, **more: str) -> int:
    """Put an area of that name in force."""
    given = {"file": f"{name}.geojson", "sha256": name, "datum": "GCJ-02"} | more
    return put_in_force(office.database, SLUG, features(name), **given)


def test_boundary_put_in_force_is_drawn_and_the_one_before_returns(office: Office) -> None:
    assert drawn(office) == []
    first = put(office, "旧界", approval_number=" 示例审图号 ")
    between = office.now()
    second = put(office, "新界")
    assert drawn(office) == ["新界"]
    take_boundary_back(office.database, SLUG)
    assert drawn(office) == ["旧界"]
    assert drawn(office, known_at=between) == ["旧界"]
    assert_answer(
        [row for row in office.ask("boundaries") if row["boundary"] >= first],
        f"""
        boundary | file         | level     | datum  | area_count | status
        {second} | 新界.geojson | community | GCJ-02 | 1          | taken back
        {first}  | 旧界.geojson | community | GCJ-02 | 1          | in force
        """,
    )
    [row] = office.ask("map_boundary")
    assert row["approval_number"] == "示例审图号"
    take_boundary_back(office.database, SLUG)
    assert drawn(office) == []
    with pytest.raises(CannotDraw, match="没有上传过"):
        take_boundary_back(office.database, SLUG)


def test_what_was_drawn_then_is_still_known(office: Office) -> None:
    put(office, "甲界")
    while_in_force = office.now()
    statuses = [row["status"] for row in office.ask("boundaries", known_at=while_in_force)]
    take_boundary_back(office.database, SLUG)
    assert drawn(office, known_at=while_in_force)[-1] == "甲界"
    assert statuses[0] == "in force"
    assert [r["status"] for r in office.ask("boundaries", known_at=while_in_force)] == statuses


def test_boundaries_stay_when_a_campaigns_data_are_removed(office: Office) -> None:
    put(office, "丙界")
    remove_campaign(office.database, SLUG)
    assert drawn(office) == ["丙界"]
    take_boundary_back(office.database, SLUG)


@pytest.mark.parametrize("given", [{"features": NOTHING}, {"level": "country"}])
def test_boundary_of_nothing_or_of_a_country_is_refused(office: Office, given: dict) -> None:
    settings = {"features": features("界"), "file": "x", "sha256": "x", "datum": "WGS-84"} | given
    with pytest.raises(CannotDraw):
        put_in_force(office.database, SLUG, settings.pop("features"), **settings)


def test_tile_server_is_off_until_set_and_can_be_turned_off(office: Office) -> None:
    assert tile_server(office.database) == ""
    address = "http://10.0.0.8:8080/vec_w/{z}/{x}/{y}.png?tk=示".replace("示", "abc")
    set_tile_server(office.database, f" {address} ")
    assert tile_server(office.database) == address
    set_tile_server(office.database, "")
    assert tile_server(office.database) == ""


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("http://10.0.0.8:8080/{z}/{x}/{y}.png", "http://10.0.0.8:8080"),
        ("https://t0.map.example/wmts?l={z}&r={y}&c={x}&tk=a1", "https://t0.map.example"),
        ("http://[fd00::1]:80/{z}/{x}/{y}", "http://[fd00::1]:80"),
        ("http://host/{z}/{x}.png", None),
        ("ftp://host/{z}/{x}/{y}", None),
        ("javascript:alert(1)//{z}/{x}/{y}", None),
        ("//host/{z}/{x}/{y}", None),
        ("http://user:word@host/{z}/{x}/{y}", None),
        ("http://host;script-src */{z}/{x}/{y}", None),
        ("http://host other/{z}/{x}/{y}", None),
        ("http://*/{z}/{x}/{y}", None),
        ("http://host/{z}/{x}/{y}" + "a" * 500, None),
    ],
)
def test_only_an_address_that_names_one_host_is_taken(address: str, origin: str | None) -> None:
    if origin:
        assert origin_of(address) == origin
    else:
        with pytest.raises(CannotDraw):
            origin_of(address)
