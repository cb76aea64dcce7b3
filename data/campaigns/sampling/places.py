"""Invented points inside the polygons of `data/geo/`."""

import json
import random
from functools import cache
from itertools import pairwise
from pathlib import Path

GEO_FOLDER = Path(__file__).resolve().parents[2] / "geo"

Ring = list[list[float]]


@cache
def rings(file_name: str) -> dict[str, Ring]:
    """Return the outer ring of each feature's first polygon under the feature's name."""
    features = json.loads((GEO_FOLDER / file_name).read_text("utf-8"))["features"]
    return {
        feature["properties"]["name"]: feature["geometry"]["coordinates"][0]
        for feature in features
        if feature["geometry"]["type"] == "Polygon"
    }


def box(west: float, south: float, east: float, north: float) -> Ring:
    """Return the closed ring of a rectangle, in degrees."""
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def is_inside(longitude: float, latitude: float, ring: Ring) -> bool:
    """Whether the point lies in the ring (even-odd rule)."""
    crossings = 0
    for (x0, y0), (x1, y1) in pairwise(ring):
        if (y0 > latitude) != (y1 > latitude):
            crossings += longitude < (x1 - x0) * (latitude - y0) / (y1 - y0) + x0
    return crossings % 2 == 1


def point(chance: random.Random, ring: Ring) -> tuple[float, float]:
    """Return a (longitude, latitude) in degrees inside the ring, to four decimals."""
    longitudes, latitudes = zip(*ring, strict=True)
    while True:
        longitude = round(chance.uniform(min(longitudes), max(longitudes)), 4)
        latitude = round(chance.uniform(min(latitudes), max(latitudes)), 4)
        if is_inside(longitude, latitude, ring):
            return longitude, latitude
