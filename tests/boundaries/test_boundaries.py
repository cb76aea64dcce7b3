"""Uploaded boundaries: what is refused, what is mended and said, datum, names, what is kept."""

import json
import math
import random
from typing import Any

import pytest
import shapely

from tally import geodesy
from tally.boundaries import (
    Known,
    Matched,
    Repaired,
    UnreadableBoundary,
    matched,
    read_source,
    repaired,
)

WEST, SOUTH = 116.7, 33.9
Ring = list[list[float]]


def square(x: float = WEST, y: float = SOUTH, size: float = 0.02) -> Ring:
    """Return a closed ring, turned as GeoJSON wants an outer ring."""
    return [[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]]


def feature(*rings: Ring, kind: str = "Polygon", **properties: Any) -> dict[str, Any]:
    """Return a feature of rings; its name is 东社区 if none is given."""
    shape = {"type": kind, "coordinates": list(rings)}
    return {"type": "Feature", "geometry": shape, "properties": {"name": "东社区"} | properties}


def file_of(*features: Any) -> bytes:
    """Return a GeoJSON file."""
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def mended(*features: Any, datum: str = "WGS-84") -> Repaired:
    """Return what becomes of features."""
    return repaired(read_source(file_of(*features)).areas, datum)


def matched_with(*features: Any, known: tuple[Known, ...]) -> Matched:
    """Return features matched by their name and code with places."""
    return matched(mended(*features), "name", "code", known)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\x00\x01", "不是 GeoJSON 文件"),
        (b"[" * 100_000, "不是 GeoJSON 文件"),
        (b"{}", "要素集"),
        (b'{"type": "Topology", "objects": {}}', "TopoJSON"),
        (file_of(), "没有面"),
        (file_of(None, {"type": "Feature", "geometry": None}), "没有图形"),
        (file_of(feature([[1, 2]], kind="LineString")), "是线，不是面"),
        (file_of(feature([["a", "b"]] * 4)), "坐标读不懂"),
        (file_of(feature([[math.nan, 33.9]] * 4)), "坐标读不懂"),
        (file_of(feature(square(), name=None)), "没有任何属性"),
        (file_of(feature(square(39_500_000, 3_760_000, 900))), "投影坐标"),
        (file_of(feature(square(2.3, 48.8))), "不在中国境内"),
        (file_of(feature(square(100, 25, 12))), "不画国界、省界"),
        (file_of(*[feature(square())] * 2001), "超过 2000 个"),
        (file_of(feature([[WEST + i * 1e-6, SOUTH] for i in range(100_001)])), "100001 个点"),
        (b" " * 10_000_001, "超过 10 MB"),
    ],
)
def test_file_that_is_no_local_boundary_is_refused_with_the_reason(
    content: bytes, reason: str
) -> None:
    with pytest.raises(UnreadableBoundary, match=reason):
        read_source(content)


def test_points_and_lines_beside_areas_are_left_out_and_said() -> None:
    source = read_source(file_of(feature(square()), feature([1, 2], kind="Point")))
    assert len(source.areas) == 1
    assert source.remarks == ("1 个要素是点，不是面，没有采用",)


def test_latitude_before_longitude_is_turned_and_said() -> None:
    source = read_source(file_of(feature([[y, x] for x, y in square()])))
    assert source.areas[0].polygons[0][0][0] == (WEST, SOUTH)
    assert source.remarks == ("经度与纬度写反了，已对调",)


def test_file_of_an_older_system_is_read() -> None:
    text = file_of(feature(square())).decode().encode().decode("unicode_escape")
    assert read_source(text.encode("gb18030")).areas[0].properties == {"name": "东社区"}


@pytest.mark.parametrize(
    ("rings", "said", "area"),
    [
        ((square(),), [], 4e-4),
        ((square()[:-1],), ["1 个环没有闭合，已补上"], 4e-4),
        ((square()[::-1],), ["1 个环的方向反了，已改正"], 4e-4),
        (([*square()[:2], *square()[1:]],), ["1 处重复的点，已去掉"], 4e-4),
        ((square(), square(WEST + 0.005, SOUTH + 0.005, 0.01)), ["1 个环的方向反了，已改正"], 3e-4),
        ((square(), square()[:2]), ["1 个环不足三个点，已去掉"], 4e-4),
        (
            ([square()[place] for place in (0, 2, 1, 3, 0)],),
            ["1 块自相交，已修复"],
            2e-4,
        ),
    ],
)
def test_invalid_area_is_mended_and_said(
    rings: tuple[Ring, ...], said: list[str], area: float
) -> None:
    mended_areas = mended(feature(*rings))
    [shape] = mended_areas.shapes
    assert shape.is_valid
    assert shape.area == pytest.approx(area)
    assert list(mended_areas.remarks) == said


