"""Communities, items and boundaries of a small map, and what a deck draws of them."""

import json

import pandas as pd
import pydeck as pdk

WEST, SOUTH, SIZE = 116.6, 33.9, 0.02


def square(index: int, columns: int = 4) -> list[list[float]]:
    """Return a closed ring, the index-th of a grid."""
    x, y = WEST + index % columns * SIZE, SOUTH + index // columns * SIZE
    return [[x, y], [x + SIZE, y], [x + SIZE, y + SIZE], [x, y + SIZE], [x, y]]


def area_of(name: str, index: int, **properties: str) -> dict:
    """Return a feature of that name."""
    return {
        "type": "Feature",
        "properties": {"name": name, "code": f"34060340{index:04}", **properties},
        "geometry": {"type": "Polygon", "coordinates": [square(index)]},
    }


def areas_of(*names: str) -> dict:
    """Return GeoJSON with an area for each name."""
    features = [area_of(name, index) for index, name in enumerate(names)]
    return {"type": "FeatureCollection", "features": features}


def progress_row(name: str, index: int, **values: object) -> dict:
    """Return a row of `community_progress`."""
    return {
        "community": name,
        "code": f"34060340{index:04}",
        "street": "开发区",
        "due_count": 10,
        "closed_due_count": 8,
        "closed_share": 0.8,
        "overdue_count": 0,
        "ticket_count": 0,
        "satisfied_count": 9,
        "rated_count": 10,
        "satisfied_share": 0.9,
        "is_reported": True,
        **values,
    }


def progress_rows(*values: dict, names: tuple[str, ...]) -> pd.DataFrame:
    """Return rows of `community_progress`."""
    return pd.DataFrame(
        [
            progress_row(name, index, **row)
            for index, (name, row) in enumerate(zip(names, values, strict=True))
        ]
    )


def point_rows(many: int, is_overdue: bool = True) -> pd.DataFrame:
    """Return rows of `community_points` on a grid."""
    return pd.DataFrame(
        {
            "item_key": [f"k{index}" for index in range(many)],
            "title": "项目用地报批未办结",
            "unit": "招商部",
            "community": "河北社区",
            "longitude": [WEST + index % 20 * 0.001 for index in range(many)],
            "latitude": [SOUTH + index // 20 * 0.001 for index in range(many)],
            "is_overdue": is_overdue,
            "is_closed": False,
        }
    )


def layers_of(deck: pdk.Deck) -> dict[str, dict]:
    """Return a deck's layers by name."""
    return {layer["id"]: layer for layer in json.loads(deck.to_json())["layers"]}


def properties_of(deck: pdk.Deck) -> dict[str, dict]:
    """Return the properties of the drawn communities by name."""
    features = layers_of(deck)["communities"]["data"]["features"]
    return {feature["properties"]["name"]: feature["properties"] for feature in features}


TWO = ("河北社区", "王店社区")
