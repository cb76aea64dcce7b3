"""What a map draws above its areas: points, bubbles and hexagons, as rows of positions."""

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd

from tally import geodesy, words
from tally.palette import Palette, rgb
from tally.places import MEASURES, Measure

MOST_POINTS = 300
# Of a map that fills a desk's panel a hexagon's radius is then about 16 px.
RADII_ACROSS, RADII_HIGH = 66, 34
LARGEST_BUBBLE_PX = 40
SMALLEST_BUBBLE_PX = 7


def located(points: pd.DataFrame | None) -> pd.DataFrame | None:
    """Return the points that have a position, or None where none has."""
    if points is None:
        return None
    placed = points.dropna(subset=["longitude", "latitude"])
    return None if placed.empty else placed


def are_many(points: pd.DataFrame | None) -> bool:
    """Say whether so many points are known that they would hide each other."""
    placed = located(points)
    return placed is not None and len(placed) > MOST_POINTS


def point_rows(points: pd.DataFrame, tokens: Palette) -> list[dict[str, Any]]:
    """Return each item's position, colour of its state and tooltip."""
    colors = {
        "逾期": tokens.states["overdue"].fill,
        "已销号": tokens.states["closed"].fill,
        "在办": tokens.bar,
    }
    rows = []
    for point in points.to_dict("records"):
        state = "逾期" if point["is_overdue"] else "已销号" if point["is_closed"] else "在办"
        rows.append(
            {
                "position": [float(point["longitude"]), float(point["latitude"])],
                "fill": rgb(colors[state]),
                "item_key": words.text(point["item_key"]),
                "tip": f"{words.text(point['title'])}\n{words.text(point['unit'])}　{state}",
            }
        )
    return rows


def _hexagon_radius(ground: geodesy.Box) -> float:
    """Return the radius of hexagons in the plane, so that a ground has as many on any screen."""
    west, south = geodesy.mercator(ground[0], ground[1])
    east, north = geodesy.mercator(ground[2], ground[3])
    return max((east - west) / RADII_ACROSS, (north - south) / RADII_HIGH)


def hexagons(points: pd.DataFrame, ground: geodesy.Box, tokens: Palette) -> list[dict[str, Any]]:
    """Return hexagons that share out the ground, filled by their overdue items."""
    radius = _hexagon_radius(ground)
    held: dict[tuple[int, int], list[bool]] = {}
    for point in points.to_dict("records"):
        plane = geodesy.mercator(float(point["longitude"]), float(point["latitude"]))
        held.setdefault(geodesy.hexagon_of(*plane, radius), []).append(bool(point["is_overdue"]))
    features = []
    for spot, overdue in held.items():
        step = MEASURES["overdue"].step(sum(overdue))
        fill = tokens.bg if step is None else tokens.sequential[step]
        tip = f"{words.count(len(overdue), '项')}，逾期 {words.count(sum(overdue), '项')}"
        ring = [list(corner) for corner in geodesy.hexagon_ring(*spot, radius)]
        features.append(
            {
                "type": "Feature",
                "geometry": {"type": "Polygon", "coordinates": [ring]},
                "properties": {"fill": rgb(fill), "tip": tip},
            }
        )
    return features


def bubbles(
    features: Sequence[dict[str, Any]], community_rows: pd.DataFrame, measure: Measure, scale: float
) -> list[dict[str, Any]]:
    """Return a circle for each area with a count: its room is the count, its fill the step.

    Of a rate the count is how many it is a rate of. An area without any has no circle.
    """
    sizes = dict(zip(community_rows["community"], community_rows[measure.size], strict=True))
    most = max([1, *(int(size) for size in sizes.values())])
    rows = []
    for feature in features:
        known = feature["properties"]
        size = int(sizes.get(known["name"], 0))
        spot = geodesy.center(geodesy.outer_rings(feature["geometry"]))
        if size and spot:
            radius = max(SMALLEST_BUBBLE_PX, LARGEST_BUBBLE_PX * math.sqrt(size / most))
            rows.append(
                {
                    "position": list(spot),
                    "radius": round(radius * scale, 1),
                    "fill": known["fill"],
                    "name": known["name"],
                    "tip": known["tip"],
                }
            )
    # A small circle on a large one stays to be seen and hit.
    return sorted(rows, key=lambda row: -row["radius"])
