"""Areas as valid shapes in WGS-84, light enough for a screen, and what was mended, in words."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from tally import geodesy
from tally.boundaries.reading import Area, Rings, UnreadableBoundary

# Beyond this many corners every viewer of the map waits for them at every click.
MOST_CORNERS = 20_000
# A tenth of a metre.
GRID_DEGREES = 1e-6
PROBED_EDGES = 200
# An edge of a drawn boundary lies near a handful of others; one of a scribble near most of them,
# and mending that would take the server's memory.
MOST_NEIGHBOURS = 60
MENDED = {
    "unclosed": "{} 个环没有闭合，已补上",
    "doubled": "{} 处重复的点，已去掉",
    "dropped": "{} 个环不足三个点，已去掉",
    "reversed": "{} 个环的方向反了，已改正",
    "crossing": "{} 块自相交，已修复",
    "empty": "{} 块没有面积，没有采用",
}


@dataclass(frozen=True)
class Repaired:
    """Valid areas in WGS-84 with the properties they came with, and what was done to them."""

    shapes: tuple[BaseGeometry, ...]
    areas: tuple[Area, ...]
    remarks: tuple[str, ...]


def repaired(areas: Sequence[Area], datum: str) -> Repaired:
    """Mend areas whose positions are of a datum of `geodesy`, and bring them to WGS-84 (B5).

    UnreadableBoundary when nothing is left, or an area crosses itself everywhere.
    """
    found: Counter[str] = Counter()
    shapes, kept = [], []
    for area in areas:
        shape = _mended(area, found)
        if shape is None:
            found["empty"] += 1
        else:
            shapes.append(shape)
            kept.append(area)
    if not shapes:
        raise UnreadableBoundary("没有一块有面积；请核对文件")
    shapes, remarks = _thinned(shapes)
    in_wgs84 = [_converted(shape, datum) for shape in shapes]
    told = [words.format(found[name]) for name, words in MENDED.items() if found[name]]
    return Repaired(tuple(in_wgs84), tuple(kept), (*told, *remarks))


def _mended(area: Area, found: Counter[str]) -> BaseGeometry | None:
    parts = [polygon for rings in area.polygons if (polygon := _polygon(rings, found))]
    if not parts:
        return None
    shape = parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)
    if not shape.is_valid:
        _refuse_scribble(shape)
        found["crossing"] += 1
        shape = shapely.make_valid(shape, method="structure", keep_collapsed=False)
    return _only_areas(shape)


def _polygon(rings: Rings, found: Counter[str]) -> BaseGeometry | None:
    """Return rings closed, without doubled points and turned as GeoJSON has them."""
    clean = []
    for index, ring in enumerate(rings):
        spots = [spot for spot, before in zip(ring, (None, *ring), strict=False) if spot != before]
        found["doubled"] += len(ring) - len(spots)
        if len(set(spots)) < 3:
            found["dropped"] += 1
            if index == 0:
                return None
            continue
        if spots[0] != spots[-1]:
            found["unclosed"] += 1
            spots.append(spots[0])
        if shapely.is_ccw(shapely.LinearRing(spots)) != (index == 0):
            found["reversed"] += 1
            spots.reverse()
        clean.append(spots)
    return shapely.Polygon(clean[0], clean[1:]) if clean else None


def _refuse_scribble(shape: BaseGeometry) -> None:
    corners = shapely.get_coordinates(shape)
    edges = shapely.linestrings(np.stack([corners[:-1], corners[1:]], axis=1))
    probes = edges[:: max(1, len(edges) // PROBED_EDGES)]
    near = shapely.STRtree(edges).query(probes).shape[1] / len(probes)
    if near > MOST_NEIGHBOURS:
        raise UnreadableBoundary("有的界线来回交叉，不是边界；请核对文件")


def _only_areas(shape: BaseGeometry) -> BaseGeometry | None:
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon" and part.area]
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def _thinned(shapes: list[BaseGeometry]) -> tuple[list[BaseGeometry], list[str]]:
    """Return shapes with fewer corners where there are too many; neighbours keep one border."""
    before = _corner_count(shapes)
    if before <= MOST_CORNERS:
        return shapes, []
    bounds = shapely.total_bounds(shapes)
    tolerance = max(bounds[2] - bounds[0], bounds[3] - bounds[1]) / 4000
    thin = shapes
    while _corner_count(thin) > MOST_CORNERS:
        thin = [
            _only_areas(shape) or whole
            for shape, whole in zip(
                shapely.coverage_simplify(np.array(shapes), tolerance), shapes, strict=True
            )
        ]
        tolerance *= 2
    after = _corner_count(thin)
    return thin, [f"界线共 {before} 个点，为屏幕显示抽稀为 {after} 个"]


def _corner_count(shapes: Sequence[BaseGeometry]) -> int:
    return int(shapely.get_num_coordinates(np.array(shapes)).sum())


def _converted(shape: BaseGeometry, datum: str) -> BaseGeometry:
    def convert(corners: np.ndarray) -> np.ndarray:
        return np.array([geodesy.to_wgs84(x, y, datum) for x, y in corners])

    placed = shapely.transform(shape, convert) if datum in geodesy.SHIFTED else shape
    rounded = _only_areas(shapely.set_precision(placed, GRID_DEGREES))
    return shapely.orient_polygons(rounded or placed)
