"""A GeoJSON file as rings and the properties that may name them; what is no area is told."""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tally.geodesy import CHINA, Position

LARGEST_BYTES = 10_000_000
MOST_AREAS = 2_000
MOST_POSITIONS = 100_000
# A prefecture is smaller; a province, the country or its border is not drawn here.
WIDEST_DEGREES = 10.0
LONGEST_NAME = 40
NAME_FIELDS = (
    "name",
    "NAME",
    "Name",
    "名称",
    "社区",
    "社区名称",
    "村居",
    "乡镇",
    "街道",
    "fullname",
)
CODE_FIELDS = ("code", "CODE", "adcode", "代码", "区划代码", "行政区划代码", "gb")
SHAPES = {
    "Point": "点",
    "MultiPoint": "点",
    "LineString": "线",
    "MultiLineString": "线",
    "GeometryCollection": "混合图形",
}
Rings = tuple[tuple[Position, ...], ...]


class UnreadableBoundary(ValueError):
    """The file cannot be used as boundaries; the message says why and what to do."""


@dataclass(frozen=True)
class Area:
    """One feature: polygons as rings, the outer one first, and its properties as text."""

    polygons: tuple[Rings, ...]
    properties: Mapping[str, str]


@dataclass(frozen=True)
class Source:
    """What a file holds: areas, the properties they have, and what was left out or turned."""

    areas: tuple[Area, ...]
    fields: tuple[str, ...]
    remarks: tuple[str, ...]

    @property
    def name_field(self) -> str:
        """The property that most likely holds the name."""
        return next((name for name in NAME_FIELDS if name in self.fields), self.fields[0])

    @property
    def code_field(self) -> str:
        """The property that most likely holds the division code, '' without one."""
        return next((name for name in CODE_FIELDS if name in self.fields), "")


def read_source(content: bytes) -> Source:
    """Read a GeoJSON file; UnreadableBoundary when it is none, too large or of elsewhere."""
    if len(content) > LARGEST_BYTES:
        size, most = f"{len(content) / 1e6:.1f} MB", f"{LARGEST_BYTES // 1_000_000} MB"
        raise UnreadableBoundary(f"文件有 {size}，超过 {most}；请先在制图软件中抽稀")
    features = _features(_parsed(content))
    areas, remarks = [], []
    left_out: dict[str, int] = {}
    for feature in features:
        shape = feature.get("geometry") if isinstance(feature, dict) else None
        shape = shape if isinstance(shape, dict) else {}
        kind = shape.get("type")
        if kind in ("Polygon", "MultiPolygon"):
            areas.append(Area(_polygons(shape), _texts(feature.get("properties"))))
        else:
            word = SHAPES.get(str(kind), "没有图形")
            left_out[word] = left_out.get(word, 0) + 1
    remarks = [f"{count} 个要素是{word}，不是面，没有采用" for word, count in left_out.items()]
    if not areas:
        raise UnreadableBoundary("；".join(remarks) or "文件里没有面（Polygon）")
    if all(not area.properties for area in areas):
        raise UnreadableBoundary("要素没有任何属性，无法知道各块叫什么；请导出时带上名称")
    areas, turned = _placed(areas)
    fields = tuple(dict.fromkeys(name for area in areas for name in area.properties))
    return Source(tuple(areas), fields, (*remarks, *turned))


def _parsed(content: bytes) -> Any:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return json.loads(content.decode(encoding))
        except UnicodeDecodeError:
            continue
        except (ValueError, RecursionError):
            break
    raise UnreadableBoundary("不是 GeoJSON 文件；请在制图软件中导出为 GeoJSON（*.geojson）")


def _features(parsed: Any) -> Sequence[Any]:
    kind = parsed.get("type") if isinstance(parsed, dict) else None
    features = parsed.get("features") if kind == "FeatureCollection" else None
    if kind == "Feature":
        features = [parsed]
    if kind == "Topology":
        raise UnreadableBoundary("这是 TopoJSON；请导出为 GeoJSON")
    if not isinstance(features, list):
        raise UnreadableBoundary("不是 GeoJSON 的要素集（FeatureCollection）")
    if len(features) > MOST_AREAS:
        raise UnreadableBoundary(f"有 {len(features)} 个要素，超过 {MOST_AREAS} 个；请只导出需要的")
    return features


def _polygons(shape: Mapping[str, Any]) -> tuple[Rings, ...]:
    polygons: Any = shape.get("coordinates")
    if shape["type"] == "Polygon":
        polygons = [polygons]
    try:
        return tuple(
            tuple(tuple(_position(spot) for spot in ring) for ring in rings) for rings in polygons
        )
    except (TypeError, ValueError, OverflowError) as error:
        raise UnreadableBoundary("坐标读不懂：每个点应是两个数，先经度后纬度") from error


def _position(spot: Any) -> Position:
    longitude, latitude = spot[:2]
    if isinstance(longitude, bool | str) or isinstance(latitude, bool | str):
        raise ValueError
    position = float(longitude), float(latitude)
    if not all(map(math.isfinite, position)):
        raise ValueError
    return position


def _texts(properties: Any) -> dict[str, str]:
    """Return properties that could be a name or code; long texts and nested ones could not."""
    if not isinstance(properties, dict):
        return {}
    kept = {
        str(name): str(value).strip()
        for name, value in properties.items()
        if isinstance(value, str | int) and not isinstance(value, bool)
    }
    return {name: value for name, value in kept.items() if 0 < len(value) <= LONGEST_NAME}


def _spots(areas: Sequence[Area]) -> Iterator[Position]:
    for area in areas:
        for rings in area.polygons:
            for ring in rings:
                yield from ring


def _placed(areas: list[Area]) -> tuple[list[Area], list[str]]:
    """Return the areas with longitude first; UnreadableBoundary when they lie elsewhere."""
    spots = list(_spots(areas))
    if not spots:
        raise UnreadableBoundary("面里没有坐标")
    if len(spots) > MOST_POSITIONS:
        raise UnreadableBoundary(
            f"界线有 {len(spots)} 个点，超过 {MOST_POSITIONS} 个；请先在制图软件中抽稀"
        )
    west, east = min(x for x, _ in spots), max(x for x, _ in spots)
    south, north = min(y for _, y in spots), max(y for _, y in spots)
    if max(map(abs, (west, east, south, north))) > 180:
        raise UnreadableBoundary("坐标是米（投影坐标），不是经纬度；请在制图软件中转为经纬度后导出")
    if _is_in_china(south, west, north, east) and not _is_in_china(west, south, east, north):
        return [_turned(area) for area in areas], ["经度与纬度写反了，已对调"]
    if not _is_in_china(west, south, east, north):
        raise UnreadableBoundary("坐标不在中国境内；请核对经纬度")
    if max(east - west, north - south) > WIDEST_DEGREES:
        raise UnreadableBoundary("范围超过一个地级市；这里只收乡镇、社区级边界，不画国界、省界")
    return areas, []


def _is_in_china(west: float, south: float, east: float, north: float) -> bool:
    return CHINA[0] <= west and CHINA[1] <= south and east <= CHINA[2] and north <= CHINA[3]


def _turned(area: Area) -> Area:
    polygons = tuple(
        tuple(tuple((y, x) for x, y in ring) for ring in rings) for rings in area.polygons
    )
    return Area(polygons, area.properties)
