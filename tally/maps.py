"""Communities on a map without a map service: polygons by step, labels, points (B5, E6).

Everything is drawn from the files given; no style, tile or font is fetched.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import pydeck as pdk

from tally import geodesy, words
from tally.palette import Palette, palette, rgb
from tally.places import (
    LABEL_PX,
    MEASURES,
    LegendStep,
    View,
    community_features,
    labels,
    legend_steps,
    view_of,
)

__all__ = ["LegendStep", "community_map", "is_binned", "legend_steps"]

FONTS = "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, sans-serif"
LABEL_RISE_PX = 20
NEIGHBOUR_PX = 16
MOST_POINTS = 300
HEXAGON_PX = 16
PLATE_ALPHA = 235


def _outlines(outline: Mapping[str, Any] | None, role: str) -> list[Mapping[str, Any]]:
    """Return the outline's features of a role, 'home' or 'neighbour'; home is the default."""
    features = outline["features"] if outline else []
    return [item for item in features if item["properties"].get("role", "home") == role]


def _polygons(
    name: str, features: Sequence[Mapping[str, Any]], *, line: str, line_px: float, **settings: Any
) -> pdk.Layer:
    return pdk.Layer(
        "GeoJsonLayer",
        data={"type": "FeatureCollection", "features": list(features)},
        id=name,
        stroked=True,
        get_line_color=rgb(line),
        line_width_units=pdk.types.String("pixels"),
        get_line_width=line_px,
        line_joint_rounded=True,
        **settings,
    )


def _texts(
    name: str, data: list[dict[str, Any]], *, size: float, color: str, **settings: Any
) -> pdk.Layer:
    return pdk.Layer(
        "TextLayer",
        data=data,
        id=name,
        get_position="position",
        get_text="text",
        get_size=size,
        get_color=rgb(color),
        get_text_anchor=pdk.types.String("middle"),
        get_alignment_baseline=pdk.types.String("center"),
        character_set=pdk.types.String("auto"),
        font_family=pdk.types.String(FONTS),
        pickable=False,
        **settings,
    )


def _neighbour_names(neighbours: Sequence[Mapping[str, Any]], view: View) -> list[dict[str, Any]]:
    """Return names where what is seen of each neighbour has most room; none where it has little."""
    texts = []
    for neighbour in neighbours:
        name = neighbour["properties"]["name"]
        rings = [
            [view.px(spot[:2]) for spot in ring]
            for ring in geodesy.outer_rings(neighbour["geometry"])
        ]
        found = geodesy.roomiest(rings, view.box)
        if found and found[1] > words.width_em(name) * NEIGHBOUR_PX * view.scale / 2:
            texts.append({"text": name, "position": view.position(found[0])})
    return texts


def _point_rows(points: pd.DataFrame, tokens: Palette) -> list[dict[str, Any]]:
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


def _point_layer(points: pd.DataFrame, tokens: Palette, scale: float) -> pdk.Layer:
    return pdk.Layer(
        "ScatterplotLayer",
        data=_point_rows(points, tokens),
        id="points",
        get_position="position",
        get_fill_color="fill",
        get_radius=6 * scale,
        radius_units=pdk.types.String("pixels"),
        stroked=True,
        get_line_color=rgb(tokens.bg),
        get_line_width=1.5 * scale,
        line_width_units=pdk.types.String("pixels"),
        pickable=True,
    )


def _hexagons(points: pd.DataFrame, view: View, tokens: Palette) -> list[dict[str, Any]]:
    """Return hexagons of a fixed size on the screen, filled by their overdue items."""
    radius = HEXAGON_PX / 2**view.zoom
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


def _tooltip(tokens: Palette) -> dict[str, Any]:
    """Return a tooltip of plain text: what stands in the data is never read as HTML."""
    style = {
        "backgroundColor": tokens.bg2,
        "color": tokens.text,
        "border": f"1px solid {tokens.line}",
        "fontFamily": FONTS,
        "fontSize": "15px",
        "lineHeight": "1.6",
        "whiteSpace": "pre-line",
    }
    return {"text": "{tip}", "style": style}


