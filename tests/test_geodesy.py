"""Datum conversion against published shifts and real boundaries; polygons and hexagons."""

import json
import math
from pathlib import Path
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally import geodesy

REAL = Path(__file__).resolve().parent.parent.parent / "shared" / "real" / "geo"
METRES_PER_DEGREE = 111_320
SQUARE = [[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 4.0], [0.0, 0.0]]

longitudes = st.floats(74, 134)
latitudes = st.floats(18.5, 53)


def _metres(a: tuple[float, float], b: tuple[float, float]) -> float:
    east = (a[0] - b[0]) * math.cos(math.radians(a[1]))
    return math.hypot(east, a[1] - b[1]) * METRES_PER_DEGREE


@pytest.mark.parametrize("datum", ["GCJ-02", "BD-09"])
@given(longitude=longitudes, latitude=latitudes)
def test_to_wgs84_inverts_the_shift_within_a_metre(
    datum: str, longitude: float, latitude: float
) -> None:
    shifted = geodesy.SHIFTED[datum](longitude, latitude)
    assert _metres(geodesy.to_wgs84(*shifted, datum), (longitude, latitude)) < 0.01


@given(longitude=longitudes, latitude=latitudes)
def test_gcj02_moves_a_place_by_tens_to_hundreds_of_metres(
    longitude: float, latitude: float
) -> None:
    moved = _metres(geodesy.SHIFTED["GCJ-02"](longitude, latitude), (longitude, latitude))
    assert 30 < moved < 1200


@pytest.mark.parametrize(
    ("datum", "shifted"),
    [("GCJ-02", (116.403414, 39.908860)), ("BD-09", (116.409778, 39.915196))],
)
def test_to_wgs84_agrees_with_a_known_place(datum: str, shifted: tuple[float, float]) -> None:
    """Tiananmen is at 116.39717, 39.90746 in WGS-84 by the commonly published formula."""
    assert _metres(geodesy.to_wgs84(*shifted, datum), (116.397172, 39.907456)) < 12


@pytest.mark.parametrize("position", [(2.35, 48.86), (-74.0, 40.7)])
def test_places_abroad_are_not_moved(position: tuple[float, float]) -> None:
    assert geodesy.to_wgs84(*position, "GCJ-02") == pytest.approx(position)


def test_wgs84_is_left_alone_and_an_unknown_datum_refused() -> None:
    assert geodesy.to_wgs84(116.8, 33.9, "WGS-84") == (116.8, 33.9)
    with pytest.raises(ValueError, match="不认识的坐标基准"):
        geodesy.to_wgs84(116.8, 33.9, "CGCS")


def _centers(name: str, key: str, datum: str) -> dict[str, tuple[float, float]]:
    """Return the centre of each district, its outline converted from `datum` first."""
    return {
        feature["properties"][key]: geodesy.center(
            [
                [geodesy.to_wgs84(*spot[:2], datum) for spot in ring]
                for ring in geodesy.outer_rings(feature["geometry"])
            ]
        )
        for feature in json.loads((REAL / name).read_text("utf-8"))["features"]
    }


@pytest.mark.skipif(not REAL.exists(), reason="shared/real is not here")
def test_the_shift_of_real_boundaries_is_removed() -> None:
    true = _centers("tianditu_340600.json", "district_name", "WGS-84")
    raw = _centers("datav_340600_gcj02.json", "name", "WGS-84")
    converted = _centers("datav_340600_gcj02.json", "name", "GCJ-02")
    # The median, because the two sources draw 相山区 with different extents.
    before = median(_metres(raw[place], true[place]) for place in true)
    after = median(_metres(converted[place], true[place]) for place in true)
    assert before == pytest.approx(550, abs=50)
    assert after < 100


def test_center_is_that_of_the_largest_ring() -> None:
    small = [[9.0, 9.0], [10.0, 9.0], [10.0, 10.0], [9.0, 10.0]]
    assert geodesy.center([small, SQUARE]) == pytest.approx((2.0, 2.0))
    assert geodesy.center([]) is None


def test_roomiest_finds_the_wide_arm_of_an_ell() -> None:
    ell = [[0, 0], [10, 0], [10, 1], [4, 1], [4, 10], [0, 10]]
    (x, y), room = geodesy.roomiest([ell], (0, 0, 10, 10))
    assert 1.5 < x < 2.5
    assert 1.5 < y < 8.5
    assert 1.5 < room <= 2


def test_roomiest_is_none_outside_what_is_seen() -> None:
    assert geodesy.roomiest([SQUARE], (5.0, 5.0, 9.0, 9.0)) is None


@given(x=st.floats(-50, 50), y=st.floats(-50, 50))
def test_a_point_lies_in_its_hexagon(x: float, y: float) -> None:
    spot = geodesy.hexagon_of(x, y, radius=3.0)
    assert math.dist((x, y), geodesy.hexagon_center(*spot, 3.0)) <= 3.0 + 1e-9


@given(latitude=st.floats(-80, 80))
def test_mercator_has_an_inverse(latitude: float) -> None:
    assert geodesy.latitude_of(geodesy.mercator(0.0, latitude)[1]) == pytest.approx(latitude)


def test_bounds_of_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="没有边界"):
        geodesy.bounds([])
