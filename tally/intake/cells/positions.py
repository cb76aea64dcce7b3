"""Coordinates as offices take them from their maps, kept in WGS-84."""

import re
from collections.abc import Mapping
from typing import Any

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


def in_wgs84(values: Mapping[str, Any], datum: str) -> dict[str, Any]:
    """Return a row with its position, if it has one, in WGS-84."""
    longitude, latitude = values.get("longitude"), values.get("latitude")
    if longitude is None or latitude is None or datum == "WGS-84":
        return dict(values)
    moved = to_wgs84(longitude, latitude, datum)
    return {
        **values,
        "longitude": round(moved[0], DECIMALS),
        "latitude": round(moved[1], DECIMALS),
    }