def _located(points: pd.DataFrame | None) -> pd.DataFrame | None:
    if points is None:
        return None
    located = points.dropna(subset=["longitude", "latitude"])
    return None if located.empty else located


def is_binned(points: pd.DataFrame | None) -> bool:
    """Say whether so many points are drawn as hexagons; their legend is that of 'overdue'."""
    located = _located(points)
    return located is not None and len(located) > MOST_POINTS


def _areas(
    features: list[dict[str, Any]], neighbours: list[Mapping[str, Any]], tokens: Palette, fill: Any
) -> list[pdk.Layer]:
    return [
        _polygons(
            "neighbours", neighbours, line=tokens.line, line_px=1,
            filled=True, get_fill_color=rgb(tokens.bg2), pickable=False,
        ),
        _polygons(
            "communities", features, line=tokens.line, line_px=1,
            filled=True, get_fill_color=fill, pickable=True,
        ),
    ]  # fmt: skip


def _layers(
    features: list[dict[str, Any]],
    outline: Mapping[str, Any] | None,
    points: pd.DataFrame | None,
    measure: str,
    view: View,
    theme: str,
) -> list[pdk.Layer]:
    """Return the layers bottom up; hexagons take the place of the communities' fill."""
    tokens, neighbours, located = palette(theme), _outlines(outline, "neighbour"), _located(points)
    if is_binned(points):
        hexagons = _polygons(
            "hexagons", _hexagons(located, view, tokens), line=tokens.line, line_px=1,
            filled=True, get_fill_color="properties.fill", pickable=True,
        )  # fmt: skip
        layers = [*_areas(features, neighbours, tokens, rgb(tokens.bg)), hexagons]
    else:
        layers = _areas(features, neighbours, tokens, "properties.fill")
    home = _outlines(outline, "home")
    layers.append(_polygons("outline", home, line=tokens.text, line_px=2, filled=False))
    if located is not None and not is_binned(points):
        layers.append(_point_layer(located, tokens, view.scale))
    names, plates = _neighbour_names(neighbours, view), labels(features, MEASURES[measure], view)
    layers += [
        _texts("neighbour-names", names, size=NEIGHBOUR_PX * view.scale, color=tokens.faint),
        _texts(
            "labels", plates, size=LABEL_PX * view.scale, color=tokens.text,
            font_weight=700, background=True, background_padding=[6, 3, 6, 3],
            get_background_color=[*rgb(tokens.bg), PLATE_ALPHA],
            get_pixel_offset=[0, -LABEL_RISE_PX * view.scale],
        ),
    ]  # fmt: skip
    return layers


def community_map(
    community_rows: pd.DataFrame,
    boundaries: Mapping[str, Any],
    outline: Mapping[str, Any] | None = None,
    *,
    theme: str,
    measure: str = "overdue",
    points: pd.DataFrame | None = None,
    width_px: float = 1132,
    height_px: float = 640,
    scale: float = 1.0,
) -> pdk.Deck:
    """Draw rows of `community_progress` on their boundaries, `community_points` above them.

    Boundaries are GeoJSON with `name` and `code`; an outline's features have the
    `role` home or neighbour. Points are in WGS-84; more than 300
    become hexagons. A selection gives `communities` with properties name and code.
    """
    features = community_features(boundaries, community_rows, MEASURES[measure], palette(theme))
    view = view_of(geodesy.bounds(features), width_px, height_px, scale)
    return pdk.Deck(
        layers=_layers(features, outline, points, measure, view, theme),
        initial_view_state=pdk.ViewState(
            longitude=view.longitude, latitude=view.latitude, zoom=view.zoom,
            min_zoom=view.zoom - 1, max_zoom=view.zoom + 5, pitch=0, bearing=0,
        ),
        map_provider=None,
        height=height_px,
        tooltip=_tooltip(palette(theme)),
    )  # fmt: skip
