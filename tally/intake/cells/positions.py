"""Coordinates as offices take them from their maps, kept in WGS-84."""

import re

import pyarrow as pa

from tally.geodesy import to_wgs84
from tally.packs import Pack

DATUM_WORDS = {
    "GCJ-02": re.compile(r"GCJ|火星|高德|腾讯", re.IGNORECASE),
    "BD-09": re.compile(r"BD-?09|百度", re.IGNORECASE),
    "WGS-84": re.compile(r"WGS|CGCS|天地图|GPS", re.IGNORECASE),
}
# Finer than a decimetre; the digits beyond come from the conversion alone.
DECIMALS = 6


def datum_of(header: str, pack: Pack) -> str:
    """Return the datum that a column's head names (`经度（GCJ-02）`), else the pack's."""
    stated = (datum for datum, words in DATUM_WORDS.items() if words.search(header))
    return next(stated, pack.map.datum if pack.map else "WGS-84")


def land_positions(columns: dict[str, pa.Array], datum: str) -> None:
    """Bring the columns `longitude` and `latitude`, where both have a value, to WGS-84."""
    if datum == "WGS-84":
        return
    places = zip(columns["longitude"].to_pylist(), columns["latitude"].to_pylist(), strict=True)
    moved = [_in_wgs84(longitude, latitude, datum) for longitude, latitude in places]
    columns["longitude"] = pa.array([longitude for longitude, _ in moved], pa.float64())
    columns["latitude"] = pa.array([latitude for _, latitude in moved], pa.float64())


def _in_wgs84(
    longitude: float | None, latitude: float | None, datum: str
) -> tuple[float | None, float | None]:
    if longitude is None or latitude is None:
        return longitude, latitude
    moved = to_wgs84(longitude, latitude, datum)
    return round(moved[0], DECIMALS), round(moved[1], DECIMALS)
