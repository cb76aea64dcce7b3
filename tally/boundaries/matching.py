"""Whose area is it? Names of a file matched with the campaign's communities or streets."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import shapely

from tally.boundaries.repair import Repaired

# What lists leave out or write out of a place's name.
ENDINGS = (
    *("社区居民委员会", "居民委员会", "村民委员会", "社区居委会", "居委会", "村委会"),
    *("街道办事处", "街道", "社区", "镇", "乡", "村"),
)


@dataclass(frozen=True)
class Known:
    """A place of the campaign: its name as the campaign writes it, its code, other names."""

    name: str
    code: str
    aliases: tuple[str, ...]


@dataclass(frozen=True)
class Matched:
    """GeoJSON whose features carry `name` and `code` alone, and which names found no partner."""

    features: Mapping[str, Any]
    matched_count: int
    strange: tuple[str, ...]
    absent: tuple[str, ...]
    remarks: tuple[str, ...]


def known_places(rows: Iterable[Mapping[Any, Any]]) -> list[Known]:
    """Return places of rows with `name`, `code` and `aliases` (a list or nothing)."""
    return [Known(row["name"], row["code"] or "", tuple(row["aliases"] or ())) for row in rows]


def _short(name: str) -> str:
    ending = next((end for end in ENDINGS if name.endswith(end) and len(name) > len(end) + 1), "")
    return name.removesuffix(ending)


def _partners(known: Sequence[Known]) -> dict[str, Known]:
    """Return places under their names, codes and, where only one has it, short names."""
    written = {name: place for place in known for name in (place.name, *place.aliases)}
    shorts = Counter(_short(place.name) for place in known)
    short = {_short(place.name): place for place in known if shorts[_short(place.name)] == 1}
    codes = {place.code.rstrip("0"): place for place in known if place.code}
    return short | codes | written


def matched(
    repaired: Repaired, name_field: str, code_field: str, known: Sequence[Known]
) -> Matched:
    """Match areas by the properties that hold name and code; other properties end here.

    Areas of one name become one; an area without a name is left out.
    """
    partners = _partners(known)
    held: dict[str, list[Any]] = {}
    codes: dict[str, str] = {}
    found: set[str] = set()
    nameless = 0
    for shape, area in zip(repaired.shapes, repaired.areas, strict=True):
        name = area.properties.get(name_field, "")
        code = area.properties.get(code_field, "") if code_field else ""
        place = partners.get(name) or partners.get(_short(name)) or partners.get(code.rstrip("0"))
        if not name and place is None:
            nameless += 1
            continue
        called = place.name if place else name
        held.setdefault(called, []).append(shape)
        codes[called] = place.code if place else code
        found |= {called} if place else set()
    remarks = [f"{nameless} 块没有名称，没有采用"] if nameless else []
    merged = [name for name, shapes in held.items() if len(shapes) > 1]
    if merged:
        remarks.append(f"同名的几块合为一块：{'、'.join(merged)}")
    return Matched(
        features={
            "type": "FeatureCollection",
            "features": [_feature(name, codes[name], shapes) for name, shapes in held.items()],
        },
        matched_count=len(found),
        strange=tuple(name for name in held if name not in found),
        absent=tuple(place.name for place in known if place.name not in found),
        remarks=tuple(remarks),
    )


def _feature(name: str, code: str, shapes: Sequence[Any]) -> dict[str, Any]:
    shape = shapes[0] if len(shapes) == 1 else shapely.orient_polygons(shapely.union_all(shapes))
    return {
        "type": "Feature",
        "properties": {"name": name, "code": code},
        "geometry": shapely.geometry.mapping(shape),
    }
