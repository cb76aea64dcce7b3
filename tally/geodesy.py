"""Plane and sphere: datum conversion, the map projection, and polygons in it.

Positions are (longitude, latitude) in degrees; rings are lists of positions.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

Position = tuple[float, float]
Ring = Sequence[Sequence[float]]
Box = tuple[float, float, float, float]

SEMI_MAJOR_M = 6378245.0  # Krasovsky 1940, which GCJ-02 is defined on
ECCENTRICITY_SQUARED = 0.00669342162296594323
BAIDU_ANGLE = math.pi * 3000.0 / 180.0
CHINA: Box = (72.004, 0.8293, 137.8347, 55.8271)
CLOSE_ENOUGH_DEGREES = 1e-9
TILE_PX = 512
GRID_COLUMNS = 24
GRID_ROWS = 14


def _wave(value: float, base: float) -> float:
    """Return the three sine terms of GCJ-02 that start at wavelength `base`."""
    return (
        20.0 * math.sin(6.0 * value * math.pi) + 20.0 * math.sin(2.0 * value * math.pi)
    ) * 2.0 / 3.0 + base


def _shift_m(x: float, y: float) -> Position:
    """Return the undefined-by-law shift in metres east and north, at x, y from (105, 35)."""
    root = math.sqrt(abs(x))
    common = _wave(x, 0.0)
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + common
    north += (20.0 * math.sin(y * math.pi) + 40.0 * math.sin(y / 3.0 * math.pi)) * 2.0 / 3.0
    north += (160.0 * math.sin(y / 12.0 * math.pi) + 320 * math.sin(y * math.pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + common
    east += (20.0 * math.sin(x * math.pi) + 40.0 * math.sin(x / 3.0 * math.pi)) * 2.0 / 3.0
    east += (
        (150.0 * math.sin(x / 12.0 * math.pi) + 300.0 * math.sin(x / 30.0 * math.pi)) * 2.0 / 3.0
    )
    return east, north


def _gcj02(longitude: float, latitude: float) -> Position:
    if not (CHINA[0] <= longitude <= CHINA[2] and CHINA[1] <= latitude <= CHINA[3]):
        return longitude, latitude
    east, north = _shift_m(longitude - 105.0, latitude - 35.0)
    angle = math.radians(latitude)
    flat = 1 - ECCENTRICITY_SQUARED * math.sin(angle) ** 2
    meridian = SEMI_MAJOR_M * (1 - ECCENTRICITY_SQUARED) / (flat * math.sqrt(flat))
    parallel = SEMI_MAJOR_M / math.sqrt(flat) * math.cos(angle)
    return longitude + math.degrees(east / parallel), latitude + math.degrees(north / meridian)


def _bd09(longitude: float, latitude: float) -> Position:
    x, y = _gcj02(longitude, latitude)
    radius = math.hypot(x, y) + 0.00002 * math.sin(y * BAIDU_ANGLE)
    angle = math.atan2(y, x) + 0.000003 * math.cos(x * BAIDU_ANGLE)
    return radius * math.cos(angle) + 0.0065, radius * math.sin(angle) + 0.006


SHIFTED: Mapping[str, Callable[[float, float], Position]] = {"GCJ-02": _gcj02, "BD-09": _bd09}
# CGCS2000 lies within a metre of WGS-84, less than a map on a screen can show.
UNSHIFTED = ("WGS-84", "CGCS2000")
DATUMS = (*UNSHIFTED, *SHIFTED)


def to_wgs84(longitude: float, latitude: float, datum: str) -> Position:
    """Return a position of one of DATUMS in WGS-84, within a metre (B5).

    The shifts have no closed inverse: the forward shift is repeated until it
    lands on the position given. ValueError for another datum.
    """
    if datum in UNSHIFTED:
        return longitude, latitude
    if datum not in SHIFTED:
        raise ValueError(f"{datum}: 不认识的坐标基准；可用 {'、'.join(DATUMS)}")
    x, y = longitude, latitude
    for _ in range(10):
        shifted_x, shifted_y = SHIFTED[datum](x, y)
        dx, dy = shifted_x - longitude, shifted_y - latitude
        x, y = x - dx, y - dy
        if abs(dx) + abs(dy) < CLOSE_ENOUGH_DEGREES:
            break
    return x, y


def mercator(longitude: float, latitude: float) -> Position:
    """Return a position in px of zoom 0, x east and y north."""
    x = longitude / 360 * TILE_PX
    angle = math.radians(latitude)
    return x, math.log(math.tan(math.pi / 4 + angle / 2)) * TILE_PX / (2 * math.pi)


def latitude_of(y: float) -> float:
    """Return the latitude whose Mercator y is given."""
    return math.degrees(2 * math.atan(math.exp(y * 2 * math.pi / TILE_PX)) - math.pi / 2)


def outer_rings(geometry: Mapping[str, Any]) -> list[Ring]:
    """Return the outer rings of a GeoJSON Polygon or MultiPolygon."""
    polygons = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    return [polygon[0] for polygon in polygons]


def bounds(features: Iterable[Mapping[str, Any]]) -> Box:
    """Return west, south, east, north of GeoJSON features; ValueError when there are none."""
    spots = [spot for item in features for ring in outer_rings(item["geometry"]) for spot in ring]
    if not spots:
        raise ValueError("没有边界可画；请检查边界文件")
    xs, ys = [spot[0] for spot in spots], [spot[1] for spot in spots]
    return min(xs), min(ys), max(xs), max(ys)


def _area_and_center(ring: Ring) -> tuple[float, Position]:
    area = x = y = 0.0
    x0, y0 = ring[0][:2]  # relative to a corner, so that small polygons keep their digits
    for a, b in zip(ring, [*ring[1:], ring[0]], strict=True):
        ax, ay, bx, by = a[0] - x0, a[1] - y0, b[0] - x0, b[1] - y0
        cross = ax * by - bx * ay
        area, x, y = area + cross, x + (ax + bx) * cross, y + (ay + by) * cross
    if not area:
        return 0.0, (x0, y0)
    return abs(area) / 2, (x0 + x / (3 * area), y0 + y / (3 * area))


def center(rings: Sequence[Ring]) -> Position | None:
    """Return the centre of gravity of the largest ring, or None without one."""
    sized = [_area_and_center(ring) for ring in rings if len(ring) > 2]
    return max(sized)[1] if sized else None


def roomiest(rings: Sequence[Ring], box: Box) -> tuple[Position, float] | None:
    """Return a point inside rings and box far from the edges of both, and that distance.

    It is the best of a coarse grid; None where no grid point is inside.
    """
    xs = np.linspace(box[0], box[2], GRID_COLUMNS + 2)[1:-1]
    ys = np.linspace(box[1], box[3], GRID_ROWS + 2)[1:-1]
    spots = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)
    to_frame = np.min([spots - box[:2], np.array(box[2:]) - spots], axis=(0, 2))
    best = None
    for ring in rings:
        crosses, distances = _edges(spots, np.asarray(ring, dtype=float)[:, :2])
        room = np.where(crosses % 2 == 1, np.minimum(distances, to_frame), 0.0)
        found = int(room.argmax())
        if room[found] > (best[1] if best else 0.0):
            best = (float(spots[found][0]), float(spots[found][1])), float(room[found])
    return best


def _edges(spots: np.ndarray, ring: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return for each spot how many edges lie to its east, and how near the nearest edge is."""
    start, end = ring, np.roll(ring, -1, axis=0)
    along = end - start
    offset = spots[:, None, :] - start
    length = np.maximum((along**2).sum(axis=1), 1e-18)
    share = np.clip((offset * along).sum(axis=2) / length, 0.0, 1.0)
    distances = np.linalg.norm(offset - share[..., None] * along, axis=2).min(axis=1)
    spans = (start[:, 1] > spots[:, None, 1]) != (end[:, 1] > spots[:, None, 1])
    slope = along[:, 0] / np.where(along[:, 1] == 0, 1e-18, along[:, 1])
    is_east = spots[:, None, 0] < start[:, 0] + (spots[:, None, 1] - start[:, 1]) * slope
    return (spans & is_east).sum(axis=1), distances


def hexagon_of(x: float, y: float, radius: float) -> tuple[int, int]:
    """Return the (column, row) of the pointy-topped hexagon that holds a point of the plane."""
    wide, high = math.sqrt(3) * radius, 1.5 * radius
    near = round(y / high)
    candidates = [(round(x / wide - (row % 2) / 2), row) for row in (near - 1, near, near + 1)]
    return min(
        candidates, key=lambda spot: math.dist((x, y), hexagon_center(spot[0], spot[1], radius))
    )


def hexagon_center(column: int, row: int, radius: float) -> Position:
    """Return the centre of a hexagon in the plane."""
    return (column + (row % 2) / 2) * math.sqrt(3) * radius, row * 1.5 * radius


def hexagon_ring(column: int, row: int, radius: float) -> list[Position]:
    """Return a hexagon of the Mercator plane as a closed ring of positions."""
    x, y = hexagon_center(column, row, radius)
    corners = [
        (x + radius * math.sin(step * math.pi / 3), y + radius * math.cos(step * math.pi / 3))
        for step in range(7)
    ]
    return [(cx / TILE_PX * 360, latitude_of(cy)) for cx, cy in corners]