@pytest.mark.parametrize("rings", [(square()[:2],), ([[WEST, SOUTH]] * 5,), ()])
def test_area_without_any_room_is_left_out_and_said(rings: tuple[Ring, ...]) -> None:
    assert "1 块没有面积，没有采用" in mended(feature(*rings), feature(square())).remarks


def test_file_without_any_room_is_refused() -> None:
    with pytest.raises(UnreadableBoundary, match="没有一块有面积"):
        mended(feature(square()[:2]))


def test_random_rings_come_out_valid_or_are_refused() -> None:
    chance = random.Random(7)
    for corners in (3, 4, 7, 12, 40):
        ring = [[WEST + chance.random(), SOUTH + chance.random()] for _ in range(corners)]
        for shape in mended(feature(ring)).shapes:
            assert shape.is_valid
            assert shape.geom_type in ("Polygon", "MultiPolygon")


def test_scribble_that_would_take_the_memory_is_refused() -> None:
    chance = random.Random(7)
    ring = [[WEST + chance.random(), SOUTH + chance.random()] for _ in range(20_000)]
    with pytest.raises(UnreadableBoundary, match="来回交叉"):
        mended(feature(ring))


@pytest.mark.parametrize("datum", ["GCJ-02", "BD-09"])
def test_shifted_datum_is_turned_into_wgs_84(datum: str) -> None:
    shifted = [list(geodesy.SHIFTED[datum](x, y)) for x, y in square()]
    [shape] = mended(feature(shifted), datum=datum).shapes
    assert shapely.hausdorff_distance(shape, shapely.Polygon(square())) < 2e-6
    [unshifted] = mended(feature(shifted), datum="CGCS2000").shapes
    assert shapely.hausdorff_distance(unshifted, shapely.Polygon(square())) > 1e-3


def test_heavy_boundary_is_thinned_and_neighbours_keep_one_border() -> None:
    count = 12_000
    wave = [[WEST + math.sin(i / 40) * 1e-3, SOUTH + i / count] for i in range(count + 1)]
    left = [*wave, [WEST - 0.5, SOUTH + 1], [WEST - 0.5, SOUTH]]
    right = [[WEST + 0.5, SOUTH], [WEST + 0.5, SOUTH + 1], *wave[::-1]]
    mended_areas = mended(feature([*left, left[0]]), feature([*right, right[0]], name="西社区"))
    assert any(remark.startswith("界线共 24") for remark in mended_areas.remarks)
    one, other = mended_areas.shapes
    assert shapely.get_num_coordinates(one) + shapely.get_num_coordinates(other) <= 20_000
    assert shapely.intersection(one, other).area < 1e-9
    assert shapely.union(one, other).geom_type == "Polygon"


EAST, WEST_PLACE = Known("东社区", "340603001", ("东居",)), Known("西社区", "340603002", ())


@pytest.mark.parametrize(
    ("name", "code", "place"),
    [
        ("东社区", "", "东社区"),
        ("东社区居民委员会", "", "东社区"),
        ("东居", "", "东社区"),
        ("", "340603002000", "西社区"),
        ("另一种写法", "340603002", "西社区"),
    ],
)
def test_area_is_found_by_name_other_name_or_code(name: str, code: str, place: str) -> None:
    found = matched_with(feature(square(), name=name, code=code), known=(EAST, WEST_PLACE))
    [drawn] = found.features["features"]
    assert drawn["properties"]["name"] == place
    assert (found.matched_count, found.strange) == (1, ())
    assert len(found.absent) == 1


def test_strange_and_absent_names_are_told_and_nameless_areas_left_out() -> None:
    found = matched_with(
        feature(square(), name="南社区"), feature(square(), name="", code="9"), known=(EAST,)
    )
    assert (found.matched_count, found.strange, found.absent) == (0, ("南社区",), ("东社区",))
    assert found.remarks == ("1 块没有名称，没有采用",)


def test_areas_of_one_place_become_one() -> None:
    found = matched_with(feature(square()), feature(square(WEST + 0.02)), known=(EAST,))
    [drawn] = found.features["features"]
    assert shapely.geometry.shape(drawn["geometry"]).area == pytest.approx(8e-4)
    assert found.remarks == ("同名的几块合为一块：东社区",)


def test_nothing_but_name_and_code_is_kept() -> None:
    found = matched_with(
        feature(square(), 联系人="某职务", 电话="13800000000", code="340603001"), known=(EAST,)
    )
    text = json.dumps(found.features, ensure_ascii=False)
    assert found.features["features"][0]["properties"] == {"name": "东社区", "code": "340603001"}
    assert "电话" not in text and "13800000000" not in text
